"""A batch: read, screen part by part, keep finished parts, then write the tables of the run folder.

A part that is finished is kept, so a killed run goes on with `resume` and gives the same bytes as an undisturbed one.
Parts may be done by this process, by several, or by a cluster: the result is the same. Machine tables are Parquet; what
people open comes from `screening.reports`. Memory holds a few parts at a time, never the input.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from screening.engines.ahead import ahead
from screening.engines.merge import Joining, join_findings
from screening.engines.part import CHATS, Part, Work, forget, load_modules, part_of
from screening.engines.store import PARTS, inputs_of, open_store
from screening.errors import NoReadableInput, UsageError
from screening.folder import PICTURES, PICTURES_SHOWN, Run
from screening.readers.ingest.later import Later
from screening.tables import ACTIVITIES

if TYPE_CHECKING:
    import pyarrow as pa

    from screening.pictures import Pictures
    from screening.privacy.pseudonyms import Pseudonyms
    from screening.readers import Reading
    from screening.ruleset import Ruleset

ENGINES = ("local", "dask")


@dataclass(frozen=True)
class Progress:
    """How far a run is: activities read, share of the input's bytes read (0–1), seconds since the start."""

    rows: int
    share: float
    seconds: float

    @property
    def left(self) -> float | None:
        """Seconds left at this rate; None while that cannot be told."""
        return self.seconds * (1 - self.share) / self.share if self.share > 0 else None


@dataclass(frozen=True)
class Options:
    """What a run may be told besides inputs and rules. Only timezone, include_chats, owner, rows and pseudonyms can change bytes.

    `pseudonyms`: what people are called in outputs (None: as roster and exports call them).
    """

    timezone: str = "Asia/Jakarta"
    include_chats: bool = False
    owner: str | None = None
    rows: int = 100_000
    resume: bool = False
    workers: int = 1
    engine: str = "local"
    scheduler: str | None = None
    progress: Callable[[Progress], None] = lambda progress: None
    pictures: bool = False
    picture_cache: Path | None = None
    pictures_masked: bool = False
    pictures_all: bool = False
    pseudonyms: Pseudonyms | None = None


def run(inputs: Iterable[Path], out: Path, rules: Ruleset | Callable[[], Ruleset], options: Options) -> Run:
    """Screen `inputs` into the folder `out`; `rules` that come as a function are loaded while the first part is read.

    Raises NoReadableInput when no file holds an activity, UsageError for options that cannot be used, IntegrityError when
    `resume` finds parts made from other inputs, rules or options.
    """
    places = [Path(place) for place in inputs]
    _check(out, options)
    if options.pictures and not options.pictures_all and callable(rules):
        rules = rules()  # whose pictures are read depends on roster and calendars
    later = Later()
    noticed, rules = _screened(places, out, rules, options, later)
    if later.wanted:  # files told more about acts of parts that were judged before
        later.fill()
        noticed, _ = _screened(places, out, rules, replace(options, resume=True), later)
    finished = Run(out, noticed)
    files = finished.table("files")
    if not (files["outcome"] == "read").any():
        finished.forget_parts()
        raise NoReadableInput(_unreadable(files))
    return finished


def _screened(
    places: list[Path], out: Path, rules: Ruleset | Callable[[], Ruleset], options: Options, later: Later
) -> tuple[dict[str, list[Path]], Ruleset]:
    """One pass over the inputs: the files of what is noticed (`Joining`), and the rules. Tables are put in their place unless
    another pass is wanted; that one takes the parts that are there and does those again which learn something from later
    files."""
    first = not later.filling
    with (
        _pictures(places, options, None if callable(rules) else rules) as pictures,
        ahead(_parts(places, options, later, pictures)) as parts,
        _engine(options) as map_parts,
    ):
        ruleset = rules() if callable(rules) else rules
        _check_chats(ruleset, options)
        store = open_store(out / PARTS, _state(places, ruleset, options), resume=options.resume)
        with Joining(store.piece, out, ACTIVITIES.optional if options.pictures else ()) as joining:
            undone = _Undone(parts, partial(store.has, completing=not first), options, joining.take)
            for number, tables in map_parts(Work(ruleset, options.include_chats, options.pseudonyms), undone):
                mark, reading = undone.held.pop(number)
                joining.take(number, reading, partial(store.write, number, mark, tables))
            forget()
            joining.settle()
            if not later.wanted:
                join_findings([store.piece("findings", number) for number in range(undone.count)], out)
                joining.finish()
        if pictures is not None and not later.wanted:
            _keep_pictures(pictures, out)
    return joining.noticed, ruleset


