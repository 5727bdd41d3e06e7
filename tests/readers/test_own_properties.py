"""What must hold for every own-data download: order, unknown keys, parts and encoding do not change the activities."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from screening import readers
from tests.readers import own_chat_cases, own_meta_cases, own_platform_cases
from tests.readers.cases import Files, write
from tests.readers.test_properties import content

CASES = {**own_meta_cases.cases(), **own_platform_cases.cases(), **own_chat_cases.cases()}
NAMES = sorted(name for name in CASES if name != "telegram_cut")


def parsed(made: bytes) -> tuple[str, Any]:
    """What stands before the JSON value (`window.YTD… =`) and the value; ("", None) for other files."""
    text = made.decode("utf-8-sig").rstrip("; \r\n")
    start = next((place for place, letter in enumerate(text) if letter in "[{"), -1)
    if start < 0 or (start and "=" not in text[:start]):
        return "", None
    try:
        return text[:start], json.loads(text[start:])
    except ValueError:
        return "", None


def changed(files: Files, change: Callable[[Any], Any], ascii_only: bool = True) -> Files:
    """The files with every JSON value changed; others stay."""
    made = {}
    for path, content_ in files.items():
        before, value = parsed(content_)
        again = (before + json.dumps(change(value), ensure_ascii=ascii_only)).encode()
        made[path] = content_ if value is None else again
    return made


def shaken(value: Any, chance: random.Random) -> Any:
    """Record lists in another order, every record with a key nobody knows."""
    if isinstance(value, dict):
        return {key: shaken(item, chance) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    rows = [{**item, "kunci_asing": {"x": [1, None]}} if isinstance(item, dict) else item for item in value]
    return chance.sample(rows, len(rows))


@cache
def wanted(name: str) -> pd.DataFrame:
    """What the case gives as it is."""
    with tempfile.TemporaryDirectory() as folder:
        return content(write(CASES[name], Path(folder) / "ekspor"))


@pytest.mark.parametrize("name", NAMES)
def test_order_and_unknown_keys_change_nothing(name: str, tmp_path: Path) -> None:
    chance = random.Random(7)
    again = content(write(changed(CASES[name], lambda value: shaken(value, chance)), tmp_path / "ekspor"))
    pd.testing.assert_frame_equal(again, wanted(name))


@pytest.mark.parametrize("name", NAMES)
def test_the_encoding_of_a_file_changes_nothing(name: str, tmp_path: Path) -> None:
    letters = changed(CASES[name], lambda value: value, ascii_only=False)
    ways = {
        "bom": {path: b"\xef\xbb\xbf" + made.removeprefix(b"\xef\xbb\xbf") for path, made in letters.items()},
        "utf-16": {path: made.decode("utf-8-sig").encode("utf-16") for path, made in CASES[name].items()},
    }
    for way, files in ways.items():
        pd.testing.assert_frame_equal(content(write(files, tmp_path / way / "ekspor")), wanted(name), obj=way)


def _halves(files: Files) -> Files:
    """Every list of a Meta or X file in two overlapping parts."""
    made: Files = {}
    for path, content_ in files.items():
        before, value = parsed(content_)
        key = (
            next((key for key, item in value.items() if isinstance(item, list)), None)
            if isinstance(value, dict)
            else None
        )
        rows = value if isinstance(value, list) else (value[key] if key else None)
        if rows is None or len(rows) < 2:
            made[path] = content_
            continue
        middle = len(rows) // 2
        stem, dot, ending = path.rpartition(".")
        for number, part in enumerate((rows[: middle + 1], rows[middle:])):
            name = f"{stem}-part{number}" if before else f"{stem}_{number + 11}"
            whole = {**value, key: part} if key else part
            made[name + dot + ending] = (before.replace("part0", f"part{number}") + json.dumps(whole)).encode()
    return made


@pytest.mark.parametrize("name", ["instagram_2021", "instagram_2024_threads", "facebook_2021", "x_archive_2019"])
def test_overlapping_parts_change_nothing(name: str, tmp_path: Path) -> None:
    again = content(write(_halves(CASES[name]), tmp_path / "ekspor"))
    pd.testing.assert_frame_equal(again, wanted(name))


def test_no_private_word_reaches_any_output(tmp_path: Path) -> None:
    for name, files in CASES.items():
        write(files, tmp_path / "ekspor" / name)
    reading = readers.read([tmp_path / "ekspor"])
    for table in (reading.activities, reading.rejected, reading.files):
        assert "RAHASIA" not in table.to_csv()
    assert b"RAHASIA" in b"".join(made for files in CASES.values() for made in files.values())
