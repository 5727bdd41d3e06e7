"""What is held about a person, for that person: one ZIP of tables with a letter in plain Indonesian; others in it stay masked."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

_LETTER = """Data tentang Anda yang disimpan program penyaringan netralitas ASN
=================================================================

Berkas ini berisi salinan data pribadi Anda menurut Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi:

- pegawai.csv    data Anda dari daftar pegawai, seperti yang disimpan (nama dan NIP tersamar)
- aktivitas.csv  aktivitas yang dibaca dari ekspor; teksnya hanya disimpan bila aktivitas itu perlu ditelaah
- temuan.csv     temuan awal dan alasannya; temuan awal adalah bahan telaah, bukan putusan
- putusan.csv    putusan orang yang menelaah dan tahap kasusnya, bila ada
- asal.json      dari proses mana data ini, dengan versi aturan dan sidiknya

Nama, akun, dan nomor orang lain di dalam teks disamarkan. Anda dapat meminta perbaikan, penghapusan, atau mengajukan keberatan
kepada satuan tugas yang menyimpan data ini.
"""


def write(path: Path, tables: Mapping[str, pd.DataFrame], origin: Iterable[Mapping[str, Any]]) -> Path:
    """The ZIP at `path` (a new file, for its owner only): one CSV per table, a letter, and where it is from."""
    import os

    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "w+b") as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("BACA-SAYA.txt", _LETTER)
        for name, table in tables.items():
            out.writestr(f"{name}.csv", _csv(table))
        out.writestr("asal.json", json.dumps([*origin], ensure_ascii=False, indent=2, sort_keys=True))
    return path


def _csv(table: pd.DataFrame) -> bytes:
    from screening.sheets import guarded

    held = io.StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow(table.columns)
    columns = [
        guarded(table[name].astype("object").where(table[name].notna(), "").astype(str).tolist()) for name in table
    ]
    writer.writerows(zip(*columns, strict=True))
    return held.getvalue().encode("utf-8-sig")
