"""Candidates on lists: what must stand beside a name so that it may mean the candidate.

Thousands of people bear the same names, so a name alone, however rare, is never evidence: an office, a party, a district,
a ballot number or a word of the campaign has to stand beside it. How near, and which, depends on how rare the name is.
Rarity is measured on the lists of 2024 themselves (`lexicons/words/nama_calon.csv`: parts of names that three or more of
5,330 candidates bear); the words are `lexicons/words/isyarat_calon.csv`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from screening.ruleset.conditions import WHOLE, WINDOW, Alternatives, Atom, cue_words, parse_conditions
from screening.ruleset.contests import Contest, Contestant
from screening.ruleset.entries import LISTED, Entry
from screening.ruleset.patterns import listed_sequences, name_words
from screening.ruleset.wordforms import is_ordinary
from screening.text.wordlists import word_rows, word_set

RARE, UNCOMMON, COMMON = "langka", "kurang umum", "umum"
# One strength for all, above the limit of a hint: whether the candidate is meant is judged by what stands beside the name, and
# no candidate's supporters weigh more than another's because of a name.
_STRENGTH = 0.8
_NICKNAME = re.compile(r"\s*\(([^)]*)\)")
_ROMAN = {
    "1": "i",
    "2": "ii",
    "3": "iii",
    "4": "iv",
    "5": "v",
    "6": "vi",
    "7": "vii",
    "8": "viii",
    "9": "ix",
    "10": "x",
}
_KINDS_OF_REGION = ("Kabupaten ", "Kota ", "Provinsi ")
_NUMBERED = ("nomor urut", "nomer urut", "no urut", "nomor", "nomer", "no")
# Numbers as they are said: the words of `lexicons/words/angka.csv` are read by the detector of numbers, which names pairs only.
_FIRST = ("satu", "1")  # behind a region: its head, "Asahan satu"
_SPOKEN = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
_SHORT_TEXT = (
    25  # words: within so many a whole name and its region are read as one matter, as in a post of two sentences
)
_CHOSEN = 8  # words between a name and a word of choosing that is said of it
_PHASES = (
    "campaign",
    "designated",
    "quiet",
    "registration",
    "voting",
)  # when a word of choosing is one of the election
_OTHER_NAMES = {"pdip": ("pdi perjuangan", "pdi p")}  # of parties, besides the one on the list


class Cues(NamedTuple):
    """What is known of a candidate beside the name; all may be empty. `any_of`: classes of words that speak of the contest."""

    legislative: bool
    party: str = ""
    district: str = ""
    region: str = ""
    number: str = ""
    account: str = ""
    senate: bool = False  # for the DPD, whose candidates have no party
    whole: bool = False  # a name of several words: fewer people bear it than one of its words

    @property
    def any_of(self) -> tuple[str, ...]:
        return ("campaign", "party", "seat") if self.legislative else ("campaign", "office", "regional")

    @property
    def office(self) -> str:
        return "seat" if self.legislative else "regional"


@lru_cache(maxsize=50_000)
def _frequent(part: str) -> bool:
    return part in word_set("nama_calon") or is_ordinary(part)


def rarity(name: str) -> str:
    """How much a name tells whom it means: RARE (a rare part in three or more, or two rare ones), UNCOMMON (one rare part,
    or three or more frequent ones), else COMMON. Of 626 names of three parts on the Jakarta list 5 have a namesake
    elsewhere in Indonesia, of 1,195 of two parts 165, of 364 single ones 215."""
    parts = [part for part in name_words(name) if len(part) > 2]
    rare = sum(not _frequent(part) for part in parts)
    if rare >= 2 or (rare and len(parts) >= 3):
        return RARE
    return UNCOMMON if len(parts) >= 3 or rare else COMMON


def short_forms(name: str) -> tuple[tuple[str, ...], ...]:
    """The first word of a name of three or more with the second or the last ("Melky Pangemanan" for Melky Jakhin Pangemanan):
    only where both are rare, so that the short form tells as much as a rare name."""
    parts = [part for part in name_words(name) if len(part) > 2]
    if len(parts) < 3 or _frequent(parts[0]):
        return ()
    return tuple((parts[0], other) for other in dict.fromkeys((parts[1], parts[-1])) if not _frequent(other))


@lru_cache(maxsize=50_000)
def _word(window: int, *values: str) -> Atom:
    return Atom("word", tuple(sorted(set(values))), window)


@lru_cache(maxsize=100)
def _cue(window: int, *classes: str) -> Atom:
    return Atom("cue", tuple(sorted(classes)), window)


@lru_cache(maxsize=50_000)
def beside(degree: str, shared: bool, cues: Cues) -> Alternatives:
    """What a name `requires`: any of these suffices.

    `shared`: somebody else on the lists has the same name, so what is the candidate's own must stand there.
    """
    own = _own(cues)
    if shared and own:
        return _unshared(cues)
    if degree == RARE:
        number = ((_numbered(cues.number, 4),),) if cues.legislative and cues.number else ()
        return ((_cue(12, *cues.any_of),), *number, *own)
    if degree == UNCOMMON:
        return ((_cue(7, "campaign", cues.office),), *own)
    return ((_cue(3, cues.office),), *own)


@lru_cache(maxsize=50_000)
def _own(cues: Cues) -> Alternatives:
    """What is the candidate's own: party, district, region, number, account."""
    found: list[tuple[Atom, ...]] = []
    any_cue = _cue(12, *cues.any_of)
    if cues.party:
        name = " ".join(name_words(cues.party))
        full = name if name.startswith("partai") else f"partai {name}"
        sure = name in cue_words()["party"]
        found.append((_word(8, full, *_OTHER_NAMES.get(name, ()), *((name,) if sure else ())),))
        if not sure:  # PAN, Buruh, Demokrat: also other words
            found.append((_word(6, name), _cue(12, "campaign", "seat")))
            if cues.number:
                found.append((_word(6, name), _numbered(cues.number)))  # "X, Gelora, nomor 4"
    if cues.senate:
        found.append((_word(6, "dpd", "dpd ri", "dpdnya", "senator"),))
    if cues.district:
        found += [(one, _cue(12, *cues.any_of)) for one in _district(cues.district)]
    if cues.region:
        reach = _SHORT_TEXT if cues.whole else 12
        names = region_names(cues.region)
        found.append((_word(reach, *names), _cue(reach, *cues.any_of)))
        found.append((_word(9, *(f"{name} {first}" for name in names for first in _FIRST)),))
        if cues.number:
            found.append((_word(12, *names), _numbered(cues.number, 12)))
        if cues.whole:
            found.append(_chosen_in(cues.region))
    if cues.number:
        found.append((_numbered(cues.number), any_cue))
    if cues.account:
        found.append((_word(12, *name_words(cues.account)),))
    return tuple(found)


