"""Many rows that look alike, filled into a workbook of which XlsxWriter has made everything else.

Cell by cell XlsxWriter takes the longest of all the reports. So it writes one row of each look (a pattern), whose styles
are read back, and the rows are put in its place as the text that the format prescribes (ECMA-376 part 1: 18.3.1.4 cell,
18.4 shared strings). The file is byte for byte the one XlsxWriter would write alone; a test compares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from screening.sheets.dialects import PIECE

# Stands in the first cell of the first pattern until the rows are there. No guarded cell holds a control character.
PLACE = "\x01"

_LINE = "\0"
_STRINGS = "xl/sharedStrings.xml"
_CELL = re.compile(r'<c r="([A-Z]+)(\d+)" s="(\d+)"')
_PLACED = re.compile(r't="s"><v>(\d+)</v>')
_ITEM = re.compile(r"<si>.*?</si>", re.DOTALL)
_COUNT = re.compile(r' count="(\d+)" uniqueCount="\d+">')


class Rows(NamedTuple):
    """Rows by column: of each row the line of its pattern (from 0, as XlsxWriter counts) and its height; guarded cells."""

    patterns: Sequence[int]
    heights: Sequence[float]
    columns: Sequence[Sequence[str | int]]


def filled(package: IO[bytes], sheet: int, rows: Rows) -> dict[str, bytes]:
    """The parts of the workbook in `package` with `rows` below the first row of its sheet (from 1); `pack` writes them.

    The package's sheet has its header, each pattern once (all cells blank), `PLACE` in the first cell of the first of
    them, and its last cell, so that its size is known. Empty texts become blank cells.
    """
    with ZipFile(package) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    if not rows.heights:
        return parts
    name = f"xl/worksheets/sheet{sheet}.xml"
    before, data, after = re.split("</?sheetData>", parts[name].decode("utf-8"))
    strings = parts[_STRINGS].decode("utf-8")
    items = _ITEM.findall(strings)
    place = int(_PLACED.findall(data)[-1])  # the header's texts come before it, the other cells are blank

    known = {item: at for at, item in enumerate(items[:place])}
    header = data[: data.index("</row>") + len("</row>")]
    body = b"".join(_body(rows, _looks(data), _numbers(rows.columns, known)))
    parts[name] = b"".join((f"{before}<sheetData>{header}".encode(), body, f"</sheetData>{after}".encode()))

    # Sheets that were written later give their texts the numbers after those of the rows.
    moved = {str(at): str(known.setdefault(item, len(known))) for at, item in enumerate(items[place + 1 :], place + 1)}
    for other in parts:
        if other.startswith("xl/worksheets/sheet") and other != name:
            parts[other] = _moved(parts[other].decode("utf-8"), moved).encode()
    opening = strings[: strings.index("<si>")]
    total = int(_COUNT.findall(opening)[0]) - 1 + body.count(b' t="s">')
    opening = _COUNT.sub(f' count="{total}" uniqueCount="{len(known)}">', opening)
    parts[_STRINGS] = "".join((opening, *known, "</sst>")).encode()
    return parts


def _looks(data: str) -> list[dict[int, str]]:
    """Per column how the cells begin that look like those of each line of the package's sheet; `_LINE` for their row."""
    found: dict[str, dict[int, str]] = {}
    for letters, line, style in _CELL.findall(data):
        found.setdefault(letters, {})[int(line) - 1] = f'<c r="{letters}{_LINE}" s="{style}"'
    return [*found.values()]


def _numbers(columns: Sequence[Sequence[str | int]], known: dict[str, int]) -> dict[str | int, int]:
    """The number of each text in the table of texts (`known`, which grows): row by row, as they first come."""
    values = dict.fromkeys(chain.from_iterable(zip(*columns, strict=True)))
    return {
        value: known.setdefault(_item(value), len(known)) for value in values if isinstance(value, str) and value != ""
    }


def _body(rows: Rows, looks: Sequence[Mapping[int, str]], numbers: Mapping[str | int, int]) -> Iterator[bytes]:
    """The rows as text, some at a time."""
    for low in range(0, len(rows.heights), PIECE):
        part = slice(low, low + PIECE)
        patterns = rows.patterns[part]
        cells = [
            _cells(look, patterns, values[part], numbers) for look, values in zip(looks, rows.columns, strict=True)
        ]
        texts = map("".join, zip(*cells, strict=True))
        lines = [
            f'<row r="{line}" spans="1:{len(looks)}" ht="{height:.16g}" customHeight="1">'
            f"{text.replace(_LINE, str(line))}</row>"
            for line, (height, text) in enumerate(zip(rows.heights[part], texts, strict=True), low + 2)
        ]
        yield "".join(lines).encode()


def _cells(
    look: Mapping[int, str], patterns: Sequence[int], values: Sequence[str | int], numbers: Mapping[str | int, int]
) -> Iterator[str]:
    """The cells of one column; equal ones are made once."""
    if len({*look.values()}) > 1:
        pairs = [*zip(patterns, values, strict=True)]
        made = {pair: _cell(look[pair[0]], pair[1], numbers) for pair in dict.fromkeys(pairs)}
        return map(made.__getitem__, pairs)
    start = next(iter(look.values()))
    known = {value: _cell(start, value, numbers) for value in dict.fromkeys(values)}
    return map(known.__getitem__, values)


def _cell(start: str, value: str | int, numbers: Mapping[str | int, int]) -> str:
    if value == "":
        return start + "/>"
    return (
        f'{start} t="s"><v>{numbers[value]}</v></c>' if isinstance(value, str) else f"{start}><v>{value:.16G}</v></c>"
    )


def _item(text: str) -> str:
    """A guarded text, which has no control characters, as an entry of the table of texts."""
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f"<si><t{space}>{text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</t></si>"


def _moved(text: str, numbers: dict[str, str]) -> str:
    return _PLACED.sub(lambda found: f't="s"><v>{numbers.get(found[1], found[1])}</v>', text)


def pack(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write the parts of a workbook as its file; nearly all of that goes on without Python."""
    with ZipFile(path, "w", ZIP_DEFLATED) as out:
        for name, content in parts.items():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # a fixed date: the same run gives the same bytes
            info.compress_type = ZIP_DEFLATED
            out.writestr(info, content)
