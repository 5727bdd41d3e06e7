"""Who reads what: every file is shown to every reader, owners are found, double editions are dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from screening.errors import RulesetError
from screening.readers.core.archive import sources
from screening.readers.core.reader import Claim, Owner, Reader
from screening.readers.core.source import Source, SourceError
from screening.readers.ingest import faulty, known
from screening.readers.ingest.faulty import OUR_FAULT
from screening.readers.ingest.registry import FALLBACKS, READERS

_NO_CLAIM = Claim()


@dataclass(frozen=True)
class Planned:
    """One file with its fate: `reader` and `claim` when it is to be read, else `outcome` and the reason in `note`."""

    source: Source
    outcome: str = "read"
    reader: Reader | None = None
    claim: Claim = _NO_CLAIM
    note: str = ""
    owner: str | None = None


def plan(inputs: Iterable[Path | str]) -> list[Planned]:
    """Every file in the inputs with its fate, in reading order."""
    listed = list(sources(inputs))
    own, planned = _own_profiles(listed)
    taken = [item.source for item in planned]
    owners: list[tuple[str, Owner]] = []
    for source in listed:
        if any(source is other for other in taken):
            continue
        item = recognise(source, own)
        if item.reader is not None and item.reader.owner is not None:
            owners += _owned(source, item.reader.owner)
        source.forget()
        planned.append(item)
    planned = _one_edition([replace(item, owner=_owner_of(item, owners)) for item in planned])
    return sorted(planned, key=lambda item: item.claim.late)


def _own_profiles(listed: list[Source]) -> tuple[tuple[Reader, ...], list[Planned]]:
    """Mapping profiles (`*.toml`) that lie among the inputs: their readers are asked before all others."""
    from screening.readers.tables.profile import profile_of
    from screening.readers.tables.vendors import reader

    readers, planned = [], []
    for source in listed:
        if source.suffix != ".toml" or source.problem or b"requires" not in source.head():
            continue
        try:
            readers.append(reader(profile_of(source.head().decode("utf-8", "replace"), source.name)))
            planned.append(Planned(source, "ignored", note="profil pemetaan; dipakai untuk tabel dalam masukan ini"))
        except RulesetError as error:
            planned.append(Planned(source, "error", note="; ".join(problem.what for problem in error.problems)))
    return tuple(readers), planned


def recognise(source: Source, own: tuple[Reader, ...] = ()) -> Planned:
    """The fate of one file: two readers that claim it are an error, not first come first served."""
    if source.problem:
        return Planned(source, "error", note=source.problem)
    if source.skipped:
        return Planned(source, "ignored", note=_skipped(source))
    if source.size == 0:
        return Planned(source, "error", note="berkas kosong")
    try:
        faults: list[str] = []
        claims = _claims(own, source, faults) or _claims(READERS, source, faults) or _claims(FALLBACKS, source, faults)
        if not claims and (way := known.refused(source)):
            return Planned(source, "error", note=way)
        why = "" if claims else known.ignored(source)
        if faults and not claims and not why:
            return Planned(source, "error", note=OUR_FAULT.format(where="pengenal", what=", ".join(faults)))
    except SourceError as error:
        return Planned(source, "error", note=str(error))
    except OSError as error:
        return Planned(source, "error", note=f"tidak dapat dibaca ({error.strerror or 'galat sistem'})")
    if len(claims) > 1:
        names = ", ".join(reader.name for reader, _ in claims)
        return Planned(source, "error", note=f"dikenali oleh lebih dari satu pembaca ({names}); laporkan berkas ini")
    if claims:
        reader, claim = claims[0]
        return Planned(source, "ignored" if claim.ignored else "read", reader, claim, claim.ignored)
    return Planned(source, "ignored" if why else "unknown", note=why or "bentuknya tidak dikenal")


def _claims(readers: Iterable[Reader], source: Source, faults: list[str]) -> list[tuple[Reader, Claim]]:
    return [(reader, claim) for reader in readers if (claim := _asked(reader, source, faults)) is not None]


def _asked(reader: Reader, source: Source, faults: list[str]) -> Claim | None:
    """The reader's claim; a fault of ours in one reader must not hide the file from the others, and is told."""
    try:
        return reader.recognise(source)
    except (SourceError, OSError):
        raise
    except Exception as error:
        if faulty.STRICT:
            raise
        faults.append(f"{reader.name}, {type(error).__name__}")
        return None


def _skipped(source: Source) -> str:
    return f"{source.count} {source.skipped} dilewati" if source.path.startswith("(") else source.skipped


def _owned(source: Source, find: Callable[[Source], Owner | None]) -> list[tuple[str, Owner]]:
    try:
        owner = find(source)
    except Exception:  # a damaged profile file only means that the owner stays unknown
        return []
    return [(source.container, owner)] if owner is not None else []


def _owner_of(item: Planned, owners: list[tuple[str, Owner]]) -> str | None:
    """The account whose export holds the file: same container, deepest export root above it; parts of one download
    (same name but for the part number) share their owner. Nothing else is guessed: a wrong owner is an accusation."""
    if item.reader is None:
        return None
    mine = [owner for container, owner in owners if container == item.source.container]
    above = [owner for owner in mine if _within(item.source.path, owner.root)]
    if not above:
        above = [owner for container, owner in owners if _parts(container, item.source.container)]
    above = [owner for owner in above if owner.platform == item.reader.platform]
    if not above:
        return None
    deepest = max(len(owner.root) for owner in above)
    handles = {owner.handle for owner in above if len(owner.root) == deepest}
    return handles.pop() if len(handles) == 1 else None


def _parts(one: str, other: str) -> bool:
    """Whether two different archives are parts of one download."""
    return one != other and _stem(one) == _stem(other)


def _within(path: str, root: str) -> bool:
    return not root or path == root or path.startswith(root.rstrip("/") + "/")


def _stem(container: str) -> str:
    """The archive's name without its part number (`…-1.zip`, `…-002.zip`, `… (1).zip`)."""
    return re.sub(r"([-_ ]\(?\d{1,3}\)?)?\.zip$", "", container, flags=re.I)


def _one_edition(planned: list[Planned]) -> list[Planned]:
    """Of a JSON and an HTML edition of one person's list only the better is read; the other is told as ignored."""
    by_owner: dict[tuple[str, str], int] = {}
    by_place: dict[tuple[str, str], dict[str | None, int]] = {}
    for item in planned:
        if item.outcome == "read" and item.claim.same_as:
            name, rank = item.claim.same_as, item.claim.rank
            there = by_place.setdefault((name, _place(item)), {})
            there[item.owner] = min(rank, there.get(item.owner, rank))
            if item.owner is not None:
                by_owner[name, item.owner] = min(rank, by_owner.get((name, item.owner), rank))
    return [_dropped(item) if _beaten(item, by_owner, by_place) else item for item in planned]


def _beaten(
    item: Planned, by_owner: dict[tuple[str, str], int], by_place: dict[tuple[str, str], dict[str | None, int]]
) -> bool:
    """Whether a better edition of the same person is there."""
    if item.outcome != "read" or not item.claim.same_as:
        return False
    name, rank = item.claim.same_as, item.claim.rank
    if item.owner is not None and by_owner[name, item.owner] < rank:
        return True
    there = by_place[name, _place(item)]
    return any(best < rank and None in (owner, item.owner) for owner, best in there.items())


def _place(item: Planned) -> str:
    return item.source.container if item.claim.place is None else item.claim.place


def _dropped(item: Planned) -> Planned:
    return replace(item, outcome="ignored", note="edisi lain dari daftar yang sama sudah dibaca (JSON didahulukan)")