@lru_cache(maxsize=50_000)
def _unshared(cues: Cues) -> Alternatives:
    """What tells a candidate from another of the same name: the party, or the district with the number; of those without a
    party what there is."""
    if not cues.party:
        return _own(cues)
    party = _own(cues._replace(district="", number="", account=""))
    district = tuple((one, _cue(12, *cues.any_of)) for one in _district(cues.district))
    number = _own(cues._replace(party="", district="", account="")) if cues.number else ()
    both = tuple((*one, *other) for one in district for other in number)
    # More of what is the candidate's own tells more: a run keeps those for whom most holds (`detectors/names.py`).
    further = tuple((*one, *other) for one in party for other in (*district, *number))
    return (*party, *both, *further)


@lru_cache(maxsize=1_000)
def _numbered(number: str, window: int = 7) -> Atom:
    """The ballot number near a name: "nomor 4", "no 4", "nomor empat"."""
    place = int(number) - 1
    forms = (number, number.zfill(2), *((_SPOKEN[place],) if place < len(_SPOKEN) else ()))
    return _word(window, *(f"{word} {form}" for word in _NUMBERED for form in forms))


@lru_cache(maxsize=2_000)
def _district(district: str) -> tuple[Atom, ...]:
    """ "DKI Jakarta 8" and "DKI JAKARTA II", as people write them: dapil 8, dapil Jakarta 8, dapil DKI Jakarta 2."""
    parts = name_words(district) if district else []
    if not parts:
        return ()
    *place, number = parts
    if number.isdigit() or number in _ROMAN.values():
        forms = {number, _ROMAN.get(number, number), *(n for n, roman in _ROMAN.items() if roman == number)}
        places = {"", *place, " ".join(place)}
        return (_word(12, *(" ".join(f"dapil {where} {form}".split()) for form in forms for where in places)),)
    return (_word(12, " ".join(parts)),)


