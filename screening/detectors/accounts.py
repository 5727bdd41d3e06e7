"""Accounts: is the account acted on, mentioned or tagged in the register, and in which role on that day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from screening.detectors.found import Bools, Place
from screening.detectors.hits import Hit, Hits, hits_of
from screening.detectors.scene import Scene
from screening.ruleset.accounts import SIGNALS, Register, normalise_handle, platform_of
from screening.ruleset.entries import strengths
from screening.tables import HIT_FIELDS
from screening.text.hashed import HashSet, Words
from screening.text.pieces import MENTION

_AIMS = ("target_account", "target_url")
_STOP = ord(".")
_BARE = np.zeros(256, bool)
_BARE[list(b"abcdefghijklmnopqrstuvwxyz0123456789_.")] = True
_ADDRESS = re.compile(r"\b(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}/[^\s,;|\"'<>\[\]]+", re.I)
_TAG = re.compile(r"[^\s,;|\"'\[\]]+")


def detect(scene: Scene) -> Hits:
    """`account_*` hits of target_account, target_url, tagged accounts, @mentions in texts and addresses in pictures."""
    held: Register | None = getattr(scene.ruleset, "accounts", None)
    if held is None or not len(held):
        return hits_of(())
    return hits_of([*_targets(scene, held), *_tags(scene, held), *_codes(scene, held), *_mentions(scene, held)])


class Handles:
    """The handles of a register, asked for many written accounts at once."""

    def __init__(self, held: Register) -> None:
        self.held = held
        self.hashes = HashSet(held.by_handle)
        self.odd: dict[str, bool] = {}  # addresses, lists and the like met so far

    def among(self, values: list[str]) -> Bools:
        """Which of the values (distinct, not empty) are, or hold, a handle the register knows."""
        words = Words.of(value.replace("\n", " ") for value in values).small()
        bare = ~words.any(~_BARE[words.data]) & (words.data[words.start] != _STOP) & ~words.ends_with(".")
        found = bare & self.hashes.holds(words.hashes)
        for i in np.flatnonzero(~bare).tolist():
            found[i] = self._holds(values[i])
        return found

    def _holds(self, value: str) -> bool:
        if value not in self.odd:
            parts = [value, *_TAG.findall(value)]
            self.odd[value] = any(normalise_handle(part) in self.held.by_handle for part in parts)
        return self.odd[value]


def registered(activities: pd.DataFrame, handles: Handles) -> Bools:
    """Activities on, or with a tag of, a handle that the register knows on any platform and day."""
    found = np.zeros(len(activities), bool)
    for name in (*_AIMS, "tagged"):
        codes, distinct = pd.factorize(activities[name])
        found |= np.append(handles.among(distinct.to_numpy(object).tolist()), False)[codes]
    if "picture_text" in activities:
        pictured = activities["picture_text"]
        for row in np.flatnonzero(pictured.notna()).tolist():
            found[row] |= any(
                normalise_handle(one[0]) in handles.held.by_handle for one in _ADDRESS.finditer(pictured.array[row])
            )
    return found


def _day(scene: Scene, row: int) -> date | None:
    """The local day of an activity, or None."""
    return scene.row_days()[row].item()


class _Written(NamedTuple):
    """Characters of a field in which an account is written."""

    row: int
    field: str
    text: str
    place: tuple[int, int]


def _hit(scene: Scene, written: _Written, account: Any, how: str) -> Hit:
    scene.opened_rows.add(written.row)
    start, end = written.place
    return Hit(
        row=written.row, number=HIT_FIELDS.index(written.field), start=start, end=end, strength=strengths()[f"account:{how}"],
        signal=SIGNALS[account.role], entry_id=f"akun:{account.platform or '*'}:{account.handle}",
        contestant_id=account.contestant_id, surface=written.text[start:end], detector="accounts", how="exact",
    )  # fmt: skip


def _targets(scene: Scene, held: Register) -> Iterator[Hit]:
    for field in _AIMS:
        codes, distinct = pd.factorize(scene.activities[field])
        texts = distinct.to_numpy(object).tolist()  # taken from an Arrow column one by one they cost more than the test
        known = {i: handle for i, text in enumerate(texts) if (handle := normalise_handle(text)) in held.by_handle}
        for row in np.flatnonzero(np.isin(codes, list(known))).tolist():
            text = texts[codes[row]]
            platform = (platform_of(text) if field == "target_url" else "") or scene.platforms[row]
            for account in held.find(known[codes[row]], platform, _day(scene, row)):
                yield _hit(scene, _Written(row, field, text, (0, len(text))), account, "target")


def _tags(scene: Scene, held: Register) -> Iterator[Hit]:
    tagged = scene.activities["tagged"]
    for row in np.flatnonzero(tagged.notna()).tolist():
        text = tagged.array[row]
        for match in _TAG.finditer(text):
            for account in held.find(normalise_handle(match[0]), scene.platforms[row], _day(scene, row)):
                yield _hit(scene, _Written(row, "tagged", text, match.span()), account, "mention")


def _codes(scene: Scene, held: Register) -> Iterator[Hit]:
    """Addresses in pictures: printed, or told by a QR code; a poster may lead to a team's account or group."""
    if "picture_text" not in scene.activities:
        return
    pictured = scene.activities["picture_text"]
    for row in np.flatnonzero(pictured.notna()).tolist():
        text = pictured.array[row]
        for match in _ADDRESS.finditer(text):
            platform = platform_of(match[0]) or scene.platforms[row]
            for account in held.find(normalise_handle(match[0]), platform, _day(scene, row)):
                yield _hit(scene, _Written(row, "picture_text", text, match.span()), account, "target")


def _mentions(scene: Scene, held: Register) -> Iterator[Hit]:
    docs = scene.documents
    vocabulary = docs.vocabulary
    kinds = vocabulary.column("kinds")
    mention_ids = np.flatnonzero(kinds == MENTION)
    known = [i for i in mention_ids.tolist() if vocabulary.folded[i][1:] in held.by_handle]
    rows, fields = docs.row, docs.field
    wanted = np.zeros(len(vocabulary), bool)
    wanted[known] = True
    for token in np.flatnonzero(wanted[docs.id]).tolist():
        doc, row = int(docs.doc[token]), int(rows[docs.doc[token]])
        if fields[doc] in ("tagged", "target_account"):
            continue
        for account in held.find(vocabulary.folded[docs.id[token]][1:], scene.platforms[row], _day(scene, row)):
            if account.contestant_id:
                signal = "party" if account.role == "party" else "contestant"
                scene.note(Place(token, token, signal, account.contestant_id))
            place = int(docs.start[token]), int(docs.end[token])
            yield _hit(scene, _Written(row, fields[doc], docs.texts[doc], place), account, "mention")
