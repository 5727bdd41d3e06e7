"""Attacks on the review desk, over real connections: each must be refused, leave the ledger as it was and the desk at work."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from report_builder import build
from review_builder import handed
from test_reports_page import INJECTIONS

pytest.importorskip("starlette", reason="extra desk tidak terpasang")
pytest.importorskip("uvicorn", reason="extra desk tidak terpasang")
pytest.importorskip("argon2", reason="extra desk tidak terpasang")

from desk_builder import Visitor, desk_of, entered, form, run_of, served

from screening.desk.app import Desk
from screening.desk.book import LEAD, REVIEWER, Worker
from screening.desk.guard import Buckets, OneTimeToken, Sessions
from screening.desk.people import Passwords, set_user, users_of
from screening.desk.settings import number
from screening.review.decisions import FOUND
from screening.review.ledger import read

ANI = Worker("Ani", REVIEWER)
PLAIN = {"Content_Type": "application/x-www-form-urlencoded"}


class Tags(HTMLParser):
    """What a page is made of, as a browser would read it."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += attrs


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    return run_of(tmp_path_factory.mktemp("serang") / "run")


@pytest.fixture
def desk(made: tuple[Any, Any], tmp_path: Path) -> Desk:
    return desk_of(*made, tmp_path / "buku.sqlite", alone=ANI)


@pytest.fixture
def port(desk: Desk) -> Iterator[int]:
    before = len(read(desk.book.path))
    with served(desk) as found:
        yield found
        # Whatever was tried: nothing in the ledger, and the desk still answers.
        assert len(read(desk.book.path)) == before
        desk.logins = Buckets(5, 1)
        assert entered(desk, found, ANI).get("/").status == 200


def first_case(desk: Desk) -> str:
    return next(iter(desk.book.material.cases))


def test_token_opens_once_and_gives_a_cookie_scripts_cannot_read(desk: Desk, port: int) -> None:
    assert desk.token is not None
    one, other = Visitor(port), Visitor(port)
    assert one.get("/").status == 303
    got = one.get(f"/masuk?kunci={desk.token.value}")
    assert (got.status, got.headers["location"]) == (303, "/")
    assert {"httponly", "path=/", "samesite=strict"} <= {
        part.strip().lower() for part in got.headers["set-cookie"].split(";")
    }
    assert one.get("/").status == 200
    assert other.get(f"/masuk?kunci={desk.token.value}").status == 403  # stolen from history: worth nothing
    assert other.get("/").status == 303
    assert Visitor(port).get("/masuk?kunci=").status == 200
    assert Visitor(port).get(f"/masuk?kunci={'a' * 43}").status == 403


def test_token_is_void_after_its_time() -> None:
    clock = {"now": 0.0}
    token = OneTimeToken(lambda: clock["now"])
    clock["now"] = 60 * number("session", "token_minutes")
    assert not token.spend(token.value)


def test_sessions_end_when_idle_after_a_day_and_at_logout(desk: Desk) -> None:
    clock = {"now": 0.0}
    sessions = Sessions(lambda: clock["now"])
    secret = sessions.open(ANI)
    assert sessions.get(secret)
    clock["now"] += 60 * number("session", "idle_minutes") + 1
    assert sessions.get(secret) is None
    secret = sessions.open(ANI)
    for _ in range(12):
        clock["now"] += 3600 * number("session", "longest_hours") / 12 + 1
        if (found := sessions.get(secret)) is not None:
            found.last = clock["now"]
    assert sessions.get(secret) is None
    for _ in range(number("session", "most") + 50):
        sessions.open(ANI)
    assert len(sessions._held) <= number("session", "most")


def test_logout_voids_the_cookie(desk: Desk, port: int) -> None:
    visitor = entered(desk, port, ANI)
    stolen = visitor.cookie
    assert visitor.post("/keluar").status == 303
    thief = Visitor(port)
    thief.cookie = stolen
    assert thief.get("/").status == 303
    thief.cookie = f"{desk.cookie}={'x' * 43}"
    assert thief.get("/").status == 303


