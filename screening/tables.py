"""The contracts of the tables that travel between the stages: columns, types, allowed values, one place for all.

Every contract has `empty()` (zero rows, right columns), `build(rows)` (from dicts) and `check(frame)` (pandera, lazy:
importing this module costs no pandera). Text columns are pandas `str`; missing is NA, which is not the empty string.
Columns that hold lists or records hold canonical JSON text (`encode`/`decode`), so they survive Parquet and compare
byte by byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd
import pyarrow as pa

from screening import platforms

TIME = "datetime64[us, UTC]"

PLATFORMS = platforms.ids()
KINDS = ("post", "comment", "share", "like", "follow", "join", "bio")
TIME_BASES = ("exact_utc", "local_naive", "date_only", "absent")
TARGET_KINDS = ("content", "account", "group", "page")
VISIBILITIES = ("public", "private", "unknown")
RESULTS = ("finding", "needs_clarification", "clear", "out_of_scope")
BANDS = ("high", "medium", "low")
CATEGORIES = ("kode_etik", "disiplin", "larangan_umum", "imbauan")
HOWS = ("exact", "folded", "fuzzy", "context", "model")
FIELDS = ("text", "target_text", "media_text", "target_account", "tagged", "picture_text")
PICTURE_BREAK = "\n\n"  # between two pictures in `picture_text`; within one a line of the picture is a line of the text
HIT_FIELDS = (*FIELDS, "target_url")  # an address is not read as text, but an account may be recognised in it


@dataclass(frozen=True)
class Contract:
    """Columns of one table: name -> dtype; `required` may not be NA; `allowed` limits the values. `optional` columns (text)
    stand behind the others where a frame has them, and nothing is added where it has not."""

    name: str
    columns: Mapping[str, str]
    required: tuple[str, ...] = ()
    allowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional: tuple[str, ...] = ()

    def empty(self) -> pd.DataFrame:
        """Zero rows with the right columns and types."""
        return self._nothing.copy()

    def build(self, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
        """A table from dicts; columns a row lacks become NA, unknown keys are dropped."""
        rows = list(rows)
        return self.of_columns({name: [row.get(name) for row in rows] for name in self.columns})

    def of_columns(self, cells: Mapping[str, list[Any]]) -> pd.DataFrame:
        """A table from the cells of each of its columns."""
        return self.cast(pd.DataFrame({name: _column(cells[name], dtype) for name, dtype in self._types.items()}))

    def cast(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The same rows with the contract's columns, order and types."""
        more = [name for name in self.optional if name in frame.columns]
        whole = frame.reindex(columns=[*self.columns, *more])
        # Most tables fit already, and a conversion costs time even where there is nothing to convert.
        found = whole.dtypes.to_dict()
        wrong = {name: dtype for name, dtype in self._types.items() if found[name] != dtype}
        return (whole.astype(wrong) if wrong else whole).reset_index(drop=True)

    def check(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return `frame` unchanged, or raise pandera's SchemaErrors with every violation."""
        return self._schema.validate(frame, lazy=True)

    @cached_property
    def _nothing(self) -> pd.DataFrame:
        return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in self._types.items()})

    @cached_property
    def _types(self) -> dict[str, Any]:
        return {name: pd.api.types.pandas_dtype(dtype) for name, dtype in self.columns.items()}

    @cached_property
    def _schema(self) -> Any:
        import pandera.pandas as pandera

        def column(name: str, dtype: str) -> Any:
            checks = [pandera.Check.isin(self.allowed[name])] if name in self.allowed else []
            return pandera.Column(dtype, checks, nullable=name not in self.required)

        return pandera.DataFrameSchema(
            {name: column(name, dtype) for name, dtype in self.columns.items()}
            | {name: pandera.Column(_TEXT, nullable=True, required=False) for name in self.optional},
            strict=True, ordered=True,
        )  # fmt: skip


def texts(column: pd.Series) -> pa.LargeStringArray:
    """A column of text as Arrow holds it, in one piece."""
    held = pa.array(column, pa.large_string())
    return held.combine_chunks() if isinstance(held, pa.ChunkedArray) else held


def _column(cells: list[Any], dtype: Any) -> Any:
    """The cells as a column of text, if they are nothing else: pandas need not find out what they are."""
    if dtype == _TEXT:
        with suppress(pa.ArrowInvalid, pa.ArrowTypeError, UnicodeError):
            return pd.array(pa.array(cells, pa.large_string(), from_pandas=True), dtype)
    return cells


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def encode(value: Any) -> str:
    """Canonical JSON text of a list or record (sorted keys, no spaces, real characters)."""
    return _CANONICAL.encode(value)


