"""Cells that a spreadsheet would run, convert or damage are made inert, and can be restored exactly.

`unguard(guard(text)) == text` for every text. What is done, in this order:

1. Control characters (all but TAB and LF) become their visible pictures (CR → ␍, NUL → ␀), because XML forbids them and
   spreadsheets drop or rewrite them; lone surrogates and U+FFFE/U+FFFF become ␦ and four hex digits. A picture that was
   in the text is preceded by ␦, and so is the `x` of `_x0041_`, which XLSX readers take for an escape.
2. ␦ also breaks a formula that would only begin when a file is opened with the wrong separator (`;=…`, `,@SUM(…`, or
   after a line break): quotes protect a cell only where the separator is the expected one.
3. An apostrophe is put before a cell that begins like a formula — also behind spaces, invisible characters or as a
   full-width form — and before one that is a number, a date or a truth value as a whole ("02" is evidence, not 2).

Triggers as in the application security standard (OWASP ASVS 5.0, 1.2.10: = + - @ TAB NUL) and its full-width forms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

MARK = "␦"
QUOTE = "'"
CELL_LIMIT = 32_767  # characters in one cell: published limit of Excel; LibreOffice accepts more

_CONTROLS = {chr(c): chr(0x2400 + c) for c in range(0x20) if chr(c) not in "\t\n"} | {"\x7f": "␡"}
_PICTURES = {picture: control for control, picture in _CONTROLS.items()}
_ESCAPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f␀-␟␡␦\ud800-\udfff\ufffe\uffff]|(?<=_)x(?=[0-9A-Fa-f]{4}_)")
# Quick to search for, and absent from most texts: without them nothing has to be escaped, or broken either.
_MAYBE_ESCAPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f_␀-␟␡␦\ud800-\udfff\ufffe\uffff]")
_MAYBE_CHANGED = re.compile(r"[\x00-\x1f\x7f_,;|␀-␟␡␦\ud800-\udfff\ufffe\uffff]")
_CODED = re.compile(r"[␀-␟␡␦]")
_UNIT = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
# Characters a person does not see before the first visible one; fillers and blanks that are not in a space category.
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
_BLANK_CATEGORIES = {"Cf", "Cc", "Zs", "Zl", "Zp", "Mn", "Me"}
_TRIGGERS = frozenset("=+-@\u2212\u2010\u2011\u2013\u2014")
_CUT = re.compile(r"[,;\t\n|]")
# A separator that no plain letter or digit follows; elsewhere nothing can begin that would run.
_CUT_BEFORE_OTHER = re.compile(r"[,;\t\n|](?! *[0-9A-Za-z])")
_RUNS = re.compile(r"[(!|]")
_MONTHS = (
    "jan(?:uari|uary)?|[fp]eb(?:ruari|ruary)?|mar(?:et|ch)?|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?|ag(?:u|us|t|ustus)|"
    "aug(?:ust)?|sep(?:t|tember)?|o[kc]t(?:ober)?|no[vp](?:ember)?|de[sc](?:ember)?|am|pm|rp|e"
)
_NUMBERISH = re.compile(rf"(?:[\d\s.,:/\\%()$€£¥'+-]|{_MONTHS})+", re.IGNORECASE)
_DIGIT = re.compile(r".*\d")
# No number or date has one of these; found sooner than that a time with its zone (WIB) is no date.
_NEVER_IN_NUMBERS = re.compile(r"[QWXZqwxz!\"#&*;<=>?@\[\]^_`{|}~]")
_TRUTH = frozenset({"true", "false", "benar", "salah"})


def guard(text: str) -> str:
    """The same text as a cell that no spreadsheet runs or converts; undone by `unguard`."""
    return _guard_short(text) if len(text) <= 200 else _guard(text)


def guarded(column: Sequence[str | int]) -> list[str | int]:
    """A column with its texts as `guard` gives them, equal ones guarded once; whole numbers stay."""
    known = {value: _guard(value) if isinstance(value, str) else value for value in dict.fromkeys(column)}
    return [*map(known.__getitem__, column)]


def _guard(text: str) -> str:
    cell = text
    if _MAYBE_CHANGED.search(text):
        cell = _break_inner(_ESCAPED.sub(_escape, text) if _MAYBE_ESCAPED.search(text) else text)
    return QUOTE + cell if _needs_quote(cell) else cell


# Most cells of a table repeat (units, acts, labels); long texts rarely do and would only fill the memory.
_guard_short = lru_cache(maxsize=1 << 15)(_guard)


def unguard(cell: str) -> str:
    """The text that `guard` was given; a cell whose apostrophe a spreadsheet swallowed is understood too."""
    if cell[:1] == QUOTE and _needs_quote(cell[1:]):
        cell = cell[1:]
    return _restore(cell)


def shorten(text: str, limit: int = CELL_LIMIT) -> str:
    """The text, or its beginning with a note of its full length, so that its guarded cell fits `limit` UTF-16 units."""
    if len(text) * 2 < limit or _units(guard(text)) <= limit:
        return text
    note = f" … [DIPOTONG: {len(text)} karakter; teks penuh di activities.parquet]"
    low, high = 0, min(len(text), limit)
    while low < high:  # the guarded length grows with the text, not evenly
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _units(guard(text[:middle] + note)) <= limit else (low, middle - 1)
    return text[:low] + note


def _units(text: str) -> int:
    return len(text) + sum(1 for character in text if character > "\uffff")


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    if character in _CONTROLS:
        return _CONTROLS[character]
    return MARK + (f"{ord(character):04X}" if _UNIT.match(character) else character)


def _restore(cell: str) -> str:
    if not _CODED.search(cell):
        return cell
    out: list[str] = []
    at = 0
    while at < len(cell):
        character = cell[at]
        if character != MARK:
            out.append(_PICTURES.get(character, character))
            at += 1
            continue
        following = cell[at + 1 : at + 2]
        if following in _PICTURES or following in (MARK, "x"):
            out.append(following)
            at += 2
        elif re.fullmatch(r"[DF][0-9A-F]{3}", cell[at + 1 : at + 5]):
            out.append(chr(int(cell[at + 1 : at + 5], 16)))
            at += 5
        else:  # a break before something that would start a formula
            at += 1
    return "".join(out)


def _break_inner(cell: str) -> str:
    """␦ before every part after a separator or line break that could run as a formula if the cell were split there."""
    if not _CUT_BEFORE_OTHER.search(cell):
        return cell
    cuts = [*_CUT.finditer(cell)]
    pieces = [cell[: cuts[0].end()]]
    for cut, following in zip(cuts, [*cuts[1:], None], strict=True):
        part = cell[cut.end() : following.start() if following else len(cell)]
        dde = following is not None and following.group() == "|"
        pieces.append(MARK + part if _would_run(part, dde) else part)
        pieces.append(following.group() if following else "")
    return "".join(pieces)


def _would_run(part: str, dde: bool) -> bool:
    first = _first_visible(part)
    if not _is_trigger(first):
        return False
    return dde or unicodedata.normalize("NFKC", first) == "=" or _RUNS.search(part) is not None


def _needs_quote(cell: str) -> bool:
    if not cell:
        return False
    first = cell[0]
    if not (first.isascii() and first.isalnum()) and (first in "'\t\n" or _is_trigger(_first_visible(cell))):
        return True
    if len(cell) > 40:
        return False
    return cell.strip().lower() in _TRUTH or _is_number(cell)


def _is_number(cell: str) -> bool:
    if _NEVER_IN_NUMBERS.search(cell) or not _NUMBERISH.fullmatch(cell):
        return False
    return _DIGIT.match(cell) is not None


def _is_trigger(character: str) -> bool:
    if not character:
        return False
    return character in _TRIGGERS or unicodedata.normalize("NFKC", character)[:1] in ("=", "+", "-", "@")


def _first_visible(text: str) -> str:
    """The first character a person sees, or nothing."""
    for character in text:
        if character not in _BLANK and unicodedata.category(character) not in _BLANK_CATEGORIES:
            return character
    return ""
