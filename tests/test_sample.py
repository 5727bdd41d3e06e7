"""The bundled sample: poured from one table of texts, invented people only, whole in every platform's shape."""

from __future__ import annotations

import csv
import importlib.util
import io
import re
import zipfile
from collections import defaultdict
from pathlib import Path
from types import ModuleType

import pytest

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample"
INVENTED = re.compile(
    r"(?:asn_\d{4}|Asn \d{4}|Warga \d+|toko_rekaan_\d{4}|dinas_rekaan)$", re.I
)  # every account that acts in the sample


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sample_build", SAMPLE / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows() -> list[dict[str, str]]:
    with (SAMPLE / "texts.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_exports_are_what_the_table_of_texts_gives(build: ModuleType) -> None:
    exports: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows():
        exports[row["export"]].append(row)
    poured = build.pour(exports)
    lying = {
        path.relative_to(SAMPLE / "exports").as_posix(): path
        for path in (SAMPLE / "exports").rglob("*")
        if path.is_file()
    }
    assert set(lying) == set(poured)
    for name, content in poured.items():
        assert unpacked(lying[name].read_bytes()) == unpacked(content), name


def unpacked(content: bytes) -> object:
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:  # compressed bytes may differ between zlib versions
        return {info.filename: archive.read(info) for info in archive.infolist()}


def test_everybody_in_the_sample_is_invented() -> None:
    assert [row["actor"] for row in rows() if not INVENTED.match(row["actor"])] == []


def test_the_register_of_the_sample_names_no_real_account() -> None:
    with (SAMPLE / "akun-kampanye.csv").open(encoding="utf-8", newline="") as stream:
        handles = [row["handle"].casefold() for row in csv.DictReader(stream)]
    assert len(handles) > 50
    assert [handle for handle in handles if "contoh" not in handle and "rekaan" not in handle] == []
