"""What a WhatsApp chat is as a whole: a group or not, its name, the order of its dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from screening.readers.core.source import Source
from screening.readers.whatsapp.lines import MARKS, Message, day_order
from screening.readers.whatsapp.words import bare, says

_SENDER = re.compile(r"^([^\n]{1,80}?):(?: |\n|$)")
_QUOTES = '"“”„«»'
_SUBJECT = re.compile(r"[\"“„«]([^\"“”„«»]+)[\"”“»]\.?$")
_FILE_NAME = re.compile(
    r"(?:whatsapp chat (?:with|-)|chat whatsapp (?:dengan|-)|chat dengan)\s*(.+?)(?:\s*\(\d+\))?(?:\.txt|\.zip)*$", re.I
)
_ENOUGH = 3  # more than two senders


class Line(NamedTuple):
    """A message apart: `sender` None means that the app wrote it; `author` is who the app names before the colon;
    `marked`: the words begin with a direction mark, as those of the app do (and placeholders of pictures)."""

    sender: str | None
    text: str
    author: str | None = None
    marked: bool = False


@dataclass(frozen=True)
class Chat:
    """`order`: of the dates (DMY, MDY, YMD), None when open; `name` of the group; `voice`: the name under which the app
    writes in it (iOS), which is no sender."""

    is_group: bool
    name: str | None
    order: str | None
    voice: str | None = None

    def by_app(self, line: Line) -> bool:
        """Whether the app wrote a line, also one it wrote under the group's name."""
        return line.sender is None or (line.marked and line.sender == self.voice)


def line_of(message: Message) -> Line:
    """Sender and text of a message. A line without a sender is the app's; on iOS the app also writes under a name,
    with a direction mark before its words."""
    match = _SENDER.match(message.rest)
    head = match[1] if match else ""
    if match is None or any(mark in head for mark in _QUOTES) or says("system", head) or says("group", head):
        return Line(None, message.rest)
    text = message.rest[match.end() :]
    sender = bare(head).lstrip("~").strip()
    by_app = text[:1] in MARKS and any(says(rule, text) for rule in ("system", "join", "added"))
    if by_app or says("notice", text):
        return Line(None, text, sender)
    return Line(sender or None, text, None, text[:1] in MARKS)


def learn(chat: Iterable[Message], source: Source) -> Chat:
    """What the whole file tells."""
    senders: set[str] = set()
    speaking: set[str] = set()
    authors: list[str] = []
    dates: dict[tuple[int, int, int], None] = {}
    subject, sign, dotted, padded = None, False, True, True
    for message in chat:
        dates.setdefault(message.parts[:3])
        dotted &= bool(re.search(r"\d\.\d{2}(\.\d{2})?$", message.raw))
        padded &= bool(re.match(r"\D*\d{2}\D\d{2}\D", message.raw))
        line = line_of(message)
        if line.sender is not None:
            senders.add(line.sender)
            if not line.marked:
                speaking.add(line.sender)
            continue
        authors += [line.author] if line.author else []
        if says("group", line.text):
            sign = True
            named = _SUBJECT.search(bare(line.text))
            subject = named[1] if named else subject
    voice = next((author for author in authors if author not in speaking), None)
    senders.discard(voice or "")
    order = day_order(dates) or ("DMY" if dates and (dotted or padded) and not _both(dates) else None)
    return Chat(len(senders) >= _ENOUGH or sign, subject or voice or _name_of(source), order, voice)


def _both(dates: Iterable[tuple[int, int, int]]) -> bool:
    """Whether days and months above twelve stand in both places: the phone changed its language."""
    found = list(dates)
    return any(first > 12 for first, _, _ in found) and any(second > 12 for _, second, _ in found)


def _name_of(source: Source) -> str | None:
    """The name WhatsApp gives the file; only used as the name of a chat that is a group by its content."""
    for text in (source.leaf, source.container):
        match = _FILE_NAME.search(text)
        if match:
            return match[1].strip() or None
    return None
