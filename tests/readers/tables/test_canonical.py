"""Canonical tables as JSON lines: nothing in a line may end the process or cost another line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from screening import readers

GOOD = json.dumps({"platform": "x", "kind": "post", "actor": "asn_0001", "text": "satu"})


@pytest.mark.parametrize(
    "odd", ["null", " null", "null null", "[null]", "1", '"x"', "NaN", f"{GOOD} null", f"{GOOD}{GOOD}"]
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_line_that_is_no_record_costs_itself(odd: str, place: int, tmp_path: Path) -> None:
    """A bare `null` among records makes pyarrow 26 end the process (segmentation fault)."""
    lines = [GOOD, GOOD.replace("satu", "dua")]
    lines.insert(place, odd)
    for end in ("", "\n"):
        (tmp_path / "a.jsonl").write_text("\n".join(lines) + end, encoding="utf-8")
        found = readers.read([tmp_path / "a.jsonl"])
        assert sorted(found.activities["text"]) == ["dua", "satu"]
        assert found.rejected["source_pointer"].tolist() == [f"line {place + 1}"]
