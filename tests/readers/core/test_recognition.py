"""Recognition looks as far as it must, with bounded memory, and nothing nests without end."""

from __future__ import annotations

import io
import json
import random
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from screening import readers
from screening.readers.core import jsontext
from screening.readers.core.decoding import decoded, encoding_of, opened
from screening.readers.core.jsonstream import lines, records
from screening.readers.core.jsontext import DEEP, Shallow, sketch
from screening.readers.core.reader import Rejection
from screening.readers.core.source import Source
from screening.readers.core.structure import head_text, tree
from tests.readers.fuzz import source_of

LONG = "teks biasa tentang kegiatan kantor " * 12


def tweets(number: int) -> list[dict[str, Any]]:
    return [
        {"id": str(1_810_000_000_000_000_000 + n), "text": f"{LONG}{n}", "author_id": str(n % 4), "created_at": "2024-09-03T04:05:06.000Z"}
        for n in range(number)
    ]  # fmt: skip


def page(**more: Any) -> dict[str, Any]:
    users = [{"id": str(n), "username": f"asn_08{n:02d}", "description": LONG * 30} for n in range(4)]
    return {
        "data": tweets(250),
        "includes": {"users": users},
        "meta": {"result_count": 250},
        "__twarc": {"version": "2.14"},
        **more,
    }


@pytest.mark.parametrize("order", [["data", "includes", "meta", "__twarc"], ["__twarc", "meta", "includes", "data"],
                                   ["includes", "data"], ["data"]])  # fmt: skip
def test_a_response_page_of_any_size_and_key_order_is_read(order: list[str], tmp_path: Path) -> None:
    whole = page()
    (tmp_path / "hasil.jsonl").write_text(json.dumps({key: whole[key] for key in order}) + "\n", encoding="utf-8")
    read = readers.read([tmp_path])
    assert len(read.activities) == 250
    assert set(read.files["reader"]) == {"twarc"}
    if "includes" in order:
        assert set(read.activities["actor"]) == {"asn_0800", "asn_0801", "asn_0802", "asn_0803"}


def test_a_page_with_large_style_sheets_is_known_by_its_body(tmp_path: Path) -> None:
    css = ".mdl-grid{display:flex}" * 8_000
    cell = ('<div class="outer-cell mdl-cell"><div class="mdl-grid"><div class="content-cell mdl-cell">Menyukai '
            '<a href="https://www.youtube.com/watch?v=abc{n}">Lomba warga {n}</a><br>3 Sep 2024, 19.15.0{n} WIB</div></div></div>')  # fmt: skip
    body = "".join(cell.format(n=n) for n in range(3))
    made = f"<html><head><title>Aktivitas Saya</title><style>{css}</style><script>var a='<b>';{'x=1;' * 9000}</script></head><body>YouTube{body}</body></html>"
    (tmp_path / "MyActivity.html").write_text(made, encoding="utf-8")
    read = readers.read([tmp_path])
    assert list(read.activities["kind"]) == ["like"] * 3, read.files["note"].tolist()


def test_a_first_record_of_megabytes_is_known_by_its_last_keys(tmp_path: Path) -> None:
    comments = [
        {"id": str(n), "text": LONG, "ownerUsername": "warga_contoh", "timestamp": "2024-09-03T04:05:06.000Z"}
        for n in range(3_000)
    ]
    item = {"inputUrl": "x", "id": "9", "latestComments": comments, "images": ["u" * 90_000], "shortCode": "BBB", "caption": "Kerja bakti",
            "url": "https://www.instagram.com/p/BBB/", "timestamp": "2024-09-03T04:05:06.000Z", "ownerUsername": "asn_0810",
            "taggedUsers": [{"username": "asn_0811"}, {"username": "asn_0812"}]}  # fmt: skip
    made = json.dumps([item])
    assert len(made) > 1_000_000
    (tmp_path / "dataset.json").write_text(made, encoding="utf-8")
    read = readers.read([tmp_path])
    posts = read.activities[read.activities["kind"] == "post"]
    assert posts[["actor", "text", "tagged"]].values.tolist() == [["asn_0810", "Kerja bakti", "asn_0811;asn_0812"]]
    assert (read.activities["kind"] == "comment").sum() == 3_000


def test_a_sketch_holds_every_key_and_the_first_record_and_little_else() -> None:
    rows = [{"a": n, "b": [n, {"c": LONG}]} for n in range(4_000)]
    root = {"awal": rows, "tengah": {"dalam": rows}, "akhir": [1, 2], "teks": "x" * 700_000, "nomor": 10**60}
    made = json.dumps(root).encode()
    found = sketch(io.BytesIO(made))
    assert list(found) == list(root)
    assert found["awal"][0] == rows[0]
    assert found["tengah"]["dalam"][0].keys() == rows[0].keys()
    assert len(found["awal"]) < 400
    assert found["akhir"] == [1]


@pytest.mark.parametrize("cut", [1, 40, 90, 130, 200])
def test_a_sketch_of_a_text_that_breaks_off_is_what_was_there(cut: int) -> None:
    made = json.dumps({"satu": [{"a": 1, "b": "dua"}], "tiga": {"empat": "lima"}, "enam": None}).encode()
    found = sketch(io.BytesIO(made[:cut]))
    assert found is None or set(found) <= {"satu", "tiga", "enam"}


