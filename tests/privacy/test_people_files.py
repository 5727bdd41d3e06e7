"""A whole run over posts that name others: nothing of them in any file people open or in the terminal, and places still fit."""

from __future__ import annotations

import json
import re
import stat
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest

from screening.cli.app import run
from screening.folder import Run
from screening.privacy import key
from screening.privacy.pseudonyms import Pseudonyms
from tests.privacy.texts import KINDS, texts

NIP = "198501012010011001"
HEAD = "Platform;Nama Akun;Tanggal;Jenis;Isi;Akun Tujuan\n"
STRANGER = "tetangga_rekaan"
TELEPHONE = "0812-3456-7890"


def written(folder: Path) -> tuple[Path, list[str]]:
    """An export whose posts are findings and name others, and what must not be read anywhere."""
    rows, gone = [HEAD], [STRANGER, TELEPHONE, NIP, "Andi Wijaya"]
    for kind in KINDS:
        for at, (text, hidden) in enumerate(texts(kind, 6, seed=7)):
            plain = text.replace("\n", " ").replace('"', "'")
            rows.append(f'Instagram;andi.contoh;{at + 1:02}/10/2024;unggahan;"Ayo pilih RIDO nomor 1! {plain}";\n')
            gone += [one for one in hidden if len(one) > 3]
    rows.append(f'Instagram;andi.contoh;20/10/2024;komentar;"Coblos Pramono-Rano, kata kami";{STRANGER}\n')
    rows.append(f'Instagram;{STRANGER};21/10/2024;unggahan;"Ayo coblos Pramono Rano";\n')
    rows.append("Instagram;andi.contoh;99/99/2024;unggahan;;\n")
    rows.append(f'Instagram;andi.contoh;22/10/2024;unggahan;"Rapat RT, hubungi {TELEPHONE} atau @{STRANGER}";\n')
    path = folder / "rekap.csv"
    path.write_text("".join(rows), encoding="utf-8")
    return path, gone


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    folder = tmp_path_factory.mktemp("kantor")
    export, gone = written(folder)
    (folder / "pegawai.csv").write_text(
        f"NIP;Nama;Unit Kerja;Platform;Akun\n'{NIP};Andi Wijaya;Dinas Rekaan;Instagram;andi.contoh\n", encoding="utf-8"
    )
    words = ["run", str(export), "--roster", str(folder / "pegawai.csv"), "--out", str(folder / "hasil")]
    assert run(words) == 0
    return folder, gone


def readable(folder: Path) -> dict[str, str]:
    """Everything people open, as text."""
    found = {}
    for path in folder.iterdir():
        if path.suffix in (".csv", ".html", ".md"):
            found[path.name] = path.read_text(encoding="utf-8-sig")
        elif path.suffix == ".xlsx":
            with ZipFile(BytesIO(path.read_bytes())) as book:
                found[path.name] = "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return found