@pytest.mark.parametrize(
    "host", ["jahat.example", "127.0.0.1", "localhost.jahat.example:{port}", "127.0.0.1:1", "", "[::1]:{port}"]
)
def test_another_host_is_refused(desk: Desk, port: int, host: str) -> None:
    visitor = entered(desk, port, ANI)
    for path in ("/", f"/kasus/{first_case(desk)}", "/gaya.css", "/masuk"):
        answer = visitor.get(path, Host=host.format(port=port))
        assert answer.status in (400, 421)
        assert first_case(desk) not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://jahat.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Content_Type": "text/plain"},
        {"Content_Type": "multipart/form-data; boundary=x"},
        {"Content_Type": "application/json"},
    ],
)
def test_forms_of_other_pages_are_refused(desk: Desk, port: int, headers: dict[str, str]) -> None:
    visitor, case = entered(desk, port, ANI), first_case(desk)
    page = visitor.get(f"/kasus/{case}").text
    told = {name: value.format(port=port) for name, value in headers.items()}
    answer = visitor.post(f"/kasus/{case}/putus", form(page, FOUND), **told)
    assert answer.status in (403, 415)
    assert not desk.drafts.of("Ani", case).now


@pytest.mark.parametrize("word", ["", "x", "another"])
def test_a_form_without_its_word_is_refused(desk: Desk, port: int, word: str) -> None:
    visitor, case = entered(desk, port, ANI), first_case(desk)
    other = entered(desk, port, Worker("Budi", REVIEWER))
    page = visitor.get(f"/kasus/{case}").text
    visitor.csrf = other.csrf if word == "another" else word
    for path in ("putus", "draf", "urung", "undur", "simpan", "tahap"):
        assert visitor.post(f"/kasus/{case}/{path}", form(page, FOUND)).status == 403
    assert not desk.drafts.of("Ani", case).now


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "GET"])
def test_other_methods_change_nothing(desk: Desk, port: int, method: str) -> None:
    visitor, case = entered(desk, port, ANI), first_case(desk)
    assert visitor.ask(method, f"/kasus/{case}/putus?putusan={quote(FOUND)}&alasan=x&csrf={visitor.csrf}").status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd", "/gambar/../../buku.sqlite", "/gambar/..%2f..%2fbuku.sqlite",
        "/%2e%2e/%2e%2e/etc/passwd", "/kasus/../..", "/kasus/..%2f..%2fbuku.sqlite",
        "/gaya.css/../../settings.toml", "/gambar/%00", "/kasus/K-0000000000", "/kasus/%F0%28%8C%28",
        "//etc/passwd", "/kasus/K-*", "/gambar/C:%5Cboot.ini", "/templates/kasus.html.j2", "/static/",
        "/.git/config", "/buku.sqlite",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_desk(desk: Desk, port: int, path: str) -> None:
    visitor = entered(desk, port, ANI)
    answer = visitor.get(path)
    assert answer.status == 404
    assert "root:" not in answer.text
    assert "SQLite" not in answer.text
    assert visitor.post(path, {"putusan": FOUND}).status in (404, 405)
    assert {one.name for one in desk.book.path.parent.iterdir()} <= {
        "buku.sqlite",
        "buku.sqlite.segel",
        "buku.sqlite.draf",
        "run",
    }


def test_a_name_that_is_a_path_stays_in_the_folder_of_drafts(desk: Desk, port: int) -> None:
    mallory = Worker("../../../jahat", REVIEWER)
    visitor, case = entered(desk, port, mallory), first_case(desk)
    page = visitor.get(f"/kasus/{case}").text
    assert visitor.post(f"/kasus/{case}/draf", form(page, FOUND)).status == 200
    files = [one for one in desk.book.path.parent.rglob("*") if one.is_file()]
    assert [one.parent.name for one in files if one.suffix == ".json"] == ["buku.sqlite.draf"]
    assert all(re.fullmatch(r"[0-9a-f]{32}\.json", one.name) for one in files if one.suffix == ".json")


