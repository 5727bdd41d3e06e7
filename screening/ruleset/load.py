"""Read every rule the judge and the detectors need, cross-check them, and report every problem at once."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from screening.errors import Problem, RulesetError
from screening.remembering import Remembering
from screening.ruleset.accounts import Register, read_accounts
from screening.ruleset.acts import Act, Jurisdiction
from screening.ruleset.contests import Contest
from screening.ruleset.datafile import read_toml
from screening.ruleset.elections import read_contests
from screening.ruleset.lexicon import Lexicon, everyday_names, read_lexicon
from screening.ruleset.packs import read_acts
from screening.ruleset.risk import Risk, read_risk
from screening.ruleset.roster import Roster, read_roster
from screening.shipped import shipped

DEFAULT_JURISDICTIONS = ("dki-jakarta",)
_DATA = ("data/acts", "data/elections", "data/risk.toml", "data/signals.toml", "lexicons")


@dataclass(frozen=True)
class Ruleset(Remembering):
    """Everything a run judges by; read-only. `version` is a hash over all data files and given tables.

    `references`: by kind of employment, what the sanction references of the acts mean for such staff.
    """

    jurisdictions: tuple[str, ...]
    packs: Mapping[str, Jurisdiction]
    acts: tuple[Act, ...]
    contests: Mapping[str, Contest]
    signals: Mapping[str, str]
    signal_groups: Mapping[str, str]
    risk: Risk
    lexicon: Lexicon
    accounts: Register
    roster: Roster | None
    version: str
    warnings: tuple[Problem, ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)

    def act(self, act_id: str) -> Act:
        """The act of that id; KeyError when the chosen jurisdictions do not have it."""
        return next(act for act in self.acts if act.id == act_id)


def read_signals(path: Path) -> tuple[dict[str, str], dict[str, str], list[Problem]]:
    """Meaning and group of every signal, from data/signals.toml."""
    file = read_toml(path, "data/signals.toml")
    meanings: dict[str, str] = {}
    groups: dict[str, str] = {}
    for group, rows in file.table.items():
        if isinstance(rows, Mapping):
            meanings |= rows
            groups |= dict.fromkeys(rows, group)
    return meanings, groups, file.problems


def load_ruleset(
    jurisdictions: Sequence[str] = DEFAULT_JURISDICTIONS,
    roster: Path | None = None,
    accounts: Path | None = None,
    lexicons: Sequence[Path] = (),
    elections: Sequence[Path] = (),
    acts: Sequence[Path] = (),
    roster_accounts: Path | None = None,
) -> Ruleset:
    """The whole ruleset, or RulesetError with every problem of every file (file, line, remedy).

    `lexicons`, `elections` and `acts` are files or folders of the user's own beside the bundled ones;
    `roster_accounts` holds the accounts of a roster's people where the roster has none.
    """
    with _without_collecting():
        return _load(jurisdictions, roster, accounts, lexicons, elections, acts, roster_accounts)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Tens of thousands of small objects are made that all stay: looking for garbage among them took half the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _load(
    jurisdictions: Sequence[str],
    roster: Path | None,
    accounts: Path | None,
    lexicons: Sequence[Path],
    elections: Sequence[Path],
    acts: Sequence[Path],
    roster_accounts: Path | None,
) -> Ruleset:
    meanings, groups, problems = read_signals(shipped("data/signals.toml"))
    contests, found = _contests(tuple(elections))
    problems += found
    reading = read_acts((shipped("data/acts"), *acts), meanings)
    problems += reading.problems
    for name in jurisdictions:
        if name not in reading.jurisdictions:
            known = ", ".join(sorted(reading.jurisdictions))
            problems.append(Problem("--jurisdiction", 0, f"yurisdiksi tidak dikenal: {name}", f"pilih dari: {known}"))
    risk, found = read_risk(shipped("data/risk.toml"), meanings)
    problems += found
    lexicon, found = _lexicon(tuple(lexicons), tuple(elections), contests)
    problems += found
    refused, everyday = everyday_names(lexicons, contests)
    problems += refused
    register, found = read_accounts(accounts, contests)
    problems += found
    people, found = read_roster(roster, contests, roster_accounts)
    problems += found
    if problems:
        raise RulesetError(problems)
    given = [path for path in (roster, accounts, roster_accounts, *lexicons, *elections, *acts) if path is not None]
    warned = [
        *everyday,
        *reading.warnings,
        *reading.without_table(),
        *register.warnings,
        *(people.warnings if people else ()),
    ]
    return Ruleset(
        jurisdictions=tuple(jurisdictions),
        packs=reading.jurisdictions,
        acts=reading.pack(jurisdictions),
        contests=contests,
        signals=meanings,
        signal_groups=groups,
        risk=risk,
        lexicon=lexicon,
        accounts=register,
        roster=people,
        version=version_of([*(shipped(name) for name in _DATA), *given]),
        warnings=tuple(warned),
        references=reading.references,
    )


def _contests(own: tuple[Path, ...]) -> tuple[Mapping[str, Contest], list[Problem]]:
    return read_contests((shipped("data/elections"), *own)) if own else _shipped_contests(_stamp())


def _lexicon(
    own: tuple[Path, ...], elections: tuple[Path, ...], contests: Mapping[str, Contest]
) -> tuple[Lexicon, list[Problem]]:
    return read_lexicon((shipped("lexicons"), *own), contests) if own or elections else _shipped_lexicon(_stamp())


# A notebook, the review desk and the tests load rules again and again; nearly all of the time goes into lexicon and contests, and
# unless a user adds to them they are what they were. Both are read-only.
@lru_cache(maxsize=2)
def _shipped_contests(stamp: str) -> tuple[Mapping[str, Contest], list[Problem]]:
    return read_contests((shipped("data/elections"),))


@lru_cache(maxsize=2)
def _shipped_lexicon(stamp: str) -> tuple[Lexicon, list[Problem]]:
    return read_lexicon((shipped("lexicons"),), _shipped_contests(stamp)[0])


def _stamp() -> str:
    """Where the shipped contests and lexicons lie and what they hold."""
    places = shipped("data/elections"), shipped("lexicons")
    return f"{places[0]} {places[1]} {version_of(places)}"


def version_of(places: Iterable[Path]) -> str:
    """First 12 hex digits of a SHA-256 over names and contents, the same on every system (line ends are unified)."""
    digest = hashlib.sha256()
    for place in places:
        files = sorted(path for path in place.rglob("*") if path.is_file()) if place.is_dir() else [place]
        for path in files:
            if path.is_file():
                digest.update(path.name.encode() + b"\0")
                digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:12]


def shipped_version() -> str:
    """The version of the program's own data alone, without what a user gives."""
    return version_of(shipped(name) for name in _DATA)
