"""The lexicon: entries compiled into automata over word ids, with the conditions of ambiguous entries.

Entries fall into four layers by what they are for: `names` (whom a text is about; matched in every text), `listed` (people
on lists of candidates: thousands of ordinary names, matched only beside a word that one of their conditions asks for),
`phrases` (stance, audience, claims, media words) and `context` (what speaks for the person); the latter two are matched only
where a name, an account or a claim that stands alone (`lexicons/words/mandiri.csv`) was noticed.
"""

from __future__ import annotations

import fnmatch
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from screening.errors import Problem, RulesetError
from screening.remembering import Remembering
from screening.ruleset.automaton import Automaton, Occurrences, compile_automaton
from screening.ruleset.conditions import Alternatives, Atom, cue_words
from screening.ruleset.entries import LISTED, NAMING, Entry, lexicon_files, read_entries, signal_groups
from screening.ruleset.listed import listed_entries
from screening.ruleset.patterns import Sequence, Step, pattern_sequences
from screening.ruleset.wordforms import WordForms, is_ordinary
from screening.shipped import shipped
from screening.text import words as split_words
from screening.text.vocabulary import letter_case
from screening.text.wordlists import word_rows, word_set

LAYERS = ("names", "listed", "phrases", "context")
_REMOVING = ("own_name", "boilerplate")  # context that removes names, so it must be known together with them


@dataclass(frozen=True)
class Layer:
    """The entries of one layer: positions in `Lexicon.entries`, their automaton, and which words they use."""

    automaton: Automaton
    words: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Columns:
    """One array per fact, in the order of `Lexicon.entries`; see `Lexicon.columns`."""

    entry_id: npt.NDArray[np.object_]
    signal: npt.NDArray[np.object_]
    group: npt.NDArray[np.object_]
    contestant: npt.NDArray[np.object_]
    contest: npt.NDArray[np.object_]
    case: npt.NDArray[np.int64]
    strength: npt.NDArray[np.float64]
    pattern: npt.NDArray[np.bool_]
    asks_signal: npt.NDArray[np.bool_]
    dated: npt.NDArray[np.bool_]
    listed: npt.NDArray[np.bool_]
    alias: npt.NDArray[np.bool_]
    signal_code: npt.NDArray[np.int64]
    label_code: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Lexicon(Remembering):
    """Compiled entries. `conditions` numbers every distinct word atom; `condition_automaton` reports those numbers."""

    entries: tuple[Entry, ...]
    forms: WordForms
    layers: dict[str, Layer]
    condition_numbers: dict[Atom, int]
    condition_automaton: Automaton
    version: str

    def __len__(self) -> int:
        return len(self.entries)

    def restricted(self, occurrences: Occurrences, layer: str) -> Occurrences:
        """Only the occurrences of words that entries of the layer use."""
        return occurrences.keep(self.layers[layer].words[occurrences.word])

    @cached_property
    def columns(self) -> Columns:
        """Facts about every entry as arrays, for judging many matches at once."""
        entries = self.entries
        return Columns(
            entry_id=np.array([e.entry_id for e in entries], object),
            signal=np.array([e.signal for e in entries], object),
            group=np.array([signal_groups()[e.signal] for e in entries], object),
            contestant=np.array([e.contestant_id for e in entries], object),
            contest=np.array([e.contest or (e.contestant_id or "").split("/")[0] for e in entries], object),
            case=np.array([written_case(e) for e in entries], np.int64),
            strength=np.array([e.strength for e in entries], np.float64),
            pattern=np.array([e.match == "pattern" for e in entries], bool),
            asks_signal=np.array([any(a.name == "signal" for a in _atoms(e)) for e in entries], bool),
            dated=np.array([bool(e.valid_from or e.valid_to) for e in entries], bool),
            listed=np.array([e.kind == LISTED for e in entries], bool),
            alias=np.array([e.kind in ("alias", "nickname") for e in entries], bool),
            signal_code=_codes([e.signal for e in entries]),
            label_code=_codes([f"{e.contestant_id or e.contest or ''} {e.signal}" for e in entries]),
        )


def _codes(values: list[str]) -> npt.NDArray[np.int64]:
    order = {value: i for i, value in enumerate(sorted(set(values)))}
    return np.array([order[value] for value in values], np.int64)


def read_lexicon(folders: Iterable[Path], contests: Mapping[str, Any] | None = None) -> tuple[Lexicon, list[Problem]]:
    """The compiled lexicon of all files in the folders and of the contests' lists of candidates, and every problem (with
    `contests`: unknown ids too)."""
    entries, problems = read_entries(lexicon_files(folders))
    if contests is not None:
        problems += check_references(entries, contests)
        taken = {entry.entry_id for entry in entries}
        entries += [entry for entry in listed_entries(contests.values()) if entry.entry_id not in taken]
    return compile_lexicon(entries), sorted(problems)