def test_scripts_in_every_field_are_shown_and_not_run(tmp_path: Path) -> None:
    tables = build(20, texts=INJECTIONS)
    bad = "</textarea><script>window.pwned=1</script>\"'><img src=x onerror=pwned()>"
    people = tables.context.subjects.assign(unit=bad, position=bad, agency=bad, name=f"Contoh {bad}")
    tables = replace(
        tables,
        context=replace(tables.context, subjects=people),
        activities=tables.activities.assign(
            target_url="javascript:window.pwned=1", target_account=bad, source_file=bad, actor=bad
        ),
    )
    run, tables = run_of(tmp_path / "run", tables)
    desk = desk_of(run, tables, tmp_path / "buku.sqlite")
    with served(desk, Buckets(1_000_000, 1_000_000)) as port:
        ani, budi = (
            entered(desk, port, Worker(f"Ani{bad}"[:80], REVIEWER)),
            entered(desk, port, Worker("Budi", REVIEWER)),
        )
        ani.post("/saring", {"kata": bad, "daftar": bad})
        pages = [ani.get("/"), ani.get(f"/?daftar={quote(bad)}&hal={quote(bad)}"), ani.get("/kesepakatan")]
        ani.post("/saring", {"kata": "", "daftar": "all"})
        for case in desk.book.material.cases:
            page = ani.get(f"/kasus/{case}?hal={quote(bad)}&perbaiki={quote(bad)}")
            pages.append(page)
            deeds = re.findall(r'name="pada" value="([^"]+)"', page.text)
            own = [(f"{kind}:{deed}", bad) for deed in deeds for kind in ("butir", "lain", "khusus", "sebab")]
            pages.append(
                ani.post(
                    f"/kasus/{case}/putus", [*form(page.text, bad, bad, bad), *own, ("koreksi", bad), ("lalu", bad)]
                )
            )
            assert pages[-1].status == 422
            pages.append(ani.post(f"/kasus/{case}/undur", {"benturan": bad}))
            ani.post(f"/kasus/{case}/putus", form(page.text, FOUND, bad))
            budi.post(f"/kasus/{case}/putus", form(budi.get(f"/kasus/{case}").text, FOUND, bad))
            pages += [ani.get(f"/kasus/{case}"), budi.get(f"/kasus/{case}")]
    for page in pages:
        tags = Tags()
        tags.feed(page.text)
        assert [value for name, value in tags.attributes if name == "src"] == ["/meja.js"]
        assert tags.names & {"iframe", "object", "embed", "base", "style", "svg", "img", "math", "template"} == set()
        for name, value in tags.attributes:
            assert not name.startswith("on")
            assert name not in ("style", "srcdoc")
            assert not (value or "").strip().casefold().startswith("javascript:") or name == "value"
    assert any("pwned" in page.text for page in pages)


def test_every_answer_lets_the_page_load_nothing_from_elsewhere(desk: Desk, port: int) -> None:
    visitor, case = entered(desk, port, ANI), first_case(desk)
    pages = [
        visitor.get(path)
        for path in ("/", f"/kasus/{case}", "/kesepakatan", "/gaya.css", "/meja.js", "/tiada", "/masuk")
    ]
    pages += [
        Visitor(port).get("/"),
        visitor.get("/", Host="jahat.example"),
        visitor.ask("PUT", "/"),
        visitor.post("/keluar", Origin="x"),
    ]
    for page in pages:
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert "data:" not in policy
        assert "frame-ancestors 'none'" in policy
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["x-content-type-options"] == "nosniff"
        assert "server" not in page.headers
        assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", page.text)


