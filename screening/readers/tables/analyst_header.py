"""Headers of hand-made tables: which words name which column (`profiles/analyst.toml`), and what a row says by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from screening.platforms import platforms
from screening.readers.core.vocabulary import canonical, nothing_begins, says_nothing
from screening.readers.tables.heading_words import meaning_of_words, words_in
from screening.readers.tables.mapped import cell_text
from screening.readers.tables.profile import shipped_profile

ACCOUNT_PAGE = "page of the account"  # key of a record, beside the columns
_POSTED = ("posting", "unggah", "kirim", "status", "caption", "konten")
_OWNERS = frozenset({"owner", "pemilik", "video", "post", "postingan", "channel", "page", "halaman", "target"})
_COMMENTERS = frozenset(
    {"commenter", "commentator", "komentator", "pengomentar", "comment", "komentar", "reply", "replier"}
)
_LAST = 1_000  # a rank behind every list of names
LEAST = 5  # points of `score`: three columns, or two in a header that is understood as a whole
_CONTENT = {"text", "target_url", "kind", "description"}
_ANCHOR = {"happened_at", "clock", "target_url", "text", "description"}
_ASIDE = {"ignored", "remarks", "evidence", "nip"}  # known columns that prove no table of acts
_ACCOUNT = re.compile(
    r"^(?:(?:nama |id |link |url |tautan )?(?:akun|account|profil|profile)|username|user name|id|handle|nama)s? "
    r"|(?: account| akun| page| fanpage)$"
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?![.\d]*[/-])")
_ZONED = re.compile(r"\b(wib|wita|wit|utc|gmt|z)\b|[+-]\d{2}:?\d{2}$", re.I)


@dataclass(frozen=True)
class Header:
    """One header row: its folded names, and where each column is found: (index, column, zone word), best name first."""

    names: tuple[str, ...] = ()
    plan: tuple[tuple[int, str, str], ...] = ()

    def with_values(self, found: Mapping[int, str]) -> Header:
        """The same with what the values of some columns say ("" for nothing); later ones are asked last."""
        kept = tuple(item for item in self.plan if item[0] not in found)
        return Header(self.names, (*kept, *((at, column, "") for at, column in found.items() if column)))

    @cached_property
    def is_marked_up(self) -> bool:
        """Whether its texts are HTML, as YouTube's interface hands them out for showing."""
        return self._text in ("textdisplay", "text display")

    @cached_property
    def says_comment(self) -> bool:
        """Whether the text column's own name says that its texts are comments."""
        said = self._text
        if any(word in said for word in _POSTED):  # "Isi Unggahan / Komentar" may hold either
            return False
        return "komentar" in said or "comment" in said or said in shipped_profile("analyst").words["comment"]

    @cached_property
    def platform(self) -> str:
        """The platform whose tables call their text column so, or the empty string."""
        words = shipped_profile("analyst").words
        return words["comment"].get(self._text) or words["post"].get(self._text) or ""

    @cached_property
    def of_video(self) -> bool:
        """Whether the address column is called that of a video."""
        said = next((self.names[index] for index, column, _ in self.plan if column == "target_url"), "")
        return "video" in said.split()

    @property
    def _text(self) -> str:
        return next((self.names[index] for index, column, _ in self.plan if column == "text"), "")


@cache
def _meanings() -> dict[str, str]:
    """Folded header -> canonical column (or "ignored")."""
    profile = shipped_profile("analyst")
    known = {header: name for name, headers in profile.columns.items() for header in headers}
    return {**dict.fromkeys(profile.words["ignored"], "ignored"), **known}


@cache
def _ranks() -> dict[str, int]:
    """Among names of one column the earlier in the list wins."""
    return {name: rank for headers in shipped_profile("analyst").columns.values() for rank, name in enumerate(headers)}


def meaning(header: str) -> str | None:
    """The canonical column a folded header means, or None; a zone behind it ("Jam (WITA)") does not count."""
    known = _meanings().get(header)
    if known:
        return known
    if zone_word(header) and (known := _meanings().get(header.rsplit(" ", 1)[0])):
        return known
    platform = canonical("platform", _ACCOUNT.sub("", header)) if _ACCOUNT.search(header) else _bare_platform(header)
    if platform and platform != "other":
        return f"actor:{platform}"
    return meaning_of_words(header)


def _bare_platform(header: str) -> str | None:
    """The platform whose name is the whole header: such a column holds the account there."""
    return next((each.id for each in platforms() if header in (each.id, each.label.casefold())), None)


def zone_word(header: str) -> str:
    """WIB, WITA or WIT at the end of a folded header, or the empty string."""
    last = header.rsplit(" ", 1)[-1]
    return last.upper() if last in ("wib", "wita", "wit") and " " in header else ""


