"""One activity's hits bound to statements, field by field, each with the names, the clauses and the words around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from screening.ruleset.contests import Contest
from screening.ruleset.lexicon import Lexicon
from screening.statements import (
    choices,
    claims,
    deeds,
    directions,
    meaning,
    naming,
    opinions,
    pictures,
    printed,
    weighing,
)
from screening.statements.bind_types import (
    BY_CLASS,
    CHANNELS,
    DIRECTIONS,
    MEANT_SO,
    Hit,
    Statement,
    by_class,
    contest_of_id,
)
from screening.statements.reading import Place, Reading
from screening.statements.signs import as_claimed, counts, covered, disagreeing, marked, offered, unlike
from screening.statements.words import BIT, limits
from screening.tables import FIELDS


@dataclass
class Text:
    """One field of an activity: how it reads, its hits, and who is named in it."""

    reading: Reading
    hits: list[Hit]
    content: bool = False
    elsewhere: tuple[str, ...] = ()  # contestants known from another field
    private: frozenset[str] = frozenset()  # whom another field names as a private person
    sure: frozenset[str] = frozenset()  # whom the post above names beyond doubt


def _of_entries(lexicon: Lexicon) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """The kind of every entry, and the words of those that are patterns."""
    patterns = (entry for entry in lexicon.entries if entry.match == "pattern")
    words = {
        entry.entry_id: frozenset(key for one in entry.sequences for step in one for key in step.keys)
        for entry in patterns
    }
    return {entry.entry_id: entry.kind for entry in lexicon.entries}, words


class Binder:
    """What binding needs of a ruleset, made ready once."""

    def __init__(
        self,
        lexicon: Lexicon,
        contests: Mapping[str, Contest],
        groups: Mapping[str, str],
        weighers: weighing.Weighers = weighing.Weighers(),
    ) -> None:
        self.kinds, self.own_words = lexicon.remembered("binding", lambda: _of_entries(lexicon))
        self.groups = groups
        self.weighers = weighers
        self._days: dict[date | None, frozenset[str]] = {}
        self.alive: frozenset[str] = frozenset()
        self.profile = False
        self.contests = contests
        self.parts = naming.Parts(contests)
        self.spans: dict[tuple[date, date], set[str]] = {}  # hundreds of regional contests share a calendar
        for name, contest in contests.items():
            if contest.phases:
                span = min(p.start for p in contest.phases), max(p.end for p in contest.phases)
                self.spans.setdefault(span, set()).add(name)
        self.sizes = {name: len(contest.contestants) for name, contest in contests.items()}

    def statements(
        self, readings: Mapping[str, Reading], hits: Sequence[Hit], day: date | None = None, kind: str = "post"
    ) -> list[Statement]:
        """The statements of one activity of a kind, from the readings of its fields and all its hits; `day`: its local day."""
        self.alive, self.profile = self._alive(day), kind == "bio"
        by_field: dict[str, list[Hit]] = {}
        for hit in hits:
            by_field.setdefault(hit.field, []).append(hit)
        made: list[Statement] = []
        if any(hit.group == "account" for hit in hits):
            fields = ("target_account", "target_url", "tagged", *FIELDS[:3])
            made += [_account(hit) for name in fields for hit in by_field.get(name, ()) if hit.group == "account"]
        register = tuple(dict.fromkeys(one.toward for one in made if one.toward))
        news = any(one.predicate == "account_news" for one in made)
        made += _handles(readings, by_field)
        named: dict[str, tuple[str, ...]] = {}
        private: frozenset[str] = frozenset()
        sure: frozenset[str] = frozenset()
        if "picture_text" in readings and by_field.get("picture_text"):
            held = Text(readings["picture_text"], by_field["picture_text"])
            self._name(held, True)
            pictured = list(
                printed.statements(held.reading, held.hits, self.contests, self.alive, readings.get("text"))
            )
            named["picture_text"] = tuple(
                dict.fromkeys(one.toward for one in pictured if one.predicate == "media_print")
            )
            made += pictured
        for name in ("target_text", "media_text", "text"):
            if name not in readings or not any(hit.group != "account" for hit in by_field.get(name, ())):
                continue
            elsewhere = register
            if name == "text":  # the last of the fields: `named` holds what the others say
                elsewhere = tuple(dict.fromkeys((*register, *chain(*named.values()))))
            held = Text(readings[name], by_field[name], name == "target_text", elsewhere)
            if name == "text":
                held.private, held.sure = private, sure
            self._name(
                held,
                bool(register or (name == "text" and named.get("target_text")) or (name == "target_text" and news)),
            )
            named[name] = tuple(
                dict.fromkeys(p.whom for p in held.reading.places if p.whom and p.strength >= limits()["weak_name"])
            )
            if name == "target_text":
                surest: dict[str, float] = {}
                for place in held.reading.places:
                    surest[place.whom] = max(place.strength, surest.get(place.whom, 0.0))
                private = frozenset(whom for whom, strength in surest.items() if not strength)
                sure = frozenset(whom for whom, strength in surest.items() if strength >= limits()["political_name"])
            made += self._bound(held, name)
        own = readings.get("text")
        if own is None:
            return made
        made += deeds.worn(own, made)
        if register:
            made += _toned(own)
        about = tuple(dict.fromkeys((*register, *named.get("target_text", ()))))
        sided = any(hit.how == "model" and hit.strength >= limits()["sided"] for hit in by_field.get("text", ()))
        whom = _chosen(own, about, register, made, sided)
        return [*made, _choosing(own, whom)] if whom else made

    def _alive(self, day: date | None) -> frozenset[str]:
        """Contests that are going on on a day; all, where the day is unknown."""
        if day not in self._days:
            going = [names for (start, end), names in self.spans.items() if day is None or start <= day <= end]
            self._days[day] = frozenset[str]().union(*going)
        return self._days[day]

    def _rivals(self, places: Sequence[Place]) -> list[str]:
        """Who is spoken of: those who stand in a contest that is going on, if there are any; a party only where nobody does."""
        named = list(dict.fromkeys(p.whom for p in places if p.whom and p.strength > 0))
        standing = [one for one in named if not one.startswith("parpol")]
        going = [one for one in standing if contest_of_id(one) in self.alive]
        return going or standing or named

    def _name(self, held: Text, elsewhere: bool) -> None:
        """Fill the reading's places, each as sure as its name is."""
        reading = held.reading
        found: list[tuple[Place, str]] = []
        for hit in held.hits:
            if hit.group == "target":
                first, last = reading.tokens(hit.start, hit.end)
                if last >= first:
                    found.append((Place(first, last, hit.contestant, hit.strength, hit.signal), hit.kind))
        reading.places = [place for place, _ in found]
        likely = max((hit.strength for hit in held.hits if hit.how == "model"), default=0.0)
        politics = naming.political(reading, reading.places, elsewhere)
        spoken = [
            reading.tokens(hit.start, hit.end)
            for hit in held.hits
            if (hit.group == "stance" and hit.how != "model") or hit.group == "claim"
        ]
        reading.places = [
            place._replace(
                strength=naming.graded(
                    reading, place, kind, politics, self.parts, _within(place, spoken), likely, self.weighers.name
                )
            )
            if place.whom not in held.private or kind in naming.SURE_KINDS
            else place._replace(strength=limits()["private_name"])
            for place, kind in found
        ]
        # Below a post that surely names them, a first name is theirs.
        reading.places = [
            place._replace(strength=max(place.strength, limits()["political_name"]))
            if place.whom in held.sure and place.signal == "contestant"
            else place
            for place in reading.places
        ]
        self._rank(reading)

    @staticmethod
    def _rank(reading: Reading) -> None:
        """ "X tetap nomor satu": beside another's name the number one is a rank, no ballot number."""
        for at, place in enumerate(reading.places):
            said = reading.text[reading.start[place.first] : reading.end[place.last]].lower()
            if (
                place.signal == "contestant"
                and said.endswith(("satu", "1"))
                and any(
                    other.whom != place.whom
                    and other.signal == "contestant"
                    and other.whom
                    and place.first - limits()["rank_reach"] <= other.last < place.first
                    and reading.clause[other.last] == reading.clause[place.first]
                    and not any(
                        one.isdigit() for one in reading.text[reading.start[other.first] : reading.end[other.last]]
                    )
                    for other in reading.places
                )
            ):
                reading.places = [*reading.places[:at], place._replace(strength=0.0), *reading.places[at + 1 :]]

    def _bound(self, held: Text, name: str) -> list[Statement]:
        reading = held.reading
        shape = meaning.Shape(reading, profile=self.profile and name == "text")
        made: list[Statement] = []
        markers: list[Hit] = []
        for hit in held.hits:
            if hit.group == "target":
                made.append(self._mention(reading, hit, shape))
            elif hit.group == "stance" and hit.how != "model":
                made.append(self._direction(held, hit, shape))
            elif hit.group == "claim":
                made.append(self._claim(held, hit, shape))
            elif hit.group == "media":
                made.append(pictures.bound(reading, hit, name, self._toward(reading, hit)))
            elif hit.group == "context":
                markers.append(hit)
            elif hit.group == "audience" and directions.own_role(reading, hit.start, hit.end):
                continue
            elif hit.group in ("audience", "symbol"):
                made.append(_plain(hit, CHANNELS[name], self._toward(reading, hit)))
        if name != "media_text":
            made += self._choices(held, shape, name)
        if name == "text":
            made += self._deeds(held, shape, made)
        made = disagreeing(unlike(as_claimed(made), self.sizes), reading)
        open_choice = offered(reading)
        if open_choice:
            made = [
                one._replace(toward="all", strength=0.0)
                if one.predicate in DIRECTIONS
                and reading.clause[reading.tokens(one.proof.start, one.proof.end)[0]] in open_choice
                else one
                for one in made
            ]
        made = [covered(one, markers, reading) for one in made] if markers else made
        made += [
            self._opinion(held, hit, shape, made, markers)
            for hit in held.hits
            if hit.how == "model" and hit.group == "stance"
        ]
        return [*made, *marked(markers, made, reading, CHANNELS[name])]

    def _toward(self, reading: Reading, hit: Hit) -> str:
        """The contestant a hit is about: the one within it, else the nearest in its clause, its sentence, the only one of
        the text."""
        first, last = reading.tokens(hit.start, hit.end)
        place = self._nearest(reading, first, last)
        return place.whom if place is not None else hit.contestant

    def _nearest(self, reading: Reading, first: int, last: int) -> Place | None:
        places = [place for place in reading.places if place.whom and place.strength > 0]
        places = [place for place in places if not meaning.compared(reading, place)] or places
        if not places:
            return None

        def far(place: Place) -> tuple[int, int, int, float]:
            same_clause = reading.clause[place.first] == reading.clause[first] or first <= place.first <= last
            same_sentence = reading.sentence[place.first] == reading.sentence[first]
            before = place.first <= last
            distance = max(place.first - last, first - place.last, 0)
            return (not same_clause) + (not same_sentence), distance if same_clause else 0, 0 if before else 1, distance

        best = min(places, key=lambda place: (*far(place), -place.strength))
        return best

    def _mention(self, reading: Reading, hit: Hit, shape: meaning.Shape) -> Statement:
        first, last = reading.tokens(hit.start, hit.end)
        strength = 0.0
        for place in reading.places:
            if (
                place.first == first
                and place.last == last
                and place.whom == hit.contestant
                and place.signal == hit.signal
            ):
                strength = place.strength
                break
        election = meaning.election(reading, first, hit.contestant)
        meant = "quoted" if reading.quoted(hit.start, hit.end) else "asserted"
        return Statement(
            hit.field, *_clause(reading, first, last), "self" if hit.field == "text" else "other", hit.signal, meant,
            hit.contestant, election, CHANNELS[hit.field], 0.0 if election == "other" else strength, hit,
        )  # fmt: skip

    def _direction(self, held: Text, hit: Hit, shape: meaning.Shape) -> Statement:
        reading = held.reading
        first, last = reading.tokens(hit.start, hit.end)
        place = self._nearest(reading, first, last)
        toward = place.whom if place is not None else hit.contestant
        strength = hit.strength
        if place is not None:
            strength = min(strength, max(p.strength for p in reading.places if p.whom == toward))
            if reading.clause[place.first] != reading.clause[first] and not first <= place.first <= last:
                strength *= limits()["carried_strength"]
        elif toward:
            strength = 0.0  # its name is no contestant's
        if place is not None and directions.reaches_over(reading, first, place):
            strength = 0.0
        speaker, meant, personal = directions.of_direction(
            reading, hit.signal, first, last, place, shape, self.own_words.get(hit.entry_id, frozenset())
        )
        predicate = hit.signal
        if predicate == "solicitation" and directions.says_of_self(reading, first, last):
            predicate = "support"  # "saya dukung X ya" calls nobody
        if (
            place is not None
            and reading.clause[place.first] != reading.clause[last]
            and any(
                p.whom
                and p.whom != place.whom
                and p.strength > 0
                and p.signal == "contestant"
                and reading.clause[p.first] == reading.clause[last]
                for p in reading.places
            )
        ):
            strength = 0.0  # the clause of the predicate has a name of its own
        if (
            meant in MEANT_SO
            and hit.signal == "support"
            and not personal
            and place is not None
            and meaning.conceded(reading, place)
        ):
            meant = "conceded"
        election = meaning.election(reading, first, toward)
        if election == "other":
            strength = 0.0
        start, end = _clause(reading, first, last)
        return Statement(
            hit.field, start, end, speaker, predicate, meant, toward, election or contest_of_id(toward), CHANNELS[hit.field],
            round(strength, 4), hit, personal, personal and reading.writes_of_self(*reading.tokens(start, end)),
        )  # fmt: skip

    def _choices(self, held: Text, shape: meaning.Shape, name: str) -> Iterator[Statement]:
        """Directions that stand in the words' classes, whatever the phrase: the writer chooses, or calls on others to."""
        reading = held.reading
        known = {(hit.signal, hit.start, hit.end) for hit in held.hits}
        for first, last, place, signal in [*choices.choices(reading, shape), *choices.declared(reading, shape)]:
            start, end = reading.start[first], reading.end[last]
            if (signal, start, end) in known:
                continue
            hit = by_class(name, signal, "memilih", reading.text, start, end, place.whom)
            one = self._direction(held, hit, shape)
            if one.toward == place.whom:
                yield one

    def _deeds(self, held: Text, shape: meaning.Shape, made: Sequence[Statement]) -> Iterator[Statement]:
        """Deeds that stand in the words' classes where no phrase found them."""
        reading = held.reading
        known = {one.predicate for one in made if counts(one)}
        for first, last, signal, kind in [*deeds.deeds(reading), *deeds.joined(reading)]:
            if signal not in known:
                start, end = reading.start[first], reading.end[last]
                hit = by_class(held.hits[0].field, signal, kind, reading.text, start, end, "")
                yield self._claim(held, hit._replace(group="claim"), shape)

    def _claim(self, held: Text, hit: Hit, shape: meaning.Shape) -> Statement:
        reading = held.reading
        first, last = reading.tokens(hit.start, hit.end)
        place = self._nearest(reading, first, last)
        toward = place.whom if place is not None else hit.contestant
        speaker, meant, strength = claims.of_claim(
            reading, hit.signal, first, last, shape, hit.strength, self.own_words.get(hit.entry_id, frozenset())
        )
        if place is not None and directions.reaches_over(reading, first, place):
            strength = 0.0
        predicate = hit.signal
        if not hit.entry_id.startswith(BY_CLASS):
            predicate = claims.instead(reading, hit.signal, first, last, shape.profile)
        low, high = reading.clause_start(first), reading.clause_end(last)
        high = claims.list_end(reading, high)
        named = [p for p in reading.places if p.strength > 0 and p.signal == "contestant" and low <= p.first <= high]
        if len({p.whom for p in named}) > 1:
            strength = 0.0  # about several at once: a study, a list
        if hit.field == "media_text":
            speaker = claims.shown(reading, first)
        election = meaning.election(reading, first, toward)
        return Statement(
            hit.field, *_clause(reading, first, last), speaker, predicate, meant, toward, election or contest_of_id(toward),
            CHANNELS[hit.field], 0.0 if election == "other" else strength, hit,
            reading.writes_of_self(reading.clause_start(first), last),
        )  # fmt: skip

    def _opinion(
        self, held: Text, hit: Hit, shape: meaning.Shape, made: Sequence[Statement], markers: Sequence[Hit]
    ) -> Statement:
        """What the classifier thinks of a text or of a stretch about one contestant: any sign within it that the words are
        not the writer's own weakens it."""
        reading = held.reading
        first, last = 0, len(reading) - 1
        if hit.entry_id.startswith("model-clause"):
            first, last = reading.tokens(hit.start, hit.end)
        within = [p for p in reading.places if p.whom and p.strength > 0 and first <= p.first <= last]
        within = [p for p in within if not meaning.compared(reading, p)] or within
        names = self._rivals(within)
        strength, toward, channel = hit.strength, "", CHANNELS[hit.field]
        if len(names) == 1:
            toward = names[0]
            surest = max(p.strength for p in within if p.whom == toward)
            strength = strength if surest >= limits()["weak_name"] else min(strength, surest)
        elif names:
            agreed = {s.toward for s in made if s.predicate == hit.signal and counts(s)}
            toward = next(iter(agreed)) if len(agreed) == 1 else "unresolved"
            strength = strength if len(agreed) == 1 else 0.0
        elif len(held.elsewhere) == 1 and hit.field == "text":
            toward, channel = held.elsewhere[0], "parent"
            strength = opinions.context_strength(reading, strength)
        elif hit.contestant or held.elsewhere or strength < limits()["sided"]:
            strength = 0.0
        if toward and within and all(opinions.attribute(reading, p) for p in within if p.whom == toward):
            blamed = hit.signal == "attack" and opinions.own_choice(reading, "attack", first, last)
            own = hit.signal == "support" and reading.writes_of_self(first, last)
            strength = strength if own or blamed else 0.0  # a banner in the way is nobody's shortcoming
        if (
            len(reading.places) > 2
            and len(self._rivals(reading.places)) > 2
            and not reading.writes_of_self(first, last)
        ):
            strength = 0.0  # all who stand are listed
        election = meaning.election(reading, first, toward)
        if (
            last < first
            or election == "other"
            or not opinions.has_own_words(reading, first, last, limits()["own_words"])
        ):
            strength = 0.0
        meant, supported = "asserted", False
        if strength:
            meant = opinions.of_opinion(reading, hit.signal, first, last, shape, made, markers)
            if meant == "asserted" and hit.signal == "support":
                if len(names) == 1 and all(meaning.conceded(reading, p) for p in within if p.whom == toward):
                    meant = "conceded"
                elif channel != "parent" and opinions.goodwill(reading, first, last):
                    meant = "courtesy"
            supported = opinions.own_choice(reading, hit.signal, first, last)
            if channel != "parent" and toward:
                surest = max(p.strength for p in within if p.whom == toward)
                found = weighing.opinion_signs(
                    reading,
                    hit,
                    (first, last),
                    surest,
                    len(self._rivals(reading.places)),
                    meant,
                    supported,
                    made,
                    markers,
                )
                strength = min(self.weighers.opinion(toward, found), 1.0 if surest >= limits()["weak_name"] else surest)
                others = opinions.told_of_others(reading, first, last, opinions.in_person(reading, first, last))
                unheard = hit.strength < limits()["sided"] and strength < limits()["unheard"]
                enough = limits()["own_courtesy"] if meant == "courtesy" else limits()["own"]
                if unheard or opinions.told_elsewhere(reading, made, first, last):
                    strength = 0.0
                elif strength >= enough and not (others or meant in _NEVER_OWN):
                    meant = "asserted"
                if hit.signal == "attack" and opinions.story_of_others(reading, first, last):
                    strength = min(strength, limits()["weak_opinion"])
                if (
                    surest <= limits()["political_name"]
                    and toward not in held.sure
                    and strength < limits()["weakly_named"]
                ):
                    strength = min(strength, limits()["weak_opinion"])
        speaker = "self" if hit.field == "text" else "other"
        return Statement(
            hit.field, hit.start, hit.end, speaker, hit.signal, meant, toward, election or contest_of_id(toward), channel,
            round(strength, 4), hit, supported=supported and strength > 0,
        )  # fmt: skip