def decode(cell: Any) -> Any:
    """The list or record of a JSON cell; NA and the empty string are the empty list, a decoded cell stays as it is."""
    if isinstance(cell, list | dict):
        return cell
    return json.loads(cell) if isinstance(cell, str) and cell else []


_TEXT = "str"

# DESIGN §3. `happened_at` is UTC; for `date_only` it is the local day's midnight in the configured zone, as UTC.
ACTIVITIES = Contract(
    "activities",
    {
        "activity_id": _TEXT, "record_id": _TEXT, "platform": _TEXT, "actor": _TEXT, "subject_id": _TEXT,
        "kind": _TEXT, "happened_at": TIME, "time_basis": _TEXT, "time_raw": _TEXT, "text": _TEXT,
        "target_account": _TEXT, "target_text": _TEXT, "target_url": _TEXT, "target_kind": _TEXT,
        "media_text": _TEXT, "tagged": _TEXT, "visibility": _TEXT, "source_file": _TEXT, "source_sha256": _TEXT,
        "source_pointer": _TEXT,
    },
    required=("activity_id", "platform", "kind", "time_basis", "visibility", "source_file", "source_pointer"),
    allowed={
        "platform": PLATFORMS, "kind": KINDS, "time_basis": TIME_BASES, "target_kind": TARGET_KINDS,
        "visibility": VISIBILITIES,
    },
    # Only where pictures were asked for: what machines read in its pictures, a line a line; FROM_PICTURE where nothing but an
    # address in a picture (a QR code, a printed link) is its target.
    optional=("picture_text", "target_from"),
)  # fmt: skip
FROM_PICTURE = "picture"


def aimed(activities: pd.DataFrame) -> pd.DataFrame:
    """ACTIVITIES without the targets that only a picture leads to: whoever posts a poster has not acted on its account."""
    if "target_from" not in activities:
        return activities
    led = activities["target_from"].eq(FROM_PICTURE).to_numpy(bool, na_value=False)
    if not led.any():
        return activities
    return activities.assign(**{name: activities[name].mask(led) for name in ("target_account", "target_url")})


# ACTIVITIES after judging.
JUDGED = Contract(
    "judged activities",
    {**ACTIVITIES.columns, "result": _TEXT, "score": "int64", "band": _TEXT},
    required=(*ACTIVITIES.required, "result", "score"),
    allowed={**ACTIVITIES.allowed, "result": RESULTS, "band": BANDS},
    optional=ACTIVITIES.optional,
)

# What became of the activities of a table: `row` is an activity's place in it, the rest are its columns of JUDGED.
OUTCOMES = Contract(
    "outcomes",
    {"row": "int64", "subject_id": _TEXT, "result": _TEXT, "score": "int64", "band": _TEXT},
    required=("row", "result", "score"),
    allowed={"result": RESULTS, "band": BANDS},
)

UNSURE = "?"  # ends the entry of a classifier's hit that takes a side, whichever

# One thing noticed in one field: `surface == field[start:end]`, always (offsets in Python characters).
HITS = Contract(
    "hits",
    {
        "activity_id": _TEXT, "field": _TEXT, "signal": _TEXT, "entry_id": _TEXT, "contestant_id": _TEXT,
        "surface": _TEXT, "start": "int64", "end": "int64", "strength": "float64", "detector": _TEXT, "how": _TEXT,
    },
    required=("activity_id", "field", "signal", "surface", "start", "end", "strength", "detector", "how"),
    allowed={"field": HIT_FIELDS, "how": HOWS},
)  # fmt: skip

SPEAKERS = (
    "self", "group_with_self", "addressed", "kin", "colleague", "official", "institution", "other", "unknown",
)  # fmt: skip
MEANINGS = (
    "asserted", "wished", "denied", "refused", "coerced", "past", "conditional", "asked", "courtesy", "quoted", "reported",
    "example", "conceded",
)  # fmt: skip
CHANNELS = ("own", "picture", "content", "account", "parent")

