"""The id of an activity, and the memory of ids already met.

`activity_id` = first 20 hexadecimal digits of the SHA-256 over who did what to what and when, so that one act is one
activity in every download, layout and tool, and decisions survive a re-export:

- On X a post, comment or share is its status id, nothing else.
- Everywhere else: platform, actor, kind, time, and of a like, follow or join the target. A post, comment or share with
  words and a time to the second needs no target (editions differ in how they name it); where the time is a minute or a
  day, or there are no words, the target counts too, and without words what is seen and answered to.
- Never file name, order, the form of an address, or the id a tool gave. Missing and empty count as equal, accounts and
  addresses are compared in one spelling (`sameness`), text is NFC with `\\n` line ends, the time is UTC microseconds
  (or the raw words where no time could be read).

Two rows of *one* file that are alike but carry different record ids are two acts: the later ones take their record id
into their identity.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from screening.readers.ingest.sameness import same_account, same_address, same_profile
from screening.tables import texts

if TYPE_CHECKING:
    import pyarrow as pa

_SEPARATOR = "\x1f"
_HEX = 20
_CARRIAGE_RETURN = 13
_BLOCK = 1 << 16  # ids merged at a time
_STATUS = r"^\d{10,20}$"
_STATUS_ADDRESS = r"(?:twitter|x)\.com/(?:#!/)?[^/]+/status(?:es)?/(?P<id>\d{10,20})"
# What most addresses look like; for these the one spelling is site and id.
_PLAIN_ADDRESS = (
    r"^https://www\.(?:(?P<one>instagram)\.com/(?:p|reel|reels|tv)|(?P<other>tiktok)\.com/@[\w.]+/(?:video|photo))"
    r"/(?P<id>[\w-]+)/?$"
)
_AIMED = ("like", "follow", "join")  # acts that are nothing without what they are aimed at
_CHATS = ("whatsapp", "telegram")  # the same words to two groups in one minute are two acts
# Every character that NFC may change or join to its neighbour (a superset; a test compares it with Unicode's data).
_UNSTABLE = (
    r"[\p{M}\x{0374}\x{037e}\x{0387}\x{0900}-\x{0fff}\x{1100}-\x{11ff}\x{1f00}-\x{1fff}\x{2000}\x{2001}\x{2126}-\x{212b}"
    r"\x{2329}\x{232a}\x{2adc}\x{f900}-\x{fb4f}\x{1d100}-\x{1d1ff}\x{2f800}-\x{2fa1f}]"
)
_EMOJI_STYLE = "\ufe0f"  # a mark, but one that NFC leaves alone, and nearly the only one in posts


def activity_ids(activities: pd.DataFrame) -> pd.Series:
    """The id of every row of a table with the columns of ACTIVITIES (as `str`)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not len(activities):
        return pd.Series([], dtype="str")
    separator = pa.scalar(_SEPARATOR, pa.large_string())
    # Neither line ends nor NFC reach across the separator, so the parts become canonical together.
    joined = _composed(
        _line_ends(
            pc.binary_join_element_wise(*_parts(activities), separator, null_handling="replace", null_replacement="")
        )
    )
    status = _statuses(activities)
    if status is not None:
        words = [pa.scalar(word, pa.large_string()) for word in ("x", "status")]
        joined = pc.if_else(pc.is_valid(status), pc.binary_join_element_wise(*words, status, separator), joined)
    return _hashed(joined).set_axis(activities.index)


def further_ids(ids: pd.Series, records: pd.Series) -> pd.Series:
    """The ids of acts that are like an earlier one of their file but carry another record id."""
    import pyarrow as pa
    import pyarrow.compute as pc

    separator = pa.scalar(_SEPARATOR, pa.large_string())
    both = pc.binary_join_element_wise(
        texts(ids), texts(records), separator, null_handling="replace", null_replacement=""
    )
    return _hashed(both).set_axis(ids.index)