_NEVER_OWN = frozenset({"quoted", "refused", "coerced", "conceded"})  # whatever the words beside it


def _within(place: Place, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= place.first and place.last <= last for first, last in spans)


def _clause(reading: Reading, first: int, last: int) -> tuple[int, int]:
    if last < first or not len(reading):
        return 0, len(reading.text)
    return reading.start[reading.clause_start(first)], reading.end[reading.clause_end(last)]


def _account(hit: Hit) -> Statement:
    return Statement(
        hit.field, hit.start, hit.end, "self", hit.signal, "asserted", hit.contestant, contest_of_id(hit.contestant), "account",
        hit.strength, hit,
    )  # fmt: skip


def _plain(hit: Hit, channel: str, toward: str) -> Statement:
    return Statement(
        hit.field, hit.start, hit.end, "self" if channel == "own" else "other", hit.signal, "asserted", toward,
        contest_of_id(toward), channel, hit.strength, hit,
    )  # fmt: skip


def _handles(readings: Mapping[str, Reading], by_field: Mapping[str, Sequence[Hit]]) -> Iterator[Statement]:
    """Names within account names: a handle is no text, so nothing is said in it; a name in it hints only where the rest of it
    speaks of a campaign or is nothing but the name."""
    for name in ("target_account", "tagged"):
        for hit in by_field.get(name, ()):
            if hit.group == "target" and name in readings:
                strength = opinions.handle_strength(readings[name], hit.signal, hit.start, hit.end, hit.strength)
                yield _account(hit)._replace(strength=strength)
                if hit.signal == "contestant" and strength >= limits()["sure_name"] and _of_a_team(readings[name], hit):
                    yield _account(hit)._replace(predicate="team")
            elif hit.group == "context":
                yield _account(hit)


