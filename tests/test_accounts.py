"""Accounts: one spelling for all forms of a handle, dated roles, hits in every place an account can stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from screening.detectors import detect
from screening.detectors.accounts import _TAG, Handles
from screening.ruleset.accounts import Account, normalise_handle, platform_of, read_accounts, register
from screening.text import documents
from tests.lexicon_bench import activities, ruleset


@pytest.mark.parametrize(
    ("written", "handle"),
    [
        ("@Akun_Contoh", "akun_contoh"), ("https://www.instagram.com/Akun_Contoh/", "akun_contoh"),
        ("instagram.com/akun_contoh?hl=id", "akun_contoh"), ("https://x.com/akun_contoh/status/123", "akun_contoh"),
        ("https://twitter.com/@akun_contoh", "akun_contoh"), ("https://www.tiktok.com/@akun_contoh/video/7", "akun_contoh"),
        ("https://www.youtube.com/@akun_contoh", "akun_contoh"), ("https://youtube.com/channel/UCabc", "ucabc"),
        ("https://t.me/s/akun_contoh", "akun_contoh"), ("https://t.me/akun_contoh/12", "akun_contoh"),
        ("https://www.facebook.com/profile.php?id=100", "100"), ("https://facebook.com/groups/Relawan.Contoh/", "relawan.contoh"),
        ("https://m.facebook.com/akun.contoh/posts/9", "akun.contoh"), ("https://www.threads.net/@akun", "akun"),
        ("https://www.linkedin.com/in/akun-contoh/", "akun-contoh"), ("https://www.instagram.com/stories/akun/12", "akun"),
        ("https://vt.tiktok.com/ZSabc12/", ""), ("https://vm.tiktok.com/ZMabc/", ""), ("https://fb.watch/aBc1_x/", ""),
        ("https://www.instagram.com/s/aGlnaA?story_media_id=1", ""), ("https://www.youtube.com/live/abc?si=1", ""),
        ("https://l.facebook.com/l.php?u=x", ""),
        ("https://www.instagram.com/p/AbC/", ""), ("https://youtu.be/abc", ""), ("", ""), (None, ""), ("  @A ", "a"),
    ],
)  # fmt: skip
def test_all_forms_of_a_handle_compare_alike(written: str | None, handle: str) -> None:
    assert normalise_handle(written) == handle


_WRITTEN = st.one_of(
    st.text(st.sampled_from([*"ab_.A@/ ,\n0é\u200b＠"]), min_size=1, max_size=9),
    st.sampled_from(
        ["https://x.com/ab", "www.a", "www.instagram.com/a_b/", "ab.", "AB", "@ab", "ab;a_b", "ab\n", "a_b"]
    ),
)


@given(st.lists(_WRITTEN, unique=True, max_size=20))
def test_many_written_accounts_are_told_as_one_by_one(values: list[str]) -> None:
    held = register([Account("", handle, None, "campaign") for handle in ("ab", "a_b", "0", "é")])
    expected = [
        any(normalise_handle(part) in held.by_handle for part in [value, *_TAG.findall(value)]) for value in values
    ]
    told = Handles(held)
    assert told.among(values).tolist() == expected
    assert told.among(values[::-1]).tolist() == expected[::-1]


@given(st.text(max_size=40))
@example("[/")
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise_handle(text)
    assert normalise_handle(once) in (once, "")


def test_platforms_are_known_by_their_host() -> None:
    assert platform_of("https://m.facebook.com/a") == "facebook"
    assert platform_of("https://contoh.id/a") == ""


def test_a_register_tells_all_its_problems(tmp_path: Path) -> None:
    file = tmp_path / "akun.csv"
    file.write_text(
        "platform,handle,contestant_id,role,valid_from\nx,,,official,\nmars,a,,bos,kemarin\nx,@ok,,news,\n", "utf-8"
    )
    held, problems = read_accounts(file, ruleset().contests)
    assert [p.line for p in problems] == [2, 3, 3, 3]
    assert len(held) == 1
    assert read_accounts(tmp_path / "tidak-ada.csv", ruleset().contests)[1]
    assert len(read_accounts(None, ruleset().contests)[0]) == 0


def found(accounts: list[Account], **cells: str):  # type: ignore[no-untyped-def]
    rules = ruleset()
    rules = type(rules)(**{**vars(rules), "accounts": register(accounts)})
    posts = activities([cells.pop("text", None)], cells.pop("day", "2024-01-10"), **cells)
    return detect(posts, documents(posts), rules)


TEAM = Account("instagram", "tim_contoh", "pilpres-2024/1", "campaign_team", date(2023, 11, 28), date(2024, 2, 10))


@pytest.mark.parametrize(
    "cells",
    [
        {"target_account": "@Tim_Contoh"},
        {"target_url": "https://www.instagram.com/tim_contoh/"},
        {"tagged": "teman.a, @tim_contoh"},
        {"text": "halo @tim_contoh apa kabar"},
        {"target_text": "dari @TIM_contoh"},
    ],
)
def test_an_account_is_recognised_wherever_it_stands(cells: dict[str, str]) -> None:
    hits = found([TEAM], platform="instagram", **cells)
    mine = hits[hits["signal"] == "account_team"]
    assert mine["contestant_id"].tolist() == ["pilpres-2024/1"]
    source = cells[mine["field"].iloc[0]]
    assert source[mine["start"].iloc[0] : mine["end"].iloc[0]] == mine["surface"].iloc[0]


def test_roles_hold_on_their_days_and_platforms_only() -> None:
    assert len(found([TEAM], platform="instagram", target_account="tim_contoh", day="2024-02-11")) == 0
    assert len(found([TEAM], platform="x", target_account="tim_contoh")) == 0


def test_the_account_may_have_several_roles() -> None:
    other = Account("", "tim_contoh", "parpol-2024/pkb", "party")
    assert set(found([TEAM, other], platform="instagram", target_account="tim_contoh")["signal"]) == {
        "account_team",
        "account_party",
    }
