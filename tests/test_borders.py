"""Borders to the terminal, the file system and the errors of the operating system: every command, hostile names and texts."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import typer
from openpyxl import Workbook

from screening.cli import faults
from screening.cli.app import app
from screening.cli.app import run as program
from screening.printable import in_json, one_line, printable
from screening.whole import whole

RAW = "\x1b]0;judul\x07\x1b[2J\x1b]52;c;aGFp\x07\x9b31m\u202etxet\u2066\r\nGALAT: palsu"
NAME = RAW if os.name == "posix" else "\u202etxet"  # what a file system takes as a name
ALLOWED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
HEAD = "record_id,platform,actor,kind,happened_at,text\n"
CALL = f"Ayo {RAW} coblos Prabowo Gibran nomor 2 {RAW}"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over hostile exports, and beside it hostile tables for every option."""
    folder = tmp_path_factory.mktemp("batas")
    exports = folder / f"ekspor{NAME}"
    exports.mkdir()
    rows = [
        {
            "record_id": f"r{n}{RAW}", "platform": "instagram", "actor": f"asn_0101{RAW if n == 1 else ''}", "kind": "post",
            "happened_at": "2023-12-20T10:00:00+07:00", "text": CALL,
        }
        for n in range(3)
    ]  # fmt: skip
    (exports / f"a{NAME}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (exports / f"b{NAME}.csv").write_text(f'{HEAD}x,instagram,asn_0102,{NAME},2023-12-20,"{CALL}"\n', encoding="utf-8")
    (exports / f"aneh{NAME}.bin").write_bytes(b"\x01\x02" + RAW.encode())
    book = Workbook()
    book.active.title = "lembar\u202e\x9b"
    book.active.append([*HEAD.strip().split(","), f"kolom {RAW[:5]}".replace("\x1b", "\u202e").replace("\x07", "")])
    book.active.append(
        ["s", "instagram", "asn_0103", "post", "2023-12-20", "Ayo coblos Prabowo\u202e Gibran nomor 2", "x"]
    )
    book.active.append(["s2", "instagram", "asn_0103", "aneh\u202e", "2023-12-20", "x", "x"])
    book.save(exports / "c.xlsx")
    (folder / f"pegawai{NAME}.csv").write_text(f'nama,"kolom{RAW}"\n"Pegawai {RAW}",1\n', encoding="utf-8")
    (folder / f"kata{NAME}.csv").write_text(f'entry_id,term,"x{RAW}"\nuji,"{RAW}",1\n', encoding="utf-8")
    (folder / f"label{NAME}.csv").write_text(f'text,label,"x{RAW}"\n"{CALL}",aneh{NAME!r}\n', encoding="utf-8")
    assert program(["run", str(exports), "--out", str(folder / "hasil")]) == 0
    return folder


def of(place: Path, beginning: str) -> str:
    return str(next(path for path in sorted(place.rglob("*")) if path.name.startswith(beginning)))


def finding(place: Path) -> str:
    return str(pd.read_parquet(place / "hasil" / "findings.parquet")["finding_id"].iloc[0])


ROUTES: dict[str, Callable[[Path], list[list[str]]]] = {
    "demo": lambda p: [["demo", "--out", str(p / f"demo{NAME}")]],
    "run": lambda p: [
        ["run", of(p, "a"), "--out", str(p / f"lain{NAME}")],
        ["run", of(p, "aneh"), "--out", str(p / "tak")],
        ["run", str(p / f"tiada{NAME}"), "--out", str(p / "tak")],
        ["run", of(p, "a"), "--out", str(p / "tak"), "--roster", of(p, "pegawai")],
        ["run", of(p, "a"), "--out", str(p / "tak"), "--accounts", of(p, "pegawai")],
        ["run", of(p, "a"), "--out", str(p / "tak"), "--lexicon", of(p, "kata")],
        ["run", of(p, "a"), "--out", str(p / "tak"), "--timezone", RAW],
        ["run", of(p, "a"), "--out", str(p / "hasil")],
    ],
    "read": lambda p: [["read", of(p, "ekspor"), "--out", str(p / "r.csv")], ["read", of(p, "aneh"), "--out", str(p / "r.csv")]],
    "inspect": lambda p: [["inspect", of(p, "ekspor")]],
    "check": lambda p: [["check", "--lexicon", of(p, "kata")]],
    "doctor": lambda p: [["doctor"]],
    "explain": lambda p: [["explain", finding(p), "--run", str(p / "hasil")], ["explain", RAW, "--run", str(p / "hasil")]],
    "trace": lambda p: [["trace", "--text", CALL], ["trace", finding(p), "--run", str(p / "hasil")]],
    "list": lambda p: [["list", "--run", str(p / "hasil")], ["list", "--run", str(p / "hasil"), "--json"]],
    "report": lambda p: [["report", "--run", str(p / "hasil"), "--from", "2023-12-01", "--to", "2023-12-31"]],
    "dossier": lambda p: [["dossier", RAW, "--run", str(p / "hasil")], ["dossier", finding(p), "--run", str(p / "hasil")]],
    "sheet": lambda p: [["sheet", "--out", str(p / "lembar.html")]],
    "classify": lambda p: [["classify", of(p, "label"), "--text", "text", "--out", str(p / "k.csv")],
                           ["classify", of(p, "label"), "--text", RAW, "--out", str(p / "k.csv")]],
    "train": lambda p: [["train", "--add", of(p, "label"), "--out", str(p / "model")]],
    "evaluate": lambda p: [["evaluate", of(p, "label"), "--out", str(p / "e.html")]],
    "compare": lambda p: [["compare", str(p / "hasil"), str(p / "hasil")], ["compare", str(p / "hasil"), str(p / RAW)]],
    "template": lambda p: [["template", RAW], ["template", "roster", "--out", str(p / f"contoh{NAME}.csv")]],
    "lexicon import": lambda p: [["lexicon", "import", of(p, "pegawai"), "--out", str(p / "l.csv")]],
    "audit parity": lambda p: [["audit", "parity", "--lexicon", of(p, "kata")]],
    "audit rates": lambda p: [["audit", "rates", "--run", str(p / "hasil")]],
    "audit coverage": lambda p: [["audit", "coverage", "--run", str(p / "hasil")]],
    "review export": lambda p: [
        ["review", "export", "--run", str(p / "hasil"), "--reviewer", "Ani", "--out", str(p / f"telaah{NAME}"), "--ledger", str(p / "b")],
        ["review", "export", "--run", str(p / "hasil"), "--reviewer", RAW, "--out", str(p), "--ledger", str(p / "b")],
    ],
    "review import": lambda p: [["review", "import", of(p, "label"), "--ledger", str(p / "b")],
                                ["review", "import", of(p, "c.xlsx"), of(p, "telaah_Ani"), "--ledger", str(p / "b")]],
    "review status": lambda p: [["review", "status", "--ledger", str(p / "b")]],
    "review agreement": lambda p: [["review", "agreement", "--ledger", str(p / "b")]],
    "review conflicts": lambda p: [["review", "conflicts", "--run", str(p / "hasil"), "--ledger", str(p / "b")]],
    "review serve": lambda p: [["review", "serve", "--run", str(p / f"tiada{NAME}"), "--ledger", str(p / "b")],
                               ["review", "serve", "--run", str(p / "hasil"), "--ledger", of(p, "label"), "--reviewer", RAW]],
    "review user add": lambda p: [["review", "user", "add", RAW, "--role", RAW, "--password", RAW, "--ledger", str(p / "b")]],
    "review user list": lambda p: [["review", "user", "list", "--ledger", str(p / "b")]],
    "review user remove": lambda p: [["review", "user", "remove", RAW, "--ledger", str(p / "b")]],
    "review case": lambda p: [["review", "case", RAW, "--stage", RAW, "--why", RAW, "--ledger", str(p / "b")]],
    "review labels": lambda p: [["review", "labels", "--run", str(p / "hasil"), "--out", str(p / "l.csv"), "--ledger", str(p / "b")]],
    "self": lambda p: [["self", of(p, "a")], ["self", of(p, "ekspor")]],
    "retention": lambda p: [["retention", str(p / f"tiada{NAME}"), "--before", "2020-01-01"], ["retention", str(p / "hasil"), "--before", RAW]],
    "seal": lambda p: [["seal", str(p / f"tiada{NAME}"), "--recipient", RAW]],
    "unseal": lambda p: [["unseal", of(p, "label"), "--identity", of(p, "kata"), "--out", str(p / "buka")]],
    "audit verify": lambda p: [["audit", "verify", str(p / "hasil")], ["audit", "verify", str(p / f"tiada{NAME}")],
                               ["audit", "verify", "--ledger", of(p, "label")], ["audit", "verify", "--log", of(p, "label")]],
    "subject export": lambda p: [["subject", "export", RAW, "--run", str(p / "hasil"), "--out", str(p / "orang")]],
    "subject erase": lambda p: [["subject", "erase", RAW, "--run", str(p / "hasil")]],
    "key status": lambda p: [["key", "status", of(p, "label")], ["key", "status", str(p / f"tiada{NAME}")]],
    "key rotate": lambda p: [["key", "rotate", str(p / f"tiada{NAME}")]],
}  # fmt: skip
SLOW = {"train", "demo", "audit parity"}  # their own tests run them whole; here only when asked for


def commands(group: object, before: str = "") -> set[str]:
    found = set()
    for name, one in getattr(group, "commands", {}).items():
        full = f"{before} {name}".strip()
        found |= commands(one, full) if getattr(one, "commands", None) else {full}
    return found


def test_every_command_is_among_the_routes() -> None:
    missing = commands(typer.main.get_command(app)) - ROUTES.keys()
    assert not missing, missing


@pytest.mark.parametrize("command", sorted(ROUTES))
def test_whatever_a_command_prints_is_inert(place: Path, command: str, capfd: pytest.CaptureFixture[str]) -> None:
    if command in SLOW and not os.environ.get("SCREENING_SLOW"):
        pytest.skip("takes long; SCREENING_SLOW=1 runs it")
    if command.startswith("review") and command != "review export" and not (place / "b").exists():
        program(ROUTES["review export"](place)[0])
        capfd.readouterr()
    for words in ROUTES[command](place):
        code = program(words)
        told = capfd.readouterr()
        printed = told.out + told.err
        assert code in (0, 1, 2, 3, 4, 5), (code, printed)
        assert printed.strip()
        assert not (found := ALLOWED.search(printed)), (
            words[0],
            repr(printed[max(found.start() - 60, 0) : found.end() + 20]),
        )
        assert not re.search(r"^GALAT: palsu", printed, re.M), printed


def test_pictures_for_hidden_signs() -> None:
    assert one_line("a\x1b[2J\n\tb\x7f\x9b\u202e") == "a␛[2J␊␉b␡⟨U+009B⟩⟨U+202E⟩"
    assert printable("satu\n\tdua\r") == "satu\n\tdua␍"
    assert one_line(os.fsdecode(b"x\xff.csv")) == (
        "x\\xff.csv" if sys.getfilesystemencoding() == "utf-8" else "x⟨U+DCFF⟩"
    )
    assert one_line("👨‍👩‍👧 🇮🇩 ✌️ Jl. Ｐｒａｂｏｗｏ ka’bah") == "👨‍👩‍👧 🇮🇩 ✌️ Jl. Ｐｒａｂｏｗｏ ka’bah"
    told = json.dumps({"a": "\u202e\x9b\x1b"}, ensure_ascii=False)
    assert json.loads(in_json(told)) == json.loads(told)
    assert in_json(told).isascii()


@pytest.mark.skipif(os.name != "posix", reason="names are bytes only there")
def test_a_name_that_is_no_utf8_stops_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    row = "{},instagram,asn_0101,post,2023-12-20,Ayo coblos Prabowo Gibran nomor 2\n"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.csv").write_text(HEAD + row.format("a"), encoding="utf-8")
    try:
        Path(os.fsdecode(os.fsencode(tmp_path / "in") + b"/x\xff.csv")).write_text(
            HEAD + row.format("b").replace("Ayo", "Mari"), encoding="utf-8"
        )
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    assert program(["inspect", str(tmp_path / "in")]) == 0
    assert program(["read", str(tmp_path / "in"), "--out", str(tmp_path / "r.parquet")]) == 0
    assert program(["run", str(tmp_path / "in"), "--out", str(tmp_path / "o")]) == 0
    assert pd.read_parquet(tmp_path / "o" / "activities.parquet")["source_file"].tolist() == [
        "in/good.csv",
        "in/x\\xff.csv",
    ]
    assert "x\\xff.csv" in capfd.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="rights of owners are another matter on Windows")
