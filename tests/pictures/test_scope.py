"""Whose pictures are opened, where they lead, and that the number of workers changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from screening import readers
from screening.completeness import completeness
from screening.pictures import Pictures, Wanted, addresses
from screening.pictures.spacing import spaced
from screening.pictures.wanted import OUTSIDE, QUIET
from screening.pictures.workers import CRASHED
from screening.reports.context import ReportContext
from screening.reports.queue import queue
from screening.ruleset import load_ruleset
from screening.run import Options, run
from screening.tables import FROM_PICTURE, aimed
from tests.pictures.workers_at_work import telling

ROSTER = "subject_id,nama,platform,akun,status_akun,jenis_kepegawaian\nS1,Pegawai Uji,instagram,asn_0001,pasti,PNS\n"
HEAD = "platform,kind,actor,happened_at,text,target_account,target_url,media_files\n"


def placed(folder: Path, *rows: str, **pictures: str) -> Path:
    folder.mkdir()
    (folder / "unggahan.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    for name, words in pictures.items():
        (folder / f"{name}.png").write_bytes(words.encode())
    return folder


def read(where: Path, **more: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    """ACTIVITIES by their words, and PICTURES; the workers read a file's bytes as its words."""
    with Pictures([where], work=telling, engine="uji", **more) as stage:
        reading = stage.read_into(readers.read([where], pictures=True))
        return reading.activities.set_index("text"), stage.table()


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "pegawai.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


def row(actor: str, when: str, text: str, files: str, account: str = "", address: str = "") -> str:
    return f"instagram,post,{actor},{when},{text},{account},{address},{files}"


def test_only_people_on_the_roster_on_days_of_a_contest(tmp_path: Path, roster: Path) -> None:
    where = placed(
        tmp_path / "masuk",
        row("asn_0001", "2024-11-05T08:00:00+07:00", "hidup", "a.png"), row("asn_0001", "2026-06-01T08:00:00+07:00", "sepi", "b.png"),
        row("tetangga", "2024-11-05T08:00:00+07:00", "orang lain", "c.png"), row("asn_0001", "", "tanpa tanggal", "d.png"),
        row("@ASN_0001", "2024-11-05T09:00:00+07:00", "ejaan lain", "e.png"),
        a="A", b="B", c="C", d="D", e="E",
    )  # fmt: skip
    found, told = read(where, wanted=Wanted(load_ruleset(jurisdictions=("dki-jakarta",), roster=roster)))
    assert found["picture_text"].dropna().to_dict() == {"hidup": "A", "tanpa tanggal": "D", "ejaan lain": "E"}
    closed = told[told["kind"] == "closed"]
    assert sorted(zip(closed["file"], closed["note"], strict=True)) == [
        ("masuk/b.png", QUIET),
        ("masuk/c.png", OUTSIDE),
    ]
    assert closed["sha256"].isna().all()  # not even its bytes were looked at
    everything, _ = read(where)
    assert everything["picture_text"].notna().all()


def test_without_a_roster_every_account_is_wanted(tmp_path: Path) -> None:
    where = placed(
        tmp_path / "masuk",
        row("tetangga", "2024-11-05", "hidup", "a.png"),
        row("x", "2010-01-05", "dulu", "b.png"),
        a="A",
        b="B",
    )
    found, _ = read(where, wanted=Wanted(load_ruleset(jurisdictions=("dki-jakarta",))))
    assert found["picture_text"].dropna().to_dict() == {"hidup": "A"}


@pytest.mark.parametrize(("day", "wanted"), [("2016-08-01", False), ("2016-08-02", True), ("2016-08-03", True)])
def test_the_day_before_a_contest_counts_too(day: str, wanted: bool) -> None:
    """A time without a zone, or a day counted elsewhere, may lie a day off."""
    activities = pd.DataFrame({"happened_at": pd.to_datetime([f"{day}T03:00:00Z"])})
    told = Wanted(load_ruleset(jurisdictions=("dki-jakarta",))).closed(activities)
    assert (told[0] == "") is wanted


