"""What one row of a hand-made table says: which acts, of which accounts, on what, and whose words stand in it.

Analysts write several acts, accounts or addresses into one row ("Like & Komentar", "@a, @b", two links in a cell): each
becomes an act of its own. Their own sentences ("Menyukai postingan …") tell the kind and are never the person's text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from screening.platforms import platform_of_address
from screening.readers.core.headers import folded
from screening.readers.core.vocabulary import canonical
from screening.readers.core.workbook import Link
from screening.readers.tables.analyst_header import ACCOUNT_PAGE
from screening.readers.tables.mapped import address, cell_text
from screening.readers.tables.profile import shipped_profile
from screening.ruleset.accounts import normalise_handle
from screening.ruleset.platforms import named_account

Record = dict[str, Any]

_MOST = 50  # acts of one row; more are no row of a table
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s,;<>\"']+[^\s,;<>\"'.)]", re.I)
_HANDLES = re.compile(r"^@[\w.]+(?:\s*(?:[,;/&\n]|\bdan\b)\s*@[\w.]+)+$")
_HANDLE = re.compile(r"(?<![\w@])@([A-Za-z0-9_](?:[\w.]*\w)?)")
_HANDLE_ALONE = re.compile(r"@?[\w.]+$")  # names no platform
_SEVERAL = re.compile(r"[\s,;<>\"']")  # without any of these a cell holds one address
_NAMED_ACCOUNT = re.compile(r"\bakun\s+(?:resmi\s+)?((?=[\w.]*[._\d])[A-Za-z0-9](?:[\w.]*\w)?)", re.I)
_BETWEEN_KINDS = re.compile(r"\s*(?:[&+/;,\n]|\b(?:dan|serta|lalu|kemudian|sekaligus|and)\b)\s*", re.I)
_BETWEEN_PLATFORMS = re.compile(r"\s*(?:[;,\n/|&]|\bdan\b)\s*")
_BETWEEN_ACCOUNTS = re.compile(r"[;,\n]+|\s+(?:/|\||&|dan)\s+")
_SAID = re.compile(
    r"^\s*(?:\w+\s+){0,3}?(?:komentar|berkomentar|mengomentari|caption|menulis|status|cuitan)\w*\s*:\s*(\S.*)$",
    re.I | re.S,
)
_QUOTES = "\"“”'‘’«» "
_NOUNS = frozenset({"video", "foto", "photo", "gambar", "image", "status", "konten", "link", "text", "story", "stories", "reel",
                    "reels", "caption", "postingan", "unggahan", "kiriman", "live", "tag", "grup", "group", "member"})  # fmt: skip
_LONGEST_VERB = 4  # words


class Act(NamedTuple):
    """One act of a row: its kind ("" where nothing says so), the record to map, and the kind as it was written."""

    kind: str
    record: Record


@lru_cache(maxsize=4096)
def kinds_of(words: str) -> tuple[str, ...]:
    """The kinds that words name, in order: "Like & Komentar" is two, "Menyukai postingan dan video paslon" one."""
    whole = canonical("kind", words)
    if whole:
        return (whole,)
    found: list[str] = []
    for number, piece in enumerate(_BETWEEN_KINDS.split(words)):
        if number > 3:
            break
        kind, verb = _leading_kind(piece)
        if kind and kind not in found and (not found or verb not in _NOUNS):
            found.append(kind)
    return tuple(found)


def _leading_kind(words: str) -> tuple[str | None, str]:
    """The kind that the first words name (the longest that is known), and the first of them."""
    steps = folded(words).split()[: _LONGEST_VERB + 2]
    for length in range(min(_LONGEST_VERB, len(steps)), 0, -1):
        if kind := canonical("kind", " ".join(steps[:length])):
            return kind, steps[0]
    return None, steps[0] if steps else ""


@cache
def _nil() -> tuple[frozenset[str], tuple[str, ...], int]:
    """Words that say nothing was found: whole cells, beginnings, and how long the longest is."""
    words = shipped_profile("analyst").words["nil"]
    begin = tuple(word + " " for word in words if " " in word or word == "nihil")
    return frozenset(words), begin, max(map(len, words))


def is_nil(record: Mapping[str, Any]) -> bool:
    """Whether a row says that nothing was found."""
    whole, beginnings, longest = _nil()
    text = (cell_text(record.get("text")) or "").strip()
    if text and len(text) <= 2 * longest and folded(text) in whole:  # 2: blanks and signs that folding takes away
        return True
    for name in ("kind", "description"):
        said = cell_text(record.get(name)) if name in record else None
        if said and ((plain := folded(said[: 4 * longest])) in whole or plain.startswith(beginnings)):
            return not text or name == "kind"
    return False


def acts_of(record: Record) -> list[Act]:
    """The acts of a row, at least one."""
    record = _placed(dict(record))
    description = cell_text(record.pop("description")) if "description" in record else None
    remarks = cell_text(record.pop("remarks")) if "remarks" in record else None
    written = cell_text(record.pop("kind")) if "kind" in record else None
    kinds = (kinds_of(written) if written else ()) or (kinds_of(description)[:1] if description else ()) or ("",)
    if len(kinds) == 1 and _is_one_account(record.get("actor")) and _is_one_address(record.get("target_url")):
        return [Act(kinds[0], _worded(record, kinds[0], kinds, description, remarks))]
    acts = []
    for kind in kinds:
        for actor in _actors(record.get("actor")):
            for place in _addresses(record.get("target_url")):
                made = {**record, **({"actor": actor} if actor else {}), **({"target_url": place} if place else {})}
                acts.append(Act(kind, _worded(made, kind, kinds, description, remarks)))
    return acts[:_MOST]


def _placed(record: Record) -> Record:
    """The record with one account and its platform, and with the address its evidence holds."""
    evidence, page = record.pop("evidence", None), record.pop(ACCOUNT_PAGE, None)
    if page is not None and "platform" not in record and (there := platform_of_address(page)):
        record["platform"] = there
    if evidence is not None and "target_url" not in record:
        place = evidence.target if isinstance(evidence, Link) else cell_text(evidence)
        if place and _ADDRESS.search(place):
            record["target_url"] = place
    written = cell_text(record["platform"]) if "platform" in record else None
    several = len(_platforms(written)) > 1
    named, account = _named_account(written) if written and not several else ("", "")
    if named:  # "IG (@akun)" in the platform's column
        record["platform"] = named
        record.setdefault("actor", account)
    _split_account(record)
    accounts = {name.partition(":")[2]: record.pop(name) for name in list(record) if name.startswith("actor:")}
    if accounts and "actor" not in record:
        there = platform_of_address(address(record.get("target_url"))) or ""
        said = canonical("platform", cell_text(record.get("platform")) or "") or there
        if not said and len(accounts) == 1:
            said = next(iter(accounts))
        if said in accounts:
            record["actor"] = accounts[said]
            record.setdefault("platform", said)
    actor = cell_text(record["actor"]) if "actor" in record else None
    if actor and "/" in actor and (handle := normalise_handle(actor)):
        record.setdefault("platform", platform_of_address(actor) or "")
        record["actor"] = handle
        if not record["platform"]:
            del record["platform"]
    number = record.get("record_id")
    if isinstance(number, str) and number.startswith("'"):  # a spreadsheet's mark that a number is text
        record["record_id"] = number[1:]
    return record


@lru_cache(maxsize=4096)
def _named_account(written: str) -> tuple[str, str]:
    """Platform and account of a cell that holds both, remembered: one cell stands in many rows."""
    return named_account(written)


@lru_cache(maxsize=4096)
def _platforms(written: str | None) -> tuple[str, ...]:
    """The platforms a cell names, one or several ("IG / TikTok"); nothing where any other word stands there."""
    named = [canonical("platform", piece) for piece in _BETWEEN_PLATFORMS.split(written or "")]
    return tuple(name for name in named if name) if all(named) else ()


def _is_one_account(cell: Any) -> bool:
    """Whether a cell is plainly one account: only handles written with their sign are taken apart."""
    return cell is None or (type(cell) is str and "@" not in cell[1:])


def _is_one_address(cell: Any) -> bool:
    """Whether a cell is plainly one address: nothing in it could stand between two."""
    return cell is None or (type(cell) is str and not _SEVERAL.search(cell))


def _split_account(record: Record) -> None:
    """An account cell that names platforms ("IG: @a", "FB: budi") as an account per platform; one alone with its platform.
    So is one with as many accounts as the cell of the platform names ("@a / budi" beside "IG / TikTok")."""
    words = cell_text(record["actor"]) if "actor" in record else None
    if not words or _HANDLE_ALONE.match(words):
        return
    written = [piece.strip() for piece in _BETWEEN_ACCOUNTS.split(words) if piece.strip()]
    pieces = [named_account(piece) for piece in written]
    said = cell_text(record["platform"]) if "platform" in record else None
    if said and len(written) > 1 and not any(platform for platform, _ in pieces):
        platforms = _platforms(said)
        if len(platforms) == len(written) == len(set(platforms)):
            pieces = list(zip(platforms, written, strict=True))
            del record["platform"]
    if not pieces or not all(platform for platform, _ in pieces):
        return
    del record["actor"]
    if len(pieces) == 1:
        record["actor"] = pieces[0][1]
        record.setdefault("platform", pieces[0][0])
        return
    for platform, account in pieces:
        record.setdefault(f"actor:{platform}", account)
    if "platform" not in record and not platform_of_address(address(record.get("target_url"))):
        # All are the same person's, so any of them tells who it was.
        record["actor"], record["platform"] = pieces[0][1], pieces[0][0]


def _actors(cell: Any) -> list[str | None]:
    words = cell_text(cell)
    if not words or not _HANDLES.match(words.strip()):
        return [None]
    return list(dict.fromkeys("@" + name for name in _HANDLE.findall(words)))


def _addresses(cell: Any) -> list[str | None]:
    """The addresses in a cell; None alone where the cell is to be taken as it is."""
    words = address(cell)
    found = list(dict.fromkeys(_ADDRESS.findall(words))) if words else []
    return list(found) if len(found) > 1 else [None]


def _worded(record: Record, kind: str, kinds: tuple[str, ...], description: str | None, remarks: str | None) -> Record:
    """The record with every word where it belongs: the person's text, the text answered to, the analyst's description."""
    kind = kind or "post"
    text = record.get("text")
    if kind in ("like", "follow", "join") and text is not None:
        del record["text"]
        if not {"comment", "post", "share"} & set(kinds):
            record.setdefault("target_text", text)
    if description:
        said = _SAID.match(description) if kind in ("comment", "post") else None
        if said and "text" not in record:
            record["text"] = said[1].strip(_QUOTES)
        else:
            record["media_text"] = "\n".join(filter(None, (cell_text(record.get("media_text")), description)))
    if (description or remarks) and "target_account" not in record and kind in ("like", "comment", "share", "follow"):
        named = _other_account(record, description, remarks)
        if named:
            record["target_account"] = named
    return record


def _other_account(record: Record, *texts: str | None) -> str:
    """The one account a description or remark names besides the actor, or of a follow the one its address leads to."""
    actor = normalise_handle(cell_text(record.get("actor")))
    for text in texts:
        named = [*_HANDLE.findall(text), *_NAMED_ACCOUNT.findall(text)] if text else []
        others = list(dict.fromkeys(name for name in named if normalise_handle(name) != actor))
        if len(others) == 1:
            return f"@{others[0]}" if f"@{others[0]}" in (text or "") else others[0]
    return ""
