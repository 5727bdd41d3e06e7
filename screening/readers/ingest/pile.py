"""What was read and waits to become tables: rows of many files together, because an export may hold 10,000 small ones.

Keeps the books per file: read = activities + duplicate + rejected.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from screening.limits import limit
from screening.readers.core.media import Picture
from screening.readers.core.reader import Columns, Counted, Rejection, Remark, Row, Unread
from screening.readers.core.source import Source
from screening.readers.ingest.assemble import Reading, frame_of, shortened, stacked, unusable
from screening.readers.ingest.identity import Seen, activity_ids, further_ids
from screening.readers.ingest.later import Later
from screening.readers.ingest.merging import completed
from screening.readers.ingest.pictured import pictures_of
from screening.readers.ingest.redact import redacted
from screening.readers.ingest.twins import Twins
from screening.readers.tables.columnar import constant
from screening.tables import ACTIVITIES, FILES, REJECTED, encode

_FILE = np.uint64(32)  # bits of a tag below the number of the file
_RECORD = np.uint64((1 << 32) - 1)  # bits of a tag that are the fingerprint of the record id
_NAMED = 3  # files named in one remark


@dataclass
class Tally:
    """The books of one file while it is read."""

    source: Source
    reader: str = ""
    outcome: str = "read"
    activities: int = 0
    duplicate: int = 0
    rejected: int = 0
    waiting: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    untold: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    repeated: Counter[str] = field(default_factory=Counter)
    number: int = -1  # among the files that gave rows; given by the pile
    late: int = 0  # repeated acts of an earlier Reading, which are not completed from here
    explained: bool = False
    warning: str = ""
    cut: int = 0  # texts longer than `written.characters`
    cut_at: list[str] = field(default_factory=list)

    def remark(self, item: Remark) -> None:
        """Something that is said about the file and is no record."""
        if isinstance(item, Unread):
            self.unread[item.name] += item.number
        elif isinstance(item, Counted):
            (self.counted if item.told else self.untold)[item.what] += item.number
            self.explained |= bool(item.number)
        else:
            self.notes.append(item.text)
            self.explained |= item.explains

    @property
    def read(self) -> int:
        """Records met so far."""
        return self.activities + self.duplicate + self.rejected + self.waiting

    def row(self) -> dict[str, Any]:
        """One row of FILES, when nothing is waiting any more."""
        notes = [note for note in dict.fromkeys(["" if self.source.problem else self.source.note, *self.notes]) if note]
        notes += [f"{number} {what}" for what, number in self.counted.items() if number]
        if self.unread:
            notes.append(_unread(self.unread))
        if self.duplicate:
            notes.append(f"{self.duplicate} baris sama dengan yang sudah dibaca{self._whence()}, dihitung sekali")
        if self.late:
            notes.append(
                f"{self.late} di antaranya mengulang bagian yang sudah dinilai; "
                "keterangan tambahannya, bila ada, tidak digabungkan"
            )
        return {
            "source_file": self.source.name,
            "source_sha256": self.source.sha256 if self.outcome == "read" else None,
            "reader": self.reader or None,
            "outcome": self.outcome,
            "read": self.read,
            "activities": self.activities,
            "duplicate": self.duplicate,
            "rejected": self.rejected,
            "kinds": encode(+self.kinds),
            "note": "; ".join(dict.fromkeys(notes)) or None,
            "warning": self._warning() or None,
        }

    def shorten(self, pointer: str) -> None:
        """One record held a text over the budget, of which only the beginning is kept."""
        self.cut += 1
        if len(self.cut_at) < _NAMED:
            self.cut_at.append(pointer)

    def _shortened(self) -> str:
        if not self.cut:
            return ""
        most = f"{limit('written', 'characters'):,}".replace(",", ".")
        where = ", ".join(self.cut_at) + (", …" if self.cut > len(self.cut_at) else "")
        return f"{self.cut} rekaman memuat teks lebih dari {most} aksara; hanya bagian awalnya disaring ({where})"

    def _whence(self) -> str:
        """In which other files the repeated acts stand."""
        others = [(name, number) for name, number in self.repeated.most_common() if name != self.source.name]
        named = [f"{name}: {number}" for name, number in others[:_NAMED]]
        more = ["…"] if len(others) > _NAMED else []
        return f" ({', '.join(named + more)})" if named else ""

    def _warning(self) -> str:
        """What of the file was lost as a whole, or the empty string."""
        if self.outcome == "unknown":
            return "bentuknya tidak dikenal; tidak dibaca"
        if self.outcome == "error":
            return "; ".join(note for note in self.notes if note) or "tidak dapat dibaca"
        parts = [self.warning, _unread(self.unread) if self.unread else "", self._shortened()]
        return "; ".join(part for part in parts if part)


def _unread(lists: Counter[str]) -> str:
    named = ", ".join(f"{name} ({number})" for name, number in lists.items())
    return f"{len(lists)} daftar tidak dibaca karena belum dikenal: {named}"


class Pile:
    """Rows, frames, rejected records and finished files, until `reading()` hands them out and starts anew."""

    def __init__(self, pictures: bool = False, later: Later | None = None) -> None:
        self._wants_pictures = pictures
        self._later = later or Later(most=0)
        self._seen, self._twins = Seen(), Twins()
        self._rows: list[tuple[Tally, Row]] = []
        self._tallies: dict[str, Tally] = {}
        self._files: list[str] = []  # names of the files that gave rows; their places are in the tags of `Seen`
        self._start()

    def _start(self) -> None:
        self._frames: list[pd.DataFrame] = []
        self._repeats: list[pd.DataFrame] = []
        self._rejected: list[dict[str, Any]] = []
        self._done: list[Tally] = []
        self._pictures: list[Picture] = []
        self.size = 0

    @property
    def empty(self) -> bool:
        """Whether there is nothing to hand out."""
        return not (self.size or self._done)

    def add(self, tally: Tally, item: Row | Rejection | Columns) -> None:
        """One record, or a piece of a table, of the file of `tally`."""
        if isinstance(item, Columns):
            self._settle()
            for rejection in item.rejected:
                self._reject(tally, rejection)
            self.size += len(item.frame)
            whence = {"source_file": tally.source.name, "source_sha256": tally.source.sha256}
            named = item.frame.assign(**{name: constant(value, len(item.frame)) for name, value in whence.items()})
            self._keep(named, [tally] * len(named) if len(named) else [])
        elif isinstance(item, Rejection):
            self._reject(tally, item)
        elif self._twins.met(item.pop("twin", ())):
            tally.duplicate += 1
        elif why := unusable(item):
            self._reject(tally, Rejection(item.get("source_pointer") or "", why, item))
        else:
            self._rows.append((tally, item))
            tally.waiting += 1
            self.size += 1

    def settle(self, rows: int) -> None:
        """Waiting rows become a frame when there are so many of them."""
        if len(self._rows) >= rows:
            self._settle()

    def close(self, tally: Tally) -> None:
        """The file is at its end."""
        self._twins.end_of_file()
        self._done.append(tally)

    def reading(self, share: float = 1.0) -> Reading:
        """Everything on the pile; the pile is empty afterwards."""
        self._settle()
        activities = stacked(ACTIVITIES, self._frames)
        if self._repeats:
            repeats = pd.concat(self._repeats, ignore_index=True)
            activities = completed(activities, repeats)
            late = self._later.keep(repeats[~repeats["activity_id"].isin(activities["activity_id"])])
            for name, number in late["source_file"].value_counts().items():
                self._tallies[str(name)].late += int(number)
        activities, learnt = self._later.completed(activities)
        read = Reading(
            activities,
            REJECTED.build(self._rejected) if self._rejected else REJECTED.empty(),
            FILES.build(tally.row() for tally in self._done),
            share,
            tuple(dict.fromkeys(self._pictures)),
            learnt,
        )
        self._start()
        return read

    def _reject(self, tally: Tally, item: Rejection) -> None:
        tally.rejected += 1
        self.size += 1
        self._rejected.append(
            {
                "source_file": tally.source.name,
                "source_pointer": item.pointer,
                "reason": item.reason,
                "raw": redacted(item.raw),
            }
        )

    def _settle(self) -> None:
        """Waiting rows become a frame."""
        if not self._rows:
            return
        owners = [tally for tally, _ in self._rows]
        frame = frame_of([row for _, row in self._rows])
        frame["source_file"] = pd.array([tally.source.name for tally in owners], dtype="str")
        frame["source_sha256"] = pd.array([tally.source.sha256 for tally in owners], dtype="str")
        if self._wants_pictures:
            frame["media_files"] = pd.Series([row.get("media_files") or () for _, row in self._rows], dtype=object)
        for tally in owners:
            tally.waiting -= 1
        self._rows = []
        self._keep(frame, owners)

    def _keep(self, frame: pd.DataFrame, owners: list[Tally]) -> None:
        """The rows not met before; what they are is counted for their files, what they repeat completes the first."""
        frame, long = shortened(frame.reset_index(drop=True))
        for row in long:
            owners[row].shorten(str(frame["source_pointer"].iloc[row]))
        frame["activity_id"] = activity_ids(frame)
        tags = self._tags(frame["record_id"], owners)
        fresh, first = self._seen.met(frame["activity_id"], tags)
        self._set_apart(frame, tags, fresh, first)
        if self._wants_pictures:
            self._pictures += pictures_of(frame, owners)
        kept = ACTIVITIES.cast(frame if fresh.all() else frame[fresh])
        self._frames.append(kept)
        if not fresh.all():
            self._repeats.append(ACTIVITIES.cast(frame[~fresh]))
        if owners and owners[0] is owners[-1]:
            _count(owners[0], kept["kind"], len(frame) - len(kept))
            owners[0].repeated.update(self._files[number] for number in (first[~fresh] >> _FILE).tolist())
            return
        whence = (first >> _FILE).tolist()
        for tally, new, kind, file in zip(owners, fresh.tolist(), frame["kind"].tolist(), whence, strict=True):
            tally.activities += new
            tally.duplicate += not new
            tally.kinds[kind] += new
            if not new:
                tally.repeated[self._files[file]] += 1

    def _set_apart(self, frame: pd.DataFrame, tags: np.ndarray, fresh: np.ndarray, first: np.ndarray) -> None:
        """Rows that are alike but carry different record ids are two acts, if they stand in one file or were told apart
        before; ids, `fresh` and `first` are set anew for them."""
        other = ~fresh & ((first ^ tags) & _RECORD != 0) & frame["record_id"].notna().to_numpy()
        if not other.any():
            return
        further = further_ids(frame.loc[other, "activity_id"], frame.loc[other, "record_id"])
        wanted = first[other] >> _FILE == tags[other] >> _FILE
        wanted |= self._seen.among(further) | further.isin(further[wanted]).to_numpy()
        apart = np.flatnonzero(other)[wanted]
        labels = frame.index[apart]
        frame.loc[labels, "activity_id"] = further[labels]
        fresh[apart], first[apart] = self._seen.met(further[labels], tags[apart])

    def _tags(self, records: pd.Series, owners: list[Tally]) -> np.ndarray:
        """For each row its file and a fingerprint of its record id, in one number."""
        prints = pd.util.hash_array(records.fillna("").to_numpy(dtype=object)) & _RECORD
        one = bool(owners) and owners[0] is owners[-1]
        numbers = [self._number(owners[0])] if one else [self._number(tally) for tally in owners]
        return prints | (np.array(numbers, dtype=np.uint64) << _FILE)

    def _number(self, tally: Tally) -> int:
        if tally.number < 0:
            tally.number = len(self._files)
            self._files.append(tally.source.name)
            self._tallies[tally.source.name] = tally
        return tally.number


def _count(tally: Tally, kinds: pd.Series, repeated: int) -> None:
    tally.activities += len(kinds)
    tally.duplicate += int(np.int64(repeated))
    tally.kinds.update({str(kind): int(number) for kind, number in kinds.value_counts().items()})
