"""Activities get the words of their pictures: `picture_text`, line by line, each line with where it stands in which file.

One picture is read once, whatever the number of acts that show it. What cannot be read is told, never passed over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING, Any

import pandas as pd

from screening.errors import UsageError
from screening.pictures import addresses
from screening.pictures.cache import Cache
from screening.pictures.limits import limit
from screening.pictures.locating import Places
from screening.pictures.spacing import spaced
from screening.pictures.wanted import Wanted
from screening.pictures.workers import Worker
from screening.readers.core.media import Picture
from screening.readers.core.source import Source, SourceError
from screening.sheets.days import MONTHS
from screening.tables import FROM_PICTURE, PICTURE_BREAK, PICTURES, encode

if TYPE_CHECKING:
    from screening.readers import Reading

CACHE = "cache-gambar.sqlite"
MISSING = (
    "Pembacaan gambar memerlukan paket tambahan yang tidak terpasang: pasang dengan `pip install 'screening[pictures]'`, "
    "atau jalankan tanpa --pictures."
)
NOT_THERE = "berkas gambar tidak ada di tempat yang disebut ekspor"
UNREAD_FORM = "bentuk gambar ini (HEIC/TIFF) tidak dibaca; ubah ke JPEG bila diperlukan"
VIDEO = "video: bingkai-bingkainya tidak dibaca"
COVER = "sampul video"
FILLS_ADDRESS, FILLS_ACCOUNT = "mengisi alamat tujuan", "mengisi alamat dan akun tujuan"
MANY = "gambar ke-{number} dan seterusnya pada satu unggahan tidak dibaca"
TAKEN = "difoto tanggal {day}"


def require() -> None:
    """UsageError with the way out where the extra `pictures` is not installed."""
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in ("rapidocr", "onnxruntime", "zxingcpp", "PIL")):
        raise UsageError(MISSING)


@dataclass
class Told:
    """One picture's line in the provenance table, before it has its place in `picture_text`."""

    kind: str
    text: str = ""
    box: list[float] | None = None
    confidence: float | None = None
    note: str = ""


