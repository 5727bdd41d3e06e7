"""A day at the desk in headless Chromium: two reviewers, a mediator and a lead, sixty cases, by keyboard, over a crash.

`SCREENING_SCREENSHOTS=docs/gambar` writes the pictures of docs/desk.md there; otherwise they go to a folder of the test.
"""

from __future__ import annotations

import os
import pickle
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from report_builder import build

pytest.importorskip("starlette", reason="extra desk tidak terpasang")
pytest.importorskip("uvicorn", reason="extra desk tidak terpasang")
pytest.importorskip("argon2", reason="extra desk tidak terpasang")
pytest.importorskip("selenium", reason="selenium tidak terpasang")

from desk_builder import desk_of, run_of, served, spread_people
from review_builder import bring, fill, returned
from test_desk_drafts import SERVER

from screening.desk.book import LEAD, MEDIATOR, REVIEWER, Worker
from screening.desk.people import Passwords, set_user, users_of
from screening.reports.pictured import Shown
from screening.review.decisions import FOUND, Item, outcomes, statements
from screening.review.ledger import read

CHROMIUM, DRIVER = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (CHROMIUM and DRIVER), reason="Chromium tidak terpasang (apt-get install chromium chromium-driver)"
    ),
]
PEOPLE = (("Ani", REVIEWER), ("Budi", REVIEWER), ("Citra", MEDIATOR), ("Dewi", LEAD))
VERDICTS = (FOUND, "TIDAK CUKUP BUKTI", "BUKAN PELANGGARAN")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1366,900",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    yield driver
    driver.quit()


class Seat:
    """A browser at the desk, and what a person does with it."""

    def __init__(self, driver: Any, place: str) -> None:
        self.driver, self.place = driver, place

    def size(self, width: int, height: int = 900) -> None:
        told = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", told)

    def open(self, path: str) -> None:
        self.driver.get(self.place + path)

    def find(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list[Any]:
        return self.driver.find_elements("css selector", selector)

    def run(self, script: str, *given: Any) -> Any:
        return self.driver.execute_script(script, *given)

    @property
    def text(self) -> str:
        return str(self.run("return document.body.innerText"))

    @property
    def at(self) -> str:
        return str(self.driver.current_url).removeprefix(self.place)

    def keys(self, *keys: str, control: bool = False) -> None:
        from selenium.webdriver.common.action_chains import ActionChains
        from selenium.webdriver.common.keys import Keys

        chain = ActionChains(self.driver, duration=0)
        for key in keys:
            chain = (
                chain.key_down(Keys.CONTROL).send_keys(key).key_up(Keys.CONTROL) if control else chain.send_keys(key)
            )
        chain.perform()

    def wait(self, done: Callable[[], Any], what: str) -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                if done():
                    return
            except Exception as error:  # the page is being replaced
                if "stale" not in str(error) and "no such" not in str(error):
                    raise
            time.sleep(0.02)
        raise AssertionError(f"{what}: {self.at}\n{self.text[:800]}")

    def login(self, name: str, password: str = "") -> None:
        self.driver.delete_all_cookies()
        self.open("/masuk")
        self.find("#nama").send_keys(name)
        self.find("#sandi").send_keys((password or f"kata sandi {name}") + "\n")
        self.wait(lambda: self.at != "/masuk" or self.all(".wrong"), "masuk")

    def decide(self, verdict: str, note: str) -> None:
        """By keyboard alone: verdict, provision, reason, hand in; then the next case is there."""
        from selenium.webdriver.common.keys import Keys

        page = self.find("html").id
        number, ticked, written = self.run(
            "const all = [...document.querySelectorAll('input[name=putusan]')];"
            "return [all.findIndex((one) => one.value === arguments[0]) + 1,"
            " document.querySelectorAll('input[type=checkbox]:checked').length,"
            "document.getElementById('alasan').value]",
            verdict,
        )
        self.keys(str(number), *("x" if verdict == FOUND and not ticked else ""), "a")
        assert self.run("return document.activeElement.id") == "alasan"
        if written:
            self.keys("a", control=True)
        self.driver.execute_cdp_cmd("Input.insertText", {"text": note})  # at once: key by key costs the suite a minute
        if verdict == FOUND:
            self.run("document.getElementById('sisa').value = 'TIDAK CUKUP BUKTI'")
        self.keys(Keys.ENTER, control=True)
        self.wait(
            lambda: self.find("html").id != page and self.run("return document.readyState") == "complete", "putusan"
        )
        assert not self.all("#masalah"), self.text

    def errors(self) -> list[str]:
        return [one["message"] for one in self.driver.get_log("browser") if one["level"] in ("SEVERE", "WARNING")]

    def violations(self) -> list[str]:
        """What axe finds on the page, whole and without exceptions."""
        axe = pytest.importorskip("axe_core_python", reason="axe-core-python tidak terpasang")
        script = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
        self.run(script)
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1]; axe.run(document).then(done)"
        )
        return [f"{one['id']}: {[node['html'][:160] for node in one['nodes']][:3]}" for one in found["violations"]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of sixty cases and a ledger with four logins."""
    folder = tmp_path_factory.mktemp("kantor")
    _, tables = run_of(folder / "run", spread_people(build(320, seed=11), 60))
    (folder / "tables.pickle").write_bytes(pickle.dumps(tables))
    for name, role in PEOPLE:
        set_user(users_of(folder / "buku.sqlite"), name, role, f"kata sandi {name}")
    return folder


class Program:
    """The desk as a program that can be killed and started again at the same ledger."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.start()

    def start(self, port: str = "0") -> None:
        words = [sys.executable, str(SERVER), str(self.folder), str(self.folder / "buku.sqlite")]
        told = {**os.environ, "SCREENING_DESK_PORT": port}
        self.running = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=told)
        assert self.running.stdout is not None
        self.place = self.running.stdout.readline().strip().removesuffix("/masuk")

    def kill(self) -> None:
        self.running.kill()  # SIGKILL: no word of farewell
        self.running.wait(20)
        assert self.running.stdout is not None
        self.running.stdout.close()


