"""Pseudonyms: the same person gets the same one in every run with the same key, and nobody finds out whose without it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import pandas as pd

from screening.privacy.key import Key
from screening.ruleset.accounts import normalise_handle
from screening.ruleset.roster import Roster
from screening.ruleset.roster_keys import number_key

SUBJECT, ACCOUNT = "P-", "U-"
# 50 bits in ten letters: of a million people two share one with a chance of 0.04 %. Letters and 2–7 never look like a number.
_LETTERS = 10


@dataclass(frozen=True)
class Pseudonyms:
    """HMAC-SHA-256 of what a person is known by, cut to ten letters. May travel to other processes, never into outputs."""

    key: Key = field(repr=False)

    @property
    def id(self) -> str:
        """Tells keys apart; may be told."""
        return self.key.id

    def subject(self, subject_id: str) -> str:
        """The pseudonym of a person by the id of roster or export (itself perhaps a hash of NIP or name)."""
        return _pseudonym(self.key.secret, SUBJECT, f"pegawai|{subject_id}")

    def account(self, platform: str, actor: str) -> str:
        """The pseudonym of an account that nobody registered, the same for all ways of writing it."""
        return _pseudonym(self.key.secret, ACCOUNT, f"akun|{platform}|{normalise_handle(actor) or actor}")

    def subjects(self, column: pd.Series) -> pd.Series:
        """`subject` of every id of a column; a missing one stays missing."""
        known = {one: self.subject(one) for one in column.dropna().unique()}
        return column.map(known).astype("str")

    def roster(self, roster: Roster) -> Roster:
        """The roster with pseudonyms for ids."""
        people = {key: replace(one, subject_id=self.subject(one.subject_id)) for key, one in roster.people.items()}
        return replace(roster, people=people)

    def looked_up(self, word: str) -> list[str]:
        """What a person of that id, NIP or NRK may be called in outputs, under this key and the earlier ones."""
        ids = [one for one in (word.strip(), number_key(word)) if one]
        keys = [self.key, *self.key.earlier]
        return [_pseudonym(key.secret, SUBJECT, f"pegawai|{one}") for key in keys for one in ids]


def is_pseudonym(value: Any) -> bool:
    """Whether a value is a pseudonym of an account."""
    return isinstance(value, str) and value.startswith(ACCOUNT) and len(value) == len(ACCOUNT) + _LETTERS


@lru_cache(maxsize=100_000)
def _pseudonym(secret: bytes, prefix: str, what: str) -> str:
    digest = hmac.new(secret, what.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
    return prefix + base64.b32encode(digest).decode("ascii").lower()[:_LETTERS]
