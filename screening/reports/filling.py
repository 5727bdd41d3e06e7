"""Many rows that look alike, filled into a workbook of which XlsxWriter has made everything else.

Cell by cell XlsxWriter takes the longest of all the reports. So it writes one row of each look (a pattern), whose styles
are read back, and the rows are put in its place as the text that the format prescribes (ECMA-376 part 1: 18.3.1.4 cell,
18.4 shared strings). The file is byte for byte the one XlsxWriter would write alone; a test compares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from screening.sheets import guard

# Stands in the first cell of the first pattern until the rows are there. No guarded cell holds a control character.
PLACE = "\x01"
Row = tuple[int, float, Sequence[str | int]]  # line of its pattern (from 0, as XlsxWriter counts), height, values

_LINE = "\0"
_STRINGS = "xl/sharedStrings.xml"
_CELL = re.compile(r'<c r="([A-Z]+)(\d+)" s="(\d+)"')
_PLACED = re.compile(r't="s"><v>(\d+)</v>')
_ITEM = re.compile(r"<si>.*?</si>", re.DOTALL)
_COUNT = re.compile(r' count="(\d+)" uniqueCount="\d+">')


def fill(package: IO[bytes], path: Path, sheet: int, rows: Iterable[Row]) -> None:
    """Write the workbook in `package` to `path` with `rows` below the first row of its sheet (from 1).

    The package's sheet has its header, each pattern once (all cells blank), `PLACE` in the first cell of the first of
    them, and its last cell, so that its size is known. Empty texts become blank cells, other texts are guarded.
    """
    with ZipFile(package) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    name = f"xl/worksheets/sheet{sheet}.xml"
    before, data, after = re.split("</?sheetData>", parts[name].decode("utf-8"))
    strings = parts[_STRINGS].decode("utf-8")
    items = _ITEM.findall(strings)
    place = int(_PLACED.findall(data)[-1])  # the header's texts come before it, the other cells are blank

    known = {item: at for at, item in enumerate(items[:place])}
    header = data[: data.index("</row>") + len("</row>")]
    body = "".join(_rows(rows, _looks(data, known)))
    parts[name] = "".join((before, "<sheetData>", header, body, "</sheetData>", after)).encode()

    # Sheets that were written later give their texts the numbers after those of the rows.
    moved = {str(at): str(known.setdefault(item, len(known))) for at, item in enumerate(items[place + 1 :], place + 1)}
    for other in parts:
        if other.startswith("xl/worksheets/sheet") and other != name:
            parts[other] = _moved(parts[other].decode("utf-8"), moved).encode()
    opening = strings[: strings.index("<si>")]
    total = int(_COUNT.findall(opening)[0]) - 1 + body.count(' t="s">')
    opening = _COUNT.sub(f' count="{total}" uniqueCount="{len(known)}">', opening)
    parts[_STRINGS] = "".join((opening, *known, "</sst>")).encode()
    _write(path, parts)


def _looks(data: str, known: dict[str, int]) -> dict[int, list[_Cells]]:
    """Per line of the package's sheet the cells that look like those in it."""
    found: dict[int, list[_Cells]] = {}
    numbers: dict[str, int] = {}
    for letters, line, style in _CELL.findall(data):
        found.setdefault(int(line) - 1, []).append(_Cells(letters, style, numbers, known))
    return found


def _rows(rows: Iterable[Row], looks: dict[int, list[_Cells]]) -> Iterator[str]:
    for line, (pattern, height, values) in enumerate(rows, 2):
        cells = looks[pattern]
        text = "".join([like[value] for like, value in zip(cells, values, strict=True)]).replace(_LINE, str(line))
        yield f'<row r="{line}" spans="1:{len(cells)}" ht="{height:.16g}" customHeight="1">{text}</row>'


class _Cells(dict[str | int, str]):
    """The cells of one column and look by value, `_LINE` for their row; made when a value first comes.

    `numbers` holds the numbers of the values met so far, `known` those of all entries of the table of texts, in order.
    """

    def __init__(self, letters: str, style: str, numbers: dict[str, int], known: dict[str, int]) -> None:
        self.start = f'<c r="{letters}{_LINE}" s="{style}"'
        self.numbers, self.known = numbers, known
        self[""] = self.start + "/>"

    def __missing__(self, value: str | int) -> str:
        if isinstance(value, str):
            number = self.numbers.get(value)
            if number is None:
                number = self.numbers[value] = self.known.setdefault(_item(guard(value)), len(self.known))
            cell = f'{self.start} t="s"><v>{number}</v></c>'
        else:
            cell = f"{self.start}><v>{value:.16G}</v></c>"
        self[value] = cell
        return cell


def _item(text: str) -> str:
    """A guarded text, which has no control characters, as an entry of the table of texts."""
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f"<si><t{space}>{text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</t></si>"


def _moved(text: str, numbers: dict[str, str]) -> str:
    return _PLACED.sub(lambda found: f't="s"><v>{numbers.get(found[1], found[1])}</v>', text)


def _write(path: Path, parts: dict[str, bytes]) -> None:
    with ZipFile(path, "w", ZIP_DEFLATED) as out:
        for name, content in parts.items():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # a fixed date: the same run gives the same bytes
            info.compress_type = ZIP_DEFLATED
            out.writestr(info, content)
