"""How the desk is opened: the command, its refusals, one desk per ledger, TLS for a team."""

from __future__ import annotations

import http.client
import re
import shutil
import signal
import ssl
import subprocess
import sys
from pathlib import Path

import pytest
from report_builder import build
from review_builder import run_folder
from typer.testing import CliRunner

from screening.errors import UsageError

ROOT = Path(__file__).resolve().parent.parent
MISSING = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="openssl tidak terpasang; uji ini membuat sertifikat"
)


def asked(*words: str) -> str:
    """The refusal of a command, as it is told."""
    from screening.cli.app import app

    with pytest.raises(UsageError) as told:
        CliRunner().invoke(app, ["review", *words], catch_exceptions=False)
    return str(told.value)


def test_without_the_extra_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    there = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if name == "starlette" else there(name, *more)
    )
    told = asked("serve", "--run", str(tmp_path))
    assert 'pip install "screening[desk]"' in told
    assert "review export" in told
    assert "screening[desk]" in asked("user", "list", "--ledger", str(tmp_path / "b"))


def test_the_program_without_the_desk_loads_none_of_it() -> None:
    words = "import sys, screening.cli.app, screening.review.exchange, screening.reports; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, cwd=ROOT, check=True)
    assert not {"starlette", "uvicorn", "argon2"} & {name.partition(".")[0] for name in done.stdout.split()}


class TestRefusals:
    @pytest.fixture(autouse=True)
    def extra(self) -> None:
        for name in ("starlette", "uvicorn", "argon2"):
            pytest.importorskip(name, reason="extra desk tidak terpasang")

    def test_a_network_needs_tls_and_people(self, tmp_path: Path) -> None:
        run, book = ("--run", str(tmp_path)), ("--ledger", str(tmp_path / "buku.sqlite"))
        assert "--tls-cert" in asked("serve", *run, *book, "--lan")
        assert "hanya dipakai bersama --lan" in asked("serve", *run, *book, "--tls-cert", __file__)
        assert "review user add" in asked("serve", *run, *book, "--lan", "--tls-cert", __file__, "--tls-key", __file__)
        assert "tidak dikenal" in asked("serve", *run, *book, "--role", "hakim")
        assert "berkas tidak ditemukan" in asked(
            "serve", *run, *book, "--lan", "--tls-cert", "tiada.pem", "--tls-key", __file__
        )

    @pytest.mark.parametrize(
        ("name", "role", "password", "told"),
        [
            ("Ani", "hakim", "kata sandi panjang", "tidak dikenal"), ("Ani", "ketua", "pendek", "Kata sandi harus"),
            ("Ani", "ketua", "x" * 201, "Kata sandi harus"), (" ", "ketua", "kata sandi panjang", "Nama penelaah kosong"),
            ("kata sandi panjang", "ketua", "Kata Sandi Panjang", "tidak boleh sama"),
        ],
    )  # fmt: skip
    def test_a_login_that_cannot_be_one(self, tmp_path: Path, name: str, role: str, password: str, told: str) -> None:
        book = str(tmp_path / "buku.sqlite")
        assert told in asked("user", "add", name, "--role", role, "--password", password, "--ledger", book)
        assert [*tmp_path.iterdir()] == []

    def test_people_come_and_go(self, tmp_path: Path) -> None:
        from screening.cli.app import app

        book = ("--ledger", str(tmp_path / "buku.sqlite"))
        for words in (
            ("user", "add", "Ani", "--role", "penelaah", "--password", "kata sandi panjang", *book),
            ("user", "add", "ani", "--role", "penengah", "--password", "kata sandi lain", *book), ("user", "list", *book),
            ("user", "remove", "ANI", *book), ("user", "list", *book),
        ):  # fmt: skip
            done = CliRunner().invoke(app, ["review", *words], catch_exceptions=False)
            assert done.exit_code == 0, done.output
            if words[:2] == ("user", "list"):
                assert "ani: penengah" in done.output or "Belum ada pengguna." in done.output
        assert "tidak ada" in asked("user", "remove", "Ani", *book)


