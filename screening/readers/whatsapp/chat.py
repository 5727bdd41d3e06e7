"""What a WhatsApp chat is as a whole: a group or not, its name, how senders are written, the order of its dates."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from screening.readers.core.source import Source
from screening.readers.whatsapp.lines import MARKS, Message
from screening.readers.whatsapp.order import Order
from screening.readers.whatsapp.words import bare, says

_SENDER = re.compile(r"^([^\n]{1,80}?):(?: |\n|$)")
_TIGHT = re.compile(r"^([^\n:]{1,80}):(?!//)")
_SECOND = re.compile(r"^([^\n:]{1,80}): ([^\n:]{1,40}):(?= \S)")
_QUOTES = '"“”„«»'
_SUBJECT = re.compile(r"[\"“„«]([^\"“”„«»]+)[\"”“»]\.?$")
_FILE_NAME = re.compile(
    r"(?:whatsapp chat (?:with|-)|(?:chat|obrolan|percakapan) whatsapp (?:dengan|-)|(?:chat|obrolan) dengan)\s*"
    r"(.+?)(?:\s*\(\d+\))?(?:\.txt|\.zip)*$",
    re.I,
)
_ENOUGH = 3  # more than two senders
_NAME_WORDS = 5  # a name has at most so many words


class Line(NamedTuple):
    """A message apart: `sender` None means that the app wrote it; `author` is who the app names before the colon;
    `marked`: the words begin with a direction mark, as those of the app do (and placeholders of pictures)."""

    sender: str | None
    text: str
    author: str | None = None
    marked: bool = False


class Style(NamedTuple):
    """How senders are written in a file: `tight` without a blank behind the colon ("Budi:Halo"); `doubled`: first words of
    senders whose name holds a colon itself ("Humas: Budi")."""

    tight: bool = False
    doubled: frozenset[str] = frozenset()


PLAIN = Style()


@dataclass(frozen=True)
class Chat:
    """`order`: of the dates; `name` of the group; `voice`: the name under which the app writes in it (iOS), which is no
    sender; `why`: why it is no group."""

    is_group: bool
    name: str | None
    order: Order
    voice: str | None = None
    style: Style = PLAIN
    senders: frozenset[str] = frozenset()

    def by_app(self, line: Line) -> bool:
        """Whether the app wrote a line, also one it wrote under the group's name."""
        return line.sender is None or (line.marked and line.sender == self.voice)


def style_of(found: Iterable[Message]) -> Style:
    """How the senders are written, from all messages of a file."""
    heads: dict[str, list[str]] = {}
    colons = spaced = 0
    for message in found:
        first = message.rest.split("\n", 1)[0]
        place = first.find(":")
        if place < 0:
            continue
        colons += 1
        spaced += first[place + 1 : place + 2] in ("", " ")
        second = _SECOND.match(first)
        heads.setdefault(first[:place], []).append(second[2] if second else "")
    doubled = {head for head, names in heads.items() if _all_names(names)}
    return Style(colons > 0 and spaced * 5 < colons, frozenset(doubled))


def _all_names(words: list[str]) -> bool:
    """Whether what stands between the first and the second colon of all lines of a sender are names: of two words and
    more, and at least one of them writes again. ("Rudi: Catatan: …" is a message of Rudi.)"""
    return 1 < len(set(words)) < len(words) and all(map(_is_name, words))


def _is_name(words: str) -> bool:
    parts = bare(words).lstrip("~ ").split()
    return 2 <= len(parts) <= _NAME_WORDS and all(
        part[0].isupper() or part[0] in "+@" or part[0].isdigit() for part in parts
    )


def line_of(message: Message, style: Style = PLAIN) -> Line:
    """Sender and text of a message. A line without a sender is the app's; on iOS the app also writes under a name,
    with a direction mark before its words."""
    match = (_TIGHT if style.tight else _SENDER).match(message.rest)
    head, end = (match[1], match.end()) if match else ("", 0)
    if head in style.doubled and (second := _SECOND.match(message.rest)):
        head, end = f"{second[1]}: {second[2]}", second.end() + 1
    if match is None or (sender := _name_in(head)) is None or says("with_colon", message.rest):
        return Line(None, message.rest)
    text = message.rest[end:]
    by_app = text[:1] in MARKS and any(says(rule, text) for rule in ("system", "join", "added", "no_join"))
    if by_app or says("notice", text):
        return Line(None, text, sender)
    return Line(sender or None, text, None, text[:1] in MARKS)


@lru_cache(maxsize=65_536)
def _name_in(head: str) -> str | None:
    """The sender before a colon, without marks; None where the app's own words stand there."""
    if any(mark in head for mark in _QUOTES) or says("system", head) or says("group", head):
        return None
    return bare(head).lstrip("~").strip()


def learn(
    chat: Iterable[Message], source: Source, order: Order, style: Style = PLAIN, named: Collection[str | None] = ()
) -> Chat:
    """What the whole file tells. `named`: whoever stands before a colon in any dated line, also inside of messages."""
    senders: set[str] = set()
    speaking: set[str] = set()
    authors: list[str] = []
    signed: set[str | None] = set()  # under whose name the app writes what it writes in groups only
    subject, sign = None, False
    for message in chat:
        line = line_of(message, style)
        if line.sender is not None:
            senders.add(line.sender)
            if not line.marked:
                speaking.add(line.sender)
            continue
        authors += [line.author] if line.author else []
        if says("group", line.text):
            sign = True
            signed.add(line.author)
            quoted = _SUBJECT.search(bare(line.text))
            subject = quoted[1] if quoted else subject
    voice = next((author for author in authors if author not in speaking), None)
    senders.discard(voice or "")
    file_name = _name_of(source)
    # A one-to-one chat is exported under the name of the other person; whatever was pasted into it makes it no group. On iOS
    # a group's name stands before the colon of the app's lines, too: it is no person's when the app tells of a group there.
    of_group = voice if voice in signed and voice not in speaking else None
    of_one = bool(file_name) and (file_name or "").casefold() in {
        name.casefold() for name in (*senders, *named) if name and name != of_group
    }
    grown = len(senders) >= _ENOUGH or sign
    return Chat(grown and not of_one, subject or voice or file_name, order, voice, style, frozenset(senders))


def _name_of(source: Source) -> str | None:
    """The name WhatsApp gives the file: that of the group, or of the other person."""
    for text in (source.leaf, source.container):
        match = _FILE_NAME.search(text)
        if match:
            return match[1].strip() or None
    return None