@pytest.mark.parametrize(("text", "address", "account"), [
    ("https://www.instagram.com/tim_uji_satu/", "https://www.instagram.com/tim_uji_satu/", "tim_uji_satu"),
    ("t.me/grup_uji", "t.me/grup_uji", "grup_uji"), ("https://contoh.id/daftar", "https://contoh.id/daftar", ""),
    ("https://www.instagram.com/p/Abc123/", "https://www.instagram.com/p/Abc123/", ""),
])  # fmt: skip
def test_what_a_code_leads_to(text: str, address: str, account: str) -> None:
    assert addresses.coded(text) == (address, account)


@pytest.mark.parametrize(
    "text", ["WIFI:S:kantor;P:rahasia;;", "00020101021126570011ID.DANA", "halo semua", "asn@contoh.id", ""]
)
def test_a_code_that_leads_nowhere(text: str) -> None:
    assert addresses.coded(text) is None


@pytest.mark.parametrize(("line", "address"), [
    ("ikuti instagram.com/tim_uji_satu.", "instagram.com/tim_uji_satu"), ("www.contoh.id/daftar", None),
    ("Pukul 08.00/WIB", None), ("a@t.me/x", None),
])  # fmt: skip
def test_a_printed_link_is_one_of_a_known_platform(line: str, address: str | None) -> None:
    found = addresses.printed(line)
    assert (found.address if found else None) == address


def test_a_code_fills_an_empty_target_and_is_nobodys_act(tmp_path: Path) -> None:
    team = "KODE https://www.instagram.com/tim_uji_tiga/"
    where = placed(
        tmp_path / "masuk", row("asn_0001", "2024-11-05T08:00:00+07:00", "kosong", "a.png"),
        row("asn_0001", "2024-11-05T09:00:00+07:00", "punya sasaran", "a.png", account="warung_uji"),
        row("asn_0001", "2024-11-05T10:00:00+07:00", "dua arah", "a.png;b.png"),
        row("asn_0001", "2024-11-05T11:00:00+07:00", "sama dua kali", "a.png;c.png"),
        row("asn_0001", "2024-11-05T12:00:00+07:00", "tanpa kode", "d.png"),
        a=team, b="KODE https://t.me/lain", c="Ikuti instagram.com/TIM_UJI_TIGA", d="Menu hari ini",
    )  # fmt: skip
    found, told = read(where)
    assert found["target_account"].dropna().to_dict() == {
        "kosong": "tim_uji_tiga", "punya sasaran": "warung_uji", "sama dua kali": "tim_uji_tiga",
    }  # fmt: skip
    assert found["target_from"].dropna().to_dict() == {"kosong": FROM_PICTURE, "sama dua kali": FROM_PICTURE}
    assert set(found.loc[["kosong", "sama dua kali"], "target_url"].str.casefold()) <= {
        "https://www.instagram.com/tim_uji_tiga/", "instagram.com/tim_uji_tiga",
    }  # fmt: skip
    fills = told[told["note"].fillna("").str.contains("mengisi")]
    ids = found["activity_id"].to_dict()
    assert sorted(fills["activity_id"]) == sorted([ids["kosong"], *[ids["sama dua kali"]] * 2])
    assert aimed(found.reset_index())["target_account"].dropna().tolist() == ["warung_uji"]
    for line in fills.itertuples():
        text = found.reset_index().set_index("activity_id")["picture_text"][line.activity_id]
        assert text[line.start : line.end] == line.text