def score(header: Sequence[str]) -> int:
    """How much a row looks like a header: two points for each column it names, one more when it names also known other
    things or nothing unknown; 0 without content."""
    found = {meaning(name) for name in header} - {None}
    real = found - _ASIDE
    if not real & _CONTENT or not real & _ANCHOR or len(real) < 2:
        return 0
    everything = all(meaning(name) for name in header if name)
    return 2 * len(real) + bool(found & _ASIDE or everything)


def header_of(row: Sequence[str]) -> Header:
    """The header in a row of folded names; of two columns with one name the first counts."""
    names = tuple(name if name not in row[:index] else "" for index, name in enumerate(row))
    plan = [
        (index, str(meaning(name)), zone_word(name))
        for index, name in enumerate(names)
        if name and meaning(name) is not None
    ]
    return Header(names, tuple(sorted(_owners_apart(names, plan), key=lambda item: _rank(names[item[0]]))))


def _owners_apart(names: Sequence[str], plan: list[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """Where one column names who commented, another that names whose post it is ("ownerUsername") is the target."""
    actors = {at for at, column, _ in plan if column == "actor"}
    said = {at: {*words_in(names[at])} for at in actors}
    who = {at for at in actors if said[at] & _COMMENTERS}
    owners = {at for at in actors - who if said[at] & _OWNERS} if who else set()
    return [(at, "target_account" if at in owners else column, zone) for at, column, zone in plan]


def _rank(name: str) -> int:
    """Listed names in their order; a number of somebody ("commenterUid") only where no column names them."""
    return _ranks().get(name, _LAST if name.endswith(("id", "ids")) else 0)


def is_correspondence(header: Iterable[str]) -> bool:
    """Whether folded names are those of letters, mails or direct messages: one who sends, one who gets, and words. These are
    between two people, as a one-to-one chat is."""
    names, words = set(header), shipped_profile("analyst").words
    told = not names.isdisjoint(words["correspondence"])
    return told and any(names.issuperset(pair.split()) for pair in words["sender_receiver"])


def may_be_header(cells: Sequence[Any]) -> bool:
    """A cheap look at a row of data: whether two of its cells are words of a header."""
    hits, begins = 0, _begins()
    for cell in cells:
        if isinstance(cell, str) and 0 < len(cell) <= 40 and (cell[:2] in begins or "(" in cell):
            plain = cell.casefold().replace("/", " ").replace("_", " ").replace(".", " ").strip()
            hits += plain in _meanings() or "(" in plain
            if hits > 1:
                return True
    return False


@cache
def _begins() -> frozenset[str]:
    """The first two letters of every word of a header, in each case they may be written in, and blanks before them."""
    signs = (" ", "_", ".", "/")
    two = {word[:2] for word in _meanings()}
    cased = {each for pair in two for each in (pair, pair.upper(), pair.title(), pair[0] + pair[1:].upper())}
    return frozenset(
        {*cased, *(sign + pair[0] for sign in signs for pair in cased), *(a + b for a in signs for b in signs)}
    )


def record_of(header: Header, cells: Sequence[Any]) -> dict[str, Any]:
    """Canonical column -> cell, filled cells only; of several columns with one meaning the first filled one."""
    record: dict[str, Any] = {}
    unsure = nothing_begins()
    for index, column, zone in header.plan:
        if index >= len(cells) or (column in record and column != "actor"):
            continue
        cell = cells[index]
        if cell is None or cell == "":
            continue
        if (type(cell) is not str or cell[0] in unsure or not cell[0].isascii()) and is_empty(cell):
            continue
        if column in record:
            _further_account(record, cell)
        else:
            record[column] = _with_zone(cell, zone) if zone and column in ("clock", "happened_at") else cell
    return record


def _further_account(record: dict[str, Any], cell: Any) -> None:
    """Of several account columns a name counts before a bare number; an address beside a name tells the platform."""
    held, words = cell_text(record["actor"]) or "", cell_text(cell) or ""
    if "/" in words:
        record.setdefault(ACCOUNT_PAGE, words)
    elif held.isdigit() and not words.isdigit():
        record["actor"] = cell


def is_empty(cell: Any) -> bool:
    """Whether a cell holds nothing, or what people write when it does not ("-")."""
    words = cell if isinstance(cell, str) else cell_text(cell)
    return words is None or says_nothing(words)


def _with_zone(cell: Any, word: str) -> Any:
    """The time in a cell with the zone its header names, unless it is a day only or names one itself."""
    written = cell.isoformat(" ") if isinstance(cell, datetime) else cell_text(cell)
    if isinstance(cell, float) or written is None or not _CLOCK.search(written) or _ZONED.search(written):
        return cell
    return f"{written} {word}"
