"""The program as its users meet it: exit codes, messages without tracebacks or personal data, and the bundled demo."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from screening import manifest
from screening.cli.app import run
from screening.folder import Run
from screening.shipped import shipped

SAMPLE = shipped("data/sample")
HEADER = "record_id,platform,actor,kind,happened_at,text\n"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "hasil"
    assert run(["demo", "--out", str(folder)]) == 0
    return folder


def test_the_demo_ends_with_a_report_a_person_can_open(demo: Path) -> None:
    names = {path.name for path in demo.iterdir()}
    assert {"temuan.csv", "temuan.xlsx", "laporan.html", "activities.parquet", "hits.parquet", "findings.parquet",
            "rejected.csv", "manifest.json"} <= names  # fmt: skip
    assert "BAHAN TELAAH" in (demo / "laporan.html").read_text(encoding="utf-8")


def test_the_books_of_the_demo_balance(demo: Path) -> None:
    books = manifest.read(demo)["counts"]
    assert books["read"] == books["screened"] + books["duplicate"] + books["rejected"] + books["out_of_scope"]
    assert books["rejected"] == 1
    assert len(Run(demo).table("activities")) == books["screened"] + books["out_of_scope"]


def test_the_sample_holds_flagged_unclear_and_innocent_activities(demo: Path) -> None:
    results = Run(demo).table("activities")["result"].value_counts()
    assert min(results["finding"], results["needs_clarification"]) >= 10
    assert results["clear"] > 150


def test_no_output_of_the_demo_was_altered(demo: Path) -> None:
    assert manifest.altered(demo) == []
    (demo / "rejected.csv").write_text("x", encoding="utf-8")
    assert manifest.altered(demo) == ["rejected.csv"]


def test_the_same_comment_a_day_apart_meets_another_provision(demo: Path) -> None:
    finished = Run(demo)
    activities = finished.table("activities")
    same = activities[activities["text"].fillna("").str.startswith("Semoga menang Pak Anies")]
    found = same.merge(finished.table("findings"), on="activity_id", suffixes=("", "_finding"))
    by_day = found.groupby(found["happened_at"].dt.tz_convert("Asia/Jakarta").dt.strftime("%Y-%m-%d"))[
        "category"
    ].unique()
    assert set(by_day["2023-11-12"]) == {"kode_etik"}
    assert set(by_day["2023-11-13"]) == {"disiplin"}


def test_explain_shows_parts_that_lead_to_the_score(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    finding = Run(demo).table("findings").iloc[0]
    assert run(["explain", finding["finding_id"], "--run", str(demo)]) == 0
    shown = capsys.readouterr().out
    assert finding["act_id"] in shown
    assert f"{finding['score']}  skor" in shown


def bad_inputs(folder: Path) -> dict[str, Path]:
    folder.mkdir(exist_ok=True)
    contents: dict[str, bytes] = {
        "biner.csv": bytes(range(256)) * 40,
        "terpotong.json": b'{"likes_media_likes": [{"title": "akun_rekaan", "string_list_da',
        "kosong.csv": b"",
        "kurang-kolom.csv": b"warna,ukuran\nmerah,3\n",
        "bukan-zip.zip": b"PK\x03\x04 rusak sekali",
        "catatan.txt": b"selamat pagi",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / "folder-kosong").mkdir()
    return {name: folder / name for name in [*contents, "folder-kosong"]}


@pytest.mark.parametrize(
    "name",
    ["biner.csv", "kosong.csv", "kurang-kolom.csv", "bukan-zip.zip", "catatan.txt", "folder-kosong"],
)
def test_an_input_without_activities_is_told_and_ends_with_3(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = bad_inputs(tmp_path / "masukan")[name]
    assert run(["run", str(path), "--out", str(tmp_path / "hasil")]) == 3
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err
    if path.is_file():
        assert name in shown.err


def test_one_bad_file_does_not_stop_the_good_one(tmp_path: Path) -> None:
    folder = tmp_path / "masukan"
    bad_inputs(folder)
    (folder / "baik.csv").write_text(HEADER + "1,x,asn_0001,post,2024-01-05T10:00:00+07:00,Pagi\n", encoding="utf-8")
    assert run(["run", str(folder), "--out", str(tmp_path / "hasil")]) == 0
    finished = Run(tmp_path / "hasil")
    assert finished.table("activities")["record_id"].tolist() == ["1"]
    outcomes = finished.table("files").set_index("source_file")["outcome"]
    assert (outcomes == "read").sum() == 2  # the good one, and the truncated one up to where it breaks off


def test_a_truncated_export_tells_where_it_breaks_off(tmp_path: Path) -> None:
    path = bad_inputs(tmp_path / "masukan")["terpotong.json"]
    assert run(["run", str(path), "--out", str(tmp_path / "hasil"), "--strict"]) == 1
    rejected = pd.read_csv(tmp_path / "hasil" / "rejected.csv", dtype=str, sep=";", encoding="utf-8-sig")
    assert rejected["berkas"].tolist() == ["terpotong.json"]
    assert rejected["letak"].notna().all()


def test_a_wrong_date_is_a_rejected_row_with_its_place(tmp_path: Path) -> None:
    table = tmp_path / "aktivitas.csv"
    table.write_text(
        HEADER + "1,x,asn_0001,post,2024-01-05,Pagi\n2,x,asn_0001,post,2024-13-45,Sore\n", encoding="utf-8"
    )
    out = tmp_path / "hasil"
    assert run(["run", str(table), "--out", str(out), "--strict"]) == 1
    rejected = pd.read_csv(out / "rejected.csv", dtype=str, sep=";", encoding="utf-8-sig")
    assert len(rejected) == 1
    assert "3" in rejected.loc[0, "letak"]
    assert "Sore" not in rejected.to_csv()


def test_wrong_usage_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["run", str(SAMPLE / "exports")]) == 2
    assert run(["tidak-ada"]) == 2
    assert run(["run", str(tmp_path / "tak-ada"), "--out", str(tmp_path / "hasil")]) == 2
    assert run(["run", str(SAMPLE / "exports"), "--out", str(tmp_path / "hasil"), "--include-chats"]) == 2
    assert "--roster" in capsys.readouterr().err


def test_wrong_rules_end_with_4_and_name_every_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roster = tmp_path / "pegawai.csv"
    roster.write_text(
        "platform,actor,subject_id,employment\nx,asn_0001,S1,raja\nx,asn_0002,S2,kaisar\n", encoding="utf-8"
    )
    assert run(["check", "--roster", str(roster)]) == 4
    shown = capsys.readouterr().err
    assert "pegawai.csv:2" in shown
    assert "pegawai.csv:3" in shown


def test_no_text_or_number_of_a_person_reaches_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roster = tmp_path / "pegawai.csv"
    roster.write_text(
        "platform,actor,subject_id,employment,leave_from\nx,asn_0001,198501012010011001,pns,kemarin\n", encoding="utf-8"
    )
    assert run(["check", "--roster", str(roster)]) == 4
    shown = capsys.readouterr()
    assert "198501012010011001" not in shown.err + shown.out


def test_read_writes_the_table_and_what_it_refused(tmp_path: Path) -> None:
    out = tmp_path / "aktivitas.parquet"
    assert run(["read", str(SAMPLE / "exports"), "--include-chats", "--out", str(out)]) == 0
    assert len(pd.read_parquet(out)) == 304
    assert len(pd.read_csv(tmp_path / "aktivitas.rejected.csv", dtype=str)) == 1


def test_a_folder_and_a_zip_of_it_give_the_same_findings(tmp_path: Path) -> None:
    packed = tmp_path / "semua.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted((SAMPLE / "exports").rglob("*")):
            if path.is_file():
                archive.write(path, f"lain/{path.relative_to(SAMPLE / 'exports').as_posix()}")
    tables = []
    for number, place in enumerate((SAMPLE / "exports", packed)):
        out = tmp_path / str(number)
        assert run(["run", str(place), "--out", str(out)]) == 0
        tables.append(Run(out).table("findings"))
    pd.testing.assert_frame_equal(tables[0], tables[1])


def test_inspect_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["inspect", str(SAMPLE / "exports")]) == 0
    assert "Instagram" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_doctor_tells_versions_and_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert "sha256" in shown
    assert "WITA" in shown


# Paraphrases of circulars and official notices: they hold every forbidden word and must never be held against who shares them.
NOTICES = [
    "Sosialisasi netralitas: pegawai dilarang membuat posting, komentar, share, like, bergabung atau follow akun pemenangan "
    "bakal calon maupun calon presiden, wakil presiden, DPR, DPD, DPRD, gubernur, bupati, wali kota, dan partai politik.",
    "Infografis BKD: dilarang memasang spanduk calon, ikut kampanye, foto bersama calon dengan simbol dukungan, dan mengajak "
    "orang lain memilih. Jaga netralitas ASN!",
    "Surat edaran mengingatkan ASN tidak mengunggah foto bersama pasangan capres-cawapres dan tidak membagikannya di media sosial.",
    "ASN yang suami atau istrinya menjadi calon boleh mendampingi saat kampanye tanpa simbol dukungan dan wajib cuti di luar "
    "tanggungan negara.",
    "KASN mengimbau ASN menghindari menyukai foto bakal caleg walaupun keluarga sendiri.",
    "Pelanggaran netralitas: menjadi anggota partai politik, tim ahli, tim pemenangan, memberi dukungan KTP, dan menggunakan "
    "fasilitas negara untuk kampanye calon.",
]


@pytest.mark.parametrize("day", ["2023-06-01", "2023-10-20", "2023-12-05", "2024-02-12", "2024-09-10", "2024-10-10"])
def test_official_texts_that_list_the_forbidden_acts_yield_no_finding(day: str, tmp_path: Path) -> None:
    table = tmp_path / "edaran.jsonl"
    rows = [
        {"record_id": f"{kind}-{number}", "platform": "instagram", "actor": "asn_0001", "kind": kind, "happened_at": day,
         "text": text, "visibility": "public"}
        for number, text in enumerate(NOTICES) for kind in ("post", "comment", "share")
    ]  # fmt: skip
    table.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    assert run(["run", str(table), "--out", str(tmp_path / "hasil")]) == 0
    activities = Run(tmp_path / "hasil").table("activities")
    assert activities.loc[activities["result"] != "clear", ["record_id", "result"]].to_numpy().tolist() == []


def test_classify_reads_a_table_of_one_column(tmp_path: Path) -> None:
    texts = tmp_path / "teks.csv"
    texts.write_text("isi\nAyo menangkan Pak Anies bersama!\nKPU umumkan jadwal debat\n", encoding="utf-8")
    out = tmp_path / "label.csv"
    assert run(["classify", str(texts), "--text", "isi", "--out", str(out)]) == 0
    labelled = pd.read_csv(out)
    assert labelled["label"].tolist() == ["support", "political_neutral"]
    assert labelled.filter(like="p_").sum(axis=1).round(4).tolist() == [1.0, 1.0]


def test_runs_with_lost_and_rescored_findings_can_be_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--roster", str(SAMPLE / "daftar-pegawai.csv")]
    register = ["--accounts", str(SAMPLE / "akun-kampanye.csv")]
    exports = str(SAMPLE / "exports" / "rekap-pemantauan.csv")
    assert run(["run", exports, "--out", str(tmp_path / "a"), *given, *register]) == 0
    assert run(["run", exports, "--out", str(tmp_path / "b"), *given]) == 0
    capsys.readouterr()
    assert run(["compare", str(tmp_path / "a"), str(tmp_path / "b")]) == 0
    shown = capsys.readouterr().out
    assert "tidak lagi ditemukan" in shown
    assert "daftar akun" in shown
