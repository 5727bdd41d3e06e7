"""What must hold for every table and tool export: order, form and packing do not change the activities."""

from __future__ import annotations

import gzip
import io
import json
import random
import tempfile
import unicodedata
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening import readers
from screening.readers.ingest import identity
from screening.readers.ingest.identity import _UNSTABLE, Seen, activity_ids
from screening.readers.ingest.sameness import same_account, same_address, same_profile
from screening.readers.tables.columnar import _spelled
from screening.tables import ACTIVITIES
from tests.readers import table_cases as t
from tests.readers.cases import cases, write

_NOT_CONTENT = ["source_file", "source_sha256", "source_pointer"]
WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=30)
RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "platform": st.sampled_from(["x", "instagram", "facebook"]),
            "kind": st.sampled_from(["post", "comment", "share", "like", "follow", "join", "bio"]),
            "actor": st.sampled_from(["asn_0501", "asn_0502"]),
            "record_id": st.integers(1, 10**18).map(str),
            "happened_at": st.sampled_from(["2024-10-02T19:30:00+07:00", "2024-10-03", "2024-10-03 10:00:00", ""]),
            "text": WORDS.filter(lambda text: text == text.strip()),
        }
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda record: record["record_id"],
)


def content(*paths: Path) -> pd.DataFrame:
    """The activities as a set of rows, whatever their order and place."""
    found = readers.read(list(paths)).activities.drop(columns=_NOT_CONTENT)
    return found.sort_values("activity_id", ignore_index=True)


def read_bytes(name: str, made: bytes) -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(made)
        return content(path)


@settings(max_examples=10)
@given(RECORDS)
def test_the_same_table_in_every_form_gives_the_same_activities(records: list[dict[str, Any]]) -> None:
    wanted = read_bytes("a.csv", t.canonical_csv(records))
    assert len(wanted) == len(records)
    for name, made in {
        "b.csv": t.canonical_csv(records, mark=";", newline="\r\n"),
        "c.csv": b"\xef\xbb\xbf" + t.canonical_csv(records),
        "d.csv": t.canonical_csv(records, mark="\t", encoding="utf-16"),
        "e.jsonl": t.canonical_jsonl(records),
        "f.parquet": t.canonical_parquet(records),
        "g.csv.gz": gzip.compress(t.canonical_csv(records)),
    }.items():
        again = read_bytes(name, made)
        assert list(again["activity_id"]) == list(wanted["activity_id"]), name
        assert list(again["text"].fillna("")) == list(wanted["text"].fillna("")), name


@settings(max_examples=12)
@given(RECORDS, st.randoms(use_true_random=False))
def test_order_parts_and_unknown_columns_do_not_matter(records: list[dict[str, Any]], chance: random.Random) -> None:
    wanted = read_bytes("a.csv", t.canonical_csv(records))
    mixed = chance.sample(records, len(records))
    cut = chance.randrange(len(records) + 1)
    with tempfile.TemporaryDirectory() as folder:
        for number, part in enumerate((mixed[:cut], mixed[cut:])):
            rows = [{**record, "asing": "nilai asing"} for record in part]
            (Path(folder) / f"bagian_{number}.jsonl").write_bytes(t.canonical_jsonl(rows) or b"\n")
        pd.testing.assert_frame_equal(
            content(Path(folder))[["activity_id", "happened_at"]], wanted[["activity_id", "happened_at"]]
        )