def _hashed(keys: pa.Array) -> pd.Series:
    import pyarrow as pa

    offsets = np.frombuffer(keys.buffers()[1], dtype=np.int64)[keys.offset : keys.offset + len(keys) + 1]
    content = (keys.buffers()[2] or pa.py_buffer(b"")).to_pybytes()
    digests = b"".join([sha256(content[start:end]).digest() for start, end in pairwise(offsets.tolist())])
    short = np.frombuffer(digests, dtype=np.uint8).reshape(len(keys), -1)[:, : _HEX // 2].tobytes()
    ends = np.arange(len(keys) + 1, dtype=np.int64) * _HEX
    ids = pa.LargeStringArray.from_buffers(len(keys), pa.py_buffer(ends), pa.py_buffer(short.hex().encode()))
    return ids.to_pandas().astype("str")


def _parts(activities: pd.DataFrame) -> list[pa.Array]:
    """What makes an act, column by column."""
    import pyarrow as pa
    import pyarrow.compute as pc

    def column(name: str) -> pa.Array:
        return texts(activities[name])

    def only(which: pa.Array, values: pa.Array) -> pa.Array:
        return pc.if_else(which, values, pa.scalar(None, pa.large_string()))

    stamps = pa.array(activities["happened_at"].astype("datetime64[us, UTC]"))
    micro = stamps.cast(pa.int64())
    when = pc.coalesce(micro.cast(pa.large_string()), column("time_raw"))
    to_the_second = pc.and_(
        pc.is_in(column("time_basis"), pa.array(["exact_utc", "local_naive"], pa.large_string())),
        pc.fill_null(pc.not_equal(pc.subtract(micro, pc.multiply(pc.divide(micro, 60_000_000), 60_000_000)), 0), False),
    )
    kind, words = column("kind"), column("text")
    aimed = pc.is_in(kind, pa.array(_AIMED, pa.large_string()))
    worded = pc.fill_null(pc.not_equal(pc.utf8_trim_whitespace(words), ""), False)
    bare_post = pc.and_(pc.equal(kind, "post"), to_the_second)  # its own address is no target
    with_target = pc.or_(aimed, pc.invert(pc.or_(bare_post, pc.and_(worded, to_the_second))))
    in_chat = pc.is_in(column("platform"), pa.array(_CHATS, pa.large_string()))
    wordless = pc.and_(pc.invert(worded), pc.invert(aimed))
    return [
        column("platform"), _spelled(column("actor"), same_account), kind, when,
        only(pc.invert(aimed), words),
        only(with_target, _targets(activities, with_target)),
        only(in_chat, _spelled(column("target_account"), same_account)),
        only(wordless, column("media_text")),
    ]  # fmt: skip


def _targets(activities: pd.DataFrame, needed: pa.Array) -> pa.Array:
    """What an act is aimed at, in one spelling, where that is needed: the content's address, else the account, else the
    words answered to; of a follow the account, of a join the group's name."""
    import pyarrow as pa
    import pyarrow.compute as pc

    nothing = pa.scalar(None, pa.large_string())
    kind = texts(activities["kind"])
    address = pc.if_else(needed, texts(activities["target_url"]), nothing)
    account = _spelled(pc.if_else(needed, texts(activities["target_account"]), nothing), same_account)
    content = _addresses(address)
    follows = pc.equal(kind, "follow")
    profile = _spelled(pc.if_else(follows, address, nothing), same_profile)
    named = pc.if_else(pc.equal(profile, ""), nothing, profile)
    plain = pc.coalesce(content, account, texts(activities["target_text"]))
    return pc.if_else(
        follows, pc.coalesce(named, account, content),
        pc.if_else(pc.equal(kind, "join"), pc.coalesce(account, content), plain),
    )  # fmt: skip


def _addresses(column: pa.Array) -> pa.Array:
    """Addresses in their one spelling (`same_address`); those written in the plain form all at once."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pc.extract_regex(column, _PLAIN_ADDRESS)
    nothing, slash = (pa.scalar(sign, pa.large_string()) for sign in ("", "/"))
    site = pc.binary_join_element_wise(pc.struct_field(found, "one"), pc.struct_field(found, "other"), nothing)
    plain = pc.binary_join_element_wise(site, pc.struct_field(found, "id"), slash)
    others = pc.if_else(pc.is_valid(plain), pa.scalar(None, pa.large_string()), column)
    return plain if others.null_count == len(others) else pc.coalesce(plain, _spelled(others, same_address))


def _spelled(column: pa.Array, spell: Callable[[str], str]) -> pa.Array:
    """A column with each distinct value in its one spelling; empty becomes missing."""
    import pyarrow as pa

    coded = column.dictionary_encode()
    known = [spell(value) or None if value else None for value in coded.dictionary.to_pylist()]
    return pa.array(known, pa.large_string()).take(coded.indices)


def _statuses(activities: pd.DataFrame) -> pa.Array | None:
    """The status id of every post, comment and share on X that has one, else missing; None when there is none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = texts(activities["kind"])
    on_x = pc.and_(
        pc.equal(texts(activities["platform"]), "x"),
        pc.is_in(kind, pa.array(["post", "comment", "share"], pa.large_string())),
    )
    if not pc.any(on_x).as_py():
        return None
    nothing = pa.scalar(None, pa.large_string())
    record = texts(activities["record_id"])
    number = pc.if_else(pc.fill_null(pc.match_substring_regex(record, _STATUS), False), record, nothing)
    own = pc.struct_field(pc.extract_regex(texts(activities["target_url"]), _STATUS_ADDRESS), "id")
    from_record = pc.struct_field(pc.extract_regex(record, _STATUS_ADDRESS), "id")
    of_post = pc.if_else(pc.equal(kind, "post"), own, nothing)
    return pc.if_else(on_x, pc.coalesce(number, from_record, of_post), nothing)


def _line_ends(texts: pa.Array) -> pa.Array:
    """The texts with `\\n` line ends."""
    import pyarrow.compute as pc

    if _CARRIAGE_RETURN not in np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8):
        return texts
    return pc.replace_substring(pc.replace_substring(texts, "\r\n", "\n"), "\r", "\n")