class Pictures:
    """The stage: a context that holds the workers and the cache; `rows` collects the provenance of all readings.

    `wanted` tells whose pictures stay closed (all are read without it). `workers` processes read at the same time; what
    they read and its order do not depend on their number.
    """

    def __init__(
        self, inputs: Iterable[Path], cache: Path | None = None, *, masked: bool = False, wanted: Wanted | None = None,
        workers: int = 1, work: Callable[[bytes, bool], dict[str, Any]] | None = None, engine: str = "",
    ) -> None:  # fmt: skip
        if work is None:
            require()
            from screening.pictures.recognising import engine_name

            engine = engine_name()
        self.engine, self.masked, self.wanted = engine, masked, wanted
        self.places = Places(inputs)
        self.cache = Cache(cache, f"{engine}{'-samar' if masked else ''}")
        self.workers = [Worker(work) for _ in range(max(workers, 1))]
        self.known: dict[str, dict[str, Any]] = {}
        self.rows: list[dict[str, Any]] = []
        self.small: dict[str, bytes] = {}
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self.workers:
            self._idle.put(worker)
        self._digests: dict[str, str] = {}  # of the files opened, by their name
        self._files, self._kept = Lock(), Lock()

    def __enter__(self) -> Pictures:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            worker.stop()
        self.cache.close()
        self.places.close()

    def read_into(self, reading: Reading, aside: Iterable[str] = ()) -> Reading:
        """The reading with `picture_text` for the activities that show pictures, and with the target that their codes and
        links lead to where they have none; those of platforms `aside` (chats nobody handed over as evidence) and those that
        are not `wanted` stay unopened."""
        self.places.know(reading.pictures)
        activities = reading.activities
        wanted = ~activities["platform"].isin(list(aside))
        kept = set(activities["activity_id"][wanted])
        shown: dict[str, list[Picture]] = {}
        for picture in reading.pictures:
            if picture.activity_id in kept:
                shown.setdefault(picture.activity_id, []).append(picture)
        closed = self._closed(activities, shown)
        self._ahead([one for activity, pictures in shown.items() if activity not in closed for one in pictures])
        texts, leads = {}, {}
        for activity, pictures in shown.items():
            if activity in closed:
                for picture in pictures:
                    if not picture.file.sought:
                        self._row(activity, _named(picture), "", "", Told("closed", note=closed[activity]), None)
                continue
            texts[activity], leads[activity] = self._text(activity, pictures)
        column = [texts.get(one) or None for one in activities["activity_id"].tolist()]
        activities = activities.assign(picture_text=pd.array(column, dtype="str"))
        return replace(reading, activities=self._filled(activities, leads))

    def _closed(self, activities: pd.DataFrame, shown: dict[str, list[Picture]]) -> dict[str, str]:
        """The activities whose pictures stay unopened, and why."""
        if self.wanted is None or not shown:
            return {}
        some = activities[activities["activity_id"].isin(list(shown))]
        told = zip(some["activity_id"].tolist(), self.wanted.closed(some).tolist(), strict=True)
        return {activity: why for activity, why in told if why}

    def _ahead(self, pictures: Sequence[Picture]) -> None:
        """With several workers: all pictures are read at once, before they are gone through in their order."""
        if len(self.workers) > 1:
            with ThreadPoolExecutor(len(self.workers)) as pool:
                for _ in pool.map(self._found, pictures):
                    pass

    def _filled(self, activities: pd.DataFrame, leads: dict[str, dict[addresses.Leads, list[int]]]) -> pd.DataFrame:
        """Addresses and accounts that pictures lead to, where an activity has neither; said in its rows of the provenance."""
        at = {one: place for place, one in enumerate(activities["activity_id"].tolist())}
        columns = {name: activities[name].tolist() for name in ("target_url", "target_account")}
        columns["target_from"] = [None] * len(activities)
        for activity, found in leads.items():
            one, place = addresses.only(found), at[activity]
            if one is None or any(isinstance(cells[place], str) for cells in columns.values()):
                continue
            columns["target_url"][place], columns["target_from"][place] = one.address, FROM_PICTURE
            if one.account:
                columns["target_account"][place] = one.account
            for numbers in found.values():
                for number in numbers:
                    told = FILLS_ACCOUNT if one.account else FILLS_ADDRESS
                    self.rows[number]["note"] = "; ".join(filter(None, (self.rows[number]["note"], told)))
        return activities.assign(**{name: pd.array(cells, dtype="str") for name, cells in columns.items()})

    def table(self) -> pd.DataFrame:
        """PICTURES of everything read so far, in one order."""
        return PICTURES.build(self.rows)

    def _text(self, activity: str, pictures: list[Picture]) -> tuple[str, dict[addresses.Leads, list[int]]]:
        """The `picture_text` of one activity, and where its pictures lead with the rows that say so; its lines go into
        `rows`."""
        text, met = "", set()
        leads: dict[addresses.Leads, list[int]] = {}
        most = int(limit("pictures_per_activity"))
        for number, picture in enumerate(pictures):
            if number == most:
                told = Told("refused", note=MANY.format(number=most + 1))
                self._row(activity, _named(picture), "", "", told, None)
                break
            source, digest, found = self._found(picture)
            if source is None and picture.file.sought:
                continue
            name = source.name if source is not None else _named(picture)
            if digest and digest in met:
                continue
            met.add(digest)
            taken, how = _taken(picture, found)
            lines, begun = list(_lines(found, taken)), False
            for line in lines:
                start = None
                if line.kind == "ocr" and (line.confidence or 0) < limit("confidence"):
                    line.note = "bacaan tidak yakin; tidak dipakai"
                elif line.text:
                    glue = "\n" if begun else PICTURE_BREAK if text else ""
                    begun = True
                    if len(text) + len(glue) + len(line.text) > limit("characters"):
                        continue
                    start = len(text) + len(glue)
                    text += glue + line.text
                    if one := _leads(line):
                        leads.setdefault(one, []).append(len(self.rows))
                if picture.file.cover:
                    line.note = "; ".join(filter(None, (COVER, line.note)))
                self._row(activity, name, digest, taken, line, start, how)
        return text, leads

    def _row(
        self, activity: str, name: str, digest: str, taken: str, line: Told, start: int | None, how: str = ""
    ) -> None:
        self.rows.append({
            "activity_id": activity, "file": name, "sha256": digest or None, "number": len(self.rows), "kind": line.kind,
            "text": line.text or None, "start": -1 if start is None else start,
            "end": -1 if start is None else start + len(line.text), "box": encode(line.box) if line.box else None,
            "confidence": line.confidence, "taken": taken or None, "taken_how": how or None, "note": line.note or None,
            "engine": self.engine,
        })  # fmt: skip

    def _found(self, picture: Picture) -> tuple[Source | None, str, dict[str, Any]]:
        """The file, its hash, and what it says; called by several threads at once."""
        if picture.file.video:
            return None, "", {"video": True}
        source = self.places.find(picture)
        if source is None:
            return None, "", {"refused": NOT_THERE}
        if source.suffix in (".heic", ".heif", ".tif", ".tiff"):
            return source, "", {"refused": UNREAD_FORM}
        if source.size > limit("bytes"):
            return source, "", {"refused": "berkas gambar lebih besar daripada batas; tidak dibaca"}
        if source.name in self._digests:
            digest = self._digests[source.name]
            return source, digest, self.known[digest]
        try:
            with self._files, source.open() as stream:
                data = stream.read(int(limit("bytes")) + 1)
        except (SourceError, OSError) as error:
            return source, "", {"refused": str(error) if isinstance(error, SourceError) else "tidak dapat dibuka"}
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self.known:
            found = self._read(data)
            if small := found.pop("small", b""):
                self.small[digest] = small
            self.known[digest] = found
        self._digests[source.name] = digest
        return source, digest, self.known[digest]

    def _read(self, data: bytes) -> dict[str, Any]:
        with self._kept:
            kept = self.cache.get(data)
        if kept is None:
            worker = self._idle.get()
            try:
                kept = worker.read(data, self.masked)
            finally:
                self._idle.put(worker)
            if "refused" not in kept:  # a crash may have been an accident
                with self._kept:
                    self.cache.put(data, kept)
        return dict(kept)


