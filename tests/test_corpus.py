"""The corpus keeps its promises: right columns and labels, few near-duplicates, no contestant favoured, no real handles."""

from __future__ import annotations

import csv
import re
import zlib
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from screening.classifier.corpus import COLUMNS, PARENT, read_corpus
from screening.classifier.model import LABELS

FOLDER = Path(__file__).resolve().parent.parent / "data" / "corpus"
CONTESTS = re.compile(r"(?:pilpres|jakarta|jatim|banten|pemilu)-20\d\d|other|none")
MOST_NEAR = 0.03
NEAR = 0.6
LEAST_TEXTS = 6000


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    found = []
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            assert tuple(reader.fieldnames or ()) in (COLUMNS, (*COLUMNS, PARENT)), path.name
            found += [{**row, "file": f"{path.name}:{reader.line_num}"} for row in reader]
    return found


def test_every_row_is_complete(rows: list[dict[str, str]]) -> None:
    wrong = [
        row["file"]
        for row in rows
        if row["label"] not in LABELS
        or not CONTESTS.fullmatch(row["contest"])
        or not row["text"].strip()
        or not row["style"]
        or not row["why"]
    ]
    assert wrong == []


def test_there_are_enough_texts_of_every_label(rows: list[dict[str, str]]) -> None:
    assert len(rows) >= LEAST_TEXTS
    counts = Counter(row["label"] for row in rows)
    assert min(counts.values()) >= 0.12 * len(rows), counts


def shingles(text: str) -> frozenset[int]:
    words = re.sub(r"\W+", " ", text.lower()).split()
    return frozenset(zlib.crc32(" ".join(words[i : i + 3]).encode()) for i in range(max(1, len(words) - 2)))


def near_duplicates(texts: list[str]) -> list[tuple[int, int]]:
    """Pairs (later, earlier) whose three-word shingles overlap by 0.6 or more (exact Jaccard over shared shingles)."""
    sets = [shingles(text) for text in texts]
    holders: dict[int, list[int]] = defaultdict(list)
    pairs = []
    for i, own in enumerate(sets):
        shared = Counter(j for item in own for j in holders[item])
        near = next((j for j, n in sorted(shared.items()) if n / (len(own) + len(sets[j]) - n) >= NEAR), None)
        if near is not None:
            pairs.append((i, near))
        for item in own:
            holders[item].append(i)
    return pairs


def test_near_duplicates_are_found() -> None:
    texts = ["satu dua tiga empat lima enam", "satu dua tiga empat lima tujuh", "sama sekali lain isinya ini"]
    assert near_duplicates(texts) == [(1, 0)]


def test_near_duplicates_are_under_three_percent(rows: list[dict[str, str]]) -> None:
    assert len(near_duplicates([row["text"] for row in rows])) / len(rows) < MOST_NEAR


def test_no_text_has_two_labels(rows: list[dict[str, str]]) -> None:
    labels = defaultdict(set)
    for row in rows:
        labels[row.get(PARENT) or "", row["text"].strip().lower()].add(row["label"])
    assert [text for text, found in labels.items() if len(found) > 1] == []


@pytest.mark.parametrize(
    "contest", ["pilpres-2024", "jakarta-2024", "pilpres-2019", "jakarta-2017", "jatim-2024", "banten-2024"]
)
def test_no_contestant_is_praised_or_attacked_more_than_the_others(rows: list[dict[str, str]], contest: str) -> None:
    """Among the single-target partisan texts of a contestant, support is as frequent as for the rivals, within 15 points."""
    counts = Counter(
        (row["target"], row["label"])
        for row in rows
        if row["contest"] == contest and row["label"] in ("support", "attack") and re.fullmatch(r"\d", row["target"])
    )
    targets = sorted({target for target, _ in counts})
    assert len(targets) >= 2
    share = {t: counts[t, "support"] / (counts[t, "support"] + counts[t, "attack"]) for t in targets}
    assert max(share.values()) - min(share.values()) <= 0.15, share
    total = {t: counts[t, "support"] + counts[t, "attack"] for t in targets}
    assert max(total.values()) <= 1.35 * min(total.values()), total


def test_only_invented_handles(rows: list[dict[str, str]]) -> None:
    handles = {h.lower() for row in rows for h in re.findall(r"(?<![\w.])@([a-z]\w+)", row["text"])}
    known = re.compile(r"user\w*|warga_?\w*|asn_?\w*|username|akun_?\w*|nama\w*|contoh\w*|\w*dapil\w*")
    assert sorted(h for h in handles if not known.fullmatch(h)) == []


def test_comments_stand_under_posts_on_and_off_topic(rows: list[dict[str, str]]) -> None:
    """Under most posts there are comments that take a side and comments about something else: the post alone tells nothing."""
    under: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.get(PARENT):
            under[row[PARENT]].add(row["label"])
    assert sum(len([row for row in rows if row.get(PARENT) == parent]) for parent in under) >= 600
    both = [parent for parent, labels in under.items() if labels & {"support", "attack"} and "non_political" in labels]
    assert len(both) >= 0.5 * len(under)


def test_no_long_digit_runs_like_personal_numbers(rows: list[dict[str, str]]) -> None:
    assert [row["file"] for row in rows if re.search(r"\d{9,}", row["text"])] == []


def test_reading_keeps_every_distinct_text(rows: list[dict[str, str]]) -> None:
    corpus = read_corpus(FOLDER)
    assert set(corpus.examples["text"]) == {row["text"] for row in rows}
    assert set(corpus.examples["parent"]) == {row.get(PARENT) or "" for row in rows}
    assert sum(int(str(facts["rows"])) for facts in corpus.files.values()) == len(rows)
