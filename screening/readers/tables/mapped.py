"""A record (folded header -> cell) and a profile become an activity."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, tzinfo
from typing import Any

from screening.platforms import platform_of_address
from screening.readers.core.reader import Rejection, Row, tidy
from screening.readers.core.vocabulary import canonical
from screening.readers.core.workbook import Link
from screening.readers.tables.profile import EVERY, Profile, Rule
from screening.readers.times import moment as times
from screening.readers.times.moment import ImpossibleTime, Moment, TimeError
from screening.ruleset.platforms import platform_among

Record = Mapping[str, Any]
RETWEET = re.compile(r"^RT @(\w{1,30}):? ?(.*)$", re.S)
_BESIDE = {"coauthors": "unggahan bersama", "place": "tempat"}  # columns without a place of their own in the contract
_DEAD = re.compile(r"^\d(?:[.,]\d+)?E\+?\d{2}$", re.I)
_URL = re.compile(r"^(?:https?://|www\.)\S+$|^[\w.-]+\.[a-z]{2,10}/\S*$", re.I)
_SCREEN_NAMES = re.compile(r"""['"](?:screen_name|username)['"]: ?['"]([\w.]+)['"]""")
_PLAIN = (
    "record_id",
    "actor",
    "subject_id",
    "text",
    "target_account",
    "target_text",
    "target_url",
    "own_url",
    "media_text",
    "tagged",
)


def is_dead_id(value: Any) -> bool:
    """A number that a spreadsheet has rounded away: `1,79E+18`, or a float beyond 15 digits."""
    if isinstance(value, float):
        return value >= 1e15
    return isinstance(value, str) and bool(_DEAD.match(value.strip()))


def cell_text(value: Any) -> str | None:
    """A cell as text; empty cells are missing."""
    if value is None:
        return None
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, list):
        return ";".join(filter(None, map(tidy, value))) or None
    text = tidy(value)
    return text if text is not None and text.strip() else None


def address(value: Any) -> str | None:
    """The address of a cell: behind "Lihat", or written out."""
    return value.target if isinstance(value, Link) else cell_text(value)


def first(record: Record, headers: tuple[str, ...]) -> Any:
    """The first filled cell under any of the headers; of a header with `*` all cells of the list, each once."""
    for name in headers:
        cell = _every(record, name) if EVERY in name else record.get(name)
        if cell is None or cell == "":
            continue
        if (not cell.isspace()) if isinstance(cell, str) else cell_text(cell) is not None:
            return cell
    return None


def _every(record: Record, name: str) -> Any:
    pattern = re.compile(re.escape(name).replace(EVERY, r"\d+"))
    found = [text for key, cell in record.items() if pattern.fullmatch(key) and (text := cell_text(cell))]
    return list(dict.fromkeys(found)) or None


def bound(profile: Profile, header: Iterable[str]) -> Profile:
    """The profile with only the columns a table has."""
    present = set(header)
    columns = {
        name: tuple(h for h in headers if h in present or EVERY in h) for name, headers in profile.columns.items()
    }
    return replace(profile, columns={name: headers for name, headers in columns.items() if headers})


def activity(record: Record, pointer: str, profile: Profile, zone: tzinfo) -> Row | Rejection | None:
    """One row of a table as an activity; None for a row that is none (the vendor's error rows)."""
    if profile.skip and any(_matches(rule, record) for rule in profile.skip):
        return None
    row: Row = {**profile.constants, "source_pointer": pointer}
    columns = profile.columns
    for name in _PLAIN:
        if (headers := columns.get(name)) is None:
            continue
        cell = record.get(headers[0])
        if type(cell) is str and cell and not cell.isspace():
            row[name] = cell
        elif (cell := first(record, headers)) is not None:
            row[name] = address(cell) if name.endswith("_url") else cell_text(cell)
    if row.get("tagged") and ";" not in row["tagged"]:
        row["tagged"] = ";".join(_people(row["tagged"])) or None
    for name, words in _BESIDE.items():
        if name in columns and (told := cell_text(first(record, columns[name]))) is not None:
            row["media_text"] = "\n".join(filter(None, (row.get("media_text"), f"{words}: {told.replace(';', ', ')}")))
            if name == "coauthors":
                row["tagged"] = ";".join(
                    dict.fromkeys([*filter(None, (row.get("tagged") or "").split(";")), *told.split(";")])
                )
    if row.get("record_id") is not None and is_dead_id(first(record, columns.get("record_id", ()))):
        row["record_id"] = None
    for name in ("platform", "kind", "visibility", "target_kind"):
        if name in columns:
            _word(row, name, record, profile)
    try:
        row["happened_at"], row["time_basis"], row["time_raw"] = _moment(record, profile, zone)
    except ImpossibleTime as error:
        return Rejection(pointer, "waktu tidak sah", {"waktu": str(error)})
    except TimeError as error:  # words nobody can date: the act stands, its time is unknown
        row |= times.ABSENT._replace(time_raw=str(error))._asdict()
    if profile.kinds:
        _apply_kind(row, record, profile)
    return _finished(row, record, profile)


