"""A short fuzz of every reader; `make fuzz` runs 20,000 cases."""

from __future__ import annotations

import random

import pytest

from screening.readers.ingest.registry import FALLBACKS, READERS
from tests.readers import fuzz


def test_no_reader_falls_over_damaged_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz.fuzz(total=5 * len((*READERS, *FALLBACKS)), seed=11) == 0, capsys.readouterr().err


def test_every_reader_has_a_case_to_fuzz() -> None:
    assert [reader.name for reader in (*READERS, *FALLBACKS) if not fuzz.seeds(reader)] == []


@pytest.mark.parametrize("mutate", fuzz.MUTATIONS)
def test_mutations_change_something(mutate: object) -> None:
    made = b'[{"a": 1, "b": "dua"}, {"a": 3}]'
    changed = {mutate(made, random.Random(n)) for n in range(20)}  # type: ignore[operator]
    assert len(changed - {made}) > 5