def test_nobody_else_is_read_in_any_file(office: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    folder, gone = office
    out = folder / "hasil"
    shown = [row["nomor"] for row in _listed(out, capsys)]
    for case in shown:
        assert run(["dossier", case, "--run", str(out)]) == 0
    assert run(["report", "--run", str(out), "--from", "01/10/2024", "--to", "31/10/2024"]) == 0
    files = readable(out)
    assert {"temuan.csv", "temuan.xlsx", "laporan.html", "akumulasi.csv", "rejected.csv"} < files.keys()
    common = {"Rekaan", "Raya", "Merah", "Putih", "Contoh"}  # also words of the office and of guides
    for name, content in files.items():
        left = [one for one in {*gone} - common if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", content)]
        assert not left, (name, left)
    assert "andi.contoh" in files["temuan.csv"]  # the own account of somebody on the roster


def _listed(out: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    capsys.readouterr()
    assert run(["list", "--run", str(out), "--json"]) == 0
    return list(json.loads(capsys.readouterr().out))


def test_nobody_else_is_read_in_the_terminal(
    office: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, gone = office
    out = folder / "hasil"
    case = _listed(out, capsys)[0]["nomor"]
    for words in (["explain", case], ["trace", case], ["list"], ["list", "--findings"], ["explain", NIP]):
        assert (
            run([words[0], *words[1:2], "--run", str(out)] if words[0] != "list" else [*words, "--run", str(out)]) == 0
        )
        told = capsys.readouterr().out
        left = [
            one
            for one in {*gone} - {"Rekaan", "Raya", "Merah", "Putih", "Contoh"}
            if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", told)
        ]
        assert not left, (words, left)


def test_quotes_stand_where_they_are_said_to(office: tuple[Path, list[str]]) -> None:
    from screening.cli.options import rules_of
    from screening.reports.shown import Shown, known_of

    finished = Run(office[0] / "hasil")
    seen = Shown(finished, known_of(finished, rules_of(finished)))
    shown = seen.activities.set_index("activity_id")
    raw = finished.noticed("activities").set_index("activity_id")
    assert (shown["text"].str.len() == raw["text"].str.len()).all()
    for hit in seen.hits.to_dict("records"):
        assert shown.at[hit["activity_id"], hit["field"]][hit["start"] : hit["end"]] == hit["surface"]
    quoted = 0
    for row in seen.detailed(finished.table("findings")).to_dict("records"):
        for part in json.loads(row["reasons"]):
            if part["quote"]:
                assert shown.at[row["activity_id"], part["field"]][part["start"] : part["end"]] == part["quote"]
                quoted += 1
    assert quoted > 100


def test_words_of_what_nobody_reviews_are_not_kept(office: tuple[Path, list[str]]) -> None:
    finished = Run(office[0] / "hasil")
    table = finished.table("activities")
    waiting = table["result"].isin(["finding", "needs_clarification"])
    assert table.loc[waiting, "text"].notna().all()
    others = table[~waiting]
    assert set(others["result"]) == {"clear", "out_of_scope"}
    assert others[["text", "target_text", "target_account", "tagged", "target_url"]].isna().all(axis=None)
    assert others[["activity_id", "source_file", "source_pointer", "result", "score", "kind"]].notna().all(axis=None)
    for path in (office[0] / "hasil").glob("*.parquet"):
        content = pd.read_parquet(path).to_csv()
        assert "Rapat RT" not in content
        assert "Ayo coblos Pramono Rano" not in content
    assert finished.manifest["counts"]["read"] == len(table) + finished.manifest["counts"]["rejected"]


def test_what_was_not_kept_is_told_with_its_place(
    office: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    out = office[0] / "hasil"
    table = Run(out).table("activities")
    one = table[table["result"] == "clear"].iloc[0]
    capsys.readouterr()
    for command in ("trace", "explain"):
        assert run([command, f"A-{one['activity_id']}", "--run", str(out)]) == 0
        told = capsys.readouterr().out
        assert "teksnya tidak disimpan" in told
        assert one["source_pointer"] in told
        assert "--keep-all" in told
    ledger = ["--ledger", str(office[0] / "b.sqlite"), "--out", str(office[0])]
    sampled = [
        "review",
        "export",
        "--run",
        str(out),
        "--reviewer",
        "Ani",
        "--blind",
        "--sample-unflagged",
        "2",
        *ledger,
    ]
    assert run(sampled) == 2
    assert "--keep-all" in capsys.readouterr().err


def test_all_words_stay_when_asked_for(office: tuple[Path, list[str]], tmp_path: Path) -> None:
    words = [
        "run",
        str(office[0] / "rekap.csv"),
        "--roster",
        str(office[0] / "pegawai.csv"),
        "--keep-all",
        "--out",
        str(tmp_path / "h"),
    ]
    assert run(words) == 0
    table = Run(tmp_path / "h").table("activities")
    assert table["text"].notna().all()


def test_two_runs_with_one_key_are_the_same_and_another_key_changes_the_people_only(
    office: tuple[Path, list[str]], tmp_path: Path
) -> None:
    folder, _ = office
    made = [str(folder / "rekap.csv"), "--roster", str(folder / "pegawai.csv")]
    key_file = str(folder / key.NAME)
    assert run(["run", *made, "--key", key_file, "--workers", "2", "--out", str(tmp_path / "a")]) == 0
    assert run(["run", *made, "--key", str(tmp_path / "lain.key"), "--out", str(tmp_path / "b")]) == 0
    first, again, other = (Run(place) for place in (folder / "hasil", tmp_path / "a", tmp_path / "b"))
    for name in first.manifest["outputs"]:
        if (folder / "hasil" / name).suffix in (".parquet", ".csv", ".xlsx", ".html") and (
            tmp_path / "a" / name
        ).exists():
            assert (folder / "hasil" / name).read_bytes() == (tmp_path / "a" / name).read_bytes(), name
    mine, theirs = (one.table("findings").sort_values("finding_id", ignore_index=True) for one in (first, other))
    assert mine["finding_id"].tolist() == theirs["finding_id"].tolist()  # so decisions meet them
    assert not set(mine["subject_id"]) & set(theirs["subject_id"])
    assert mine.drop(columns="subject_id").equals(theirs.drop(columns="subject_id"))
    assert not again.altered()


def test_a_number_of_a_case_gives_no_nip_away(office: tuple[Path, list[str]]) -> None:
    """The attack that found an invented NIP in less than a second: hash every NIP that could be, compare."""
    import hashlib

    from screening.reports.rows import case_id
    from screening.ruleset.roster_keys import number_key

    folder, _ = office
    content = readable(folder / "hasil")["temuan.csv"]
    cases, people = set(re.findall(r"K-[0-9a-f]{10}", content)), set(re.findall(r"P-[a-z2-7]{10}", content))
    assert cases
    assert len(people) == 1
    for guess in (NIP, number_key(NIP), f"nip|{NIP}"):
        assert case_id(guess, "instagram", "andi.contoh", "pilkada-jakarta-2024") not in cases
        assert f"P-{hashlib.sha256(f'screening|pegawai|{guess}'.encode()).hexdigest()[:10]}" not in content
    own = Pseudonyms(key.read(folder / key.NAME)).looked_up(NIP)
    assert people < {*own}  # with the key it is found


def test_without_roster_accounts_have_pseudonyms_and_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export, _ = written(tmp_path)
    assert run(["run", str(export), "--out", str(tmp_path / "h")]) == 0
    assert "tanpa daftar pegawai" in capsys.readouterr().out
    files = readable(tmp_path / "h")
    for name in ("temuan.csv", "akumulasi.csv", "laporan.html", "temuan.xlsx"):
        assert "andi.contoh" not in files[name], name
    assert re.search(r"U-[a-z2-7]{10}", files["temuan.csv"])


def test_identities_are_a_file_apart_and_logged(office: tuple[Path, list[str]], tmp_path: Path) -> None:
    from screening import uselog

    folder, _ = office
    place = ["--roster", str(folder / "pegawai.csv"), "--key", str(tmp_path / "k.key"), "--by", "petugas satu"]
    assert run(["run", str(folder / "rekap.csv"), *place, "--identities", "--out", str(tmp_path / "h")]) == 0
    told = (tmp_path / "h" / "identitas.csv").read_text(encoding="utf-8-sig")
    assert NIP in told
    assert "Andi Wijaya" in told
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "h" / "identitas.csv").stat().st_mode) == 0o600
    assert NIP not in readable(tmp_path / "h")["temuan.csv"]
    log = uselog.read(tmp_path / uselog.NAME)
    assert (log[-1].who, log[-1].what, log[-1].facts["identities"]) == ("petugas satu", "run", True)
    assert NIP not in (tmp_path / uselog.NAME).read_text(encoding="utf-8")
    case = Run(tmp_path / "h").table("findings")["finding_id"].iloc[0]
    assert run(["explain", case, "--run", str(tmp_path / "h"), "--identities", "--key", str(tmp_path / "k.key")]) == 0
    assert [use.what for use in uselog.read(tmp_path / uselog.NAME)] == ["run", "explain"]
    (tmp_path / "h" / "identitas.csv").rename(tmp_path / "identitas.csv")  # kept apart, as it should be
    assert run(["list", "--run", str(tmp_path / "h")]) == 0