def _named(picture: Picture) -> str:
    """How the export names the file of a picture that was not opened."""
    path = picture.file.paths[0]
    return path if "://" in path else f"{picture.container}/{path}"


def _leads(line: Told) -> addresses.Leads | None:
    if line.kind == "qr":
        return addresses.coded(line.text)
    return addresses.printed(line.text) if line.kind == "ocr" else None


def _lines(found: dict[str, Any], taken: str) -> Iterable[Told]:
    if "video" in found:
        yield Told("video", note=VIDEO)
        return
    if "refused" in found:
        yield Told("refused", note=found["refused"])
        return
    for text, confidence, box in found["lines"]:
        yield Told("ocr", spaced(text), box, confidence)
    for address, box in found["codes"]:
        yield Told("qr", address, box, 1.0)
    if taken and (found["lines"] or found["codes"]):
        year, month, day = taken.split("-")
        yield Told("date", TAKEN.format(day=f"{int(day)} {MONTHS[int(month) - 1].capitalize()} {year}"))
    if not found["lines"] and not found["codes"]:
        yield Told("none", note="tidak ada tulisan yang terbaca")


def _taken(picture: Picture, found: dict[str, Any]) -> tuple[str, str]:
    """The day of the exposure and who tells it: the export, else the camera; ("", "") where nobody does."""
    if picture.file.taken:
        at = datetime.fromtimestamp(picture.file.taken, UTC) + timedelta(hours=7)  # the day in Jakarta
        return at.date().isoformat(), "ekspor"
    return (found["taken"], "kamera") if found.get("taken") else ("", "")
