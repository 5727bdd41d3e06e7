"""Control, direction and other invisible characters as pictures: what a stranger wrote is shown, never obeyed.

File names, sheet titles and texts of exports reach terminals and messages only through here.
"""

from __future__ import annotations

import re

# Controls (C0, DEL, C1), marks of direction, joiners nobody sees, line and paragraph separators, halves of characters. The
# joiners of emoji and of scripts that need them (U+200C, U+200D) are harmless and stay.
_SIGNS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
_HIDDEN = re.compile(f"[{_SIGNS}]")
_HIDDEN_OR_BREAK = re.compile(f"[{_SIGNS}\t\n]")


def printable(text: str) -> str:
    """The text with a picture for every hidden sign; its line breaks and tabs stay."""
    return text if text.isascii() and text.isprintable() else _HIDDEN.sub(_picture, text)


def one_line(text: str) -> str:
    """The text with a picture for every hidden sign, line breaks and tabs too: a name forges no line."""
    return text if text.isprintable() and text.isascii() else _HIDDEN_OR_BREAK.sub(_picture, text)


def in_json(text: str) -> str:
    """A JSON document with hidden signs escaped, so that it says the same and is inert."""
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return f"\u27e8U+{code:04X}\u27e9"
