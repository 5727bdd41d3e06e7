"""What people must be told about files of which something was lost as a whole: one plain line a kind, with number and names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from screening.tables import REJECTED

_FEW = 3
_NAMED = 20  # names in one line; the rest is in the file table


def warnings(files: pd.DataFrame) -> list[str]:
    """Indonesian lines for FILES; empty when every file was read or is known and left alone."""
    lost = files[files["warning"].notna()]
    kinds: dict[str, list[Any]] = {"unknown": [], "error": [], "read": [], "ignored": []}
    for row in lost.itertuples():
        kinds[str(row.outcome)].append(row)
    return list(_lines(kinds))


def _lines(kinds: dict[str, list[Any]]) -> Iterator[str]:
    if rows := kinds["unknown"]:
        names = _named([str(row.source_file) for row in rows], ", ")
        yield f"{len(rows)} berkas tidak dikenal dan tidak dibaca: {names}"
    if rows := kinds["error"]:
        names = _named([f"{row.source_file}: {row.warning}" for row in rows], " | ")
        yield f"{len(rows)} berkas tidak dapat dibaca: {names}"
    if rows := kinds["read"] + kinds["ignored"]:
        names = _named([f"{row.source_file}: {row.warning}" for row in rows], " | ")
        yield f"{len(rows)} berkas dibaca hanya sebagian: {names}"


def with_lost_files(rejected: pd.DataFrame, files: pd.DataFrame) -> pd.DataFrame:
    """REJECTED as people get it: behind the records that were refused one row for every file, and for what was left of a
    file, that was lost as a whole. A file that broke off has its row already."""
    lost = files[files["warning"].notna()]
    place = lost["outcome"].isin(["unknown", "error"]).map({True: "seluruh berkas", False: "sebagian berkas"})
    rows = pd.DataFrame({"source_file": lost["source_file"], "source_pointer": place, "reason": lost["warning"]})
    told = pd.MultiIndex.from_frame(rejected[["source_file", "reason"]])
    rows = rows[~pd.MultiIndex.from_frame(rows[["source_file", "reason"]]).isin(told)]
    return REJECTED.cast(pd.concat([rejected, rows], ignore_index=True)) if len(rows) else rejected


def left_alone(files: pd.DataFrame) -> list[str]:
    """One Indonesian line per reason for files that were recognised and deliberately not read, or give no activity."""
    known = files[files["warning"].isna()]
    silent = known[(known["outcome"] == "ignored") | ((known["outcome"] == "read") & (known["read"] == 0))]
    found: dict[str, list[str]] = {}
    for row in silent.itertuples():
        why = str(row.note) if isinstance(row.note, str) else "tidak ada catatan di dalamnya"
        found.setdefault(why, []).append(str(row.source_file))
    return [f"{len(names)} berkas tanpa aktivitas ({inert(why)}): {_few(names)}" for why, names in found.items()]


def _few(names: list[str]) -> str:
    more = len(names) - _FEW
    shown = ", ".join(map(inert, names[:_FEW]))
    return f"{shown}, dan {more} lainnya" if more > 0 else shown


def _named(names: list[str], glue: str) -> str:
    more = len(names) - _NAMED
    shown = glue.join(map(inert, names[:_NAMED]))
    return f"{shown}{glue}dan {more} lainnya (lihat tabel berkas)" if more > 0 else shown


def inert(text: str) -> str:
    """The text on one line, with every control and direction sign made visible: names are written by strangers."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)