def _people(cell: str) -> list[str]:
    """The people in a cell, also where a script wrote its list into it: `['a', 'b']`, `[{'screen_name': 'a'}]`."""
    if cell.startswith("[{"):
        return _SCREEN_NAMES.findall(cell)
    parts = (part.strip(" '\"") for part in cell.strip("[]").split(","))
    return [part for part in parts if part]


def _word(row: Row, name: str, record: Record, profile: Profile) -> None:
    written = cell_text(first(record, profile.columns.get(name, ())))
    if written is None:
        return
    words = profile.words.get(name)
    own = words.get(_folded(written)) if words else None
    value = own or canonical(name, written) or (platform_of_address(written) if name == "platform" else None)
    if value is not None:
        row[name] = value
    elif name == "platform":
        row[name] = platform_among(written) or "other"


def _folded(word: str) -> str:
    from screening.readers.core.headers import folded

    return folded(word)


def _matches(rule: Rule, record: Record) -> bool:
    return all(pattern.search(_said(record.get(name))) for name, pattern in rule.when.items())


def _said(value: Any) -> str:
    """A cell as a rule looks at it; a mark that is set (`noResults: true`) says so."""
    return "true" if value is True else cell_text(value) or ""


def _apply_kind(row: Row, record: Record, profile: Profile) -> None:
    rule = next((rule for rule in profile.kinds if _matches(rule, record)), None)
    if rule is None:
        return
    row["kind"] = rule.kind or row.get("kind")
    for name, headers in rule.columns.items():
        cell = first(record, headers)
        row[name] = (address(cell) if name == "target_url" else cell_text(cell)) or row.get(name)
    if rule.target_kind:
        row["target_kind"] = rule.target_kind
    if rule.move_text:
        row["target_text"] = row.get("target_text") or row.get("text")
        row["text"] = None


def _finished(row: Row, record: Record, profile: Profile) -> Row:
    where = row.get("own_url") or row.get("target_url")
    if row.get("platform") in (None, "other") and (found := platform_of_address(where)):
        row["platform"] = found
    row.setdefault("platform", "other")
    row["kind"] = row.get("kind") or "post"
    text = row.get("text")
    if row["platform"] == "x":
        text = row["text"] = html.unescape(text) if text else text
        copy = text or (row.get("target_text") if row["kind"] == "share" else None)
        if copy and (match := RETWEET.match(copy)) and row["kind"] in ("post", "share"):
            told = row.get("target_text") if row.get("target_text") != copy else None
            row.update(kind="share", text=None, target_kind="content", target_text=told or match[2])
            row["target_account"] = row.get("target_account") or match[1]
    own = row.pop("own_url", None)
    if own and row["kind"] == "post":
        row["target_url"] = row.get("target_url") or own
    elif own and not row.get("record_id"):
        row["record_id"] = own  # the act's own address is no target, but it must not be lost
    return row


def _moment(record: Record, profile: Profile, zone: tzinfo) -> Moment:
    value = first(record, profile.columns.get("happened_at", ()))
    clock = first(record, profile.columns.get("clock", ()))
    if profile.reading == "epoch":
        read = times.epoch(value)
        return read if read.happened_at or value is None else times.moment(value, zone, order=profile.order)
    if profile.reading == "utc":
        read = times.moment(value, times.UTC, order=profile.order)
        return read._replace(time_basis="exact_utc") if read.time_basis == "local_naive" else read
    return with_clock(value, clock, zone, profile.order)


def with_clock(day: Any, clock: Any, zone: tzinfo, order: str) -> Moment:
    """A date and a time of day from two cells; either may hold the whole or be missing."""
    if clock is None:
        return times.moment(day, zone, order=order)
    if day is None:
        return times.moment(clock, zone, order=order) if not isinstance(clock, time) else times.ABSENT._replace(
            time_raw=clock.isoformat()
        )  # fmt: skip
    read = times.moment(day, zone, order=order)
    if read.happened_at is None:
        return read
    raw = f"{cell_text(day)} {cell_text(clock)}"
    local = read.happened_at.astimezone(zone).date()
    if isinstance(clock, datetime):
        clock = clock.time()
    if isinstance(clock, float) and 0 <= clock < 1:
        clock = (times.EXCEL_EPOCH + times.timedelta(seconds=round(clock * 86_400))).time()
    try:
        of_day, offset = (clock, None) if isinstance(clock, time) else times.clock_of(str(clock))
    except TimeError:
        return read._replace(time_raw=raw)  # the day stands; the words in the time column are kept
    exact = datetime.combine(local, of_day, offset or zone).astimezone(times.UTC)
    return Moment(exact, "exact_utc" if offset else "local_naive", raw)
