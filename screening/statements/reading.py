"""One text cut into what statements are made of: words with their classes, clauses, quotations, subjects.

A line break is layout: it parts nothing. A sentence ends where `text.sentences` says; a clause ends at a comma, a colon, a
dash between blanks, a bracket and before a word of contrast.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from screening.statements.words import BIT, WordClasses, limits, mask, ordinary, word_list
from screening.text.clauses import clauses
from screening.text.wordlists import word_set

SELF, GROUP = BIT["self"], BIT["group"]
WRITER = SELF | GROUP
PERSONS = ("kin", "other", "third", "people", "colleague", "official", "institution", "addressed")
PERSON = mask(PERSONS)
HONORIFIC, OBJECT, PERCEIVE, ORDERS, LIGHT = (
    BIT[name] for name in ("honorific", "object", "perceive", "orders", "light")
)
CONTRAST, NEGATOR = BIT["contrast"], BIT["negator"]
JAVANESE = BIT["javanese"]
_NO_VERBS = word_list("no_verbs")
CALLS = mask(("imperative", "wish", "negator", "posing"))  # what makes an appeal of words to several people
_OPENER_WORDS = 3  # the model's own lead-in (screening/detectors/stance.py) is as short
_CAN_OPEN = WRITER | PERSON | HONORIFIC  # a word with classes, but none of these, is nobody
_NO_PART = mask(
    ("light", "vote", "choice", "negator", "contrast", "object", "report", "team_role", "intent", "imperative")
)

_ACTS = mask(("vote", "choice", "give", "install", "use", "join", "wear", "intent", "inner", "team_role"))

_QUOTE_PAIRS = {'"': '"', "“": "”", "”": "”", "„": "”", "«": "»", "‘": "’", "'": "'", "`": "'", "″": "″", "＂": "＂"}
_CLOSERS = {'"': '"”“″＂', "”": '"”', "’": "’'", "'": "'’", "»": "»", "″": '″"', "＂": "＂"}
_QUOTES = frozenset(_QUOTE_PAIRS)
_APPENDED_SELF = re.compile(r"[a-z]{4,}ku$")
_KU_NAMES = word_list("no_possessive")


_PARENTS = word_list("parents")  # "bapak saya": no form of address
_PLACES = word_list("places")  # "tetangga depan rumah saya"
_DOES = word_list("does")
_DEAR = word_list("dear")
_TOGETHER, _BY = word_list("together"), word_list("by")
_LARGE, _WHERE = word_list("large"), word_list("where")
_AS = word_list("as")  # "sebagai warga, saya …": the writer's own role


class Place(NamedTuple):
    """Tokens of a text on which somebody is named: `whom` is a contestant or party id, or "" (nobody in particular)."""

    first: int
    last: int
    whom: str
    strength: float
    signal: str


class Subject(NamedTuple):
    """Who does what follows: words `first`..`last`, of which kind (`self`, `group_with_self`, or one of PERSONS)."""

    first: int
    last: int
    kind: str


class Reading:
    """One text. `words` are standard forms; `bits` their classes; `capital` whether a word begins with a capital;
    `sentence` and `clause` number them; `mark` holds what stands before each word and parts clauses. `opens`: the words
    that could begin a series of `classes`."""

    def __init__(
        self, text: str, forms: Sequence[str], bits: list[int], start: Sequence[int], end: Sequence[int],
        sentence: Sequence[int], classes: WordClasses, opens: Sequence[int],
    ) -> None:  # fmt: skip
        self.text, self.words, self.start, self.end = text, forms, start, end
        self.classes = classes
        self.bits, self.ends = bits, classes.mark(forms, bits, opens)
        self._javanese_self()
        self._written_small()
        self.every = 0
        for found in self.bits:
            self.every |= found
        self.sentence = sentence
        self.clause, self.mark = clauses(text, start, end, sentence, [bool(one & CONTRAST) for one in self.bits])
        self.sentence = self._sentences(sentence)
        self.quotes = _quotations(text)
        self._subjects: list[Subject] | None = None
        self._own: list[int] | None = None
        self._outside: list[int] | None = None
        self._places: list[Place] = []
        self._named: dict[int, Place] = {}

    def __len__(self) -> int:
        return len(self.words)

    def _javanese_self(self) -> None:
        """In Javanese "tak" before a bare verb is "I": "wis tak coblos"."""
        if "tak" not in self.text.lower():
            return
        spoken = sum(bool(one & JAVANESE) for one in self.bits)
        for at in range(len(self.words) - 1):
            said = self.text[self.start[at] : self.end[at]].lower()
            if said == "tak" and spoken > 1 and self.words[at + 1] not in _NO_VERBS:
                self.bits[at] = SELF

    def _written_small(self) -> None:
        """Abbreviations written small are another language's words: "nu" is "who" in Sundanese, no NU."""
        for at, word in enumerate(self.words):
            if word in _LARGE and self.text[self.start[at] : self.end[at]].islower():
                self.bits[at] &= ~BIT["institution"]

    def _sentences(self, given: Sequence[int]) -> list[int]:
        """Sentence numbers; a full stop before a blank ends one even behind a short word, as `text.sentences` does not dare."""
        if not given or (given[0] == given[-1] and self.clause[0] == self.clause[-1]):
            return [0] * len(given)
        number, numbers = 0, []
        for at in range(len(given)):
            stop = "." in self.mark[at] and self.clause[at] != self.clause[at - 1] if at else False
            if at and (given[at] != given[at - 1] or stop):
                number += 1
            numbers.append(number)
        return numbers

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """First and last word that lie in some characters; (0, -1) where none does."""
        first, last = bisect_right(self.end, start), bisect_left(self.start, end) - 1
        return (first, last) if first <= last else (0, -1)

    def clause_start(self, at: int) -> int:
        """The first word of the clause of a word."""
        return self._clause_ends[0][at]

    def clause_end(self, at: int) -> int:
        """The last word of the clause of a word."""
        return self._clause_ends[1][at]

    def sentence_span(self, at: int) -> tuple[int, int]:
        """First and last word of the sentence of a word."""
        return self._sentence_ends[0][at], self._sentence_ends[1][at]

    @cached_property
    def _clause_ends(self) -> tuple[list[int], list[int]]:
        return _runs(self.clause)

    @cached_property
    def _sentence_ends(self) -> tuple[list[int], list[int]]:
        return _runs(self.sentence)

    def any(self, bit: int, first: int, last: int) -> int:
        """The first word with one of these classes among `first`..`last`, or -1."""
        bits, first = self.bits, max(first, 0)
        if not self.every & bit:
            return -1
        for at, found in enumerate(bits[first : last + 1], first):
            if found & bit:
                return at
        return -1

    def quoted(self, start: int, end: int) -> bool:
        """Whether characters overlap a quotation."""
        return any(start < high and low < end for low, high in self.quotes)

    def asks(self, at: int) -> bool:
        """Whether the sentence of a word ends in a question mark, behind the word's own clause."""
        last = self.clause_end(at)
        behind = self.text[self.end[last] : self.start[last + 1] if last + 1 < len(self.words) else len(self.text)]
        return "?" in behind

    def capital(self, at: int) -> bool:
        """Whether a word is written with a capital first letter."""
        return self.text[self.start[at] : self.start[at] + 1].isupper()

    @property
    def places(self) -> list[Place]:
        """Where somebody is named."""
        return self._places

    @places.setter
    def places(self, places: list[Place]) -> None:
        self._places = places
        self._named = {}
        for place in places:
            for at in range(place.first, place.last + 1):
                held = self._named.get(at)
                if held is None or held.strength < place.strength:
                    self._named[at] = place
            self._whole(place)
        self._subjects = self._own = self._outside = None

    def _whole(self, place: Place) -> None:
        """No clause begins within a name, though a word of it may be one of contrast ("Tapi Yurlianti")."""
        for at in range(max(place.first, 1), place.last + 1 if place.last > place.first else place.first):
            if self.bits[at] & CONTRAST and not self.mark[at] and self.clause[at] != self.clause[at - 1]:
                self.clause = [one - (i >= at) for i, one in enumerate(self.clause)]

    def named_at(self, at: int) -> Place | None:
        """Who is named on a word, the strongest."""
        return self._named.get(at)

    @property
    def outside(self) -> list[int]:
        """The classes of the words that are part of no name; 0 for those that are."""
        if self._outside is None:
            self._outside = list(self.bits)
            for at in self._named:
                self._outside[at] = 0
        return self._outside

    def begins_name(self, at: int) -> bool:
        """Whether somebody's name begins at a word."""
        return any(place.first == at for place in self.places)

    def writes_of_self(self, first: int, last: int) -> bool:
        """Whether the writer is meant by a word of the stretch: a pronoun that is nobody's, or "-ku"."""
        if self._own is None:
            self._own = [
                at
                for at, word in enumerate(self.words)
                if self.is_writer(at) or (word.endswith("ku") and _APPENDED_SELF.match(word) and word not in _KU_NAMES)
            ]
        return any(first <= at <= last for at in self._own)

    def is_writer(self, at: int) -> bool:
        """A pronoun of the first person that is not the owner of a person: not "saya" of "tetangga saya", nor the initial of a
        name ("Francine V. W")."""
        return bool(self.bits[at] & WRITER) and not self._owned(at) and not self.initial(at)

    def initial(self, at: int) -> bool:
        """Whether a word is part of somebody's name, or a capital letter by itself beside one."""
        if at in self._named:
            return True
        if self.end[at] - self.start[at] > 1 or not self.capital(at):
            return False
        low = high = at
        while low > 0 and self.end[low - 1] - self.start[low - 1] == 1:
            low -= 1
        while high + 1 < len(self) and self.end[high + 1] - self.start[high + 1] == 1:
            high += 1
        return low - 1 in self._named or high + 1 in self._named

    @cached_property
    def dialogue(self) -> list[int]:
        """The words of others in a written dialogue ("abang gojek: pilih X aja. gw: iya bang"): the label of another and all
        behind it until the next label. A text is one where one of its labels, at least two, is the writer."""
        if ":" not in self.text:
            return []
        labels = [
            (low, at)
            for at in range(1, len(self))
            if ":" in self.mark[at]
            and at - (low := self.clause_start(at - 1)) <= limits()["speaker_words"]
            and (not low or self.sentence[low - 1] != self.sentence[low] or "\n" in self.mark[low] + self._gap(low))
        ]
        own = [all(self.bits[one] & WRITER for one in range(low, at)) for low, at in labels]
        if len(labels) < 2 or not any(own):
            return []
        ends = [low for low, _ in labels[1:]] + [len(self)]
        return [
            one for (low, _), mine, end in zip(labels, own, ends, strict=True) if not mine for one in range(low, end)
        ]

    def _gap(self, at: int) -> str:
        """The characters between a word and the one before it."""
        return self.text[self.end[at - 1] : self.start[at]] if at else ""

    def surely(self, *signals: str) -> list[Place]:
        """The places of some signals on which somebody is surely named."""
        weak = limits()["weak_name"]
        return [p for p in self.places if p.whom and p.strength >= weak and p.signal in signals]

    def contestants(self, low: int, high: int) -> set[str]:
        """Who is named within words `low`..`high`; parties, which stand beside their candidates, left out."""
        return {
            p.whom for p in self.places if p.whom and p.strength > 0 and low <= p.first <= high and p.signal != "party"
        }

    def follows(self, at: int, bit: int) -> bool:
        """Whether a word, or a series of words, of some classes stands right before a word."""
        if not at or self.mark[at]:
            return False
        series = any(end == at - 1 and self.bits[first] & bit for first, end in self.ends.items())
        return bool(self.bits[at - 1] & bit) or series

    def opens(self, at: int) -> bool:
        """Whether a word stands in a short clause that only opens the text: nobody is named there and more follows."""
        first, last = self.clause_start(at), self.clause_end(at)
        short = not first and last < min(_OPENER_WORDS, len(self.words) - 1)
        return short and not any(place.first <= last for place in self.places)

    def tagged(self, at: int) -> bool:
        """Whether a word stands in a hashtag."""
        begin = self.text.rfind("#", 0, self.start[at])
        return begin >= 0 and not any(letter.isspace() for letter in self.text[begin : self.start[at]])

    def parent_before(self, at: int) -> bool:
        """Whether a pronoun follows "ibu", "bapak" …: somebody's parent, no form of address."""
        return bool(at) and self.words[at - 1] in _PARENTS

    def _owned(self, at: int) -> bool:
        """Whether the word before a pronoun is a person whom it owns."""
        if not at or self.mark[at]:
            return False
        if self.parent_before(at) or self._owns_place(at):
            return True
        for back in range(1, limits()["owned_words"] + 2):
            before = at - back
            if before < 0:
                return False
            if self._person_end(before) is not None:
                return back == 1 or self._owner_behind(before + 1) == at
            if self.mark[before] or (self.bits[before] & _NO_PART and self.words[before] not in _PLACES):
                return False
        return False

    def _owns_place(self, at: int) -> bool:
        """Whether a pronoun tells whose place it is, not who does what follows: "di gang saya itu"."""
        if at < 2 or self.mark[at - 1] or self.words[at - 2] not in _WHERE or self.bits[at - 1] & (_ACTS | PERSON):
            return False
        return at + 1 >= len(self) or bool(self.mark[at + 1]) or not self.bits[at + 1] & _ACTS

    def _person_end(self, at: int) -> str | None:
        """The kind of the person whose words end at a word."""
        for first in range(max(at - 3, 0), at + 1):
            if self.ends.get(first) == at and self.bits[first] & PERSON & ~BIT["addressed"]:
                return _kind(self.bits[first])
        if self.bits[at] & PERSON & ~BIT["addressed"] & ~BIT["third"] and at not in self._inside_series:
            return _kind(self.bits[at])
        # "Pak Hendra saya"? no; "pak lurah kami": the series covers it.
        return None

    @cached_property
    def _inside_series(self) -> set[int]:
        return {at for first, last in self.ends.items() for at in range(first + 1, last + 1)}

    @property
    def subjects(self) -> list[Subject]:
        """Who can be the doer of something, in reading order."""
        if self._subjects is None:
            self._subjects = list(self._find_subjects())
        return self._subjects

    def _find_subjects(self) -> Iterator[Subject]:
        at, lower = 0, self.text.islower()
        while at < len(self.words):
            if not self.bits[at] & _CAN_OPEN if lower or self.bits[at] else not self.capital(at):
                at += 1
                continue
            found = self._person_at(at) if "#" not in self.text or not self.tagged(at) else None
            if found is None:
                at += 1
                continue
            last, kind = found
            if kind in ("self", "group_with_self"):
                if not self._is_object(at):
                    yield Subject(at, last, self._with_company(at, last, kind))
            elif self._leads(at) and not self._vocative(at, last, kind):
                yield Subject(at, last, "other" if kind == "addressed" and self._told_of(at, last) else kind)
            at = last + 1

    def _person_at(self, at: int) -> tuple[int, str] | None:
        bits = self.bits[at]
        if not bits and (not self.capital(at) or not self._opens_clause(at)):
            return None
        if bits & WRITER and not bits & PERSON:
            return at, "group_with_self" if bits & GROUP else "self"
        last = self.ends.get(at, at)
        if bits & PERSON:
            kind = _kind(bits)
        elif self._somebody_votes(at) or (bits & HONORIFIC and self.words[at].endswith("nya")):
            kind = "other"  # "abangnya": whoever was told of
        elif bits & HONORIFIC and at + 1 < len(self.words) and not self.mark[at + 1] and self._stranger(at + 1):
            kind, last = "other", at + 1
        else:
            return None
        while last + 1 < len(self.words) and not self.mark[last + 1]:
            after = last + 1
            if self.bits[after] & PERSON & ~BIT["third"] & ~BIT["people"] and not self.bits[after] & WRITER:
                last = self.ends.get(after, after)
            elif self.bits[after] & WRITER and kind != "addressed":
                return after, kind  # "tetangga saya"
            elif kind in ("kin", "colleague", "other") and (owner := self._owner_behind(after)):
                return owner, kind  # "anak bujang saya", "tetangga depan rumah saya"
            elif kind != "institution" and self._stranger(after):
                last = after
            elif self.bits[after] & HONORIFIC and after + 1 < len(self.words) and self._stranger(after + 1):
                last = after + 1
            else:
                break
        if self.begins_name(at) or (bits & HONORIFIC and self.begins_name(last + 1)):
            return None  # "Om Anies", "Bu Risma": the one who is named
        if kind == "official" and self.words[last].endswith("nya") and self.begins_name(last + 1):
            return None  # "presidennya pak X": what X shall be
        return last, kind

    def _somebody_votes(self, at: int) -> bool:
        """Whether an unknown name opens a clause and a word of choosing follows ("Raffi dukung X"), or a name that many people
        bear and any verb ("kemarin Budi ikut kampanye X")."""
        after = at + 1
        if self.bits[at] or after >= len(self.words) or self.mark[after] or not self._opens_clause(at):
            return False
        if self.words[at] in word_set("nama_umum"):
            verb = self.words[after][:2] in ("me", "be", "di", "ng", "ny") or self.words[after] in _DOES
            return verb or bool(
                self.bits[after] & (BIT["vote"] | BIT["report"] | BIT["choice"] | BIT["team_role"] | BIT["give"])
            )
        votes = bool(self.bits[after] & (BIT["vote"] | BIT["report"]))
        return votes and self.clause_start(at) == at and self._stranger(at) and not ordinary(self.words[at])

    def _opens_clause(self, at: int) -> bool:
        return all(self.bits[before] & LIGHT for before in range(self.clause_start(at), at))

    def _owner_behind(self, at: int) -> int:
        """The pronoun that owns a person whose words go on at a word: "anak [bujang] saya"; 0 where none does. A verb, an adverb
        or a name ends the person."""
        for one in range(at, min(at + limits()["owned_words"], len(self.words) - 1) + 1):
            if self.mark[one] or self.named_at(one) is not None:
                return 0
            if self.bits[one] & WRITER:
                return one if one > at else 0
            verb = self.words[one][:2] in ("me", "di", "be", "ng", "ny") or self.words[one][:3] == "ter"
            if verb or (self.bits[one] & _NO_PART and self.words[one] not in _PLACES):
                return 0
        return 0

    def _stranger(self, at: int) -> bool:
        """A name of nobody who stands in an election: a word with a capital that has no class. Where most words have one, it
        is a known first name or stands behind a title ("Haji Mamat")."""
        return (
            self.capital(at) and not self.bits[at] & ~HONORIFIC & ~BIT["everyday"] and self.named_at(at) is None
            and not self.text[self.start[at] : self.end[at]].isupper()
            and (
                self.capitals < limits()["title_case"]
                or self.words[at] in word_set("nama_umum")
                or (at > 0 and bool(self.bits[at - 1] & HONORIFIC) and not ordinary(self.words[at]))
            )
        )  # fmt: skip

    @cached_property
    def capitals(self) -> float:
        """The share of words that begin with a capital, of the words of some length."""
        if self.text.islower():
            return 0.0
        text = self.text
        long = [text[low].isupper() for low, high in zip(self.start, self.end, strict=True) if high - low >= 4]
        return sum(long) / len(long) if long else 0.0

    def _leads(self, at: int) -> bool:
        """Whether a person is the doer in its clause: nothing but light words stands before, or it was seen or told to do it."""
        low = self.clause_start(at)
        if at > low and self.words[at] in _DEAR and not self.bits[at - 1] & ~BIT["everyday"]:
            at -= 1  # "komedian favorit saya": whatever the noun is
        if at > low and self.bits[at - 1] & (OBJECT | ORDERS) and not self.bits[at - 1] & PERCEIVE:
            return False
        if at > low and self.words[at - 1] in _AS:
            return False
        for before in range(at - 1, low - 1, -1):
            if self.bits[before] & PERCEIVE:
                return True
            if not self.words[before][:1].isalnum():
                return True  # a sign parts what stands before it
            if not self.bits[before] & (LIGHT | HONORIFIC | CONTRAST | BIT["conditional"] | BIT["report"]):
                return False
        return True

    def _is_object(self, at: int) -> bool:
        if (
            at
            and not self.mark[at]
            and self.words[at - 1].endswith(("in", "kan", "ake", "no"))
            and not self.bits[at - 1] & ORDERS
        ):
            low = self.clause_start(at)
            if any(self.bits[one] & PERSON and not self.bits[one] & WRITER for one in range(low, at - 1)):
                return True  # "ada yang masukin gue ke grup"
        return bool(
            at
            and not self.mark[at]
            and (self._owned(at) or (self.bits[at - 1] & OBJECT and not self.bits[at - 1] & ORDERS))
        )

    def _vocative(self, first: int, last: int, kind: str) -> bool:
        """Whether somebody is only addressed: "Bu Tini, …", "Pak kiai, …" or "Teman-teman, …"."""
        titled = all(self.bits[at] & HONORIFIC for at in range(self.clause_start(first), first))
        alone = titled and self.clause_end(first) == last
        return alone and last + 1 < len(self.words) and "," in self.mark[last + 1]

    def _told_of(self, first: int, last: int) -> bool:
        """Whether several people who could be addressed are told of: "teman-teman mendukung X", no "ayo", no comma, no "!"."""
        after = last + 1
        if last == first or after >= len(self.words) or self.mark[after]:
            return False
        if self.words[after][:2] in ("me", "be", "ng", "ny") or self.words[after] in _DOES:
            return True
        end = self.sentence_span(after)[1]
        behind = self.text[self.end[end] : self.end[end] + 1]
        return self.any(CALLS, first, end) < 0 and behind != "!"

    def _with_company(self, first: int, last: int, kind: str) -> str:
        if last + 2 < len(self.words) and self.words[last + 1] in _TOGETHER and self.bits[last + 2] & PERSON:
            return "group_with_self"
        return kind

    def subject_of(self, verb: int) -> Subject | None:
        """Who does what a word says: the nearest doer before it in its clause, the agent of a passive, or the doer of the
        clause before in the same sentence, where the subject is dropped. None: nobody is said."""
        agent = self._agent(verb)
        if agent is not None:
            return agent
        low = self.clause_start(verb)
        here = [one for one in self.subjects if low <= one.first and one.last < verb]
        if here:
            return here[-1]
        aside = (
            low
            and ")" in self.mark[low]
            and self.clause_start(low - 1)
            and "(" in self.mark[self.clause_start(low - 1)]
        )
        if aside:  # "suami (swasta) jadi korlap X": what stands in brackets parts no doer from the verb
            begin = self.clause_start(low - 1)
            before = [one for one in self.subjects if self.clause_start(begin - 1) <= one.first < begin]
            return before[-1] if before else None
        if not low or self.sentence[low - 1] != self.sentence[verb] or "," not in self.mark[low]:
            return None
        if self.any(WRITER, low, verb) >= 0:
            return None
        before = [one for one in self.subjects if self.clause[one.first] == self.clause[low] - 1]
        if (
            before
            and before[-1].kind not in ("self", "group_with_self", "addressed")
            and self.clause_end(low - 1) == low - 1
        ):
            return before[-1]
        return None

    def _agent(self, verb: int) -> Subject | None:
        """The doer behind a passive: "dipasang tetangga saya", "dibagikan oleh relawan"."""
        if not self.words[verb].startswith("di") or len(self.words[verb]) < 5:
            return None
        at = verb + 1
        if at < len(self.words) and self.words[at] in _BY:
            at += 1
        if at < len(self.words) and not self.mark[at]:
            found = self._person_at(at)
            if found is not None and found[1] != "addressed":
                return Subject(at, found[0], found[1])
        return None


