"""Comments below a post: who is meant by a first name or a number, and that chat below a candidate's post is nobody's choice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from screening.pipeline import screen
from tests.classifier_texts import activities, ruleset

DEBATE = "Debat Publik Pilgub Banten 2024: Airin Rachmi Diany-Ade Sumardi, Andra Soni-Dimyati Natakusumah"


def results(texts: list[str], post: str | None, day: datetime) -> list[str]:
    rows = activities(texts, kind="comment", target_text=post, happened_at=day, time_basis="exact")
    return list(screen(rows, ruleset()).activities["result"])


def test_a_first_name_below_a_post_that_names_them_is_theirs() -> None:
    day = datetime(2024, 10, 20, 3, tzinfo=UTC)
    text = ["Dimyati pembohong, istrinya juga sama gagalnya"]
    assert results(text, DEBATE, day) == ["finding"]
    assert results(text, "Jual kue ulang tahun di Serang", day) != ["finding"]


@pytest.mark.parametrize("post", ["Prabowo menyapa warga di stasiun", DEBATE])
def test_long_chat_below_a_post_is_no_choice(post: str) -> None:
    """Own words and a word of choosing, but about something else: only the classifier could make more of it."""
    chat = [
        "menurut aku resep ini kebanyakan garam deh, kemarin ibu aku bikin juga asin semua sampai dibuang",
        "aku milih tidur aja lah dari kemarin lembur terus belum sempat makan malam sama sekali",
    ]
    assert "finding" not in results(chat, post, datetime(2024, 1, 9, 3, tzinfo=UTC))
