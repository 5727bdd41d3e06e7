"""What a careful editor would notice in the lexicon: warnings of `screening check`, none of which stops a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from screening.errors import Problem
from screening.ruleset.entries import LISTED, NAMING, Entry
from screening.ruleset.wordforms import is_ordinary

# Kinds that every contestant of a contest should have when one of them has them.
_EVEN = ("name", "alias", "nickname", "pair", "hashtag", "slogan", "team", "volunteer", "mock")


def lints(entries: Iterable[Entry], contests: Mapping[str, Any]) -> list[Problem]:
    """Duplicates, shadowed and bare ambiguous entries, missing examples, contestants described unequally."""
    entries = [entry for entry in entries if entry.kind != LISTED]  # written by rule, not by hand
    found = [*_duplicates(entries), *_ambiguous(entries), *_examples(entries), *_uneven(entries, contests)]
    return sorted(found)


def _duplicates(entries: list[Entry]) -> list[Problem]:
    """The same words twice for one contestant, or for two contestants of one contest."""
    by_words: dict[tuple[Any, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.match != "pattern":
            by_words[(entry.sequences[0], entry.contest)].append(entry)
    found = []
    for same in by_words.values():
        for i, entry in enumerate(same):
            for other in same[:i]:
                if not _overlap(entry, other):
                    continue
                where = f"{other.file}:{other.line} ({other.entry_id})"
                if entry.contestant_id != other.contestant_id:
                    found.append(Problem(entry.file, entry.line, f"'{entry.term}' juga milik peserta lain: {where}"))
                elif entry.signal == other.signal and not (entry.requires or other.requires):
                    found.append(
                        Problem(entry.file, entry.line, f"'{entry.term}' sama dengan {where}", "hapus salah satu")
                    )
                elif entry.signal == other.signal and (not entry.requires or not other.requires):
                    found.append(
                        Problem(entry.file, entry.line, f"'{entry.term}' membayangi {where}", "satukan syaratnya")
                    )
    return found


def _overlap(a: Entry, b: Entry) -> bool:
    return (a.valid_from or date.min) <= (b.valid_to or date.max) and (b.valid_from or date.min) <= (
        a.valid_to or date.max
    )


def _ambiguous(entries: list[Entry]) -> list[Problem]:
    """A naming entry of one ordinary word that asks for no context."""
    found = []
    for entry in entries:
        single = len(entry.sequences[0]) == 1 and entry.match != "pattern"
        word = entry.sequences[0][0].keys[0]
        if single and entry.kind in NAMING and not entry.requires and not word.startswith("#") and is_ordinary(word):
            what = f"'{entry.term}' kata biasa atau nama umum tanpa syarat konteks"
            found.append(Problem(entry.file, entry.line, what, "isi kolom requires"))
    return found


def _examples(entries: list[Entry]) -> list[Problem]:
    found = []
    for entry in entries:
        if not entry.example:
            found.append(Problem(entry.file, entry.line, f"'{entry.entry_id}' tanpa contoh", "isi kolom example"))
        weak = entry.entry_id.endswith("-lemah")
        if entry.kind in NAMING and (entry.requires or entry.barred_by) and not entry.counterexample and not weak:
            what = f"'{entry.entry_id}' bersyarat tetapi tanpa contoh lawan"
            found.append(Problem(entry.file, entry.line, what, "isi kolom counterexample"))
    return found


def _uneven(entries: list[Entry], contests: Mapping[str, Any]) -> list[Problem]:
    """One problem per contestant that lacks a kind of entry which another contestant of its contest has."""
    kinds: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for entry in entries:
        if entry.contestant_id:
            kinds[entry.contestant_id.split("/")[0]][entry.contestant_id].add(entry.kind)
    found = []
    for contest, held in sorted(kinds.items()):
        known = contests.get(contest)
        if known is None or known.kind == "party":
            continue
        somebody = set().union(*held.values()) & set(_EVEN)
        for contestant in known.contestants:
            lacking = [kind for kind in _EVEN if kind in somebody - held.get(contestant, set())]
            if lacking:
                what = f"{contestant}: tidak punya {', '.join(lacking)}, padahal peserta lain punya"
                found.append(
                    Problem("lexicons", 0, what, "tambahkan bila ada sumbernya, atau biarkan bila memang tidak ada")
                )
    return found