def region_words(region: str) -> str:
    """The name of a region without what kind of region it is, folded: "Kabupaten Aceh Besar" -> "aceh besar"."""
    for kind in _KINDS_OF_REGION:
        region = region.removeprefix(kind)
    return " ".join(name_words(region))


@lru_cache(maxsize=2_000)
def region_names(region: str) -> tuple[str, ...]:
    """Every way a region is written, the full name first: `region_words`, and `lexicons/words/singkatan_wilayah.csv`."""
    name = region_words(region)
    return (name, *(row["word"] for row in word_rows("singkatan_wilayah") if row["region"] == name))


@lru_cache(maxsize=2_000)
def _chosen_in(region: str) -> tuple[Atom, ...]:
    """A word of choosing beside the name, the region near, while the contest goes on: "dukung Ahmad Luthfi pimpin Jateng"."""
    return _word(_SHORT_TEXT, *region_names(region)), _cue(_CHOSEN, "choice"), Atom("phase", _PHASES, WINDOW)


@lru_cache(maxsize=1)
def barred() -> Alternatives:
    """What bars a name: words of election staff and of other elections right beside it."""
    return parse_conditions("cue:duty@4")


def listed_entries(contests: Iterable[Contest]) -> list[Entry]:
    """Lexicon entries of all contestants that are known from lists: one for each name and nickname, one for a pair."""
    listed = [(contest, one) for contest in contests for one in contest.contestants.values() if one.listed]
    names = [name for _, one in listed for name, _ in _names(one)]
    bearers = namesakes(names)
    bearers.update(" ".join(form) for name in names for form in short_forms(_NICKNAME.sub("", name)))
    return [entry for contest, one in listed for entry in _entries(contest, one, bearers)]


def namesakes(names: Iterable[str]) -> Counter[str]:
    """How many bear each name, by its words; initials are often left out, so they tell nobody apart."""
    return Counter(map(name_key, names))


def name_key(name: str) -> str:
    """The words of a name without nickname and initials; of one that is nothing else, all."""
    parts = name_words(_NICKNAME.sub("", name))
    return " ".join([part for part in parts if len(part) > 1] or parts)


def _names(one: Contestant) -> Iterator[tuple[str, date | None]]:
    """Every member, and those replaced with the last day on which they stood."""
    yield from ((name, None) for name in one.members)
    yield from one.former


def _entries(contest: Contest, one: Contestant, bearers: Counter[str]) -> Iterator[Entry]:
    legislative = contest.kind == "legislative"
    cues = Cues(
        legislative,
        party=one.parties[0] if legislative and one.parties else "",
        district=one.district if legislative and one.parties else "",  # a DPD list has one district
        region="" if legislative else contest.region,
        number=str(one.number or ""),
        senate=one.seat == "DPD",
    )
    for place, (name, until) in enumerate(_names(one)):
        shared = bearers[name_key(name)] > 1
        short = tuple(form for form in short_forms(_NICKNAME.sub("", name)) if bearers[" ".join(form)] == 1)
        who = Candidate(one.id, contest.id, f"{one.id}-{place + 1}".replace("/", "-"), one.source, contest.file)
        yield from candidate_entries(name, cues, shared, who, until, short)
    if len(one.members) == 2:
        yield from _pair(contest, one, cues)


class Candidate(NamedTuple):
    """Whose name an entry is, and where it comes from."""

    id: str
    contest: str
    entry_id: str
    source: str
    file: str
    line: int = 0