def _runs(numbers: Sequence[int]) -> tuple[list[int], list[int]]:
    """First and last place of the run of equal numbers that each place lies in."""
    if numbers and numbers[0] == numbers[-1]:
        return [0] * len(numbers), [len(numbers) - 1] * len(numbers)  # they only grow
    low, high = list(range(len(numbers))), list(range(len(numbers)))
    for at in range(1, len(numbers)):
        if numbers[at] == numbers[at - 1]:
            low[at] = low[at - 1]
    for at in range(len(numbers) - 2, -1, -1):
        if numbers[at] == numbers[at + 1]:
            high[at] = high[at + 1]
    return low, high


def _kind(bits: int) -> str:
    for name in ("addressed", "colleague", "kin", "official", "institution", "other", "third", "people"):
        if bits & BIT[name]:
            return {"third": "other", "people": "other"}.get(name, name)
    return "unknown"


def _quotations(text: str) -> list[tuple[int, int]]:
    """Characters inside quotation marks of any kind, the marks included; an apostrophe in a word is none."""
    found: list[tuple[int, int]] = []
    if _QUOTES.isdisjoint(text):
        return found
    opened: tuple[int, str] | None = None
    for at, sign in enumerate(text):
        if opened is not None and sign in _CLOSERS.get(_QUOTE_PAIRS[opened[1]], _QUOTE_PAIRS[opened[1]]):
            after = text[at + 1 : at + 2]
            if not (sign in "'’" and after.isalnum()):
                found.append((opened[0], at + 1))
                opened = None
                continue
        if opened is None and sign in _QUOTE_PAIRS:
            before, after = text[at - 1 : at], text[at + 1 : at + 2]
            if not (sign in "'’`" and before.isalnum()) and after and not after.isspace():
                opened = at, sign
    return [span for span in found if span[1] - span[0] <= limits()["longest_quotation"]]