def load_lexicon(folders: Iterable[Path] | None = None) -> Lexicon:
    """The bundled lexicon, or that of the given folders; RulesetError with every problem."""
    lexicon, problems = read_lexicon([shipped("lexicons")] if folders is None else folders)
    if problems:
        raise RulesetError(problems)
    return lexicon


def everyday_names(own: Iterable[Path], contests: Mapping[str, Any]) -> tuple[list[Problem], list[Problem]]:
    """Entries of the user's files that make a name of an everyday word and ask for no context: those that are refused, for
    everybody who writes the word would be taken to mean the contestant, and those that are only told."""
    refused: list[Problem] = []
    told: list[Problem] = []
    for entry in read_entries(lexicon_files(own))[0]:
        if entry.kind not in NAMING or entry.requires or entry.match == "pattern":
            continue
        words = [step.keys[0] for step in entry.sequences[0]]
        if any(word.startswith("#") for word in words) or not all(map(_everyday, words)):
            continue
        called = _called(contests, entry.contestant_id)
        common = all(word in called or word in word_set("nama_umum") for word in words)
        what = f"'{entry.term}' kata sehari-hari sebagai nama peserta, tanpa syarat konteks"
        (told if common else refused).append(Problem(entry.file, entry.line, what, "isi kolom requires"))
    return refused, told


def _everyday(word: str) -> bool:
    """A word that people write without meaning anybody: of the dictionary, a common name, one that only joins, very short."""
    return len(word) < 3 or is_ordinary(word) or word in word_set("perekat")


def _called(contests: Mapping[str, Any], contestant: str | None) -> set[str]:
    """The words of a contestant's own names."""
    contest = contests.get((contestant or "").partition("/")[0])
    one = contest.contestants.get(contestant) if contest is not None else None
    return (
        {part for name in (one.name, *one.members, *one.labels) for part in split_words(name)}
        if one is not None
        else set()
    )


def check_references(entries: Iterable[Entry], contests: Mapping[str, Any]) -> list[Problem]:
    """Contestant and contest ids that the election files do not know (a template may cover a contest by its pattern)."""
    found = []
    templates = [contest.covers for contest in contests.values() if getattr(contest, "covers", "")]
    for entry in entries:
        contest_id = entry.contest or (entry.contestant_id or "").split("/")[0]
        if not contest_id or any(fnmatch.fnmatchcase(contest_id, template) for template in templates):
            continue
        if contest_id not in contests:
            found.append(Problem(entry.file, entry.line, f"kontes '{contest_id}' tidak ada di data/elections"))
        elif (
            entry.contestant_id
            and contests[contest_id].kind != "legislative"  # its lists are open: a region imports its own
            and contests[contest_id].contestants
            and (entry.contestant_id not in contests[contest_id].contestants)
        ):
            what = f"contestant_id '{entry.contestant_id}' tidak ada di data/elections"
            found.append(Problem(entry.file, entry.line, what))
    return found


def layer_of(entry: Entry) -> str:
    """`names` for target signals and stand-alone claims, `listed` for candidates on lists who need a word beside their name,
    `context` for context signals, else `phrases`."""
    if entry.kind == LISTED and entry.requires and all(map(_opening, entry.requires)):
        return "listed"
    group = signal_groups()[entry.signal]
    if "{" in entry.term and entry.match == "pattern":
        return "context" if group == "context" else "phrases"
    if group in ("target", "symbol") or entry.signal in (*_REMOVING, *word_set("mandiri")):
        return "names"
    return "context" if group == "context" else "phrases"


