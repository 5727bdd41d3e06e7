"""Activities get the words of their pictures: `picture_text`, line by line, each line with where it stands in which file.

One picture is read once, whatever the number of acts that show it. What cannot be read is told, never passed over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from screening.errors import UsageError
from screening.pictures.cache import Cache
from screening.pictures.limits import limit
from screening.pictures.locating import Places
from screening.pictures.workers import Worker
from screening.readers.core.media import Picture
from screening.readers.core.source import Source, SourceError
from screening.sheets.days import MONTHS
from screening.tables import PICTURE_BREAK, PICTURES, encode

if TYPE_CHECKING:
    from screening.readers import Reading

CACHE = "cache-gambar.sqlite"
MISSING = (
    "Pembacaan gambar memerlukan paket tambahan yang tidak terpasang: pasang dengan `pip install 'screening[pictures]'`, "
    "atau jalankan tanpa --pictures."
)
NOT_THERE = "berkas gambar tidak ada di tempat yang disebut ekspor"
UNREAD_FORM = "bentuk gambar ini (HEIC/TIFF) tidak dibaca; ubah ke JPEG bila diperlukan"
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
    """The stage: a context that holds the worker and the cache; `rows` collects the provenance of all readings."""

    def __init__(
        self, inputs: Iterable[Path], cache: Path | None = None, *, masked: bool = False,
        work: Callable[[bytes, bool], dict[str, Any]] | None = None, engine: str = "",
    ) -> None:  # fmt: skip
        if work is None:
            require()
            from screening.pictures.recognising import engine_name

            engine = engine_name()
        self.engine, self.masked = engine, masked
        self.places = Places(inputs)
        self.cache = Cache(cache, f"{engine}{'-samar' if masked else ''}")
        self.worker = Worker(work)
        self.known: dict[str, dict[str, Any]] = {}
        self.rows: list[dict[str, Any]] = []
        self.small: dict[str, bytes] = {}

    def __enter__(self) -> Pictures:
        return self

    def __exit__(self, *_: object) -> None:
        self.worker.stop()
        self.cache.close()
        self.places.close()

    def read_into(self, reading: Reading, aside: Iterable[str] = ()) -> Reading:
        """The reading with `picture_text` for the activities that show pictures; those of platforms `aside` (chats nobody
        handed over as evidence) stay unopened."""
        wanted = ~reading.activities["platform"].isin(list(aside))
        kept = set(reading.activities["activity_id"][wanted])
        shown: dict[str, list[Picture]] = {}
        for picture in reading.pictures:
            if picture.activity_id in kept:
                shown.setdefault(picture.activity_id, []).append(picture)
        texts = {activity: self._text(activity, pictures) for activity, pictures in shown.items()}
        column = [texts.get(one) or None for one in reading.activities["activity_id"].tolist()]
        activities = reading.activities.assign(picture_text=pd.array(column, dtype="str"))
        return replace(reading, activities=activities)

    def table(self) -> pd.DataFrame:
        """PICTURES of everything read so far, in one order."""
        return PICTURES.build(self.rows)

    def _text(self, activity: str, pictures: list[Picture]) -> str:
        """The `picture_text` of one activity; its lines go into `rows`."""
        text, met = "", set()
        most = int(limit("pictures_per_activity"))
        for number, picture in enumerate(pictures):
            if number == most:
                self._row(activity, picture.paths[0], "", "", Told("refused", note=MANY.format(number=most + 1)), None)
                break
            source, digest, found = self._found(picture)
            name = source.name if source is not None else f"{picture.container}/{picture.paths[0]}"
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
                self._row(activity, name, digest, taken, line, start, how)
        return text

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
        source = self.places.find(picture)
        if source is None:
            return None, "", {"refused": NOT_THERE}
        if source.suffix in (".heic", ".heif", ".tif", ".tiff"):
            return source, "", {"refused": UNREAD_FORM}
        if source.size > limit("bytes"):
            return source, "", {"refused": "berkas gambar lebih besar daripada batas; tidak dibaca"}
        try:
            with source.open() as stream:
                data = stream.read(int(limit("bytes")) + 1)
        except (SourceError, OSError) as error:
            return source, "", {"refused": str(error) if isinstance(error, SourceError) else "tidak dapat dibuka"}
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self.known:
            self.known[digest] = self._read(data)
            if small := self.known[digest].pop("small", b""):
                self.small[digest] = small
        return source, digest, self.known[digest]

    def _read(self, data: bytes) -> dict[str, Any]:
        kept = self.cache.get(data)
        if kept is None:
            kept = self.worker.read(data, self.masked)
            if "refused" not in kept:  # a crash may have been an accident
                self.cache.put(data, kept)
        return dict(kept)


def _lines(found: dict[str, Any], taken: str) -> Iterable[Told]:
    if "refused" in found:
        yield Told("refused", note=found["refused"])
        return
    for text, confidence, box in found["lines"]:
        yield Told("ocr", text, box, confidence)
    for address, box in found["codes"]:
        yield Told("qr", address, box, 1.0)
    if taken and (found["lines"] or found["codes"]):
        year, month, day = taken.split("-")
        yield Told("date", TAKEN.format(day=f"{int(day)} {MONTHS[int(month) - 1].capitalize()} {year}"))
    if not found["lines"] and not found["codes"]:
        yield Told("none", note="tidak ada tulisan yang terbaca")


def _taken(picture: Picture, found: dict[str, Any]) -> tuple[str, str]:
    """The day of the exposure and who tells it: the export, else the camera; ("", "") where nobody does."""
    if picture.taken:
        at = datetime.fromtimestamp(picture.taken, UTC) + timedelta(hours=7)  # the day in Jakarta
        return at.date().isoformat(), "ekspor"
    return (found["taken"], "kamera") if found.get("taken") else ("", "")