def test_a_filled_target_changes_no_result_and_no_sentence(tmp_path: Path) -> None:
    """Whoever posts a poster with a team's code has not written in the team's account."""
    (tmp_path / "akun.csv").write_text(
        "platform,handle,role,contestant_id\ninstagram,tim_uji_tiga,team,pilkada-jakarta-2024/3\n", encoding="utf-8"
    )
    where = placed(
        tmp_path / "masuk", row("asn_0001", "2024-11-05T08:00:00+07:00", "kosong", "a.png"),
        a="KODE https://www.instagram.com/tim_uji_tiga/",
    )  # fmt: skip
    from screening.pipeline import screen

    ruleset = load_ruleset(jurisdictions=("dki-jakarta",), accounts=tmp_path / "akun.csv")
    found, _ = read(where)
    whole = found.reset_index()
    bare = whole.assign(target_account=None, target_url=None, target_from=None).astype(dict.fromkeys(
        ("target_account", "target_url", "target_from"), "str"))  # fmt: skip
    filled, empty = screen(whole, ruleset), screen(bare, ruleset)
    assert whole["target_account"][0] == "tim_uji_tiga"
    assert filled.activities["result"].tolist() == empty.activities["result"].tolist() == ["needs_clarification"]
    pd.testing.assert_frame_equal(filled.findings, empty.findings)
    rows = queue(filled.findings, filled.activities, ReportContext())
    assert rows["target_account"].isna().all()


def test_several_workers_read_the_same_and_one_may_crash(tmp_path: Path) -> None:
    rows = [row("asn_0001", f"2024-11-05T08:{at:02d}:00+07:00", f"u{at}", f"p{at}.png") for at in range(12)]
    pictures = {f"p{at}": "mati" if at == 5 else f"KATA {at % 7}" for at in range(12)}
    where = placed(tmp_path / "masuk", *rows, **pictures)
    alone, told = read(where)
    for workers in (2, 3):
        some, other = read(where, workers=workers)
        pd.testing.assert_frame_equal(alone, some)
        pd.testing.assert_frame_equal(told, other)
    assert told["note"].dropna().tolist() == [CRASHED]
    assert alone["picture_text"].notna().sum() == 11


def test_a_run_tells_what_stayed_closed_and_which_videos(
    tmp_path: Path, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from screening import pictures as package

    where = placed(
        tmp_path / "masuk", row("asn_0001", "2024-11-05T08:00:00+07:00", "hidup", "a.png"),
        row("asn_0001", "2026-06-01T08:00:00+07:00", "sepi", "b.png"), row("tetangga", "2024-11-05T08:00:00+07:00", "lain", "c.png"),
        row("asn_0001", "2024-11-06T08:00:00+07:00", "film", "f.mp4"), a="COBLOS NOMOR 3", b="B", c="C",
    )  # fmt: skip

    class Stage(Pictures):
        def __init__(self, *given: Any, **more: Any) -> None:
            super().__init__(*given, **more, work=telling, engine="uji")

    monkeypatch.setattr(package, "Pictures", Stage)
    ruleset = load_ruleset(jurisdictions=("dki-jakarta",), roster=roster)
    for everything, closed in ((False, 2), (True, 0)):
        options = Options(pictures=True, pictures_all=everything, workers=2)
        done = run([where], tmp_path / f"hasil{everything}", lambda: ruleset, options)
        gaps = {gap.code: gap.count for gap in completeness(done, ruleset, include_chats=False).gaps}
        assert gaps.get("gambar_di_luar_lingkup", 0) == closed
        assert gaps["video_tidak_dibaca"] == 1


@pytest.mark.parametrize(("read_as", "meant"), [
    ("PARTAIHANURA", "PARTAI HANURA"), ("DEKLARASIDUKUNGAN", "DEKLARASI DUKUNGAN"), ("COBLOSNOMOR3", "COBLOS NOMOR 3"),
    ("nomor3", "nomor 3"), ("PramonoAnung", "Pramono Anung"), ("MENU HARIINI", "MENU HARI INI"),
    ("PRAMONOANUNG", "PRAMONO ANUNG"), ("SUBIANTOGIBRAN", "SUBIANTO GIBRAN"),
])  # fmt: skip
def test_lost_blanks(read_as: str, meant: str) -> None:
    assert spaced(read_as) == meant


@pytest.mark.parametrize("line", [
    "Kusumawardhani", "KEMENDIKBUD", "https://t.me/TIMPEMENANGAN", "@TIMPEMENANGAN", "#TIMPEMENANGAN", "PEMENANGAN", "SUPRIATNA",
    "internasional", "RAHMAWATI", "B 1234 XYZ",
])  # fmt: skip
def test_what_is_whole_stays_whole(line: str) -> None:
    assert spaced(line) == line