@pytest.fixture
def program(office: Path) -> Iterator[Program]:
    found = Program(office)
    yield found
    found.kill()


def test_a_day_of_sixty_cases(chromium: Any, office: Path, program: Program) -> None:
    seat = Seat(chromium, program.place)
    seat.size(1366)
    seat.login("Ani", "salah sama sekali")
    assert "tidak cocok" in seat.text
    seat.login("Ani")
    total = int(seat.find(".tabs [aria-current] .count").text)
    assert total == 60
    seat.keys("n")
    seat.wait(lambda: seat.at.startswith("/kasus/"), "kasus pertama")
    said: dict[str, str] = {}
    recused = ""
    for n in range(total):
        case = seat.at.removeprefix("/kasus/")
        assert case not in said
        if n == 7:  # a conflict of interest
            recused = case
            seat.run("document.querySelector('.recuse').scrollIntoView()")
            seat.find(".recuse summary").click()
            seat.find("#benturan option[value=kerabat]").click()
            seat.find(".recuse button").click()
            seat.wait(lambda: seat.at == "/", "undur")
            assert "Pengunduran diri" in seat.text
            seat.open(f"/kasus/{case}")
            assert "mengundurkan diri" in seat.text
            seat.open("/")
            seat.keys("n")
            seat.wait(lambda: seat.at.startswith("/kasus/"), "kasus berikut")
            continue
        if n == 13:  # the program dies while a reason is being typed
            text = "kalimat yang sedang diketik ketika listrik padam"
            seat.keys("3", "a")
            seat.keys(text)
            seat.wait(lambda: "Draf tersimpan" in seat.find("#tersimpan").text, "draf")
            seat.keys(" dan")
            program.kill()
            seat.keys(" seterusnya")
            seat.wait(lambda: "BELUM" in seat.find("#tersimpan").text, "peringatan")
            program.start(seat.place.rpartition(":")[2])
            seat.errors()
            typed = chromium.current_window_handle
            chromium.switch_to.new_window("tab")  # whoever logs in again elsewhere goes on typing where he was
            seat.login("Ani")
            assert "draf" in seat.text
            chromium.close()
            chromium.switch_to.window(typed)
            seat.wait(lambda: "Draf tersimpan" in seat.find("#tersimpan").text, "draf sesudah masuk lagi")
            seat.open(f"/kasus/{case}")
            assert seat.find("#alasan").get_attribute("value") == text + " dan seterusnya"
            assert seat.find("#v3").is_selected()
            assert "dipulihkan" in seat.text
        said[case] = VERDICTS[n % 3]
        seat.decide(said[case], f"alasan Ani untuk {case}")
    assert seat.at == "/"
    assert "Tidak ada kasus di bagian ini." in seat.text

    seat.login("Budi")
    seat.keys("n")
    seat.wait(lambda: seat.at.startswith("/kasus/"), "kasus pertama")
    differing = {case for n, case in enumerate(sorted(said)) if n % 5 == 2}
    by_hand = total if os.environ.get("SCREENING_DAY") else 20
    done: set[str] = set()
    for _ in range(by_hand):
        case = seat.at.removeprefix("/kasus/")
        done.add(case)
        assert "alasan Ani" not in seat.text  # blind
        verdict = "PERLU DATA" if case in differing else said.get(case, VERDICTS[1])
        seat.decide(verdict, f"alasan Budi untuk {case}")
    by_file(office, {*said, recused} - done, differing)
    seat.open("/")
    assert "Tidak ada kasus di bagian ini." in seat.text
    seat.open(f"/kasus/{next(iter(differing))}")
    assert "alasan Ani" in seat.text  # his own word stands now
    seat.open("/kesepakatan")
    assert "Ani – Budi" in seat.text

    seat.login("Citra")
    assert int(seat.find(".tabs [aria-current] .count").text) == len(differing)
    seat.keys("n")
    seat.wait(lambda: seat.at.startswith("/kasus/"), "perbedaan pertama")
    for _ in range(len(differing)):
        assert "alasan Ani" in seat.text
        assert "alasan Budi" in seat.text
        seat.decide("TIDAK CUKUP BUKTI", f"kata penengah untuk {seat.at.removeprefix('/kasus/')}")

    seat.login("Dewi")
    settled = next(case for case in said if case not in differing)
    seat.open(f"/kasus/{settled}")
    assert not seat.all("input[name=putusan]:not(:disabled)")
    seat.find("#tahap option:last-child").click()
    seat.find("#mengapa").send_keys("telaah selesai")
    seat.find("button[form=f-tahap]").click()
    seat.wait(lambda: "tercatat" in seat.text, "tahap")
    seat.open("/?daftar=all")
    assert seat.text.count("kasus ditutup") == 1

    entries = read(office / "buku.sqlite")
    found = outcomes(statements(entries))
    states = Counter(one.state for one in found.values())
    rows = {(row["id_aktivitas"], row["kode_perbuatan"]): row["id_kasus"] for row in run_rows(office)}
    cases = {
        state: {rows[item.activity_id, item.act_id] for item, one in found.items() if one.state == state}
        for state in states
    }
    assert cases["penengah"] == differing
    assert cases["satu_suara"] == {recused}
    assert cases["sepakat"] == {*said} - differing
    assert sum(states.values()) == len(rows)
    assert not any(one.contradicting for one in found.values())
    assert {one.kind for one in entries} == {"daftar", "putusan", "undur", "kirim", "penengah", "perkara"}
    assert [one for one in seat.errors() if "403" not in one] == []