@pytest.mark.parametrize("name", sorted(cases()))
def test_packing_a_case_in_a_zip_below_another_folder_changes_nothing(name: str, tmp_path: Path) -> None:
    loose = content(write(cases()[name], tmp_path / "ekspor"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, made in cases()[name].items():
            archive.writestr(f"salinan saya/{path}", made)
    (tmp_path / "lain.zip").write_bytes(out.getvalue())
    pd.testing.assert_frame_equal(content(tmp_path / "lain.zip"), loose)


@pytest.mark.parametrize(
    "name", sorted(name for name, files in cases().items() if any(f.endswith("jsonl") for f in files))
)
def test_shuffling_lines_and_adding_keys_changes_nothing(name: str, tmp_path: Path) -> None:
    files = {path: made for path, made in cases()[name].items() if path.endswith("jsonl")}
    loose = content(write(files, tmp_path / "a"))
    shaken = {}
    for path, made in files.items():
        lines = [line for line in made.decode().split("\n") if line]
        random.Random(7).shuffle(lines)
        shaken[path] = "\n".join(map(_with_key, lines)).encode()
    pd.testing.assert_frame_equal(content(write(shaken, tmp_path / "b")), loose)


def _with_key(line: str) -> str:
    try:
        record = json.loads(line)
        return json.dumps({**record, "kunci_asing": {"x": [1]}}) if isinstance(record, dict) else line
    except ValueError:
        return line


def test_reading_twice_gives_each_activity_once(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(t.canonical_csv(t.CANONICAL))
    files = readers.read([path, path]).files
    assert list(files["activities"]) == [5, 0]
    assert list(files["duplicate"]) == [0, 5]


def test_batches_of_any_size_give_the_same_table(tmp_path: Path) -> None:
    records = [{**t.CANONICAL[0], "record_id": f"r{n}", "text": f"kata {n}"} for n in range(103)]
    (tmp_path / "a.csv").write_bytes(t.canonical_csv(records))
    (tmp_path / "b.jsonl").write_bytes(t.canonical_jsonl(records[:50]))
    whole = readers.read([tmp_path])
    for rows in (9, 50, 1000):
        parts = list(readers.batches([tmp_path], rows=rows))
        assert max(len(part.activities) for part in parts) < rows * 2 + 1
        joined = pd.concat([part.activities for part in parts], ignore_index=True)
        pd.testing.assert_frame_equal(joined, whole.activities)
        files = pd.concat([part.files for part in parts], ignore_index=True)
        late = r"; \d+ di antaranya mengulang bagian yang sudah dinilai.*"  # what a stream cannot do is said
        assert files.assign(note=files["note"].str.replace(late, "", regex=True)).equals(whole.files)


def test_row_ids_and_columnar_ids_agree() -> None:
    rows = ACTIVITIES.build(
        [{"platform": "x", "kind": "post", "text": text} for text in ("e\u0301", "\u00e9", "a\r\nb", "a\nb", "")]
    )
    ids = activity_ids(rows)
    assert ids[0] == ids[1]
    assert ids[2] == ids[3]
    assert ids.str.fullmatch("[0-9a-f]{20}").all()
    assert activity_ids(rows.assign(text=None))[4] == ids[4], "missing and empty are one for the id"
    one_by_one = [activity_ids(rows.iloc[[n]]).iloc[0] for n in range(len(rows))]
    assert one_by_one == list(ids)


ODD = st.none() | st.text(
    st.sampled_from("ab\r\n\u0301\u0323e\u00e9\ufb01\uac00\u1161\u11a8\u2764\ufe0f\U0001f642"), max_size=6
)


def spelled_out(row: dict[str, str | None], when: str, second: int | None) -> str:
    """The id as its definition says, one row at a time."""
    told = {name: (value or "") for name, value in row.items()}
    aimed, chat = told["kind"] in ("like", "follow", "join"), told["platform"] in ("whatsapp", "telegram")
    exact = bool(second)
    worded = bool(told["text"].strip())
    account = same_account(told["target_account"])
    address = same_address(told["target_url"]) if told["target_url"] else ""
    target = address or account or told["target_text"]
    if told["kind"] == "follow":
        target = (same_profile(told["target_url"]) if told["target_url"] else "") or account or address
    if told["kind"] == "join":
        target = account or address
    needs = aimed or not ((told["kind"] == "post" and exact) or (worded and exact))
    parts = [
        told["platform"], same_account(told["actor"]), told["kind"], when, "" if aimed else told["text"],
        target if needs else "", account if chat else "", told["media_text"] if not aimed and not worded else "",
    ]  # fmt: skip
    lines = [part.replace("\r\n", "\n").replace("\r", "\n") for part in parts]
    return sha256("\x1f".join(unicodedata.normalize("NFC", line) for line in lines).encode()).hexdigest()[:20]


ROW = st.fixed_dictionaries(
    dict.fromkeys(("actor", "text", "target_text", "media_text", "record_id"), ODD)
    | {
        "platform": st.sampled_from(["instagram", "whatsapp", "facebook"]),
        "kind": st.sampled_from(["post", "comment", "share", "like", "follow", "join", "bio"]),
        "target_account": ODD | st.sampled_from(["@Akun.Satu", "akun.satu", "https://www.instagram.com/_u/akun.satu/"]),
        "target_url": ODD | st.sampled_from(["https://www.instagram.com/p/AbC/?igsh=1", "instagram.com/akun.satu/"]),
    }
)


@given(st.lists(ROW, max_size=8), st.lists(st.sampled_from([0, 21, None]), min_size=8, max_size=8))
def test_ids_are_the_hashes_their_definition_says(
    records: list[dict[str, str | None]], seconds: list[int | None]
) -> None:
    def moment(second: int | None) -> pd.Timestamp | None:
        return None if second is None else pd.Timestamp(f"2024-11-26T15:57:{second:02d}Z")

    table = ACTIVITIES.build(
        {
            **record, "happened_at": moment(seconds[n]), "time_raw": f"kemarin {n}",
            "time_basis": "absent" if seconds[n] is None else "exact_utc",
        }
        for n, record in enumerate(records)
    )  # fmt: skip
    wanted = []
    for n, record in enumerate(records):
        at = moment(seconds[n])
        when = f"kemarin {n}" if at is None else str(int(at.timestamp()) * 1_000_000)
        wanted.append(spelled_out(record, when, seconds[n]))
    assert list(activity_ids(table)) == wanted
    assert list(activity_ids(table.iloc[1:])) == wanted[1:]


def test_on_x_the_status_id_is_the_identity() -> None:
    status = "1800000000000000003"
    rows = ACTIVITIES.build(
        {"platform": "x", "actor": actor, "kind": kind, "text": text, "record_id": record, "target_url": url}
        for actor, kind, text, record, url in (
            ("asn_1", "comment", "halo", status, None),
            ("ASN_1", "share", "halo t.co/1", status, "https://x.com/a/status/1700000000000000000"),
            ("asn_1", "post", "halo", None, f"https://twitter.com/asn_1/status/{status}"),
            ("asn_1", "like", None, None, f"https://x.com/asn_1/status/{status}"),
            ("asn_1", "post", "halo", "17", None),
        )
    )
    ids = list(activity_ids(rows))
    assert ids[0] == ids[1] == ids[2]
    assert len(set(ids)) == 3


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", ["UTC", "Asia/Jakarta", None])
def test_typed_times_are_spelled_as_arrow_spells_them(unit: str, zone: str | None) -> None:
    import pyarrow as pa
    import pyarrow.compute as pc

    times = pa.chunked_array([pa.array([0, None, -1, 1_732_636_641], pa.timestamp(unit, zone))])
    assert _spelled(times).to_pylist() == pc.cast(times, pa.string()).to_pylist()


def test_the_pattern_of_unstable_characters_covers_all_that_nfc_touches() -> None:
    import pyarrow as pa
    import pyarrow.compute as pc

    letters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    caught = pc.match_substring_regex(pa.array(letters), _UNSTABLE).to_pylist()
    second = {
        unicodedata.decomposition(c).split()[-1] for c in letters if len(unicodedata.decomposition(c).split()) == 2
    }
    joining = {chr(int(code, 16)) for code in second if not code.startswith("<")}
    missed = [c for c, hit in zip(letters, caught, strict=True) if not hit and (
        not unicodedata.is_normalized("NFC", c) or unicodedata.combining(c) or c in joining
    )]  # fmt: skip
    stable = [
        c for c in missed if unicodedata.normalize("NFC", "a" + c) != "a" + c or unicodedata.normalize("NFC", c) != c
    ]
    assert not stable


@given(
    st.lists(st.lists(st.integers(0, 400), max_size=60), max_size=12),
    st.sampled_from([1, 3, 50]),
    st.sampled_from([3, 90]),
)
def test_seen_is_a_set(chunks: list[list[int]], block: int, beginnings: int) -> None:
    """However many ids begin alike, and wherever the blocks end in which runs are merged."""
    seen, plain = Seen(), set()
    with patch.object(identity, "_BLOCK", block):
        for chunk in chunks:
            ids = pd.Series([f"{n % beginnings:016x}{n:04x}" for n in chunk], dtype="str")
            wanted = [not (name in plain or plain.add(name)) for name in ids]
            assert list(seen.new(ids)) == wanted
    assert isinstance(seen.new(pd.Series([], dtype="str")), np.ndarray)