def test_no_address_holds_anything_of_a_person(desk: Desk, port: int) -> None:
    """Cases have numbers that tell nothing; what is searched for never stands in an address."""
    visitor = entered(desk, port, ANI)
    answer = visitor.post("/saring", {"kata": "Contoh Pegawai", "daftar": "all"})
    assert answer.headers["location"] == "/?daftar=all"
    texts = [visitor.get("/").text, *(visitor.get(f"/kasus/{case}").text for case in [*desk.book.material.cases][:5])]
    for address in re.findall(r'(?:href|action|formaction|src|data-\w+)="(/[^"]*)"', " ".join(texts)):
        assert re.fullmatch(
            r"/|/(gaya\.css|meja\.js|keluar|saring|kesepakatan(\.json)?)|/\?daftar=\w+(&amp;hal=\d+)?|/kasus/K-[0-9a-f]{10}(/\w+)?(\?perbaiki=1)?|"
            r"/gambar/[0-9a-f]{64}", address,
        ), address  # fmt: skip


def test_fifty_megabytes_are_refused_unread(desk: Desk, port: int) -> None:
    visitor, case = entered(desk, port, ANI), first_case(desk)
    for told in (50_000_000, None):
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            size = f"Content-Length: {told}" if told else "Transfer-Encoding: chunked"
            line.sendall(
                (
                    f"POST /kasus/{case}/draf HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
                    f"Cookie: {visitor.cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\n{size}\r\n\r\n"
                ).encode()
            )
            sent, piece = 0, b"a" * 65_536
            chunk = piece if told else f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
            answer = b""
            line.settimeout(0.02)
            try:
                while sent < 50_000_000 and not answer:
                    line.sendall(chunk)
                    sent += len(piece)
                    try:
                        answer = line.recv(4096)
                    except TimeoutError:
                        continue
            except (BrokenPipeError, ConnectionResetError, TimeoutError):
                line.settimeout(5)
                try:
                    answer = answer or line.recv(4096)
                except OSError:
                    answer = answer or b"closed"
            assert sent < 8_000_000
            assert b" 413 " in answer or answer == b"closed"
    fields = [("alasan", "x")] * (number("body", "fields") + 1)
    assert visitor.post(f"/kasus/{case}/draf", fields).status == 400
    assert not desk.drafts.of("Ani", case).now


def test_a_thousand_requests_at_once(desk: Desk, port: int) -> None:
    """Some are answered, the others told to wait; nobody is left hanging and the desk goes on."""
    secret = desk.sessions.open(ANI)
    told: Counter[int] = Counter()
    gate = threading.Barrier(100)

    def many() -> None:
        gate.wait()
        for _ in range(10):
            visitor = Visitor(port)
            visitor.cookie = f"{desk.cookie}={secret}"
            try:
                told[visitor.get("/").status] += 1
            except OSError:
                told[0] += 1

    threads = [threading.Thread(target=many) for _ in range(100)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(120)
    assert sum(told.values()) == 1000
    assert {*told} <= {200, 429, 503, 0}
    assert told[429] + told[503] > 300  # how many more are served depends on how slow the machine is
    assert told[200] >= number("rate", "burst") // 2
    assert told[0] < 100
    time.sleep(1)  # a second later there is room again


def test_half_a_request_does_not_hold_the_desk(desk: Desk, port: int) -> None:
    lines = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(60)]
    for line in lines:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1")
    assert entered(desk, port, ANI).get("/").status == 200
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * 100_000 + b"\r\n\r\n")
        assert b" 400 " in line.recv(200) or True
    for line in lines:
        line.close()


def test_roles_do_only_what_is_theirs(desk: Desk, port: int) -> None:
    case = first_case(desk)
    lead, reviewer = entered(desk, port, Worker("Dewi", LEAD)), entered(desk, port, ANI)
    assert lead.post(f"/kasus/{case}/putus", {"putusan": FOUND, "alasan": "x"}).status == 403
    assert reviewer.post(f"/kasus/{case}/tahap", {"tahap": "selesai", "mengapa": "x"}).status == 403
    assert lead.post(f"/kasus/{case}/tahap", {"tahap": "tiada", "mengapa": "x"}).status == 422