BOMBS = {
    "kurung.json": b"[" * 10_000,
    "kunci.json": b'{"a":' * 15_000,
    "campur.json": b'[{"a":[' * 8_000 + b"1" + b"]}]" * 8_000,
    "dalam.json": b'[{"platform":"x","kind":"post","actor":"a","text":"satu"},{"platform":' + b"[" * 50_000 + b"]" * 50_000 + b'},'
                  b'{"platform":"x","kind":"post","actor":"a","text":"tiga"}]',
    "tiktok.json": b'{"Comment":{"Comments":{"CommentsList":[' + b'{"a":' * 10_000 + b"1" + b"}" * 10_000 + b"]}}}",
    "result.json": b'{"name":"Grup","type":"private_group","id":1,"messages":[' + b"[" * 10_000 + b"]" * 10_000 + b"]}",
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_brackets_without_end_cost_neither_memory_nor_the_records_beside_them(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(BOMBS[name])
    (tmp_path / "baik.csv").write_text("platform,kind,actor,text\nx,post,asn_0820,halo\n", encoding="utf-8")
    tracemalloc.start()
    try:
        read = readers.read([tmp_path])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "halo" in set(read.activities["text"])
    assert peak < 60 << 20, f"{peak >> 20} MiB"
    if name == "dalam.json":
        assert {"satu", "tiga"} <= set(read.activities["text"])
        assert list(read.rejected["reason"]) == [DEEP]


def test_one_deep_record_costs_itself_in_streamed_and_whole_files(monkeypatch: pytest.MonkeyPatch) -> None:
    made = b'{"x":[{"n":1},' + b"[" * 900 + b"]" * 900 + b',{"n":3}]}'
    found = list(records(source_of("a.json", made), ("x",)))
    assert [item if isinstance(item, Rejection) else item[1]["n"] for item in found] == [1, Rejection("/x/1", DEEP), 3]
    deep = list(lines(source_of("a.jsonl", b'{"n":1}\n' + b'{"a":' * 400 + b"1" + b"}" * 400 + b'\n{"n":3}\n')))
    assert [isinstance(item, Rejection) for item in deep] == [False, True, False]


def test_shallow_keeps_all_but_what_is_too_deep_however_it_is_cut_into_blocks() -> None:
    text = b'{"a":"[[[\\"{","b":' + b"[" * 300 + b'"x]"' + b"]" * 300 + b',"c":[1,{"d":"\\\\"}]}'
    for size in (1, 3, 7, 64, 100_000):
        made = Shallow(io.BytesIO(text))  # type: ignore[arg-type]
        whole = b"".join(iter(lambda stream=made, size=size: stream.read(size), b""))
        value = json.loads(whole)
        assert (value["a"], value["c"], made.cut) == ('[[["{', [1, {"d": "\\"}], 1)


def test_one_bad_byte_costs_itself() -> None:
    made = "satu ☝️\ndua “kutip” é\n".encode() + b"tiga \xff akhir\xe2\n" + "empat 🙂".encode()
    for block in (1, 2, 5, 1 << 18):
        source = Source("x", "a.txt", len(made), lambda: io.BytesIO(made))

        class Small(io.BytesIO):
            def read(self, size: int | None = -1, block: int = block) -> bytes:  # type: ignore[override]
                return super().read(block)

        source.opener = lambda: Small(made)
        with opened(source) as stream:
            text = stream.read().decode("utf-8")
        assert text == "satu ☝️\ndua “kutip” é\ntiga ÿ akhirâ\nempat 🙂"
    assert decoded("café “x” –".encode("cp1252")) == "café “x” –"
    assert encoding_of("café x".encode("cp1252")) == "cp1252"
    assert encoding_of("café ☝️".encode() + b"\xff") == "utf-8"


def test_the_text_of_a_page_begins_with_its_content() -> None:
    made = (
        b"<html><style>"
        + b"a{}" * 60_000
        + b"</style><body><p>isi</p>"
        + b"<script>"
        + b"y" * 90_000
        + b"</script><p>akhir</p></body></html>"
    )
    text = head_text(source_of("a.html", made))
    assert "isi" in text
    assert "akhir" in text
    assert tree(source_of("a.json", b'{"k":' + b" " * 100_000 + b'{"z":1}}')) == {"k": {"z": 1}}


@pytest.mark.parametrize("block", [7, 50, 1 << 18])
def test_the_end_of_a_list_is_found_whatever_stands_in_it(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsontext, "_BLOCK", block)
    chance = random.Random(block)

    def value(depth: int) -> Any:
        kind = chance.randrange(6)
        if depth > 4 or kind < 2:
            return chance.choice(["a]b", 'x{"', "é\\", "", 1, None, True, "[" * 5, '\\"'])
        if kind < 4:
            return [value(depth + 1) for _ in range(chance.randrange(5))]
        return {f"{chance.choice('ab]{')}{number}": value(depth + 1) for number in range(chance.randrange(4))}

    for _ in range(200):
        inside = json.dumps([value(0) for _ in range(chance.randrange(1, 12))])
        cursor = jsontext.Cursor(io.BytesIO(f"{inside},{json.dumps(value(0))}".encode()))
        cursor.step(b"[")
        cursor.rest_of_list()
        assert (cursor.position, cursor.peek()) == (len(inside), b",")
        cut = jsontext.Cursor(io.BytesIO(inside[:-1].encode()))
        cut.step(b"[")
        with pytest.raises(jsontext.End):
            cut.rest_of_list()
