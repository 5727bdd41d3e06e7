"""Free-text names of contestants ("Anies-Muhaimin", "paslon 1", "pilpres-2024/1") resolved to ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from screening.ruleset.contests import Contest, contest_of

UNKNOWN = "tidak-dikenal/"
_NUMBER = re.compile(r"(?:paslon|pasangan calon|nomor urut|nomor|no\.?|calon|urut)*\s*#?0?(\d{1,2})$")
_TITLES = re.compile(r"\b(?:h|hj|dr|prof|ir|drs|dra|kh|gus|cak|mas|pak|bapak|ibu|bu|bang|kang|partai)\b\.?")


def plain(name: str) -> str:
    """A name as names are compared here: lower case, letters and digits, single spaces."""
    return " ".join(re.sub(r"[^\w]+", " ", name.casefold().replace("'", "")).split())


def names_index(contests: Mapping[str, Contest], aliases: Iterable[tuple[str, str]] = ()) -> dict[str, set[str]]:
    """Plain name -> contestant ids. `aliases` are further (name, contestant id) pairs, such as the lexicon's."""
    index: dict[str, set[str]] = {}

    def add(name: str, contestant: str) -> None:
        for form in (plain(name), plain(_TITLES.sub(" ", name.casefold()))):
            if form:
                index.setdefault(form, set()).add(contestant)

    for contest in contests.values():
        for contestant in contest.contestants.values():
            if contestant.listed:
                continue  # thousands of names that hardly any register has: `_on_lists`
            add(contestant.name, contestant.id)
            add(contestant.id, contestant.id)
            for name in (*contestant.members, *contestant.labels):
                add(name, contestant.id)
            firsts = [member.split()[0] for member in contestant.members if member.split()]
            if len(firsts) == 2:
                add(" ".join(firsts), contestant.id)
    for name, contestant_id in aliases:
        add(name, contestant_id)
    return index


def resolve(name: str, contests: Mapping[str, Contest], index: Mapping[str, set[str]], contest: str = "") -> str:
    """The contestant id meant by `name`, or `tidak-dikenal/<name>` so that nothing is lost.

    `contest` narrows an ambiguous name. A name several contests share resolves to the latest of them; the judge takes
    another one only when the register names it.
    """
    wanted = name.strip()
    if contest_prefix(wanted, contests):
        return wanted
    found = index.get(plain(wanted)) or index.get(plain(_TITLES.sub(" ", wanted.casefold()))) or set()
    numbered = _NUMBER.fullmatch(wanted.casefold().strip())
    if not found and numbered and contest in contests:
        found = {f"{contest}/{int(numbered.group(1))}"} & set(contests[contest].contestants)
    if contest:
        found = {one for one in found if one.split("/", 1)[0] == contest} or found
    found = found or _on_lists(wanted, contests)
    if not found:
        return UNKNOWN + plain(wanted).replace(" ", "-")
    return max(found, key=lambda one: (_last_day(contests, one), one))


def _on_lists(name: str, contests: Mapping[str, Contest]) -> set[str]:
    """Listed candidates of that name, or pairs by both names; a name that several candidates bear stands for none."""
    wanted = plain(_TITLES.sub(" ", name.casefold()))
    found = {
        one.id
        for contest in contests.values()
        for one in contest.contestants.values()
        if one.listed and any(plain(known) == wanted for known in (*one.members, " ".join(one.members)))
    }
    return found if len(found) == 1 else set()


def contest_prefix(text: str, contests: Mapping[str, Contest]) -> str:
    """The contest id when `text` already is a contestant id of a known or covered contest, else ""."""
    contest_id, slash, rest = text.partition("/")
    return contest_id if slash and rest and contest_of(contests, text) is not None else ""


def _last_day(contests: Mapping[str, Contest], contestant: str) -> str:
    contest = contests.get(contestant.split("/", 1)[0])
    return contest.phases[-1].end.isoformat() if contest is not None and contest.phases else ""
