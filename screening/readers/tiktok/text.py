"""TikTok's TXT download: blocks of `Label: value` lines, the first a UTC time; labels and file names are localised.

Within a file the labels repeat from block to block in one order, so a comment of several lines is read whole even when
one of its lines looks like a label.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from screening.readers.core.acts import owner_note
from screening.readers.core.jsonstream import text_lines
from screening.readers.core.reader import Claim, Context, Note, Reader, Rejection, Row
from screening.readers.core.source import Source
from screening.readers.core.structure import head_text
from screening.readers.tiktok.download import row_of

_DATE = re.compile(r"^[^\s:][^:\n]{0,40}: ?(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})(?: UTC)?\s*$")
_FIELD = re.compile(r"^([^\s:][^:\n]{0,40}): ?(.*)$")
_UNKNOWN = (
    "daftar TikTok yang namanya tidak dikenal; bentuknya sama dengan daftar pengikut atau riwayat tontonan, "
    "jadi tidak dibaca"
)


class Record(NamedTuple):
    """One block: the line it starts on, its time, its other fields (label, value) in order."""

    line: int
    date: str
    fields: list[tuple[str, str]]


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    raw = tomllib.loads(Path(__file__).with_name("tiktok.toml").read_text(encoding="utf-8"))
    read = {name: which for which, names in raw["read"].items() for name in names}
    return read, {name: why for why, names in raw["ignored"].items() for name in names}


def _recognise(source: Source) -> Claim | None:
    if source.suffix != ".txt":
        return None
    lines = [line.rstrip("\r") for line in head_text(source).lstrip().split("\n")]
    dated = [place for place, line in enumerate(lines) if _DATE.match(line)]
    first = next((place for place, line in enumerate(lines) if line.strip()), None)
    if not dated or dated[0] != first or not any(_FIELD.match(line) for line in lines[1:2]):
        return None
    if len({lines[place].split(":")[0] for place in dated}) > 1:
        return None
    read, ignored = _names()
    name = re.sub(r"[\s_]*\(?\d*\)?$", "", source.leaf[:-4].casefold()).replace("_", " ").strip()
    if name in read:
        return Claim(detail=read[name], same_as=f"tiktok/{read[name]}", rank=1)
    return Claim(ignored=ignored.get(name, _UNKNOWN))


def _read(source: Source, context: Context) -> Iterator[Row | Rejection | Note]:
    yield from owner_note(context)
    lines = list(enumerate((line.rstrip("\r\n").lstrip("\ufeff") for line in text_lines(source)), start=1))
    for record in blocks(lines):
        row = _row(context.detail, context.owner, record)
        yield (
            row
            if row is not None
            else Rejection(f"line {record.line}", "blok tanpa isi yang dapat dibaca", dict(record.fields))
        )


def _row(which: str, actor: str | None, record: Record) -> Row | Rejection | None:
    values = [value.strip() for _, value in record.fields]
    link = next((value for value in values if re.match(r"https?://\S+$", value)), None)
    words = [value for value in values if value and value != link]
    if not values:
        return None
    cells: dict[str, object] = {"date": record.date, "link": link}
    if which == "follow":
        cells["username"] = words[0] if words else None
    elif which == "comment":
        cells["comment"] = values[0]
        cells["link"] = link if link != values[0] else None
    elif which == "post":
        cells["title"] = next((word for word in words if not re.fullmatch(r"[\d.,]+|N/A|None", word)), None)
    elif which == "share":
        cells["sharedcontent"] = words[0] if words else None
    return row_of(which, actor, f"line {record.line}", cells)


def blocks(lines: list[tuple[int, str]]) -> Iterator[Record]:
    """The records of the file."""
    starts = [place for place, (_, line) in enumerate(lines) if _DATE.match(line)]
    raw = [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    labels = _labels(raw)
    for block in raw:
        match = _DATE.match(block[0][1])
        assert match is not None
        yield Record(block[0][0], match[1], _fields([line for _, line in block[1:]], labels))


def _labels(raw: list[list[tuple[int, str]]]) -> list[str]:
    """The labels behind the time, in order: those of at least half of the blocks."""
    seen: Counter[str] = Counter()
    order: dict[str, int] = {}
    for block in raw:
        found = dict.fromkeys(match[1] for _, line in block[1:] if (match := _FIELD.match(line)))
        seen.update(found.keys())
        for place, label in enumerate(found):
            order.setdefault(label, place)
    usual = [label for label in order if seen[label] * 2 >= len(raw) and not label.startswith("http")]
    return sorted(usual, key=lambda label: order[label])


def _fields(lines: list[str], labels: list[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, list[str]]] = []
    left = list(labels)
    for line in lines:
        match = _FIELD.match(line)
        if match and match[1] in left:
            del left[: left.index(match[1]) + 1]
            found.append((match[1], [match[2]]))
        elif found:
            found[-1][1].append(line)
    return [(label, "\n".join(parts).rstrip("\n")) for label, parts in found]


READER = Reader("tiktok-txt", _recognise, _read, platform="tiktok", title="TikTok (TXT)")