def _chosen(own: Reading, about: Sequence[str], register: Sequence[str], made: Sequence[Statement], sided: bool) -> str:
    """Whom the own words choose that name nobody: the one whom the parent text or the account is about, the one for whom an
    answered appeal calls, or the one whose account's content is passed on; "" where they choose nobody.

    `sided`: the classifier sees them take a side, without which many words are no mere choice.
    """
    if len(about) == 1 and choices.chooses(own):
        most = int(limits()["choice_words"])
        if sided or not opinions.has_own_words(own, 0, len(own) - 1, most + 1):
            return about[0]
    whom = _appealed(made)
    if whom and choices.agrees(own):
        return whom
    return register[0] if len(register) == 1 and choices.spreads(own) else ""


def _appealed(made: Sequence[Statement]) -> str:
    """The one contestant for whom the content that was answered calls; "" where it does for none or several."""
    called = {
        one.toward for one in made if one.channel == "content" and one.predicate == "solicitation" and counts(one)
    }
    return next(iter(called)) if len(called) == 1 else ""


def _of_a_team(reading: Reading, hit: Hit) -> bool:
    """Whether a name within an account's name says whose team it is: "Barisan Pemenangan X"."""
    first, _ = reading.tokens(hit.start, hit.end)
    return first > 0 and not reading.mark[first] and bool(reading.bits[first - 1] & BIT["team"])


def _choosing(reading: Reading, whom: str) -> Statement:
    """The writer chooses the one of whom the parent text or the account speaks."""
    hit = by_class("text", "support", "memilih", reading.text, 0, len(reading.text), whom)
    return Statement(
        "text", 0, hit.end, "self", "support", "asserted", whom, contest_of_id(whom), "parent", hit.strength, hit, True
    )


def _toned(reading: Reading) -> Iterator[Statement]:
    """What the own words to a registered account are, where they take no side."""
    for predicate in opinions.tone(reading):
        hit = by_class("text", predicate, predicate, reading.text, 0, len(reading.text), "")
        hit = hit._replace(strength=limits()["tone"], group="context")
        yield Statement("text", 0, hit.end, "self", predicate, "asserted", "", "", "own", hit.strength, hit)