def _composed(texts: pa.Array) -> pa.Array:
    """The texts in NFC. Nearly all are already: only those with a character that NFC could touch are normalised."""
    import pyarrow as pa
    import pyarrow.compute as pc

    odd = np.flatnonzero(~pc.string_is_ascii(texts).to_numpy(zero_copy_only=False))
    bare = pc.replace_substring(texts.take(pa.array(odd)), _EMOJI_STYLE, "")
    odd = odd[pc.match_substring_regex(bare, _UNSTABLE).to_numpy(zero_copy_only=False)]
    if not len(odd):
        return texts
    doubtful = np.zeros(len(texts), dtype=bool)
    doubtful[odd] = True
    return pc.replace_with_mask(texts, pa.array(doubtful), pc.utf8_normalize(texts.take(pa.array(odd)), "NFC"))


class Met(NamedTuple):
    """For each id: whether it is new, and the tag it was first met with (its own where it is new)."""

    fresh: np.ndarray
    tags: np.ndarray


class Seen:
    """A map from activity ids to tags in eighteen bytes each: sorted runs merged as they grow (a log-structured tree)."""

    def __init__(self) -> None:
        self._runs: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []

    def new(self, ids: pd.Series) -> np.ndarray:
        """True for each id not met before (also not earlier in `ids`); all are remembered."""
        return self.met(ids, np.zeros(len(ids), dtype=np.uint64)).fresh

    def met(self, ids: pd.Series, tags: np.ndarray) -> Met:
        """Which ids were not met before (also not earlier in `ids`), and with which tag the others were."""
        if not len(ids):
            return Met(np.zeros(0, dtype=bool), tags)
        high, low = _numbers(ids)
        order = np.argsort(high, kind="stable")
        if (high[order][1:] == high[order][:-1]).any():  # only then the order of equals matters
            order = np.lexsort((low, high))
        fresh, first = np.ones(len(ids), dtype=bool), tags.copy()
        same = (high[order][1:] == high[order][:-1]) & (low[order][1:] == low[order][:-1])
        if same.any():
            fresh[order[1:][same]] = False
            begins = np.flatnonzero(np.concatenate([[True], ~same]))
            lengths = np.diff(np.concatenate([begins, [len(order)]]))
            first[order] = np.repeat(tags[order[begins]], lengths)
        for known in self._runs:
            there, known_tags = _among(high[order], low[order], known)
            fresh[order] &= ~there
            first[order[there]] = known_tags[there]
        kept = order[fresh[order]]
        self._remember(high[kept], low[kept], tags[kept])
        return Met(fresh, first)

    def among(self, ids: pd.Series) -> np.ndarray:
        """Which ids are known; nothing is remembered."""
        found = np.zeros(len(ids), dtype=bool)
        if len(ids):
            high, low = _numbers(ids)
            for known in self._runs:
                found |= _among(high, low, known)[0]
        return found

    def _remember(self, high: np.ndarray, low: np.ndarray, tags: np.ndarray) -> None:
        if not len(high):
            return
        while self._runs and len(self._runs[-1][0]) <= 2 * len(high):
            high, low, tags = _merged(self._runs.pop(), (high, low, tags))
        self._runs.append((high, low, tags))


