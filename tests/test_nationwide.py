"""The joint decree holds everywhere: other regions, and a province added by copying the documentation, find what Jakarta does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from screening.cli.app import run as command
from screening.errors import RulesetError
from screening.folder import Run
from screening.pipeline import screen
from screening.ruleset.load import load_ruleset
from screening.shipped import shipped
from screening.tables import ACTIVITIES, decode
from tests.scenarios.scenes import HERE, activity

ACCOUNTS = HERE / "akun.csv"
# Twelve classic violations: words, media, accounts, claims; none of them local.
PROBES = (
    {"text": "Saya dukung Ganjar-Mahfud sampai menang"},
    {"kind": "like", "target_account": "contoh_relawan_satu"},
    {"kind": "join", "target_kind": "group", "target_account": "grup_pemenangan_contoh_dua"},
    {"text": "Spanduk Ganjar-Mahfud sudah saya pasang di depan rumah"},
    {"text": "Saya resmi jadi pengurus Partai Demokrat"},
    {"text": "Barusan ikut kampanye akbar Ganjar Pranowo, kita semua teriak dukung!"},
    {"text": "Bersama beliau", "media_text": "foto bersama Prabowo Subianto, pose dua jari", "visibility": "public"},
    {"text": "Bapak Ibu guru, mari kita menangkan Ganjar Pranowo"},
    {"text": "Saya jadi koordinator relawan Ganjar Pranowo tingkat kecamatan"},
    {"text": "Ayo dukung Ganjar Pranowo jadi pemimpin kita", "at": "2023-11-01 09:00"},
    {"text": "Hari ini saya mengembalikan formulir pendaftaran bakal calon bupati ke Partai Golkar", "at": "2024-05-10 09:00"},
    {"text": "Saya sudah keluarkan surat edaran supaya semua RT memilih Ganjar Pranowo"},
)  # fmt: skip


def found(ruleset):
    """Of each probe: the result, and the acts of the table among its rows."""
    rows = [activity(f"a{number:02d}", **probe) for number, probe in enumerate(PROBES)]
    out = screen(ACTIVITIES.build(rows), ruleset)
    told = []
    for row, result in zip(rows, out.activities["result"], strict=True):
        acts = out.findings.loc[out.findings["activity_id"] == row["activity_id"], "act_id"]
        table = {re.sub("^(BKD|JCT)-(?=KE|D)", "SKB-", act) for act in acts}
        told.append((result, {act for act in table if act.startswith("SKB-")}))
    return told


@pytest.fixture(scope="module")
def jakarta():
    return found(load_ruleset(accounts=ACCOUNTS))


def test_jakarta_finds_the_twelve(jakarta):
    assert [result for result, _ in jakarta] == ["finding"] * 10 + ["needs_clarification", "finding"]
    assert all(acts for _, acts in jakarta)


@pytest.mark.parametrize("jurisdiction", ["nasional", "purbalingga"])
def test_other_jurisdictions_find_what_jakarta_finds(jurisdiction, jakarta):
    assert found(load_ruleset([jurisdiction], accounts=ACCOUNTS)) == jakarta


def test_two_jurisdictions_at_once_find_the_same(jakarta):
    assert found(load_ruleset(["dki-jakarta", "purbalingga"], accounts=ACCOUNTS)) == jakarta


@pytest.fixture
def province(tmp_path: Path) -> dict[str, Path]:
    """The folders of the documentation's template, copied literally."""
    page = (Path(__file__).parent.parent / "docs" / "jurisdictions.md").read_text(encoding="utf-8")
    for place, content in re.findall(r"```(?:toml|csv)\n# (\S+/\S+)\n(.*?)```", page, re.DOTALL):
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return {"acts": tmp_path / "edaran", "elections": tmp_path / "kontes", "lexicon": tmp_path / "leksikon"}


def test_a_province_is_added_by_copying_the_documentation(province, jakarta):
    ruleset = load_ruleset(
        ["jawa-contoh"], accounts=ACCOUNTS, acts=[province["acts"]], elections=[province["elections"]],
        lexicons=[province["lexicon"]],
    )  # fmt: skip
    assert ruleset.warnings == ()
    assert found(ruleset) == jakarta
    own = activity(text="Saya dukung Wiryo Hadisentono sampai menang", at="2031-10-10 10:00")
    out = screen(ACTIVITIES.build([own]), ruleset)
    assert set(out.findings["act_id"]) == {"JCT-D-02", "JCT-1"}
    assert set(out.findings["contestant"]) == {"pilkada-jawa-contoh-2031/1"}
    before = screen(ACTIVITIES.build([activity(text="Saya dukung Ganjar Pranowo sampai menang")]), ruleset)
    assert before.findings["act_id"].tolist() == ["SKB-D-02"]  # before its circular the decree itself


