"""Pictures beside a case: small, offline, without metadata, with the lines that were read and the hash of the file."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from screening.tables import decode

_MOST = 6  # pictures shown of one activity; the table of provenance holds all
_PAGE = 12_000_000  # bytes of pictures in one page: a browser on an office PC still opens it at once
_HOW = {"ekspor": "menurut ekspor", "kamera": "menurut kamera"}


class Shown(NamedTuple):
    """One picture of an activity: `jpeg` may be empty (not read, or too many); `lines` (text, confidence, box) as read."""

    file: str
    sha256: str
    jpeg: bytes
    lines: tuple[tuple[str, float | None, str], ...]
    taken: str
    note: str

    @property
    def address(self) -> str:
        """The picture as an address that needs no file and no network; "" where there is none."""
        return f"data:image/jpeg;base64,{base64.b64encode(self.jpeg).decode()}" if self.jpeg else ""

    def words(self) -> dict[str, Any]:
        """What the page and the case file show."""
        return {
            "src": self.address, "file": self.file, "sha256": self.sha256, "taken": self.taken, "note": self.note,
            "lines": [
                f"{text} (keyakinan {confidence:.0%}; kotak {box})" if confidence is not None and box else text
                for text, confidence, box in self.lines
            ],
        }  # fmt: skip


def pictures_of(table: pd.DataFrame, small: Mapping[str, bytes]) -> dict[str, list[Shown]]:
    """The pictures of each activity (PICTURES and small JPEGs by hash), in the order of reading."""
    made: dict[str, list[Shown]] = {}
    spent = 0
    for (activity, file), lines in table.sort_values("number").groupby(["activity_id", "file"], sort=False):
        held = made.setdefault(str(activity), [])
        if len(held) >= _MOST:
            continue
        first = lines.iloc[0].to_dict()
        digest = first["sha256"] if isinstance(first["sha256"], str) else ""
        jpeg = small.get(digest, b"")
        spent += len(jpeg)
        notes = list(lines["note"].dropna().unique())
        if spent > _PAGE:
            jpeg, notes = b"", [*notes, "gambar tidak ditampilkan: batas ukuran laporan tercapai"]
        held.append(
            Shown(str(file), digest, jpeg, tuple(_line(one) for one in lines.to_dict("records") if isinstance(one["text"], str)),
                  _taken(first), "; ".join(notes))
        )  # fmt: skip
    return made


def _line(row: Mapping[Any, Any]) -> tuple[str, float | None, str]:
    box = decode(row["box"]) if isinstance(row["box"], str) else []
    place = ", ".join(f"{one:.2f}" for one in box)
    return row["text"], None if pd.isna(row["confidence"]) else float(row["confidence"]), place


def _taken(row: Mapping[Any, Any]) -> str:
    if not isinstance(row["taken"], str):
        return "tanggal pengambilan tidak diketahui"
    return f"difoto {row['taken']} ({_HOW.get(str(row['taken_how']), row['taken_how'])})"