def test_a_body_that_is_no_form_is_refused(desk: Desk, port: int) -> None:
    visitor, case = entered(desk, port, ANI), first_case(desk)
    told = {"Origin": f"http://127.0.0.1:{port}", **PLAIN, "X_Csrf": visitor.csrf}
    for body in (b"\xff\xfe\x00", b"alasan=" + b"%C3" * 10, b"=&=&;", b"alasan=\x00"):
        assert visitor.ask("POST", f"/kasus/{case}/putus", body, **told).status in (400, 422)


class TestLogins:
    """Logins of `--lan`, without the TLS around them."""

    @pytest.fixture
    def lan(self, made: tuple[Any, Any], tmp_path: Path) -> Desk:
        ledger = tmp_path / "buku.sqlite"
        for name, role in (("Ani", "penelaah"), ("Dewi", "ketua")):
            set_user(users_of(ledger), name, role, f"kata sandi {name} 2024")
        return desk_of(*made, ledger, passwords=Passwords(users_of(ledger)))

    def test_right_and_wrong_passwords(self, lan: Desk) -> None:
        with served(lan) as port:
            visitor = Visitor(port)
            assert 'name="sandi"' in visitor.get("/masuk").text
            assert visitor.post("/masuk", {"nama": "Ani", "sandi": "salah"}).status == 403
            assert visitor.post("/masuk", {"nama": "Tiada", "sandi": "kata sandi Ani 2024"}).status == 403
            assert visitor.post("/masuk", {"nama": "Tiada", "sandi": "\0nobody"}).status == 403
            assert visitor.post("/masuk", {"nama": " aNI ", "sandi": "kata sandi Ani 2024"}).status == 303
            assert "Ani, penelaah" in visitor.get("/").text

    def test_guessing_is_slowed_down(self, lan: Desk) -> None:
        with served(lan) as port:
            visitor = Visitor(port)
            told = [
                visitor.post("/masuk", {"nama": "Ani", "sandi": f"tebak {n}"}).status
                for n in range(number("rate", "logins") + 2)
            ]
            assert told == [403] * number("rate", "logins") + [429, 429]
            assert visitor.post("/masuk", {"nama": "Ani", "sandi": "kata sandi Ani 2024"}).status == 429

    def test_a_login_that_is_taken_away_ends_at_once(self, lan: Desk) -> None:
        with served(lan) as port:
            visitor = Visitor(port)
            visitor.post("/masuk", {"nama": "Ani", "sandi": "kata sandi Ani 2024"})
            assert visitor.get("/").status == 200
            set_user(users_of(lan.book.path), "Ani", "ketua", "kata sandi lain 2024")
            assert visitor.get("/").status == 303

    def test_passwords_are_kept_as_argon2_hashes_only(self, lan: Desk) -> None:
        text = users_of(lan.book.path).read_text(encoding="utf-8")
        assert "$argon2id$" in text
        assert "kata sandi" not in text

    def test_other_pages_cannot_log_somebody_in(self, lan: Desk) -> None:
        with served(lan) as port:
            fields = {"nama": "Ani", "sandi": "kata sandi Ani 2024"}
            assert Visitor(port).post("/masuk", fields, Origin="http://jahat.example").status == 403


def test_what_was_handed_out_stays_with_whom_it_was_given(made: tuple[Any, Any], tmp_path: Path) -> None:
    """A reviewer cannot speak for another by naming rows of theirs."""
    run, tables = made
    desk = desk_of(run, tables, tmp_path / "buku.sqlite")
    handed(run, desk.book.path, "Budi")
    with served(desk) as port:
        ani = entered(desk, port, ANI)
        for case in [*desk.book.material.cases][:5]:
            for path in ("putus", "draf", "simpan", "undur", "urung"):
                assert (
                    ani.post(f"/kasus/{case}/{path}", {"putusan": FOUND, "alasan": "x", "benturan": "unit"}).status
                    == 403
                )
    assert not [entry for entry in read(desk.book.path) if entry.kind == "putusan"]