def by_file(office: Path, cases: set[str], differing: set[str]) -> None:
    """Budi has what is left in a CSV, brought in while the desk is open; he thinks as Ani but where they differ."""
    ani = {one.item: one for one in statements(read(office / "buku.sqlite")) if one.who == "Ani"}
    rows = []
    for row in run_rows(office):
        if row["id_kasus"] in cases:
            one = ani.get(Item(row["id_aktivitas"], row["kode_perbuatan"], row["versi_aturan"], 1))
            verdict, provision = (one.verdict, one.provision) if one and one.verdict else (VERDICTS[1], "TIDAK ADA")
            verdict = "PERLU DATA" if row["id_kasus"] in differing else verdict
            note = f"alasan Budi untuk {row['id_kasus']}"
            rows.append(fill(row, verdict, note=note, penelaah="Budi", kode_perbuatan_koreksi=provision))
    if rows:
        assert not bring([returned(office / "budi.csv", rows)], office / "buku.sqlite").refusals


def run_rows(office: Path) -> list[dict[str, str]]:
    from screening.review.runs import read_run

    return read_run(office / "run").rows


def picture() -> bytes:
    """A small grey JPEG of an invented poster, drawn where Pillow is; else none."""
    try:
        from io import BytesIO

        from PIL import Image, ImageDraw
    except ImportError:
        return b""
    image = Image.new("RGB", (320, 220), "#d8dee6")
    draw = ImageDraw.Draw(image)
    draw.rectangle((14, 14, 306, 206), outline="#46515f", width=4)
    draw.text((40, 90), "GAMBAR CONTOH (REKAAN)", fill="#17202c")
    out = BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def test_pages_are_for_everybody(chromium: Any, tmp_path: Path) -> None:
    """No barrier that axe can find, nothing wider than a phone, and every page as the guide shows it."""
    shots = Path(os.environ.get("SCREENING_SCREENSHOTS", tmp_path / "gambar"))
    shots.mkdir(parents=True, exist_ok=True)
    tables = spread_people(build(90, seed=5), 9)
    ids = tables.findings["activity_id"].tolist()
    shown = Shown(
        "unggahan.jpg",
        "ab" * 32,
        picture(),
        (("PILIH NOMOR 3", 0.93, "0.1, 0.1"),),
        "tanggal pengambilan tidak diketahui",
        "",
    )
    tables = replace(tables, context=replace(tables.context, pictures=dict.fromkeys(ids, (shown,))))
    run, tables = run_of(tmp_path / "run", tables)
    ledger = tmp_path / "buku.sqlite"
    for name, role in PEOPLE:
        set_user(users_of(ledger), name, role, f"kata sandi {name}")
    desk = desk_of(run, tables, ledger, passwords=Passwords(users_of(ledger)), now=lambda: datetime.now(UTC))
    with served(desk) as port:
        seat = Seat(chromium, f"http://127.0.0.1:{port}")
        seat.errors()

        def see(name: str, width: int = 1366, height: int = 900) -> None:
            seat.size(width, height)
            found = seat.violations()
            assert found == [], name
            assert seat.run("return document.documentElement.scrollWidth <= innerWidth"), name
            seat.driver.save_screenshot(str(shots / f"meja-{name}.png"))

        seat.size(1366)
        seat.open("/masuk")
        see("masuk", height=520)
        seat.login("Ani")
        see("antrean")
        see("antrean-ponsel", 390, 844)
        seat.size(1366)
        case = seat.find("tbody a").text
        seat.open(f"/kasus/{case}")
        see("kasus", height=1250)
        seat.run("for (const one of document.querySelectorAll('details')) one.open = true")
        see("kasus-terbuka", height=1250)
        seat.open(f"/kasus/{case}")
        see("kasus-ponsel", 390, 844)
        seat.size(1366, 1000)
        seat.keys("1")
        seat.keys("x")
        seat.find("button.main[name=lalu]").click()
        seat.wait(lambda: seat.all("#masalah"), "kurang")
        assert seat.driver.switch_to.active_element.get_attribute("id") == "masalah"
        see("belum-lengkap", height=1000)
        seat.keys("?")
        assert seat.find("#pintasan").is_displayed()
        see("pintasan", height=700)
        seat.find("#pintasan button").click()
        for name, verdict in (("Ani", FOUND), ("Budi", "BUKAN PELANGGARAN")):
            seat.size(1366)
            seat.login(name)
            seat.open(f"/kasus/{case}")
            seat.decide(verdict, f"Menurut {name}, unggahan ini perlu dilihat bersama konteksnya.")
        seat.open("/kesepakatan")
        see("kesepakatan", height=760)
        seat.login("Citra")
        seat.open(f"/kasus/{case}")
        see("penengah", height=1250)
        seat.login("Dewi")
        seat.open(f"/kasus/{case}")
        see("ketua", height=1250)
        assert [one for one in seat.errors() if "422" not in one] == []
    assert {one.stem for one in shots.glob("meja-*.png")} >= {
        "meja-antrean",
        "meja-kasus",
        "meja-penengah",
        "meja-kasus-ponsel",
    }


