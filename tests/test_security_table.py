"""Every row of the table in docs/security.md names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent


def test_every_row_of_the_table_has_a_test() -> None:
    text = (TESTS.parent / "docs" / "security.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| ([^\n]+)$", text, re.M)
    assert len(rows) >= 25
    assert [int(number) for number, _ in rows] == list(range(1, len(rows) + 1))
    for number, row in rows:
        named = re.findall(r"([\w/]+\.py)::(test_\w+)", row)
        assert named, number
        for file, name in named:
            assert re.search(rf"^def {name}\(", (TESTS / file).read_text(encoding="utf-8"), re.M), (number, file, name)
