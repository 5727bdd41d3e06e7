"""What names or reaches a person is hidden in texts that people open: the same number of characters, so that places still fit.

Hidden are accounts, telephone numbers, e-mail addresses, NIK, NIP and other long numbers, street addresses, and the names beside
them. What a caller protects (names of contestants that were noticed, registered accounts) stays. Votes, money, dates, ballot
numbers, regulations and hashtags are none of these and stay too (`masking.toml`). What no rule of form can see, a bare name or a
number in words, is said in docs/privacy.md.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from screening.text.stem import roots, stem

Span = tuple[int, int]

DOT = "•"
_GAP = r"[ .\-–—·_\u00a0\u200b\u200c\u200d\u2060]"  # between the groups of a number
_GAPS = rf"{_GAP}{{0,3}}"
_SITES = r"(?:instagram|facebook|fb|tiktok|twitter|x|threads|youtube|t|wa|linkedin)\.(?:com|net|me)/"
_SITE_WORDS = r"ig|insta|instagram|twitter|tiktok|tik tok|fb|facebook|tele|telegram|threads|line|username|akun"
# A look that is quick and lets everything through in which one of the rules could find something.
_WORTH = re.compile(
    rf"[@＠_]|\b(?:{_SITE_WORDS})\b|\d(?:[\s.\-–—·_()\u200b-\u200d\u2060]*\d){{5}}|\d\s*/\s*\d"
    rf"|\b(?:jln?|jalan|gg|gang|rt|blok|no|nomor)\b|[\[(]at[\])]|{_SITES}",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"[\w.+\-]{1,64}(?:@|\s?[\[(]\s?at\s?[\])]\s?)[\w\-]+(?:(?:\.|\s?[\[(]dot[\])]\s?|\sdot\s)[A-Za-z][\w\-]*)+", re.IGNORECASE
)  # fmt: skip
_HANDLE = re.compile(r"(?<![\w@＠.])[@＠]\u2068?(?P<name>\w(?:[\w.\-]*\w)?_*)")
# Accounts without @: behind the name of a site, and words joined by a low line, as only accounts are.
_NAMED = re.compile(
    r"\b(?:ig|insta|username)\s*[:=]\s*(?P<name>[A-Za-z_][\w.]{2,29})(?![\w@])"
    rf"|\b(?:{_SITE_WORDS})\b(?:\s*[:=]\s*|\s+)(?P<bare>(?=[\w.]*[_\d])[A-Za-z_][\w.]{{3,29}})(?![\w@])",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?<![\w#@./])(?P<name>[A-Za-z][A-Za-z0-9.]*_+[A-Za-z0-9._]*[A-Za-z0-9])(?![\w@/])")
_FILE = re.compile(r"\.(?:jpe?g|png|mp4|pdf|docx?|xlsx?|csv|txt|html?|zip|webp|heic|mov)$", re.IGNORECASE)
_PROFILE = re.compile(
    r"(?:(?:instagram|facebook|fb|tiktok|twitter|threads|youtube|linkedin)\.(?:com|net)|(?<![\w.])x\.com|(?<!\w)(?:t|wa)\.me)"
    r"/(?:stories/|in/|groups/|c/|user/|channel/|profile\.php\?id=)?@?(?P<name>[\w.\-+]+)",
    re.IGNORECASE,
)
# First parts of addresses that are no accounts.
_NO_NAMES = frozenset(
    {
        "p", "reel", "reels", "tv", "explore", "hashtag", "status", "watch", "shorts", "video", "videos", "photo", "photos",
        "photo.php", "posts", "events", "share", "s", "i", "intent", "search", "permalink.php", "story.php", "profile.php", "home",
        "login", "accounts", "playlist", "results", "embed", "groups", "stories", "in", "c", "user", "channel",
    }
)  # fmt: skip
_START, _END = r"(?<![\d,])(?<!\d\.)", r"(?!\d)(?![.,]\d)"
_MOBILE = re.compile(
    rf"(?<!\d)(?:\(?\+?\s?62\)?{_GAPS}|0)8\d{{1,3}}(?:{_GAPS}\(?\d{{2,5}}\)?){{1,4}}(?!\d)"
    rf"|(?<!\d)\+62{_GAPS}\d{{2,4}}(?:{_GAPS}\d{{2,5}}){{1,4}}(?!\d)"
    rf"|(?<!\d)0\s8(?:\s\d){{7,11}}(?!\d)|(?<!\d)6\s2\s8(?:\s\d){{7,11}}(?!\d)"
)
_LANDLINE = re.compile(rf"(?<!\d)\(?0(?:2[1-9]|[2-79]\d\d|[3-7]\d)\)?{_GAPS}\d{{3,4}}{_GAPS}\d{{3,5}}(?!\d)")
_SHORT_MOBILE = re.compile(rf"{_START}8[1-9]\d(?:{_GAPS}\d{{3,5}}){{2,3}}{_END}")
_LONG = re.compile(rf"(?<!\d)\d(?:{_GAPS}\d){{8,24}}(?!\d)")
_AREA = r"\s*,?\s*rt\b\.?\s*:?\s*\d{1,3}\s*[/,]?\s*rw\b\.?\s*:?\s*\d{1,3}"
_PATH = (
    r"\b(?P<kind>jln?\.?|jalan|gg\.?|gang)\s+(?P<name>[^\W\d][\w.'\-]*"
    r"(?:\s+(?!(?:no|nomor|nomer|rt|rw|blok|kav)\b)[^\W\d][\w.'\-]*)"
)
_STREET = re.compile(
    rf"{_PATH}{{0,5}}?)(?:\s*,?\s*(?P<number>(?:no|nomor|nomer|kav|blok)\b\s*\.?\s*:?\s*[\w\-/]{{1,8}}(?:\s*(?:no\.?\s*)?\d{{1,4}})?"
    rf"|\d{{1,3}}\s?[a-d]?(?:\s?/\s?\d{{1,3}})?\b)(?P<area>{_AREA})?|(?P<only>{_AREA}))",
    re.IGNORECASE,
)
_STREET_ALONE = re.compile(rf"{_PATH}{{0,2}})", re.IGNORECASE)  # counts where somebody is said to live there
_HOUSING = re.compile(
    r"\b(?:perum|perumahan|komp|komplek|kompleks|kampung|kp|dusun|dukuh|desa|asrama|rusun|apartemen)\b\.?\s+(?:[^\W\d][\w.'\-]*\s+){0,4}?"
    r"(?:blok\b\s*\.?\s*\w{1,4}(?:[\s/\-,]*(?:no\b\.?\s*)?\d{1,4})?|(?:no|nomor)\b\s*\.?\s*\d{1,4}\w?)"
    r"(?:\s*,?\s*rt\b\.?\s*\d{1,3}\s*[/,]?\s*rw\b\.?\s*\d{1,3})?",
    re.IGNORECASE,
)
_RT = re.compile(r"\brt\b\.?\s*:?\s*(?P<rt>\d{1,3})\s*[/,]?\s*(?:rw\b\.?\s*:?\s*)?(?P<rw>\d{1,3})?", re.IGNORECASE)
_AT_HOME = re.compile(r"\b(?:alamat\w*|rumah\w*|tinggal|domisili|beralamat)\b[^.\n]{0,25}$", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\b(?:alamat\w*|rumah\w*|tinggal|domisili|beralamat|jln?|jalan|gang|gg|desa|dusun|kampung|kelurahan|kel|perum\w*|kompleks?|nik|ktp)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’`\-](?=[^\W\d_]))*")
_OPENS = re.compile(r"\s*(?:[@＠][\w.]+\s+)*[@＠]?")  # nothing but accounts answered to
_BESIDE = re.compile(r"[\s@＠(\[\-–—:,.|/=*_~\"“”'’`]{0,4}")


def masked(text: str, known: Callable[[str], bool] = lambda account: False, protected: Iterable[Span] = ()) -> str:
    """The text with what identifies people hidden, character for character; same length.

    `known`: whether an account (as written, without @) may be read; `protected`: places that stay as they are.
    """
    if not text or not _WORTH.search(text):
        return text
    guarded = [*protected]
    found = [*_sensitive(text, known)]
    if not found:
        return text
    hidden, shut = bytearray(len(text)), bytearray(len(text))
    for start, end in (*found, *guarded):
        shut[max(start, 0) : end] = b"\1" * (min(end, len(text)) - max(start, 0))
    for start, end in (*found, *_names(text, found, shut)):
        hidden[start:end] = b"\1" * (end - start)
    for start, end in guarded:
        hidden[max(start, 0) : end] = b"\0" * (min(end, len(text)) - max(start, 0))
    return "".join([DOT if hide and sign.isalnum() else sign for sign, hide in zip(text, hidden, strict=True)])


def masked_numbers(text: Any) -> str:
    """A short text (a file's name, a message) without numbers and e-mail addresses that identify; other words stay."""
    if not isinstance(text, str):
        return ""
    hidden = bytearray(len(text))
    for start, end in (*_numbers(text), *(found.span() for found in _EMAIL.finditer(text))):
        hidden[start:end] = b"\1" * (end - start)
    return "".join([DOT if hide and sign.isalnum() else sign for sign, hide in zip(text, hidden, strict=True)])


def _sensitive(text: str, known: Callable[[str], bool]) -> Iterator[Span]:
    """Places of what identifies somebody by its form."""
    for found in _EMAIL.finditer(text):
        yield found.span()
    for found in _HANDLE.finditer(text):
        if not known(found["name"]):
            yield found.span("name")
    for pattern in (_NAMED, _JOINED):
        for found in pattern.finditer(text):
            place = "name" if found["name"] else "bare"
            if (
                not known(found[place].rstrip("."))
                and not _FILE.search(found[place])
                and not _in_address(text, found.start())
            ):
                yield found.span(place)
    for found in _PROFILE.finditer(text):
        name = found["name"].rstrip(".")
        if name.lower() not in _NO_NAMES and not known(name):
            yield found.start("name"), found.start("name") + len(name)
    yield from _numbers(text)
    yield from _addresses(text)


def _numbers(text: str) -> Iterator[Span]:
    """Places of telephone numbers, NIK, NIP and numbers beside words that say whose they are."""
    for pattern in (_MOBILE, _LANDLINE, _SHORT_MOBILE):
        for found in pattern.finditer(text):
            digits = sum(sign.isdigit() for sign in found[0])
            if 9 <= digits <= 15 and not _counts(text, *found.span()) and not _in_address(text, found.start()):
                yield found.span()
    for found in _LONG.finditer(text):
        if _in_address(text, found.start()) or _counts(text, *found.span()):
            continue
        yield from _long(found[0], found.start(), bool(_cue(text, found.start())))
    for found in re.finditer(rf"(?<!\d)\d(?:{_GAPS}\d){{{_number('beside_cue') - 1},24}}(?!\d)", text):
        if _cue(text, found.start()) and not _counts(text, *found.span()) and not _is_date(found[0]):
            yield found.span()


def _long(run: str, start: int, cued: bool) -> Iterator[Span]:
    """Within digits with blanks or signs between them: NIK, NIP, or one long unbroken number."""
    places = [at for at, sign in enumerate(run) if sign.isdigit()]
    digits = "".join([str(int(run[at])) for at in places])
    whole = start, start + len(run)
    if (len(digits) == 16 and (is_nik(digits) or cued)) or (len(digits) == 18 and (is_nip(digits) or cued)):
        yield whole
        return
    for part in re.finditer(r"\d+", run):
        if len(part[0]) >= _number("long_run"):
            yield start + part.start(), start + part.end()
    for length, fits in ((18, is_nip), (16, is_nik)):  # several numbers in a row
        for begin in range(len(digits) - length + 1):
            left, right = places[begin], places[begin + length - 1] + 1
            at_edges = (left == 0 or not run[left - 1].isdigit()) and (right == len(run) or not run[right].isdigit())
            if at_edges and fits(digits[begin : begin + length]):
                yield start + left, start + right


def is_nik(digits: str) -> bool:
    """Whether sixteen digits can be a NIK: a province, and a date of birth (a woman's day + 40)."""
    day, month = int(digits[6:8]), int(digits[8:10])
    return "11" <= digits[:2] <= "97" and 1 <= (day - 40 if day > 40 else day) <= 31 and 1 <= month <= 12


def is_nip(digits: str) -> bool:
    """Whether eighteen digits can be a NIP: dates of birth and appointment, sex, serial."""
    born, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    held, held_month = int(digits[8:12]), int(digits[12:14])
    return 1940 <= born <= 2015 and 1 <= month <= 12 and 1 <= day <= 31 and born < held <= 2050 and held_month <= 21


def _addresses(text: str) -> Iterator[Span]:
    """Places of streets with a house number, housing estates with a block, and neighbourhoods (RT/RW) in an address."""
    for found in _STREET.finditer(text):
        number, kind = found["number"] or "", found["kind"].lower()
        bare = number[:1].isdigit()
        if (
            bare
            and not found["area"]
            and (
                kind == "jalan"
                or _unit_follows(text, found.end("number"))
                or re.match(r"[.:]\d", text[found.end("number") :])
                or not _is_one_name(found["name"], small=kind.startswith("jl"))
            )
        ):
            continue
        if kind.startswith(("jl", "gg")) or found["name"][:1].isupper():
            yield found.start("name"), found.end()
    for found in _STREET_ALONE.finditer(text):
        if _AT_HOME.search(text[max(0, found.start() - 60) : found.start()]) and found["name"][:1].isupper():
            yield found.span("name")
    for found in _HOUSING.finditer(text):
        yield found.start(), found.end()
    for found in _RT.finditer(text):
        if found["rw"] is not None and _ADDRESS.search(text[max(0, found.start() - 60) : found.start()]):
            yield found.span("rt")
            yield found.span("rw")


def _is_one_name(name: str, *, small: bool) -> bool:
    """Whether the words between a street and a bare number are its name: all with capitals, or (`small`) all without."""
    capitals = [word[0].isupper() for word in name.split()]
    return all(capitals) or (small and not any(capitals) and len(capitals) < 3)


def _names(text: str, found: Sequence[Span], shut: bytearray) -> Iterator[Span]:
    """Places of names beside what is hidden: capitals next to it, words behind a title, and parts of an account elsewhere; `shut`
    tells which characters are hidden already or protected."""
    words = [*_WORD.finditer(text)]
    starts = [word.start() for word in words]
    written: dict[str, list[Span]] = {}
    for word in words:
        written.setdefault(word[0].casefold(), []).append(word.span())
    reach = 2 * _number("name_words")
    told = set()
    for start, end in found:
        at = bisect_left(starts, start)
        yield from _chain(text, words[max(0, at - reach) : at][::-1], start, shut, forward=False)
        at = bisect_left(starts, end)
        behind = words[at : at + reach]
        if not (
            start < _number("answered") and _OPENS.fullmatch(text, 0, start) and behind and _begins_sentence(behind)
        ):
            yield from _chain(text, behind, end, shut, forward=True)
        told |= {part.casefold() for part in re.findall(r"[^\W\d_]{4,}", text[start:end])}
    for part in told - _list("plain"):
        yield from (span for span in written.get(part, ()) if not any(shut[slice(*span)]))


def _begins_sentence(words: Sequence[re.Match[str]]) -> bool:
    """Whether the word behind the accounts an answer begins with is one of the language and stands alone with its capital."""
    alone = len(words) < 2 or not words[1][0][0].isupper()
    return alone and stem(words[0][0].casefold()) in roots()


def _chain(text: str, words: Sequence[re.Match[str]], edge: int, shut: bytearray, *, forward: bool) -> Iterator[Span]:
    """The words of a name that begins at a hidden place and goes away from it."""
    taken = 0
    for at, word in enumerate(words):
        between = text[edge : word.start()] if forward else text[word.end() : edge]
        folded = word[0].casefold()
        if (
            _BESIDE.fullmatch(between) is None
            or "\n" in between
            or taken >= _number("name_words")
            or any(shut[word.start() : word.end()])
        ):
            return
        if folded in _list("titles"):
            edge = word.end() if forward else word.start()
            if not forward:
                return
            continue
        title = not forward and at + 1 < len(words) and words[at + 1][0].casefold() in _list("titles") and taken == 0
        if text[word.start() - 1 : word.start()] == "#":
            return
        if folded in _list("plain") or not (word[0][0].isupper() or title):
            return
        taken += 1
        edge = word.end() if forward else word.start()
        yield word.span()


def _counts(text: str, start: int, end: int) -> bool:
    """Whether a number is money or counts something: grouped by thousands, behind Rp, before a unit."""
    written = text[start:end].strip()
    before = text[max(0, start - 6) : start].rstrip(" .:\u00a0").casefold()
    if any(before.endswith(one) and not before[: -len(one)][-1:].isalpha() for one in _list("money")):
        return True
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3}){2,}(?:,\d{1,2})?", written) and not written.startswith("0"):
        return True
    return _unit_follows(text, end) and not written.startswith(("0", "+", "62"))


