"""Cutting one whitespace-delimited piece of text into tokens; done once per distinct piece, then remembered.

A token is a word, a number, a hashtag part, a mention, an address, an emoji, a keycap or a punctuation run. Hashtags,
CamelCase words and handles also yield the whole as a *span* over their parts. Offsets count Python characters.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from screening.text.fold import confusables

WORD, NUMBER, HASHTAG, MENTION, URL, EMOJI, PUNCT, LETTERS = range(8)
KINDS = ("word", "number", "hashtag", "mention", "url", "emoji", "punct", "letters")


class Token(NamedTuple):
    """One token of a piece: kind, and where it starts and ends in the piece."""

    kind: int
    start: int
    end: int


class Span(NamedTuple):
    """A whole (hashtag, CamelCase word) over the tokens `first`..`last` of the same piece."""

    kind: int
    start: int
    end: int
    first: int
    last: int


_LOOKALIKE = "".join(c for c in confusables() if not c.isalnum())
_HIDDEN = "\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0e\ufeff"
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20df\u20e1-\u20f0\ufe20-\ufe2f"
_W = rf"[^\W_{_HIDDEN}]|[\u249c-\u24e9\U0001f130-\U0001f189{re.escape(_LOOKALIKE)}]"
_GLUE = rf"[{_HIDDEN}{_MARKS}]"
_WORD = rf"(?:{_W})(?:{_W}|{_GLUE}|(?<=[^\W_])(?:['’‘`ʼ@$*](?=[^\W_])|!(?=[^\W\d_]{1, 4}(?![^\W_]))))*"
_SIGN = (
    "[\u231a-\u23ff\u2600-\u27bf\u2900-\u2bff\u3030\u303d\u3297\u3299\u261d"
    "\U0001f000-\U0001f12f\U0001f18e-\U0001f1e5\U0001f200-\U0001faff]"
)
_EMOJI = (
    rf"(?:[0-9#*]\ufe0f?\u20e3|[\U0001f1e6-\U0001f1ff]{{2}}"
    rf"|{_SIGN}(?:\ufe0f|[\U0001f3fb-\U0001f3ff])*(?:\u200d{_SIGN}(?:\ufe0f|[\U0001f3fb-\U0001f3ff])*)*)"
)
_CUT = re.compile(
    r"(?P<url>(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]+|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:com|co|id|net|org|me|be|ly)(?:/\S*)?(?![\w]))"
    rf"|(?P<emoji>{_EMOJI})"
    rf"|(?P<mention>[@＠][\w.]*\w)"
    rf"|(?P<hashtag>[#＃](?:{_W}|{_GLUE}|_)+)"
    rf"|(?P<letters>(?<![^\W_])[^\W\d_](?:{_GLUE})*(?:[._\-*·•~|/][^\W\d_](?:{_GLUE})*){{2,}}(?![^\W_]))"
    r"|(?P<number>\d+(?:[.,:/\-–]\d+)+(?![^\W_])|\d+(?![^\W_]))"
    rf"|(?P<word>{_WORD})"
    rf"|(?P<punct>{_GLUE}+|(?P<same>.)(?P=same)*)",
    re.IGNORECASE | re.DOTALL,
)
_KIND = {
    "url": URL,
    "emoji": EMOJI,
    "mention": MENTION,
    "letters": LETTERS,
    "number": NUMBER,
    "word": WORD,
    "punct": PUNCT,
}


def parts(text: str, start: int, end: int) -> list[Token]:
    """Tokens of a hashtag body or CamelCase word: cut at case changes, digits and underscores."""
    cuts: list[Token] = []
    at = start
    for run in re.finditer(r"_+|\d+|[^\d_]+", text[start:end]):
        low, high = at + run.start(), at + run.end()
        head = text[low]
        if head == "_":
            continue
        if head.isdigit():
            cuts.append(Token(NUMBER, low, high))
            continue
        begin = low
        for i in range(low + 1, high):
            here, before = text[i], text[i - 1]
            after = text[i + 1] if i + 1 < high else ""
            new = here.isupper() and (before.islower() or (before.isupper() and after.islower() and i - begin > 1))
            if new:
                cuts.append(Token(WORD, begin, i))
                begin = i
        cuts.append(Token(WORD, begin, high))
    return cuts


_MARKS_BEHIND = ".,!?;:"  # one word and one run of such a mark need no further look
_INNER_CAPITAL = re.compile(r"[^\W\d_]*[a-z][A-Z]")


def cut(piece: str) -> tuple[list[Token], list[Span]]:
    """Tokens of one piece in order, and the wholes over them."""
    if piece.isascii():
        head = piece.rstrip(piece[-1]) if piece[-1] in _MARKS_BEHIND else piece
        if head.isalpha() and (head[1:].islower() or head.islower() or head.isupper()) and head.lower() != "www":
            mark = [Token(PUNCT, len(head), len(piece))] if len(head) < len(piece) else []
            return [Token(WORD, 0, len(head)), *mark], []
    tokens: list[Token] = []
    spans: list[Span] = []
    for match in _CUT.finditer(piece):
        name = match.lastgroup if match.lastgroup != "same" else "punct"
        start, end = match.span()
        if name == "hashtag":
            inner = parts(piece, start + 1, end)
            if inner:
                spans.append(Span(HASHTAG, start, end, len(tokens), len(tokens) + len(inner) - 1))
                tokens += inner
            else:
                tokens.append(Token(PUNCT, start, end))
        elif name == "word" and _INNER_CAPITAL.match(match[0]) and len(inner := parts(piece, start, end)) > 1:
            spans.append(Span(WORD, start, end, len(tokens), len(tokens) + len(inner) - 1))
            tokens += inner
        else:
            tokens.append(Token(_KIND[name or "punct"], start, end))
    return tokens, spans
