"""Vendors' tables: what a time column proves or leaves open about day and month is used and told."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening import readers


@pytest.mark.parametrize(
    ("written", "days", "told"),
    [
        (["10/12/2024 2:05:00 PM", "9/3/2024 2:05:00 AM"], ["12-10", "03-09"], "AM/PM"),
        (["10/12/2024 14:05", "9/3/2024 02:05"], ["12-10", "03-09"], ""),
        (["10/14/2024 2:05 PM", "9/3/2024 2:05 AM"], ["10-14", "09-03"], "bulan/hari"),
        (["14/10/2024 2:05 PM", "9/3/2024 2:05 AM"], ["10-14", "03-09"], ""),
    ],
)
def test_american_dates_are_proved_or_doubted(written: list[str], days: list[str], told: str, tmp_path: Path) -> None:
    head = "Mention ID;Author;Body;Posted at"
    rows = [f"{n};asn_000{n};halo {n};{when}" for n, when in enumerate(written)]
    profile = """
schema = 1
name = "contoh-vendor"
requires = ["Mention ID", "Body"]
[constants]
platform = "x"
[columns]
record_id = ["Mention ID"]
actor = ["Author"]
text = ["Body"]
happened_at = ["Posted at"]
"""
    (tmp_path / "p.toml").write_text(profile, encoding="utf-8")
    (tmp_path / "a.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    found = readers.read([tmp_path / "p.toml", tmp_path / "a.csv"])
    local = found.activities["happened_at"].dt.tz_convert("Asia/Jakarta").dt.strftime("%m-%d")
    assert list(local) == days
    note = found.files["note"].dropna().str.cat(sep=" ")
    assert told in note
    assert told or "hari" not in note
