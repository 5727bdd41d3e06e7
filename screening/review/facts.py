"""By which rules a run judges, as hashes for its manifest: what `memory` and `compare` need to say what changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screening.shipped import shipped

if TYPE_CHECKING:
    from screening.ruleset.lexicon import Lexicon
    from screening.ruleset.load import Ruleset

GENERAL = "umum"
SHIPPED = ("data/acts", "data/elections", "data/risk.toml", "data/signals.toml", "lexicons", "data/model")
# Where a rule stands in its file, and its test examples and remarks, are not part of the rule.
_BESIDE = frozenset({"file", "line", "example", "examples", "counterexample", "counterexamples", "note", "sequences"})
_LISTS = "data/elections/"
_json = json.JSONEncoder(ensure_ascii=True, sort_keys=True).encode


def rule_facts(
    ruleset: Ruleset,
    roster: Path | None = None,
    accounts: Path | None = None,
    lexicons: Iterable[Path] = (),
    elections: Iterable[Path] = (),
    acts: Iterable[Path] = (),
    roster_accounts: Path | None = None,
) -> dict[str, Any]:
    """For `manifest["ruleset"]`: version, jurisdictions, `files` (path -> hash), `acts` and `contests` (id -> hash),
    `lexicons` (contest, or `umum` for what holds in all of them -> hash).

    Given files appear as `roster`, `accounts`, `roster_accounts`, `lexicons/<name>`, `elections/<name>` and `acts/<name>`
    (those in a given folder by their place in it), so that moving them changes nothing. Hashes ignore line ends and are the
    same on every system.
    """
    given = {"roster": roster, "accounts": accounts, "roster_accounts": roster_accounts}
    for name, places in (("lexicons", lexicons), ("elections", elections), ("acts", acts)):
        given |= {f"{name}/{place}": path for one in places for place, path in _files(one)}
    files = {name: digest for place in SHIPPED for name, digest in _hashes(place)}
    files |= {name: _sha256(path) for name, path in given.items() if path}
    return {
        "version": ruleset.version,
        "jurisdictions": list(ruleset.jurisdictions),
        "files": files,
        "acts": {act.id: fact_hash(act) for act in ruleset.acts},
        "lexicons": _lexicons(ruleset, files),
        "contests": _contests(ruleset),
    }


def _contests(ruleset: Ruleset) -> dict[str, str]:
    """One hash per contest; the names on lists are hashed with their file (`files`), and contests that have nothing but a list
    and the calendar of their template share a hash."""
    told: dict[Any, str] = {}
    found = {}
    for key, contest in ruleset.contests.items():
        by_hand = {name: one for name, one in contest.contestants.items() if not one.listed}
        calendar = (contest.phases, contest.statuses, contest.timezone, contest.number_from)
        if by_hand or calendar not in told:
            told[calendar] = fact_hash(replace(contest, contestants=by_hand))
            found[key] = told[calendar]
        found[key] = found.get(key) or told[calendar]
    return found


def _lexicons(ruleset: Ruleset, files: Mapping[str, str]) -> dict[str, str]:
    """One hash per contest over its entries, and `umum` over entries of no contest, common words and signals."""
    groups: dict[str, list[str]] = {
        GENERAL: [f"{n} {files[n]}" for n in files if n.startswith(("lexicons/words/", "data/signals"))]
    }
    entries: list[tuple[str, str]] = (
        ruleset.lexicon.remembered("facts", lambda: _entries(ruleset.lexicon)) if ruleset.lexicon else []
    )
    for contest, digest in entries:
        groups.setdefault(contest, []).append(digest)
    lists = {
        name.removeprefix(_LISTS): files[name] for name in files if name.startswith(_LISTS) and name.endswith(".csv")
    }
    return {name: fact_hash(sorted(hashes)) for name, hashes in groups.items()} | lists


def _entries(lexicon: Lexicon) -> list[tuple[str, str]]:
    """Contest and hash of every entry, but of those made of a list: its file has a hash, and so has the code's version."""
    return [
        (entry.contest or (entry.contestant_id or "").split("/")[0] or GENERAL, fact_hash(entry))
        for entry in lexicon.entries
        if not entry.file.startswith(_LISTS)
    ]


def fact_hash(rule: Any) -> str:
    """Hash of a rule's content: dataclasses by field, sets in order, without its place, examples and remarks."""
    return hashlib.sha256(_json(_plain(rule)).encode()).hexdigest()[:16]


def _files(given: Path) -> list[tuple[str, Path]]:
    """A file by its name, or the files of a folder by their place in it."""
    if not given.is_dir():
        return [(given.name, given)]
    return [(path.relative_to(given).as_posix(), path) for path in sorted(given.rglob("*")) if path.is_file()]


def _hashes(place: str) -> list[tuple[str, str]]:
    root = shipped(place)
    if root.is_file():
        return [(place, _sha256(root))]
    paths = sorted(path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return [(f"{place}/{path.relative_to(root).as_posix()}", _sha256(path)) for path in paths]


def _sha256(path: Path) -> str:
    content = path.read_bytes()
    if path.suffix in (".toml", ".csv", ".json", ".txt", ".md"):
        content = content.replace(b"\r\n", b"\n")
    return hashlib.sha256(content).hexdigest()[:16]


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a rule's kind that are part of the rule; none where the kind has no fields."""
    return tuple(one.name for one in fields(kind) if one.name not in _BESIDE) if is_dataclass(kind) else ()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if names := _names(value.__class__):
        held = {name: getattr(value, name) for name in names}
        return {name: one if one is None or one.__class__ is str else _plain(one) for name, one in held.items()}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((_plain(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