def _unit_follows(text: str, end: int) -> bool:
    word = re.match(r"\s*([%]|[^\W\d_]+)", text[end : end + 12])
    return word is not None and (word[1] == "%" or word[1].casefold() in _list("units"))


def _is_date(written: str) -> bool:
    """Whether digits with signs between them are days or years and not a number."""
    return (
        re.fullmatch(r"\d{1,2}[\s.\-/]\d{1,2}[\s.\-/](?:\d{2}|\d{4})(?:\s\d{1,2}[.:]\d{2})?", written.strip())
        is not None
        or re.fullmatch(r"(?:19|20)\d\d[\s.\-/]\d{1,2}[\s.\-/]\d{1,2}", written.strip()) is not None
        or re.fullmatch(r"(?:(?:19|20)\d\d\s*[\-–]?\s*){2,}", written.strip()) is not None
    )


def _cue(text: str, start: int) -> bool:
    """Whether a word such as rekening or NIK stands close before a number."""
    near = text[max(0, start - _number("cue_distance") - 10) : start]
    tail = re.split(r"[\n;!?]", near)[-1]
    words = [*re.finditer(r"[^\W\d_]+", tail)]
    return any(
        word[0].casefold() in _list("cues") and len(tail) - word.end() <= _number("cue_distance") for word in words
    )


def _in_address(text: str, start: int) -> bool:
    """Whether a number is a part of an address of a post (its id says nothing of people) or of a hashtag."""
    piece = re.split(r"\s", text[max(0, start - 120) : start])[-1]
    if re.search(r"wa\.me/|phone=|profile\.php", piece, re.IGNORECASE):
        return False
    return "://" in piece or piece.startswith("#") or re.search(r"\.(?:com|id|net|be|tv|me|org)/", piece) is not None


@cache
def _settings() -> dict[str, Any]:
    return tomllib.loads(files("screening.privacy").joinpath("masking.toml").read_text(encoding="utf-8"))


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(_settings()["words"][name])


@cache
def _number(name: str) -> int:
    return int(_settings()["digits"][name])