def test_the_command_opens_one_desk_and_no_second(tmp_path: Path) -> None:
    for name in ("starlette", "uvicorn", "argon2"):
        pytest.importorskip(name, reason="extra desk tidak terpasang")
    run, book = run_folder(tmp_path / "run", build(30)), tmp_path / "buku.sqlite"
    words = [
        sys.executable,
        "-m",
        "screening",
        "review",
        "serve",
        "--run",
        str(run.folder),
        "--ledger",
        str(book),
        "--port",
        "0",
    ]
    first = subprocess.Popen(
        [*words, "--reviewer", "Ani"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        assert first.stdout is not None
        told = [first.stdout.readline() for _ in range(3)]
        found = re.search(r"http://127\.0\.0\.1:(\d+)(/masuk\?kunci=\S+)", told[1])
        assert found, told
        second = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False)
        assert second.returncode == 2
        assert "meja telaah lain" in second.stderr
        line = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=30)
        line.request("GET", found[2])
        answer = line.getresponse()
        answer.read()
        assert answer.status == 303
        line.request("GET", "/", headers={"Cookie": (answer.getheader("set-cookie") or "").partition(";")[0]})
        answer = line.getresponse()
        page = answer.read().decode()
        assert answer.status == 200
        assert "Ani, penelaah" in page
        assert "K-" in page
        line.close()
        if sys.platform != "win32":
            first.send_signal(signal.SIGINT)
            assert first.wait(30) in (0, 130)
            assert "Traceback" not in (first.stderr.read() if first.stderr else "")
    finally:
        first.kill()
        first.wait(20)
        for stream in (first.stdout, first.stderr):
            if stream:
                stream.close()


@MISSING
def test_a_team_speaks_tls_only(tmp_path: Path) -> None:
    import pickle

    for name in ("starlette", "uvicorn", "argon2"):
        pytest.importorskip(name, reason="extra desk tidak terpasang")
    from desk_builder import run_of
    from test_desk_drafts import SERVER

    from screening.desk.people import set_user, users_of

    certificate, key = tmp_path / "sertifikat.pem", tmp_path / "kunci.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1", "-addext",
         "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True,
    )  # fmt: skip
    _, tables = run_of(tmp_path / "run", build(30))
    (tmp_path / "tables.pickle").write_bytes(pickle.dumps(tables))
    ledger = tmp_path / "buku.sqlite"
    set_user(users_of(ledger), "Ani", "penelaah", "kata sandi Ani")
    words = [sys.executable, str(SERVER), str(tmp_path), str(ledger), str(certificate), str(key)]
    running = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        place = running.stdout.readline().strip()
        assert place.startswith("https://127.0.0.1:")
        port = int(place.split(":")[2].split("/")[0])
        trusting = ssl.create_default_context(cafile=str(certificate))
        line = http.client.HTTPSConnection("127.0.0.1", port, timeout=30, context=trusting)
        told = {"Origin": f"https://127.0.0.1:{port}", "Content-Type": "application/x-www-form-urlencoded"}
        line.request("POST", "/masuk", b"nama=Ani&sandi=kata+sandi+Ani", told)
        answer = line.getresponse()
        answer.read()
        cookie = answer.getheader("set-cookie") or ""
        assert answer.status == 303
        assert cookie.startswith("__Host-meja=")
        assert {"secure", "httponly", "samesite=strict", "path=/"} <= {one.strip().lower() for one in cookie.split(";")}
        line.request("GET", "/", headers={"Cookie": cookie.partition(";")[0]})
        assert line.getresponse().status == 200
        line.close()
        plain = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        plain.request("GET", "/masuk")
        with pytest.raises((http.client.HTTPException, OSError)):
            plain.getresponse()
        plain.close()
    finally:
        running.kill()
        running.wait(20)
        if running.stdout:
            running.stdout.close()