def test_the_documented_commands_work_and_the_run_keeps_the_rules(province, tmp_path, capsys):
    options = [part for name, path in province.items() for part in (f"--{name}", str(path))]
    assert command(["check", *options, "--jurisdiction", "jawa-contoh"]) == 0
    assert "0 masalah, 4 peringatan" in capsys.readouterr().out
    posts = tmp_path / "ekspor.csv"
    posts.write_text(
        "record_id,platform,actor,kind,happened_at,text\n"
        "1,instagram,asn_0123,post,2031-10-10T10:00:00+07:00,Saya dukung Wiryo Hadisentono sampai menang\n",
        encoding="utf-8",
    )
    out = tmp_path / "hasil"
    assert command(["run", str(posts), "--out", str(out), *options, "--jurisdiction", "jawa-contoh"]) == 0
    finding = Run(out).table("findings").iloc[0]
    for path in [*province["acts"].rglob("*.toml"), *province["elections"].glob("*"), *province["lexicon"].glob("*")]:
        path.unlink()
    capsys.readouterr()
    assert command(["explain", finding["finding_id"], "--run", str(out)]) == 0
    told = capsys.readouterr().out
    assert "SE Gubernur Jawa Contoh 1/2030" in told
    assert "Wiryo Hadisentono" in told


def warnings_of(folder, **given):
    return [str(one) for one in load_ruleset(["jawa-contoh"], acts=[folder], **given).warnings]


def test_a_pack_without_the_table_is_warned_of(province):
    (province["acts"] / "jawa-contoh" / "jurisdiction.toml").write_text('name = "JC"\nextends = []\n', encoding="utf-8")
    circular = province["acts"] / "jawa-contoh" / "se-contoh.toml"
    circular.write_text(circular.read_text(encoding="utf-8").replace('until = "sampai dicabut"', ""), encoding="utf-8")
    told = warnings_of(province["acts"])
    assert any("jawa-contoh tidak memuat tabel pelanggaran" in one for one in told)
    assert any("dokumen tanpa akhir masa berlaku" in one for one in told)


@pytest.mark.parametrize(
    ("place", "old", "new", "words"),
    [
        ("acts", 'carries = "SKB-D-02"', 'carries = "SKB-D-99"', "memuat butir yang tidak ada: SKB-D-99"),
        ("acts", "valid_from = 2030-01-01", 'valid_from = "2030"', "valid_from harus tanggal"),
        ("acts", 'until = "sampai dicabut"', "valid_to = 2029-01-01", "valid_to sebelum valid_from"),
        ("acts", 'severity = "umum"', 'severity = "umum"\nbinds = ["polri"]', "binds tidak mengenal 'polri'"),
        ("elections", "end = 2031-09-24", "end = 2031-09-23", "tidak bersambung"),
    ],
)
def test_faults_in_own_folders_are_told_with_their_file(province, place, old, new, words):
    for path in province[place].rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RulesetError) as raised:
        load_ruleset(acts=[province["acts"]], elections=[province["elections"]])
    told = [one for one in raised.value.problems if words in one.what]
    assert told
    assert told[0].file.split("/")[0] == province[place].name


def test_an_official_text_is_held_against_its_file(province):
    import hashlib

    text = province["acts"] / "se-contoh.pdf"
    text.write_bytes(b"naskah")
    slot = province["acts"] / "naskah.toml"
    sha = hashlib.sha256(b"naskah").hexdigest()
    slot.write_text(
        f'[naskah.se-contoh]\nfile = "se-contoh.pdf"\nsha256 = "{sha}"\nread_on = 2030-02-01\n', encoding="utf-8"
    )
    document = load_ruleset(["jawa-contoh"], acts=[province["acts"]]).act("JCT-1").document
    assert document.official is not None
    assert document.official.sha256 == sha
    text.write_bytes(b"naskah lain")
    with pytest.raises(RulesetError, match="isi berkas berubah sejak dibaca"):
        load_ruleset(acts=[province["acts"]])
    text.unlink()
    with pytest.raises(RulesetError, match="berkas tidak ditemukan"):
        load_ruleset(acts=[province["acts"]])


def test_every_shipped_document_says_from_when_to_when_it_holds():
    for pack in load_ruleset().packs.values():
        for act in pack.acts:
            document = act.document
            assert document.valid_from, document.id
            assert document.valid_to or document.until, document.id


def test_what_merely_stands_beside_the_table_is_not_named_once_it_has_lapsed():
    ruleset = load_ruleset(elections=[shipped("data/elections") / "pemilu-2024.toml"][:0])
    photo = {
        "text": "Bersama beliau",
        "media_text": "foto bersama Pramono Anung, pose tiga jari",
        "visibility": "public",
    }
    rows = [
        activity("then", text="Dukung Ganjar Pranowo!", at="2024-01-10 10:00"),
        activity("later", **photo, at="2024-11-01 10:00"),
    ]
    out = screen(ACTIVITIES.build(rows), ruleset)
    named = {
        row["activity_id"]: {row["act_id"], *decode(row["alternatives"])} for row in out.findings.to_dict("records")
    }
    assert {"KASN-4", "SEKDA-01"} <= named["then"]
    assert not {"KASN-2", "KASN-4", "PJGUB-1", "UU5-87"} & named["later"]
