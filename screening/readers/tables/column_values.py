"""What the values of a column say: where its heading says nothing, or something its values deny. A first look at a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from screening.platforms import platform_of_address
from screening.readers.core.headers import folded
from screening.readers.core.vocabulary import canonical
from screening.readers.tables.analyst_acts import kinds_of
from screening.readers.tables.analyst_header import Header
from screening.readers.tables.mapped import address, cell_text
from screening.readers.times.moment import TimeError, moment

SAMPLE = 200  # rows looked at
_MOST = 0.7  # share of filled cells that must look alike
_FREE = 20  # letters on average from which cells are free text, not labels
_LABELS = 12  # letters on average below which cells of few distinct values are labels
SHOWN = {
    "target_url": "tautan", "platform": "platform", "kind": "jenis aktivitas", "happened_at": "tanggal", "text": "isi",
    "actor": "akun",
}  # fmt: skip
_URL = re.compile(r"^(https?://|www\.)\S+$", re.I)
_POST = re.compile(
    r"/(p|reel|reels|tv|status|posts?|videos?|photos?|permalink|story|stories|watch|shorts|groups|live)(/|\.php|\?|$)"
    r"|youtu\.be/|[?&](v|fbid|story_fbid)=|\bt(elegram)?\.me/(c/)?\w+/\d",
    re.I,
)
_HANDLE = re.compile(r"^@?[A-Za-z0-9._]{2,30}$")
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class Values:
    """Index -> canonical column that the values of a table under these `names` say ("" : not what the heading says);
    `rich`: indexes of unused columns that hold free text or addresses."""

    names: tuple[str, ...] = ()
    columns: dict[int, str] = field(default_factory=dict)
    rich: tuple[int, ...] = ()


def judged(header: Header, rows: Sequence[Sequence[Any]]) -> Values:
    """The first rows of a table held against its header."""
    columns: dict[int, str] = {}
    plan = {at: column for at, column, _ in header.plan}
    filled = {at: _filled(rows, at) for at, name in enumerate(header.names) if name}
    have = {column.partition(":")[0] for column in plan.values()}  # accounts may have a column per platform
    for at, column in plan.items():  # what the values deny
        texts = [cell_text(value) or "" for value in filled.get(at, ())]
        if column == "text" and _are_labels(texts):
            columns[at] = ""
        elif column == "target_url" and "actor" not in have and _are_profiles(filled.get(at, ())):
            if not _name_accounts(plan, filled):
                columns[at] = "actor"
        elif (
            column == "clock" and "happened_at" not in have and _share([is_day(value) for value in filled.get(at, ())])
        ):
            columns[at] = "happened_at"
    have = {column.partition(":")[0] for at, column in plan.items() if at not in columns} | {
        column for column in columns.values() if column
    }
    unknown = [at for at, name in enumerate(header.names) if name and at not in plan and filled.get(at)]
    for at in unknown:  # what they say where the heading says nothing
        shape = shape_of(filled[at])
        if shape and shape not in have and shape in SHOWN:
            columns[at] = shape
            have.add(shape)
    free = [at for at in unknown if at not in columns and _is_free_text(filled[at])]
    if free and "text" not in have:
        widest = max(free, key=lambda at: _mean(filled[at]))
        columns[widest] = "text"
        free.remove(widest)
    proofs = [at for at in plan if plan[at] == "ignored" and _share([_is_url(value) for value in filled.get(at, ())])]
    if proofs and "target_url" not in have:
        columns[proofs[0]] = "target_url"
        proofs = proofs[1:]
    urls = [at for at in unknown if at not in columns and _share([_is_url(value) for value in filled[at]])]
    return Values(header.names, columns, tuple(sorted({*free, *urls})))


def _name_accounts(plan: Mapping[int, str], filled: Mapping[int, Sequence[Any]]) -> bool:
    """Whether the acts are towards accounts ("mengikuti"), or the platform's cells name whose they are ("IG (@akun)"): then an
    address of a profile need not be the person's."""
    for at, column in plan.items():
        texts = [cell_text(value) or "" for value in filled.get(at, ())]
        if column == "kind" and any({"follow", "join"} & {*kinds_of(text)} for text in texts):
            return True
        if column == "platform" and any("@" in text for text in texts):
            return True
    return False


def shape_of(values: Sequence[Any]) -> str:
    """The canonical column that values betray, or ""."""
    texts = [cell_text(value) or "" for value in values]
    if _share([_is_url(value) for value in values]):
        return "actor" if _are_profiles(values) else "target_url"
    if _share([canonical("platform", text) is not None for text in texts]):
        return "platform"
    if _share([bool(kinds_of(text)) and len(text) < 60 for text in texts]):
        return "kind"
    if _share([is_day(value) for value in values]):
        return "happened_at"
    if _share([text.startswith("@") and bool(_HANDLE.match(text)) for text in texts]):
        return "actor"
    return ""


def _filled(rows: Sequence[Sequence[Any]], at: int) -> list[Any]:
    return [row[at] for row in rows if at < len(row) and cell_text(row[at]) is not None]


def _is_url(value: Any) -> bool:
    return bool(_URL.match(address(value) or ""))


def _are_profiles(values: Sequence[Any]) -> bool:
    from screening.ruleset.accounts import normalise_handle

    def is_profile(value: Any) -> bool:
        place = address(value) or ""
        # An address of no platform we know ("media.test/berita") names a page, and nobody.
        known = _URL.match(place) and platform_of_address(place) not in (None, "other")
        return bool(known) and not _POST.search(place) and normalise_handle(place) != ""

    return _share([is_profile(value) for value in values])


def _are_labels(texts: Sequence[str]) -> bool:
    """Whether cells are a few short words again and again ("PNS", "selesai"): labels, no writing."""
    if len(texts) < 3:
        return False
    return len({folded(text) for text in texts}) <= max(2, len(texts) // 4) and _mean(texts) < _LABELS


def _is_free_text(values: Sequence[Any]) -> bool:
    texts = [cell_text(value) or "" for value in values]
    return _mean(texts) >= _FREE and sum(" " in text for text in texts) >= _MOST * len(texts)


def _mean(values: Sequence[Any]) -> float:
    return sum(len(cell_text(value) or "") for value in values) / len(values) if values else 0.0


def _share(matches: Sequence[bool]) -> bool:
    return bool(matches) and sum(matches) >= _MOST * len(matches)


def is_day(value: Any) -> bool:
    if isinstance(value, int | float) or not re.search(r"\d", str(value)) or str(value).isdigit():
        return False
    try:
        found = moment(value, _UTC)
    except TimeError:
        return False
    return found.happened_at is not None
