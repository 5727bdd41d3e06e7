"""WhatsApp group chats as text, Android and iOS, Indonesian and English: every message is a post of its sender.

The file is read twice: first to learn whether it is a group at all, its name and the order of day and month; then for
its messages. A chat that is not proved to be a group is treated as one-to-one and never read (export-formats §8).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from screening.readers.core.acts import ADDED, act
from screening.readers.core.jsonstream import text_lines
from screening.readers.core.reader import Claim, Context, Counted, Item, Note, Reader, Row
from screening.readers.core.source import Source
from screening.readers.core.structure import head_text, is_binary
from screening.readers.times.moment import ABSENT, Moment
from screening.readers.whatsapp.chat import Chat, Line, learn, line_of
from screening.readers.whatsapp.lines import messages, order_of_one, start_of, when
from screening.readers.whatsapp.words import bare, says, selves, unedited

_PRIVATE = (
    "tidak terbukti obrolan grup (paling banyak dua pengirim, tanpa baris sistem grup); "
    "diperlakukan sebagai obrolan pribadi dan tidak dibaca"
)
_NO_ORDER = "urutan hari dan bulan tidak dapat dipastikan dari seluruh berkas; waktu yang bermakna ganda dikosongkan"
_ATTACHED = re.compile(r"[\u200e\u200f]?<(?:attached|terlampir|lampiran): ([^>]+)>", re.I)
_LIST = re.compile(r",\s*(?:dan|and)\s+|,\s*|\s+(?:dan|and)\s+")


def _recognise(source: Source) -> Claim | None:
    if source.suffix != ".txt" or is_binary(source):
        return None
    lines = [line for line in head_text(source).split("\n")[:40] if line.strip()]
    begun = [start_of(line, 1) is not None for line in lines]
    return Claim() if begun and (begun[0] or sum(begun) >= 3) else None


def _read(source: Source, context: Context) -> Iterator[Item]:
    chat = learn(messages(text_lines(source)), source)
    if not chat.is_group:
        yield Note(_PRIVATE, explains=True)
        return
    if chat.order is None:
        yield Note(_NO_ORDER)
    system = 0
    repeated: Counter[tuple[object, ...]] = Counter()
    for message in messages(text_lines(source)):
        line = line_of(message)
        order = chat.order or order_of_one(message)
        time = when(message, order, context.zone) if order else ABSENT._replace(time_raw=message.raw)
        if not chat.by_app(line):
            row = _post(line, f"line {message.line}", chat, time)
            same = (row["actor"], message.raw, row["text"], row["media_text"])
            repeated[same] += 1
            # WhatsApp tells minutes only: "ok" twice in one of them is two messages, in every export of the chat.
            yield row if repeated[same] == 1 else {**row, "record_id": str(repeated[same])}
            continue
        joins = list(_joins(line.text, f"line {message.line}", chat, time, context.owner))
        yield from joins
        system += not joins
    if system:
        yield Counted(system, "baris sistem dilewati")


def _post(line: Line, pointer: str, chat: Chat, time: Moment) -> Row:
    """A message; pictures and deleted messages keep their place with what can be said about them."""
    words, about = [], []
    for part in unedited(line.text).split("\n"):
        about += _ATTACHED.findall(part)
        rest = _ATTACHED.sub("", part)
        if says("media", rest):
            about.append(bare(rest))
        elif says("deleted", rest) and "\n" not in line.text:
            about.append("pesan dihapus")
        else:
            words.append(_tidy(rest) if rest == part else _tidy(rest).rstrip())
    return act("whatsapp", "post", line.sender, pointer, time, text="\n".join(words).strip("\n"),
               media_text="\n".join(about) or None, target_account=chat.name, target_kind="group")  # fmt: skip


def _tidy(text: str) -> str:
    """Without the app's direction marks; the words themselves stay as written."""
    return re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]", "", text).rstrip("\r")


def _joins(text: str, pointer: str, chat: Chat, time: Moment, owner: str | None) -> Iterator[Row]:
    """Who came in by this system line, by own act or brought in by another; "Anda" is the owner of the phone."""
    added = says("added", text)
    joined = None if added else says("join", text)
    names = _LIST.split(added["added"]) if added else ([joined["who"]] if joined else [])
    for name in names:
        plain = name.strip(" ~\u200e")
        actor = owner if plain.casefold() in selves() else plain
        yield act("whatsapp", "join", actor, pointer, time, target_account=chat.name, target_kind="group",
                  media_text=ADDED if added else None)  # fmt: skip


READER = Reader("whatsapp", _recognise, _read, title="WhatsApp (teks)")
