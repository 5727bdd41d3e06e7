"""What identifies somebody is hidden in texts people open, and nothing else; measured on generated texts of every kind."""

from __future__ import annotations

import csv
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.privacy.masking import DOT, masked, masked_numbers
from tests.privacy.texts import KINDS, harmless, texts

EACH = 250


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_hidden(kind: str) -> None:
    left = [(text, masked(text), gone) for text, gone in texts(kind, EACH) if any(one in masked(text) for one in gone)]
    assert not left, f"{len(left)} of {EACH}: {left[:5]}"


def test_nothing_else_is_hidden() -> None:
    wrong = [(text, masked(text)) for text in harmless(400) if masked(text) != text]
    assert not wrong, f"{len(wrong)} of 400: {wrong[:8]}"


def test_the_written_corpus_is_left_alone() -> None:
    """Over 14,000 texts by other hands without an account: what is touched there are addresses and a telephone number."""
    root = Path(__file__).parents[2]
    read = 0
    touched = []
    for path in sorted((root / "data" / "corpus").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                text = row.get("text") or ""
                if "@" not in text:
                    read += 1
                    touched += [text] if masked(text) != text else []
    assert read > 10_000
    assert len(touched) <= 5, touched


@pytest.mark.parametrize("kind", KINDS)
def test_places_still_fit(kind: str) -> None:
    for text, _ in texts(kind, 50):
        told = masked(text)
        assert len(told) == len(text)
        assert all(new in (old, DOT) for old, new in zip(text, told, strict=True))


@given(st.text("ab0812@._- jlno/RT\u200b＠é٣•", max_size=60))
def test_whatever_is_written_keeps_its_length_and_stays_hidden(text: str) -> None:
    once = masked(text)
    assert len(once) == len(text)
    assert len(masked(once)) == len(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Dukung Anies @sari_rekaan", "Dukung Anies @••••_••••••"),
        ("@contoh_resmi dan @sari_rekaan", "@contoh_resmi dan @••••_••••••"),
        ("kata siti, @siti.rekaan", "kata ••••, @••••.••••••"),
        ("rek BRI 1234 5678 9012 a.n. Siti Aminah", "rek BRI •••• •••• •••• a.n. •••• ••••••"),
        ("0812-3456-7890", "••••-••••-••••"),
        ("@tetangga Sejujurnya saya masih menimbang", "@•••••••• Sejujurnya saya masih menimbang"),
        ("@satu @dua Sari Contohwati datang", "@•••• @••• •••• •••••••••• datang"),
        ("#SatuPutaran @tetangga", "#SatuPutaran @••••••••"),
        ("Jl. Ahmad Yani ditutup 16.00–23.00", "Jl. Ahmad Yani ditutup 16.00–23.00"),
        ("GG tim kebanggaan bantai 2-0", "GG tim kebanggaan bantai 2-0"),
        ("Kerja bakti RT 01/RW 02 Minggu 06.00", "Kerja bakti RT 01/RW 02 Minggu 06.00"),
        ("rumah di RT 01/RW 02", "rumah di RT ••/RW ••"),
        ("3171 0101 0185 0004", "•••• •••• •••• ••••"),
    ],
)
def test_what_is_protected_and_what_stands_beside(text: str, told: str) -> None:
    spans = [(at, at + 5) for at in [text.find("Anies")] if at >= 0]
    assert masked(text, lambda account: account == "contoh_resmi", spans) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Chat WhatsApp dengan 0812-3456-7890.txt", "Chat WhatsApp dengan ••••-••••-••••.txt"),
        ("instagram-asn_0101-2024-12-01-contoh.zip", "instagram-asn_0101-2024-12-01-contoh.zip"),
        ("rekap 3171010101850004.xlsx", "rekap ••••••••••••••••.xlsx"),
    ],
)
def test_names_of_files_lose_only_numbers(name: str, told: str) -> None:
    assert masked_numbers(name) == told


def test_the_work_grows_with_the_text_and_not_with_its_square() -> None:
    def steps(times: int) -> int:
        text = "Hubungi Budi @budi_rekaan 0812-3456-7890 Jl. Melati No. 5 " * times
        calls = 0

        def count(frame: object, event: str, argument: object) -> None:
            nonlocal calls
            calls += event == "call"

        sys.setprofile(count)
        try:
            masked(text)
        finally:
            sys.setprofile(None)
        return calls

    assert steps(40) < 3 * steps(20)


def test_whose_accounts_may_be_read() -> None:
    """Contestants', registered ones, and the own ones of the person a row is about; not those of another employee."""
    from screening.privacy.known import HIDDEN, Known
    from screening.ruleset import load_ruleset
    from screening.ruleset.accounts import Account, register
    from screening.ruleset.roster import Person, Roster

    people = {
        ("instagram", "andi.contoh"): Person("P-a"),
        ("", "budi.contoh"): Person("P-b"),
        ("whatsapp", "6281234567890"): Person("P-b"),
    }
    rules = replace(
        load_ruleset(), roster=Roster(people), accounts=register([Account("x", "contoh_resmi", None, "official")])
    )
    known = Known(rules, {("x", "tetangga"): "U-abcdefghij"})
    of_andi, of_nobody = known.readable("P-a"), known.readable(None)
    assert of_andi("Andi.Contoh")
    assert not of_andi("budi.contoh")
    assert not of_nobody("andi.contoh")
    for account in ("contoh_resmi", "prabowosubianto", "aniesbaswedan", "ganjar_pranowo"):
        assert of_nobody(account), account
    for account in ("tetangga", "sari", "budi", "warga_prabowo", "aniesfans_rekaan"):
        assert not of_nobody(account), account
    assert known.account("x", "tetangga") == "U-abcdefghij"
    assert known.account("x", "lain") == HIDDEN
    assert known.account("instagram", "andi.contoh") == "andi.contoh"
    assert known.account("whatsapp", "+62 812-3456-7890") == "••••••••7890"
    assert Known(rules, None).account("x", "lain") == "lain"  # runs made before there were pseudonyms
