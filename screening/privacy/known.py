"""Whose accounts people may read: contestants', those of the register, and the own ones of the person a row is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from screening.privacy.pseudonyms import is_pseudonym
from screening.ruleset.accounts import normalise_handle
from screening.ruleset.entries import NAMING
from screening.ruleset.load import Ruleset
from screening.ruleset.roster import Person, Roster
from screening.sheets.masking import mask_name

_PHONE = re.compile(r"\+?[\d\s().\-\u202a\u202c]{9,}")
_SHORTEST = 4  # letters of a contestant's name from which an account may be called so
HIDDEN = "U-tersamar"  # an account of which no pseudonym was kept


@dataclass(frozen=True)
class Known:
    """Accounts and names that stay readable; `pseudonyms`: (platform, account) -> pseudonym of accounts nobody registered, None
    for runs made before there were any (their accounts stay as they are)."""

    ruleset: Ruleset
    pseudonyms: Mapping[tuple[str, str], str] | None = field(default_factory=dict)

    @property
    def roster(self) -> Roster:
        return self.ruleset.roster or Roster()

    @cached_property
    def own(self) -> Mapping[str, frozenset[str]]:
        """Accounts by subject."""
        found: dict[str, set[str]] = {}
        for (_, handle), one in self.roster.people.items():
            found.setdefault(one.subject_id, set()).add(normalise_handle(handle))
        return {subject: frozenset(handles) for subject, handles in found.items()}

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of contestants, teams and parties written together, as accounts and hashtags write them. People on lists are not
        among them: thousands of ordinary names."""
        entries = self.ruleset.lexicon.entries if self.ruleset.lexicon else ()
        terms = (one.term for one in entries if one.kind in NAMING and one.match != "pattern" and _is_of_few(one.file))
        return frozenset(name for term in terms if len(name := squeezed(term)) >= _SHORTEST)

    def readable(self, subject: Any) -> Callable[[str], bool]:
        """Whether an account may be read in a row about this person."""
        mine = self.own.get(subject, frozenset()) if isinstance(subject, str) else frozenset()
        by_handle = self.ruleset.accounts.by_handle

        def known(account: str) -> bool:
            handle = normalise_handle(account)
            return handle in mine or handle in by_handle or squeezed(handle) in self.names

        return known

    def account(self, platform: Any, actor: Any) -> Any:
        """How an activity's own account is shown: as it is where it is registered (a telephone number or a name of a person
        shortened), else its pseudonym."""
        if not isinstance(actor, str) or is_pseudonym(actor):
            return actor
        where = platform if isinstance(platform, str) else ""
        person = self.roster.person(where, actor)
        if person is not None or normalise_handle(actor) in self.ruleset.accounts.by_handle:
            return shortened(actor, person)
        if self.pseudonyms is None:
            return actor
        return self.pseudonyms.get((where, actor), HIDDEN)


def shortened(actor: str, person: Person | None) -> str:
    """A registered account without what would name a person: the end of a telephone number, the initials of a name."""
    if _PHONE.fullmatch(actor.strip()):
        digits = re.sub(r"\D", "", actor)
        return f"{'•' * 8}{digits[-4:]}"
    return mask_name(actor) if person is not None and len(actor.split()) > 1 else actor


def squeezed(text: str) -> str:
    """Letters and digits only, small."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def accounts_of(rows: Iterable[tuple[Any, Any]], known: Known) -> list[tuple[str, str]]:
    """The accounts among (platform, actor) that nobody registered, once each, in order."""
    found = sorted(
        {(platform, actor) for platform, actor in rows if isinstance(platform, str) and isinstance(actor, str)}
    )
    by_handle = known.ruleset.accounts.by_handle
    return [
        (platform, actor)
        for platform, actor in found
        if known.roster.person(platform, actor) is None and normalise_handle(actor) not in by_handle
    ]


def _is_of_few(file: str) -> bool:
    """Whether an entry is of the lexicon and not made of a list of candidates."""
    return not file.startswith("data/elections/")
