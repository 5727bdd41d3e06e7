"""What people are typing, kept on disk from one key to the next: a draft survives the end of the browser and of the program.

One file per person and case in a folder beside the ledger. A file is written beside its place, forced to disk and renamed, so that
it is the old one or the new one whatever happens. A draft that is being handed in says so (`closing`, with the time of the
decision), so that after a crash the same decision is brought to the ledger again, where it counts once.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from screening.desk.settings import number
from screening.review.decisions import person


@dataclass(frozen=True)
class Draft:
    """What one person has written about one case so far.

    `now`: the fields (see `decide`); `before`: earlier states, the latest last, each with the fields changed since; `closing`: how
    it is being handed in, empty while it is not; `seconds`: time spent on the case; `about`: the activities of the case.
    """

    who: str
    case: str
    now: Mapping[str, Any] = field(default_factory=dict)
    before: tuple[Mapping[str, Any], ...] = ()
    closing: Mapping[str, str] = field(default_factory=dict)
    seconds: int = 0
    version: int = 0
    changed_at: float = 0.0
    changed: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


class Drafts:
    """The drafts beside one ledger."""

    def __init__(self, ledger: Path) -> None:
        self.folder = ledger.with_name(ledger.name + ".draf")

    def of(self, who: str, case: str) -> Draft:
        """The draft, empty where there is none."""
        return _read(self._path(who, case)) or Draft(who, case)

    def cases(self, who: str) -> set[str]:
        """Cases this person has begun."""
        return {one.case for one in self.all() if person(one.who) == person(who) and one.now}

    def all(self) -> Iterator[Draft]:
        """Every draft."""
        for path in sorted(self.folder.glob("*.json")):
            if found := _read(path):
                yield found

    def sweep(self) -> None:
        """Clear away what a crash left half-written; only while nobody writes."""
        for path in self.folder.glob("*.part"):
            with suppress(OSError):
                path.unlink()

    def save(
        self, draft: Draft, now: Mapping[str, Any], seconds: int = 0, *, at: float | None = None, about: Iterable[str] = ()
    ) -> Draft:  # fmt: skip
        """Keep a new state of a draft; quick changes of the same field are one step of `undo`."""
        moment = time.time() if at is None else at
        if now == draft.now and not seconds:
            return draft
        changed = tuple(sorted(name for name in now.keys() | draft.now.keys() if now.get(name) != draft.now.get(name)))
        before = draft.before
        together = changed == draft.changed and moment - draft.changed_at < number("page", "undo_seconds")
        if now != draft.now and not together:
            before = (*before, draft.now)[-number("page", "undo") :]
        new = replace(
            draft, now=now, before=before, seconds=draft.seconds + seconds, version=draft.version + 1, closing={},
            changed=changed or draft.changed, changed_at=moment, about=tuple(about) or draft.about,
        )  # fmt: skip
        self._write(new)
        return new

    def undo(self, draft: Draft) -> Draft:
        """One step back; the draft as it is where there is none."""
        if not draft.before:
            return draft
        new = replace(
            draft, now=draft.before[-1], before=draft.before[:-1], version=draft.version + 1, changed=(), changed_at=0.0
        )
        self._write(new)
        return new

    def close(self, draft: Draft, how: Mapping[str, str]) -> Draft:
        """Note that a draft is being handed in, and how; nothing else of it changes."""
        new = replace(draft, closing=dict(how))
        self._write(new)
        return new

    def forget(self, draft: Draft) -> None:
        """The draft is in the ledger now, or no longer wanted."""
        self._path(draft.who, draft.case).unlink(missing_ok=True)

    def erase(self, activities: set[str]) -> int:
        """Remove every draft of a case with one of these activities; how many there were."""
        gone = [one for one in self.all() if activities & {*one.about}]
        for one in gone:
            self.forget(one)
        return len(gone)

    def _path(self, who: str, case: str) -> Path:
        # Nothing that a person typed becomes a file's name.
        digest = hashlib.sha256(f"{person(who)}|{case}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return self.folder / f"{digest}.json"

    def _write(self, draft: Draft) -> None:
        if not self.folder.is_dir():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(draft.who, draft.case)
        part = path.with_suffix(".part")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(json.dumps(vars(draft), ensure_ascii=True).encode("ascii"))
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)


def _read(path: Path) -> Draft | None:
    try:
        held = json.loads(path.read_bytes())
        return Draft(**held | {name: tuple(held[name]) for name in ("before", "changed", "about")})
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None