# One bound proposition of an activity: who (`speaker`) says or did what (`predicate`, a signal of data/signals.toml) about whom
# (`toward`: contestant or party id, `all`, `unresolved`, or ""), how meant, in which election (contest id, `other`, or ""), in
# which channel; `start`, `end` are the clause in `field`, `quote` with its offsets the characters of the hit that proves it.
# `supported`: words of choosing in the writer's own voice stand with an opinion of the classifier. `strength` 0 is evidence
# against nobody. Source: docs/architecture.md.
STATEMENTS = Contract(
    "statements",
    {
        "statement_id": _TEXT, "activity_id": _TEXT, "field": _TEXT, "start": "int64", "end": "int64", "speaker": _TEXT,
        "predicate": _TEXT, "meant": _TEXT, "toward": _TEXT, "election": _TEXT, "channel": _TEXT, "strength": "float64",
        "supported": "bool", "detector": _TEXT, "how": _TEXT, "entry_id": _TEXT, "quote": _TEXT, "quote_start": "int64",
        "quote_end": "int64",
    },
    required=("statement_id", "activity_id", "field", "start", "end", "speaker", "predicate", "meant", "channel", "strength",
              "detector", "how", "quote", "quote_start", "quote_end"),
    allowed={"field": HIT_FIELDS, "speaker": SPEAKERS, "meant": MEANINGS, "channel": CHANNELS, "how": HOWS},
)  # fmt: skip

# What the page needs of HITS to mark them in the texts.
MARKED = ("activity_id", "field", "signal", "surface", "start", "end")

# One activity judged against one act. JSON columns (records as documented in docs/architecture.md):
# alternatives, missing, mitigating, reasons. `points` is the unclamped sum, `score` the same within 0–100.
FINDINGS = Contract(
    "findings",
    {
        "finding_id": _TEXT, "activity_id": _TEXT, "record_id": _TEXT, "subject_id": _TEXT, "act_id": _TEXT,
        "document": _TEXT, "provision": _TEXT, "category": _TEXT, "result": _TEXT, "score": "int64",
        "points": "int64", "band": _TEXT, "contest": _TEXT, "contestant": _TEXT, "candidate_status": _TEXT,
        "phase": _TEXT, "alternatives": _TEXT, "missing": _TEXT, "mitigating": _TEXT, "reasons": _TEXT,
        "ruleset_version": _TEXT,
    },
    required=("finding_id", "activity_id", "act_id", "document", "provision", "category", "result", "score", "points",
              "band", "alternatives", "missing", "mitigating", "reasons", "ruleset_version"),
    allowed={"category": CATEGORIES, "result": RESULTS, "band": BANDS},
)  # fmt: skip

# Where the words of `picture_text` stand: one line of one picture of one activity. `kind`: ocr (read by machine), qr (a code),
# date (of the exposure: `taken`, told by `taken_how`), none (no words), refused, closed (not to be read: `note` says why), video
# (frames are not read). `note` of a line also says that the target was filled from it. `start`, `end`: characters
# in `picture_text`, -1 where the line is not in it; `box`: JSON [left, top, right, bottom] in shares (0-1) of width and height;
# `confidence` 0-1; `number` grows in the order of reading; `engine`: hash of engine and weights.
PICTURES = Contract(
    "pictures",
    {
        "activity_id": _TEXT, "file": _TEXT, "sha256": _TEXT, "number": "int64", "kind": _TEXT, "text": _TEXT, "start": "int64",
        "end": "int64", "box": _TEXT, "confidence": "float64", "taken": _TEXT, "taken_how": _TEXT, "note": _TEXT, "engine": _TEXT,
    },
    required=("activity_id", "file", "number", "kind", "start", "end"),
    allowed={"kind": ("ocr", "qr", "date", "none", "refused", "closed", "video")},
)  # fmt: skip

# What was read but cannot be used; `raw` is redacted (no free text, no long digit runs).
REJECTED = Contract(
    "rejected",
    {"source_file": _TEXT, "source_pointer": _TEXT, "reason": _TEXT, "raw": _TEXT},
    required=("source_file", "source_pointer", "reason"),
)

# One row per file met, so that nothing is lost silently: `outcome` read | ignored | unknown | error.
# `activities` counts kept rows before screening; read = activities + duplicate + rejected. `warning`: what of the file was
# lost as a whole, for people (unknown, unreadable, nothing found in it, lists left unread).
FILES = Contract(
    "files",
    {
        "source_file": _TEXT, "source_sha256": _TEXT, "reader": _TEXT, "outcome": _TEXT, "read": "int64",
        "activities": "int64", "duplicate": "int64", "rejected": "int64", "kinds": _TEXT, "note": _TEXT,
        "warning": _TEXT,
    },
    required=("source_file", "outcome", "read", "activities", "duplicate", "rejected"),
    allowed={"outcome": ("read", "ignored", "unknown", "error")},
)  # fmt: skip
