"""What a heading means that stands in no list: by the kinds of words it is made of (`heading_words.toml`).

The order of the questions below is the meaning: an account word beats a text word ("username_komentar" is who, not what), an
observer's words never become the person's ("Uraian Kejadian" is a description), counts and personal data are nothing we read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

# An observer's own words about an act, and remarks beside it: known, and never read as the person's.
DESCRIPTION, REMARKS = "description", "remarks"
_MOST_WORDS = 12  # of a question in a form
_SLIP = 88  # of 100 (RapidFuzz ratio): one wrong letter in a word of six
_SHORTEST = 3  # letters of a word inside another one; shorter ones stand by chance
_SHORT = frozenset({"id", "at", "is"})  # but these stand in the names that programs give ("userid", "createdat")
_NOTHING_WE_READ = frozenset({"personal", "count", "other_people"})
_CONTENT = frozenset({"text", "url", "date", "time", "account", "narrative", "made"})
_YES_OR_NO = frozenset({"is", "has"})  # "is_retweet", "has_media"
_NUMBERS = frozenset({"nip", "nrk", "nipppk", "nik", "nrp"})  # of people, written into one cell with the name
_ACCOUNTS = frozenset({"akun", "account", "profil", "profile", "link", "url"})
_REPLY_TO = frozenset({"reply", "to"})
_LONG = 6  # letters from which a slip is forgiven; shorter words are too near to others


@cache
def _groups() -> Mapping[str, frozenset[str]]:
    raw = tomllib.loads(Path(__file__).with_name("heading_words.toml").read_text(encoding="utf-8"))["groups"]
    words: dict[str, set[str]] = {}
    for group, members in raw.items():
        for word in members:
            words.setdefault(word, set()).add(group)
    return {word: frozenset(found) for word, found in words.items()}


@lru_cache(maxsize=8192)
def meaning_of_words(heading: str) -> str | None:
    """The canonical column (or "ignored") of a folded heading; None when one of its words is unknown to us."""
    words = heading.split()
    if words == ["status"]:  # of a post, of a person, of a case: only its values tell
        return None
    if not 0 < len(words) <= _MOST_WORDS:
        return None
    parts = [part for word in words if not word.isdigit() for part in _parts(word)]
    groups = [_of_word(part) for part in parts]
    known = {group for found in groups for group in found or ()}
    if parts and parts[0] in _YES_OR_NO:
        return "ignored"
    if not parts or any(found is None for found in groups):
        # What only counts, describes a person or names an official stays so whatever else it says ("Jumlah Ter-upload").
        counts = groups[:1] == [frozenset({"count"})]
        return "ignored" if counts or (known & _NOTHING_WE_READ and not known & _CONTENT) else None
    if parts[0] == "status" and not any(found and found & {"filler", "text"} for found in groups[1:]):
        return "ignored"  # the state of a case, a person, a check; "Status FB" and "Isi Status" are writing
    if {*parts} & _NUMBERS and "name" in known:  # "Nama / NIP": the reader leaves the number out
        return "fallback_actor"
    if "alamat" in parts and "account" in known and not {*parts} & _ACCOUNTS:  # where a person lives
        return "ignored"
    if {*parts} >= _REPLY_TO:  # "in_reply_to_user": whom it answers
        known = {*(known - {"text"}), "target"}
    return _decided(known)


def words_in(heading: str) -> list[str]:
    """The words of a folded heading, those written together apart ("ownerusername")."""
    return [part for word in heading.split() for part in _parts(word)]


def _parts(word: str) -> list[str]:
    """The known words a word is written together from ("commenttext", "linkpostingan"), or the word itself."""
    if _of_word(word) is not None or len(word) < 2 * _SHORTEST:
        return [word]
    return _split(word) or [word]


@lru_cache(maxsize=8192)
def _split(word: str) -> list[str] | None:
    """The longest known words first; None when something is left over."""
    groups = _groups()
    for length in range(len(word), 1, -1):
        head, rest = word[:length], word[length:]
        if head not in groups or (length < _SHORTEST and head not in _SHORT):
            continue
        if not rest:
            return [head]
        if (tail := _split(rest)) is not None:
            return [head, *tail]
    return None


def _of_word(word: str) -> frozenset[str] | None:
    known = _groups()
    if word in known:
        return known[word]
    for ending in ("nya", "an"):
        if word.endswith(ending) and word[: -len(ending)] in known:
            return known[word[: -len(ending)]]
    if len(word) < _LONG:
        return None
    from rapidfuzz import fuzz, process

    best = process.extractOne(word, _long_words(), scorer=fuzz.ratio, score_cutoff=_SLIP)
    return known[best[0]] if best is not None else None


@cache
def _long_words() -> list[str]:
    return [word for word in _groups() if len(word) >= _LONG]


def _decided(groups: Iterable[str]) -> str | None:
    has = {*groups} - {"filler"}
    if not has:
        return None
    if has & {"personal", "count", "other_people", "state"} or has == {"late"}:
        return "ignored"
    if has >= {"late", "name"}:  # "Input Name": what somebody's search is called
        return "ignored"
    if "url" in has:
        if "preview" in has:
            return "ignored"
        return "actor" if "account" in has else "target_url"
    if "date" in has or ("time" in has and has & {"made", "text", "offence", "late", "kind"}):
        return "ignored" if "late" in has else "happened_at"
    if "clock" in has or has == {"time"}:
        return "clock"
    if has & {"time", "made"} and has <= {"time", "made", "text"} and "made" in has and "text" not in has:
        return "happened_at"
    if "remark" in has or ("late" in has and "text" in has):
        return (
            "media_text"
            if has & {"proof"} and not has & {"late", "text"}
            else REMARKS
            if "late" not in has
            else DESCRIPTION
        )
    if "narrative" in has:
        return "media_text" if "proof" in has and "text" not in has else DESCRIPTION
    if "offence" in has and "proof" in has:
        return "evidence"
    if "offence" in has:
        return "kind" if "kind" in has else DESCRIPTION
    if "account" in has:
        if "kind" in has:  # what kind of account it is
            return "ignored"
        return "target_account" if "target" in has else "actor"
    if "text" in has and "proof" in has:
        return "ignored"
    if "id" in has and "target" in has:  # the number of what was answered is not the row's own
        return "ignored"
    if "text" in has and "id" in has:
        return "record_id"
    if "text" in has and "name" in has:
        return "fallback_actor"
    if "text" in has and "kind" in has:
        return "kind"
    if "platform" in has and "text" not in has:
        return "platform"
    if "text" in has:
        return "target_text" if "target" in has else "text"
    if "kind" in has:
        return "kind"
    if "target" in has:
        return "target_account"
    if "name" in has:
        return "fallback_actor"
    if has & {"proof", "number", "preview"}:
        return "ignored"
    return "record_id" if "id" in has else None
