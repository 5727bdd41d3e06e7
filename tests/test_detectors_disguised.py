"""Disguised mentions are found, in exactly the characters that hold them; recall per disguise stands in docs/lexicons.md."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.disguises import ALONE_NEVER, DAYS, NAMES, mentions
from tests.lexicon_bench import hits, ruleset

BEFORE, AFTER = "menurut warga ", " calon di pilkada ini"
LOWEST = 0.9  # recall a disguise must reach; see the table in docs/lexicons.md


@lru_cache(maxsize=1)
def outcomes() -> list[tuple[str, str, str, bool]]:
    """(disguise, name, form, found) for every mention."""
    every = mentions()
    texts = [f"{BEFORE}{form}{AFTER}" for *_, form in every]
    found = hits(texts, [DAYS[contest] for _, contest, _, _ in every], ruleset(()))
    found = found[found["group"] == "target"]
    done = []
    for i, (kind, contest, name, form) in enumerate(every):
        mine = found[(found["row"] == i) & found["contestant_id"].fillna("").str.startswith(contest + "/")]
        inside = (mine["start"] >= len(BEFORE)) & (mine["end"] <= len(BEFORE) + len(form))
        done.append((kind, name, form, bool(inside.any())))
    return done


def table() -> dict[str, tuple[int, int]]:
    """Disguise -> (mentions, found)."""
    every, found = Counter(o[0] for o in outcomes()), Counter(o[0] for o in outcomes() if o[3])
    return {kind: (every[kind], found[kind]) for kind in every}


def test_more_than_three_hundred_disguised_mentions_are_found() -> None:
    assert sum(found for _, found in table().values()) >= 900


@pytest.mark.parametrize("kind", sorted({kind for kind, *_ in mentions()}))
def test_each_disguise_is_seen_through(kind: str) -> None:
    every, found = table()[kind]
    assert found / every >= LOWEST, [o[2] for o in outcomes() if o[0] == kind and not o[3]]


def test_the_table_in_the_docs_is_the_measured_one() -> None:
    docs = (Path(__file__).parent.parent / "docs" / "lexicons.md").read_text(encoding="utf-8")
    rows = [f"| {kind} | {every} | {found} |" for kind, (every, found) in table().items()]
    assert [row for row in rows if row not in docs] == []


LOOKALIKES = {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "i": "і", "s": "ѕ", "n": "ｎ", "b": "ｂ", "w": "ｗ"}


@settings(max_examples=25)
@given(
    st.sampled_from(
        [
            (contest, name)
            for contest, names in NAMES.items()
            for name in names
            if len(name) > 6 and name not in ALONE_NEVER
        ]
    ),
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["\u200b", "\u2060", "\u0336", "look"])), max_size=6),
)
def test_invisible_characters_and_look_alikes_never_hide_a_name(
    who: tuple[str, str], changes: list[tuple[int, str]]
) -> None:
    contest, name = who
    letters = list(name)
    for place, change in changes:
        at = place % len(letters)
        if change == "look":
            letters[at] = LOOKALIKES.get(letters[at].lower(), letters[at])
        elif at > 0 and letters[at] != " " and letters[at - 1] != " ":
            letters[at] = letters[at] + change
    text = f"{BEFORE}{''.join(letters)}{AFTER}"
    found = hits([text], DAYS[contest], ruleset(()))
    mine = found[(found["group"] == "target") & found["contestant_id"].fillna("").str.startswith(contest + "/")]
    assert len(mine)
    assert all(text[r.start : r.end] == r.surface for r in found.itertuples())
