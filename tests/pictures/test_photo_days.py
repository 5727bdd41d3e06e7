"""Captions that say when a picture was taken, and dates that are not its own."""

from __future__ import annotations

from datetime import date

import pytest

from screening.statements.photo_days import days_taken


@pytest.mark.parametrize(("text", "day"), [
    ("difoto tanggal 3 Mei 2021", date(2021, 5, 3)), ("Foto ini diambil pada 03-05-2021", date(2021, 5, 3)),
    ("Foto diambil tgl. 3/5/2021 ya", date(2021, 5, 3)), ("Diambil 3 Mei 2021 waktu acara dinas", date(2021, 5, 3)),
    ("Nostalgia. Diambil pada hari Senin, 3 Mei 2021", date(2021, 5, 3)), ("foto lama tahun 2019", date(2019, 12, 31)),
    ("Foto jadul (Februari 2020)", date(2020, 2, 29)), ("dok. 3 Mei 2021", date(2021, 5, 3)), ("throwback Mei 2021", date(2021, 5, 31)),
    ("FOTO LAMA, DIAMBIL BULAN AGUSTUS 2022", date(2022, 8, 31)), ("fotonya dari tahun 2018", date(2018, 12, 31)),
])  # fmt: skip
def test_the_day_of_a_picture(text: str, day: date) -> None:
    assert days_taken(text) == [day]


@pytest.mark.parametrize("text", [
    "pelantikan 3 Mei 2021", "SK sudah diambil 3 Mei 2021", "foto bersama Pramono Anung", "coblos 27 November 2024",
    "foto 31 Februari 2021", "foto 3 Mei", "calon tahun 2024", "lahir 3 Mei 1970",
])  # fmt: skip
def test_other_days(text: str) -> None:
    assert days_taken(text) == []