@contextmanager
def _pictures(places: list[Path], options: Options, ruleset: Ruleset | None) -> Iterator[Pictures | None]:
    """The stage that reads pictures, where it was asked for: those of people and days of the rules, or all."""
    if not options.pictures:
        yield None
        return
    from screening.pictures import Pictures, Wanted

    wanted = None if options.pictures_all or ruleset is None else Wanted(ruleset)
    with Pictures(
        places, options.picture_cache, masked=options.pictures_masked, wanted=wanted, workers=options.workers
    ) as stage:
        yield stage


def _keep_pictures(pictures: Pictures, out: Path) -> None:
    """Where words of pictures stand, and the pictures of findings in small, into the run folder."""
    table = pictures.table()
    found = pd.read_parquet(out / "findings.parquet", columns=["activity_id"])["activity_id"]
    shown = sorted(set(table["sha256"][table["activity_id"].isin(found)].dropna()) & pictures.small.keys())
    table.to_parquet(out / PICTURES, index=False, compression="zstd")
    small = pd.DataFrame({"sha256": pd.array(shown, dtype="str"), "jpeg": [pictures.small[one] for one in shown]})
    small.to_parquet(out / PICTURES_SHOWN, index=False, compression="zstd")


def _parts(places: list[Path], given: Options, later: Later, pictures: Pictures | None) -> Iterator[Part]:
    """What is read, part by part; where one process does all, the thread that reads also cuts the texts."""
    from screening import readers

    alone = given.engine == "local" and given.workers == 1
    for reading in readers.batches(
        places, timezone=given.timezone, owner=given.owner, rows=given.rows, pictures=pictures is not None, later=later
    ):
        if pictures is not None:
            reading = pictures.read_into(reading, () if given.include_chats else CHATS)
        yield part_of(reading, cut=alone)


class _Undone:
    """The parts still to be done, numbered, as they are read; counts all of them and tells the progress.

    `ready` is told those that were done before; the marks and readings of the others are `held` until they are finished.
    """

    def __init__(
        self,
        parts: Iterator[Part],
        has: Callable[[int, str], bool],
        options: Options,
        ready: Callable[[int, Reading], None],
    ) -> None:
        self.parts, self.has, self.options, self.ready = parts, has, options, ready
        self.count = 0
        self.held: dict[int, tuple[str, Reading]] = {}

    def __iter__(self) -> Iterator[tuple[int, Part]]:
        start, rows = time.monotonic(), 0
        for number, part in enumerate(self.parts):
            self.count = number + 1
            if self.has(number, part.mark):
                self.ready(number, part.reading)
            else:
                self.held[number] = part.mark, part.reading
                yield number, part
            rows += len(part.reading.activities)
            self.options.progress(Progress(rows, part.reading.share, time.monotonic() - start))


@contextmanager
def _engine(options: Options) -> Iterator[Callable[[Work, _Undone], Iterator[tuple[int, dict[str, pa.Table]]]]]:
    """The engine's `map_parts`; processes that it needs here start at once."""
    if options.engine == "dask":
        from screening.engines import dask

        yield partial(dask.map_parts, workers=options.workers, scheduler=options.scheduler)
        return
    from screening.engines import local

    with local.started(options.workers, load_modules) as map_parts:
        yield map_parts


def _check_chats(ruleset: Ruleset, options: Options) -> None:
    if options.include_chats and ruleset.roster is None:
        raise UsageError(
            "Percakapan grup hanya disaring bila disertai daftar pegawai: tambahkan --roster, atau hapus --include-chats."
        )


def _check(out: Path, options: Options) -> None:
    if options.engine not in ENGINES:
        raise UsageError(f"--engine {options.engine}: tidak dikenal; pilih dari: {', '.join(ENGINES)}.")
    if options.workers < 1:
        raise UsageError(f"--workers {options.workers}: harus 1 atau lebih.")
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: bukan folder.")
    ours = (out / "manifest.json").exists() or (out / PARTS).exists()
    if out.exists() and any(out.iterdir()) and not ours:
        raise UsageError(f"{out}: folder sudah berisi berkas lain; pilih folder kosong.")
    out.mkdir(parents=True, exist_ok=True)


def _state(places: list[Path], ruleset: Ruleset, options: Options) -> dict[str, Any]:
    """Everything the finished parts depend on."""
    from screening.statements import weighing
    from screening.version import version

    return {
        "software": version(),
        "ruleset": [ruleset.version, weighing.identity()],
        "options": [options.timezone, options.include_chats, options.owner, options.rows]
        + (["pictures", options.pictures_masked, options.pictures_all] if options.pictures else [])
        + (["key", options.pseudonyms.id] if options.pseudonyms else []),
        "inputs": inputs_of(places),
    }


def _unreadable(files: pd.DataFrame) -> str:
    lines = (f"{row.source_file}: {row.note}" for row in files.itertuples())
    return "\n".join(["Tidak ada ekspor yang dapat dibaca.", *lines])