def test_what_is_written_belongs_to_its_user(place: Path) -> None:
    for path in [place / "hasil", *(place / "hasil").iterdir()]:
        assert not stat.S_IMODE(path.lstat().st_mode) & 0o077, path.name
    umask = os.umask(0o022)
    os.umask(umask)
    assert program(["doctor"]) == 0
    again = os.umask(umask)
    assert again == umask  # of the program's process only while it runs


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
@pytest.mark.parametrize("planted", ["hasil", "hasil.proses", "hasil.kunci"])
def test_planted_links_are_not_followed(
    place: Path, tmp_path: Path, planted: str, capfd: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "milik-orang"
    target.mkdir()
    (target / "penting.txt").write_text("tetap", encoding="utf-8")
    (tmp_path / planted).symlink_to(target if planted != "hasil.kunci" else target / "penting.txt")
    for more in ([], ["--overwrite"], ["--resume"]):
        assert program(["run", of(place, "c.xlsx"), "--out", str(tmp_path / "hasil"), *more]) == 2
        assert "tautan simbolik" in capfd.readouterr().err
    assert [path.name for path in target.iterdir()] == ["penting.txt"]
    assert (target / "penting.txt").read_text(encoding="utf-8") == "tetap"


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
@pytest.mark.parametrize("name", ["manifest.json.tmp", "activities.parquet.tmp", ".parts", "temuan.part.csv"])
def test_links_in_an_unfinished_folder_are_refused_on_resume(place: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "penting").write_text("tetap", encoding="utf-8")
    (tmp_path / "hasil.proses").mkdir()
    (tmp_path / "hasil.proses" / name).symlink_to(tmp_path / "penting")
    assert program(["run", of(place, "c.xlsx"), "--out", str(tmp_path / "hasil"), "--resume"]) == 2
    assert (tmp_path / "penting").read_text(encoding="utf-8") == "tetap"


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("lama", encoding="utf-8")

    def fails() -> None:
        with whole([path]) as (part,):
            part.write_text("setengah", encoding="utf-8")
            raise OSError(errno.ENOSPC, "penuh")

    with pytest.raises(OSError, match="penuh"):
        fails()
    assert [(one.name, one.read_text(encoding="utf-8")) for one in tmp_path.iterdir()] == [("a.csv", "lama")]


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the limit of file sizes is told by a signal elsewhere"
)
@pytest.mark.parametrize("command", ["run", "read", "review export", "report", "lexicon import", "template"])
@pytest.mark.parametrize("room", [0, 2_000])
def test_no_room_is_one_line(
    place: Path, tmp_path: Path, command: str, room: int, capfd: pytest.CaptureFixture[str]
) -> None:
    """No file may grow beyond `room` bytes: what a full disk does, told by the system for every write of every library."""
    import resource
    import shutil

    shutil.copytree(place / "hasil", tmp_path / "hasil")
    (tmp_path / "calon.csv").write_text("Nama,Partai,Nomor,Dapil\nCalon Rekaan,PKB,1,Jakarta I\n", encoding="utf-8")
    words = {
        "run": ["run", of(place, "c.xlsx"), "--out", str(tmp_path / "baru")],
        "read": ["read", of(place, "c.xlsx"), "--out", str(tmp_path / "r.parquet")],
        "review export": ["review", "export", "--run", str(tmp_path / "hasil"), "--reviewer", "Ani", "--out", str(tmp_path), "--ledger", str(tmp_path / "b")],
        "report": ["report", "--run", str(tmp_path / "hasil"), "--from", "2023-12-01", "--to", "2023-12-31", "--out", str(tmp_path / "lap")],
        "lexicon import": ["lexicon", "import", str(tmp_path / "calon.csv"), "--contest", "pileg-2024", "--out", str(tmp_path / "l.csv")],
        "template": ["template", "roster", "--out", str(tmp_path / "contoh.xlsx")],
    }[command]  # fmt: skip
    before = set(tmp_path.rglob("*"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with capfd.disabled():
        sys.stdout.flush()
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    out, err = sys.stdout, sys.stderr
    import io

    sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
    try:
        code = program(words)
        told = sys.stderr.getvalue()
    finally:
        sys.stdout, sys.stderr = out, err
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    if code == 0:
        assert room
        return
    assert code in (2, 5), told
    assert "internal" not in told
    assert "Traceback" not in told
    assert told.count("GALAT") == 1
    left = set(tmp_path.rglob("*")) - before
    assert not [
        path.name
        for path in left
        if path.suffix in (".tmp", ".parquet", ".xlsx", ".html", ".csv") or ".part" in path.name
    ]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "a/b.csv"), "b.csv: ruang simpan penuh"),
        (PermissionError(errno.EACCES, "Permission denied", "a/b\x1b.csv"), "b␛.csv: tidak boleh dibaca atau ditulis"),
        (OSError("[Errno 28] Error writing bytes to file. Detail: No space left on device"), "ruang simpan penuh"),
        (FileNotFoundError(errno.ENOENT, "No such file", b"x\xff"), "tidak ada; periksa nama"),
        (OSError(9999, "odd"), "galat sistem (odd)"),
    ],
)
def test_errors_of_the_system_in_words(error: OSError, words: str) -> None:
    told = faults.told(error)
    assert words in told
    assert told.startswith("GALAT: ")
    assert "\n" not in told