def candidate_entries(
    name: str,
    cues: Cues,
    shared: bool,
    who: Candidate,
    until: date | None = None,
    short: tuple[tuple[str, ...], ...] = (),
) -> Iterator[Entry]:
    """Entries of one candidate: the name with its `short` forms, and a nickname in brackets behind it as a name that others
    may have."""
    nicknames = _NICKNAME.findall(name)
    for at, term in enumerate([_NICKNAME.sub("", name).strip(), *nicknames]):
        degree = rarity(term) if at == 0 else COMMON
        known = cues._replace(whole=len(name_words(term)) > 1)
        yield _entry(
            who, term, beside(degree, shared and at == 0, known), _STRENGTH, until,
            example=f"Coblos {term} nomor urut {cues.number or 1} {_told(cues)}",
            entry_id=who.entry_id + (f"-julukan-{at}" if at else ""),
            counterexample=f"{term} membeli beras di pasar.",
            note=f"kelangkaan nama: {degree}" + ("; ada calon lain bernama sama" if shared and at == 0 else ""),
            short=short if at == 0 else (),
        )  # fmt: skip


def _told(cues: Cues) -> str:
    if not cues.legislative:
        return f"calon bupati {cues.region}"
    place = f" dapil {cues.district}" if cues.district else ""
    return (f"caleg partai {cues.party}" if cues.party else "calon DPD") + place


def _pair(contest: Contest, one: Contestant, cues: Cues) -> Iterator[Entry]:
    """A word of the one name right before a word of the other ("Rudy-Jaro", "#AndiSiti"), near words of the contest."""
    first, second = (_NICKNAME.sub(r" \1", member) for member in one.members)
    usual = all(_frequent(part) for part in (*name_words(first), *name_words(second)) if len(part) > 2)
    region = _word(15, *region_names(cues.region))
    head = _word(12, *(f"{name} {first}" for name in region_names(cues.region) for first in _FIRST))
    requires: Alternatives = (
        (region, _cue(12, *cues.any_of)),
        (region, _numbered(cues.number or "0", 15)),
        (head,),
        _chosen_in(cues.region),
    )
    if not usual:
        requires = (*requires, (_cue(6, "campaign", "regional"),))
    who = Candidate(one.id, contest.id, f"{one.id}-pasangan".replace("/", "-"), one.source, contest.file)
    called = [next((part for part in name_words(name) if len(part) > 2), "") for name in (first, second)]
    if all(called):
        yield _entry(
            who, f"{first} | {second}", requires, _STRENGTH, None, who.entry_id,
            f"Menangkan paslon {'-'.join(called).title()} di {cues.region}", "", "sebutan pasangan: satu kata dari tiap nama",
        )  # fmt: skip
    first, second = (_NICKNAME.sub("", member) for member in one.members)
    # Of provinces only: for all regions it would add 1,500 entries to every start, for texts that hardly name both in full.
    whole = len(name_words(first)) + len(name_words(second)) > 2
    if whole and not contest.region.startswith(_KINDS_OF_REGION):
        yield _entry(
            who, f"{first} + {second}", _of_both(cues.any_of), _STRENGTH, None, f"{who.entry_id}-lengkap",
            f"Coblos {first} dan {second}", "", "nama lengkap keduanya berdampingan",
        )  # fmt: skip


@lru_cache(maxsize=2)
def _of_both(classes: tuple[str, ...]) -> Alternatives:
    """Two whole names side by side are hardly two other people: any word of the election or of choosing in the text is enough."""
    return (_cue(WHOLE, *classes),), (_cue(WHOLE, "choice"), Atom("phase", _PHASES, WINDOW))


def _entry(
    who: Candidate, term: str, requires: Alternatives, strength: float, until: date | None,
    entry_id: str, example: str, counterexample: str, note: str, short: tuple[tuple[str, ...], ...] = (),
) -> Entry:  # fmt: skip
    return Entry(
        entry_id, term, LISTED, "contestant", who.id, who.contest, "token", requires, barred() if counterexample else (),
        None, until, strength, "verified", who.source, example, counterexample, note, listed_sequences(term, short), who.file,
        who.line,
    )  # fmt: skip


def parts_counted(names: Collection[str], least: int = 3) -> dict[str, int]:
    """Parts of names (three letters or more) that at least `least` of the people bear, the most frequent first: how
    `lexicons/words/nama_calon.csv` was made from the shipped lists."""
    counted = Counter(part for name in names for part in set(name_words(_NICKNAME.sub("", name))) if len(part) > 2)
    return {part: number for part, number in counted.most_common() if number >= least}
