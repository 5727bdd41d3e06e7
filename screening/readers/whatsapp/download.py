"""WhatsApp group chats as text, Android, iOS and copied from the web, Indonesian and English: every message is a post.

The file is read three times: for the lines that may begin a message (which of them do, the order of day and month), to
learn whether it is a group at all and its name, and for its messages. A chat that is not proved to be a group is treated
as one-to-one and never read (export-formats §8).
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
from screening.readers.whatsapp.chat import Chat, Line, learn, line_of, style_of
from screening.readers.whatsapp.inside import inside_messages, sender_of
from screening.readers.whatsapp.joins import came_in
from screening.readers.whatsapp.lines import messages, start_of, starts, when
from screening.readers.whatsapp.order import Order, order_of, order_of_one
from screening.readers.whatsapp.words import bare, says, selves, unedited

_PRIVATE = (
    "tidak terbukti obrolan grup (dinamai menurut pengirimnya, atau kurang dari tiga pengirim tanpa baris sistem grup); "
    "diperlakukan sebagai obrolan pribadi dan tidak dibaca"
)
_DOUBT = (
    "urutan hari dan bulan ditetapkan {order} dari cara penulisannya dan tidak dipastikan oleh tanggal di atas 12; "
    "periksa bila tanggalnya menentukan"
)
_ORDERS = {"DMY": "hari/bulan", "MDY": "bulan/hari", "YMD": "tahun/bulan/hari"}
_NO_ORDER = "urutan hari dan bulan tidak dapat dipastikan dari seluruh berkas; waktu yang bermakna ganda dikosongkan"
_APP_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_ATTACHED = re.compile(r"[\u200e\u200f]?<(?:attached|terlampir|lampiran): ([^>]+)>", re.I)


def _recognise(source: Source) -> Claim | None:
    if source.suffix != ".txt" or is_binary(source):
        return None
    lines = [line for line in head_text(source).split("\n")[:40] if line.strip()]
    begun = [start_of(line, 1) is not None for line in lines]
    return Claim() if begun and (begun[0] or sum(begun) >= 3) else None


def _read(source: Source, context: Context) -> Iterator[Item]:
    found = list(starts(text_lines(source)))
    order = order_of([message for message, _ in found])
    inside = inside_messages(found, order.value or "DMY")
    begun = {message.line: message for message, _ in found if message.line not in inside}
    order, style = order_of(list(begun.values())), style_of(begun.values())
    named = {sender_of(message) for message, _ in found}
    chat = learn(messages(text_lines(source), begun), source, order, style, named)
    if not chat.is_group:
        yield Note(_PRIVATE, explains=True)
        return
    yield from _remarks(order, inside)
    system = unnamed = 0
    repeated: Counter[tuple[object, ...]] = Counter()
    for message in messages(text_lines(source), begun):
        line = line_of(message, style)
        one = order.value or order_of_one(message)
        time = when(message, one, context.zone) if one else ABSENT._replace(time_raw=message.raw)
        if not chat.by_app(line):
            row = _post(line, f"line {message.line}", chat, time)
            if (line.sender or "").casefold() in selves():  # "Anda": whose phone it was
                row["actor"] = context.owner
            same = (row["actor"], message.raw, row["text"], row["media_text"])
            repeated[same] += 1
            # WhatsApp tells minutes only: "ok" twice in one of them is two messages, in every export of the chat.
            yield row if repeated[same] == 1 else {**row, "record_id": str(repeated[same])}
            continue
        came = came_in(line.text, chat.senders)
        for name in came.names:
            actor = context.owner if name.casefold() in selves() else name
            yield act("whatsapp", "join", actor, f"line {message.line}", time, target_account=chat.name, target_kind="group",
                      media_text=ADDED if came.added else None)  # fmt: skip
        system += not came.names
        unnamed += came.unnamed
    if system:
        yield Counted(system, "baris sistem dilewati")
    if unnamed:
        yield Counted(unnamed, "anggota bergabung tanpa disebut namanya")


def _remarks(order: Order, inside: set[int]) -> Iterator[Note]:
    if order.value is None:
        yield Note(_NO_ORDER)
    elif order.doubt:
        yield Note(_DOUBT.format(order=_ORDERS[order.value]))
    if inside:
        yield Note(f"{len(inside)} baris bertanggal terletak di dalam pesan dan dibaca sebagai isi pesan itu")


def _post(line: Line, pointer: str, chat: Chat, time: Moment) -> Row:
    """A message; pictures and deleted messages keep their place with what can be said about them."""
    words, about = [], []
    for part in unedited(line.text).split("\n"):
        rest = part
        if "<" in part:
            about += _ATTACHED.findall(part)
            rest = _ATTACHED.sub("", part)
        if says("media", rest):
            about.append(bare(rest))
        elif says("deleted", rest) and "\n" not in line.text.strip():
            about.append("pesan dihapus")
        elif says("empty", rest) and "\n" not in line.text.strip():
            about.append("pesan tanpa isi (sekali lihat)")
        else:
            words.append(_tidy(rest) if rest == part else _tidy(rest).rstrip())
    return act("whatsapp", "post", line.sender, pointer, time, text="\n".join(words).strip("\n"),
               media_text="\n".join(about) or None, target_account=chat.name, target_kind="group")  # fmt: skip


def _tidy(text: str) -> str:
    """Without the app's direction marks; the words themselves stay as written."""
    return (text if text.isascii() else _APP_MARKS.sub("", text)).rstrip("\r")


READER = Reader("whatsapp", _recognise, _read, title="WhatsApp (teks)")