def test_the_guide_shows_pictures_of_this_test() -> None:
    guide = Path(__file__).parents[1] / "docs" / "desk.md"
    shown = re.findall(r"\]\((gambar/meja-[a-z-]+\.png)\)", guide.read_text(encoding="utf-8"))
    assert len(shown) >= 6
    for name in shown:
        assert (guide.parent / name).read_bytes().startswith(b"\x89PNG"), name


def test_the_desk_needs_no_script(chromium: Any, tmp_path: Path) -> None:
    """Without JavaScript every button still works: forms are forms."""
    run, tables = run_of(tmp_path / "run", spread_people(build(40), 4))
    desk = desk_of(run, tables, tmp_path / "buku.sqlite")
    with served(desk) as port:
        seat = Seat(chromium, f"http://127.0.0.1:{port}")
        chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        try:
            seat.open("/gaya.css")
            chromium.add_cookie(
                {"name": desk.cookie, "value": desk.sessions.open(Worker("Ani", REVIEWER)), "path": "/"}
            )
            seat.open("/")
            seat.find("tbody a").click()
            seat.find("#v3").click()
            seat.find("#alasan").send_keys("tanpa skrip")
            seat.find("button[formaction$='/simpan']").click()
            assert seat.find("#alasan").get_attribute("value") == "tanpa skrip"
            seat.find("button.main[name=lalu]").click()
            assert "tercatat" in seat.find(".done").text
        finally:
            chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert {entry.body["note"] for entry in read(desk.book.path) if entry.kind == "putusan"} == {"tanpa skrip"}