Run = tuple[np.ndarray, np.ndarray, np.ndarray]


def _merged(one: Run, other: Run) -> Run:
    """Two sorted runs as one, block by block: an order of all of them at once would take as much room again."""
    found = tuple(np.empty(len(one[0]) + len(other[0]), column.dtype) for column in one)
    edges = one[0][::_BLOCK][1:]
    cuts = [0, *np.searchsorted(one[0], edges).tolist(), len(one[0])]
    other_cuts = [0, *np.searchsorted(other[0], edges).tolist(), len(other[0])]
    for (start, end), (other_start, other_end) in zip(pairwise(cuts), pairwise(other_cuts), strict=True):
        both = [np.concatenate([a[start:end], b[other_start:other_end]]) for a, b in zip(one, other, strict=True)]
        order = np.argsort(both[0], kind="stable")
        for column, values in zip(found, both, strict=True):
            column[start + other_start : end + other_end] = values[order]
    return found  # type: ignore[return-value]


def _numbers(ids: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    written = texts(ids)
    start, end = np.frombuffer(written.buffers()[1], dtype=np.int64)[[written.offset, written.offset + len(written)]]
    digits = written.buffers()[2].to_pybytes()[start:end].decode("ascii")
    raw = np.frombuffer(bytes.fromhex(digits), dtype=np.uint8).reshape(len(ids), _HEX // 2)
    high = np.ascontiguousarray(raw[:, :8]).view(">u8").ravel().astype(np.uint64)
    return high, np.ascontiguousarray(raw[:, 8:]).view(">u2").ravel().astype(np.uint16)


def _among(high: np.ndarray, low: np.ndarray, known: Run) -> tuple[np.ndarray, np.ndarray]:
    """Which pairs lie in the sorted run, and their tags there; ids that share the first 64 bits are compared one by one
    (they are freak)."""
    known_high, known_low, known_tags = known
    place = np.searchsorted(known_high, high, "left")
    candidates = np.flatnonzero(known_high[np.minimum(place, len(known_high) - 1)] == high)
    found, tags = np.zeros(len(high), dtype=bool), np.zeros(len(high), dtype=np.uint64)
    for index in candidates.tolist():
        end = place[index]
        while end < len(known_high) and known_high[end] == high[index]:
            if known_low[end] == low[index]:
                found[index], tags[index] = True, known_tags[end]
            end += 1
    return found, tags
