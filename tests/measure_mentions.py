"""Precision and recall of "names a contestant or party" on the developers' labelled texts (`../shared/eval/dev.csv`).

Run: python -m tests.measure_mentions PATH. The texts carry no mention labels, so the truth is a wide list of spellings
(`LIKELY`), and what the list misses is read by eye. Prints figures only, never a text.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pandas as pd

from tests.lexicon_bench import hits, ruleset

LIKELY = re.compile(
    r"anies|muhaimin|imin\b|prabowo|gibran|ganjar|mahfud|ridwan kamil|suswono|\brk\b|\brido\b|pongrekun|\bdharma\b|pramono"
    r"|\brano\b|\bdoel\b|jokowi|jkw|sandi\b|sandiaga|ahok|\bahy\b|djarot|luluk|khofifah|risma\b|airin|dimyati|andra|wowo"
    r"|\b0[123]\b|paslon|\bno\.? ?[123]\b|joko widodo|fufufafa|agus ?sylvi",
    re.IGNORECASE,
)
DAYS = {
    "2024": "2024-10-20", "2023": "2023-11-20", "2017": "2017-01-20", "2019": "2019-03-15", "2018": "2018-11-01",
    "2023-12": "2023-12-15", "2025": "2025-07-01", "2024-10": "2024-10-15", "2022": "2022-07-01", "2018-19": "2019-02-01",
    "2025-12?": "2025-12-01", "2021-22": "2022-01-10",
}  # fmt: skip


def measure(path: Path) -> dict[str, float]:
    """Counts and rates: texts, likely mentions, found among them, found in texts without politics, share per label."""
    texts = pd.read_csv(path, dtype=str)
    found = hits(texts["text"], [DAYS[year] for year in texts["year"]], ruleset(()))
    named = texts.index.isin(found.loc[found["group"] == "target", "row"])
    likely = texts["text"].str.contains(LIKELY)
    innocent = texts["label"] == "non_political"
    partisan = texts["label"].isin(["support", "attack"])
    return {
        "texts": len(texts),
        "likely": int(likely.sum()),
        "found_of_likely": int((likely & named).sum()),
        "found_beyond": int((~likely & named).sum()),
        "recall": round(float((likely & named).sum() / max(likely.sum(), 1)), 3),
        "non_political": int(innocent.sum()),
        "non_political_named": int((innocent & named).sum()),
        "partisan_named": round(float(named[partisan.to_numpy()].mean()), 3),
    }


if __name__ == "__main__":
    for name, value in measure(Path(sys.argv[1])).items():
        print(f"{name}: {value}")
