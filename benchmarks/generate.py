"""Invented exports of any size: activities.csv (canonical columns), roster, accounts, lexicons of any number of entries.

    python -m benchmarks.generate FOLDER [--rows 200000] [--entries 2000] [--seed 7]

Texts are Zipfian word salad; a share of them carries a sentence of the project's own corpus (`data/corpus`), whole, with
salad around it, or with names disguised. Same seed and corpus, same bytes.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from benchmarks.words import disguised, handle, misspelt, person_name, vocabulary
from screening.shipped import shipped

POLITICAL = 0.06  # share of texts with a corpus sentence; support and attack are half of those
CAMPAIGN = 0.005  # share of activities on a campaign account
DISGUISED = 0.15  # of the political texts
REPEATED = 0.08  # texts that were posted before, by somebody
NOISE = 0.01  # of all words
OFF_ROSTER = 0.03
ACCOUNTS = 50_000  # that are nobody's campaign
CHUNK = 50_000
COLUMNS = (
    "record_id",
    "platform",
    "actor",
    "kind",
    "happened_at",
    "text",
    "target_account",
    "target_text",
    "target_kind",
    "visibility",
)
_PLATFORMS = ("instagram", "facebook", "x", "tiktok", "youtube")
_SIGNS = ("😂", "🙏", "👍", "🔥", "😭", "❤️", "☝️", "✌️", "🤟", "🇮🇩")
_START = datetime(2023, 9, 1, tzinfo=UTC)
_DAYS = 480


def activities(rows: int, seed: int) -> Iterator[list[tuple[str, ...]]]:
    """Rows of COLUMNS plus `label` (support, attack, neutral, none), in chunks; missing is the empty string."""
    chance, numbers = random.Random(seed), np.random.default_rng(seed)
    words = vocabulary(seed)
    odds = 1 / (np.arange(len(words)) + 2.7) ** 1.15
    steps = np.cumsum(odds / odds.sum())
    corpus = _corpus()
    actors = max(rows // 40, 20)
    told: list[tuple[str, str]] = []
    handles = [handle(chance) for _ in range(ACCOUNTS)]
    for start in range(0, rows, CHUNK):
        size = min(CHUNK, rows - start)
        lengths = np.clip(numbers.lognormal(2.4, 0.62, size), 1, 90).astype(int)
        drawn = np.searchsorted(steps, numbers.random(int(lengths.sum()))).clip(0, len(words) - 1).tolist()
        noisy = set(np.flatnonzero(numbers.random(len(drawn)) < NOISE).tolist())
        chunk, at = [], 0
        for number, length in enumerate(lengths.tolist(), start=start):
            salad = [
                misspelt(words[i], chance) if k in noisy else words[i]
                for k, i in enumerate(drawn[at : at + length], at)
            ]
            at += length
            text, label = _text(salad, corpus, told, chance)
            chunk.append(_activity(number, text, label, actors, handles, chance))
        yield chunk


def _corpus() -> dict[str, list[str]]:
    names = {"support": "support", "attack": "attack", "political_neutral": "neutral"}
    found: dict[str, list[str]] = {name: [] for name in names.values()}
    for path in sorted(shipped("data/corpus").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["label"] in names:
                    found[names[row["label"]]].append(row["text"])
    return found


def _text(
    salad: list[str], corpus: dict[str, list[str]], told: list[tuple[str, str]], chance: random.Random
) -> tuple[str, str]:
    kind = chance.random()
    if kind < REPEATED and told:
        return chance.choice(told)
    if kind > 1 - POLITICAL:
        label = chance.choice(("support", "attack", "neutral", "neutral"))
        sentence = chance.choice(corpus[label])
        if chance.random() < DISGUISED:
            sentence = " ".join(disguised(w, chance) if w[:1].isupper() and len(w) > 3 else w for w in sentence.split())
        text = " ".join([*salad[: chance.randrange(4)], sentence, *salad[: chance.randrange(6)]])
    else:
        label, text = "none", " ".join(salad)
        extra = chance.random()
        if extra < 0.06:
            text = f"@{salad[0]}_{chance.randrange(999)} {text}"
        elif extra < 0.12:
            text = f"{text} #{salad[0]}{salad[-1]}"
        elif extra < 0.25:
            text = f"{text} {chance.choice(_SIGNS) * chance.randint(1, 3)}"
        elif extra < 0.28:
            text = f"{text} https://contoh.example/{chance.randrange(10**6)}"
        elif extra < 0.4:
            text = text.capitalize() + "."
    if len(told) < 5_000:
        told.append((text, label))
    else:
        told[chance.randrange(5_000)] = (text, label)
    return text, label


def _activity(
    number: int, text: str, label: str, actors: int, handles: list[str], chance: random.Random
) -> tuple[str, ...]:
    who = chance.randrange(actors)
    actor = f"asn_{who:06d}" if chance.random() > OFF_ROSTER else f"orang_{who:06d}"
    platform = _PLATFORMS[who % len(_PLATFORMS)]
    at = (_START + timedelta(seconds=chance.randrange(_DAYS * 86_400))).strftime("%Y-%m-%dT%H:%M:%SZ")
    kind = chance.choices(("comment", "post", "share", "like"), (55, 25, 10, 10))[0]
    account = f"kampanye_{chance.randrange(200):03d}" if chance.random() < CAMPAIGN else chance.choice(handles)
    own, target = ("", text) if kind == "like" else (text, "")
    aim = ("", "") if kind == "post" else (account, "content")
    return (f"r{number:08d}", platform, actor, kind, at, own, aim[0], target, aim[1], "public", label)


def write(folder: Path, rows: int, entries: int, seed: int) -> None:
    """activities.csv, labels.csv (record_id, label), roster.csv, accounts.csv and lexicon.csv (extra entries) in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with _table(folder / "activities.csv") as table, _table(folder / "labels.csv") as labels:
        tables, known = csv.writer(table), csv.writer(labels)
        tables.writerow(COLUMNS)
        known.writerow(("record_id", "label"))
        for chunk in activities(rows, seed):
            tables.writerows(row[:-1] for row in chunk)
            known.writerows((row[0], row[-1]) for row in chunk)
    with _table(folder / "roster.csv") as table:
        out = csv.writer(table)
        out.writerow(("platform", "actor", "subject_id", "employment", "account_control"))
        for who in range(max(rows // 40, 20)):
            employment, control = "pns" if who % 4 else "pppk", "confirmed" if who % 10 else "unconfirmed"
            out.writerow((_PLATFORMS[who % len(_PLATFORMS)], f"asn_{who:06d}", f"s{who:06d}", employment, control))
    with _table(folder / "accounts.csv") as table:
        out = csv.writer(table)
        out.writerow(("platform", "handle", "contestant_id", "role", "valid_from", "valid_to"))
        for number in range(200):
            role = ("official", "team", "volunteer")[number % 3]
            out.writerow(
                (_PLATFORMS[number % 5], f"kampanye_{number:03d}", f"pilpres-2024/{number % 3 + 1}", role, "", "")
            )
    write_lexicon(folder / "lexicon.csv", entries, seed)


def write_lexicon(path: Path, entries: int, seed: int) -> None:
    """So many extra entries that, with the bundled ones, there are `entries`: invented candidates of the legislature.

    Beside it terms.txt, one term a line, for the peers: all of these entries but the patterns, which the peers do not have.
    """
    from screening.ruleset.lexicon import load_lexicon

    chance, bundled = random.Random(seed + 1), load_lexicon()
    names: dict[str, None] = {}
    while len(names) < max(entries - len(bundled), 0):
        names[person_name(chance)] = None
    terms = sorted({*names, *(entry.term.lower() for entry in bundled.entries if entry.match != "pattern")})
    path.with_name("terms.txt").write_text("\n".join(terms) + "\n", encoding="utf-8")
    with _table(path) as table:
        out = csv.writer(table)
        out.writerow(("entry_id", "term", "kind", "signal", "contest", "match", "strength", "certainty"))
        for number, name in enumerate(names):
            match = "fuzzy" if number % 2 else "token"
            out.writerow(
                (
                    f"bench-{number:05d}",
                    name.title(),
                    "name",
                    "legislative_name",
                    "pileg-2024",
                    match,
                    "0.6",
                    "verified",
                )
            )


def _table(path: Path):
    return path.open("w", encoding="utf-8", newline="")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--entries", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    write(given.folder, given.rows, given.entries, given.seed)


if __name__ == "__main__":
    main()