def compile_lexicon(entries: Iterable[Entry]) -> Lexicon:
    """A lexicon from entries in any order; the order makes no difference."""
    ordered = tuple(sorted(entries, key=lambda entry: entry.entry_id))
    conditions = {id(some): some for entry in ordered for some in (entry.requires, entry.barred_by)}  # shared by many
    shared = {id(atom): atom for some in conditions.values() for clause in some for atom in clause}
    atoms = sorted({atom for atom in shared.values() if _words_of(atom)})
    numbers = {atom: i for i, atom in enumerate(atoms)}
    atom_sequences = [(i, sequence) for atom, i in numbers.items() for sequence in _words_of(atom)]
    used: dict[str, list[tuple[int, Sequence]]] = {name: [] for name in LAYERS}
    for i, entry in enumerate(ordered):
        used[layer_of(entry)] += [(i, sequence) for sequence in entry.sequences]
    asked = [(i, atom) for atom, i in numbers.items()]
    of_others = {atom for entry in ordered if entry.kind != LISTED for atom in _atoms(entry)}
    keys = [row["word"] for row in word_rows("angka")]
    keys += _words(sequence for name, group in used.items() if name != "listed" for _, sequence in group)
    keys += _words(sequence for _, atom in asked if atom in of_others for sequence in _words_of(atom))
    listed = _words(sequence for _, sequence in used["listed"])
    listed += _words(sequence for _, atom in asked if atom not in of_others for sequence in _words_of(atom))
    naming = [e for e in ordered if e.kind in NAMING and e.match in ("token", "exact", "fuzzy")]
    forms = WordForms(keys, _keys(naming), _keys(e for e in naming if e.match == "fuzzy"), listed)
    return Lexicon(
        entries=ordered,
        forms=forms,
        layers={name: _layer(group, forms) for name, group in used.items()},
        condition_numbers=numbers,
        condition_automaton=compile_automaton(atom_sequences, forms.ids),
        version=_version(ordered),
    )


def _layer(sequences: list[tuple[int, Sequence]], forms: WordForms) -> Layer:
    words = np.zeros(len(forms.ids), bool)
    words[[forms.ids[key] for _, sequence in sequences for step in sequence for key in step.keys]] = True
    return Layer(compile_automaton(sequences, forms.ids), words)


def _keys(entries: Iterable[Entry]) -> list[str]:
    return _words(sequence for entry in entries for sequence in entry.sequences)


def _words(sequences: Iterable[Sequence]) -> list[str]:
    return [key for sequence in sequences for step in sequence for key in step.keys]


def opening_words(lexicon: Lexicon) -> frozenset[str]:
    """Words of which one stands in every text that can fulfil a condition of some `listed` entry."""
    shared = {id(entry.requires): entry.requires for entry in lexicon.entries if layer_of(entry) == "listed"}
    chosen = {_opening(clause) for requires in shared.values() for clause in requires}
    sequences = (sequence for atom in chosen - {None} for sequence in _words_of(atom))
    return frozenset(
        key
        for sequence in sequences
        for key in max((step.keys for step in sequence), key=lambda keys: max(map(len, keys)))
    )


@lru_cache(maxsize=50_000)
def _opening(clause: tuple[Atom, ...]) -> Atom | None:
    """The atom of a clause that asks for a list of words rather than for one place, party or number."""
    asking = [atom for atom in clause if atom.name in ("cue", "word", "region", "trigger")]
    return max(asking, key=lambda atom: (atom.name == "cue", len(atom.values)), default=None)


def _atoms(entry: Entry) -> list[Atom]:
    both: list[Alternatives] = [entry.requires, entry.barred_by]
    return [atom for alternatives in both for conjunction in alternatives for atom in conjunction]


@lru_cache(maxsize=50_000)
def _words_of(atom: Atom) -> tuple[Sequence, ...]:
    """Sequences whose presence satisfies a word atom; none for atoms that are not about words."""
    values = atom.values if atom.name in ("word", "region") else ()
    if atom.name == "cue":
        values = tuple(word for name in atom.values for word in cue_words()[name])
    if atom.name == "trigger":
        values = tuple(row["word"] for row in word_rows("pemicu"))
    found: list[Sequence] = []
    for value in values:
        for sequence in pattern_sequences(value):
            found.append(sequence)
            if len(sequence) > 1 and all(len(s.keys) == 1 and s.keys[0].isalnum() for s in sequence):
                found.append((Step(("".join(s.keys[0] for s in sequence),)),))
    return tuple(found)


def _version(entries: Iterable[Entry]) -> str:
    digest = hashlib.sha256()
    told: dict[int, str] = {}  # conditions are shared by thousands of entries, so each is written out once
    atoms: dict[int, str] = {}
    for e in entries:
        for conditions in (e.requires, e.barred_by):
            if id(conditions) not in told:
                for clause in conditions:
                    for atom in clause:
                        if id(atom) not in atoms:
                            atoms[id(atom)] = repr(atom)
                told[id(conditions)] = repr([[atoms[id(atom)] for atom in clause] for clause in conditions])
        digest.update(repr((e.entry_id, e.term, e.kind, e.signal, e.contestant_id, e.match)).encode())
        digest.update(f"{told[id(e.requires)]}{told[id(e.barred_by)]}".encode())
        digest.update(f"{e.valid_from} {e.valid_to} {e.strength}".encode())
    return digest.hexdigest()[:16]


def written_case(entry: Entry) -> int:
    """The letter case an `exact` entry must be written in (a code of `text.vocabulary.CASES`), or -1."""
    return letter_case(entry.term.replace(" ", "")) if entry.match == "exact" else -1
