"""laporan.html in headless Chromium: what a reviewer does, at a desk and on a phone, on paper and by keyboard."""

from __future__ import annotations

import base64
import csv
import io
import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from report_builder import Tables, build, write_reports_to
from sheet_payloads import PAYLOADS
from test_reports_page import INJECTIONS

from screening.reports import dossier, monitoring
from screening.reports.page import page_pieces
from screening.reports.queue import queue
from screening.reports.rows import review_columns
from screening.reports.summary import counts, described
from screening.reports.vulnerability import grids, vulnerability
from screening.sheets import guard, unguard

CHROMIUM, DRIVER = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
selenium = pytest.importorskip("selenium", reason="selenium tidak terpasang")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (CHROMIUM and DRIVER), reason="Chromium tidak terpasang (apt-get install chromium chromium-driver)"
    ),
]
READY = "return document.querySelectorAll('#list .item').length > 0 || !document.getElementById('app').hidden"


@pytest.fixture(scope="module")
def tables() -> Tables:
    tables = build(240, texts=INJECTIONS)
    ids = queue(tables.findings, tables.activities, tables.context)["finding_id"]
    prior = pd.DataFrame(
        {
            "finding_id": ids,
            "memory": ["tetap", "dibuka", *["baru"] * (len(ids) - 2)],
            "prior_verdict": ["BUKAN PELANGGARAN", "TIDAK CUKUP BUKTI", *[""] * (len(ids) - 2)],
            "prior_on": ["2024-03-01", "2024-03-02", *[""] * (len(ids) - 2)],
            "explanation": [
                "",
                "leksikon berubah <script>window.pwned=1</script>; telaah lagi",
                *[""] * (len(ids) - 2),
            ],
        }
    )
    context = replace(tables.context, prior=prior)
    return replace(tables, context=context, activities=tables.activities.assign(target_url="javascript:window.pwned=1"))


@pytest.fixture(scope="module")
def folder(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("peramban")
    write_reports_to(place, tables)
    subject = tables.findings[tables.findings["result"] == "finding"]["subject_id"].iloc[0]
    page = dossier(subject, tables.activities, tables.hits, tables.findings, tables.manifest, tables.context)
    (place / "berkas.html").write_text(page, encoding="utf-8")
    report = monitoring(
        tables.activities, tables.findings, tables.manifest, tables.context, date(2023, 9, 1), date(2024, 3, 31)
    )
    (place / "pemantauan.html").write_text(report.html, encoding="utf-8")
    (place / "unduhan").mkdir()
    return place


@pytest.fixture(scope="module")
def chromium(folder: Path) -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1280,1000",
    ):
        options.add_argument(argument)
    options.add_experimental_option(
        "prefs", {"download.default_directory": str(folder / "unduhan"), "download.prompt_for_download": False}
    )
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    yield driver
    driver.quit()


@pytest.fixture
def page(chromium: Any, folder: Path) -> Iterator[Page]:
    opened = Page(chromium, folder)
    opened.open()
    yield opened
    errors = [entry["message"] for entry in chromium.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
    assert errors == []
    assert chromium.execute_script("return window.pwned") is None


class Page:
    """The opened report and the few things a person does with it."""

    def __init__(self, driver: Any, folder: Path) -> None:
        self.driver, self.folder = driver, folder

    def open(self, name: str = "laporan.html", width: int = 1280, height: int = 1000) -> None:
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
        )
        self.driver.get((self.folder / name).as_uri())
        if name == "laporan.html":
            self.run("localStorage.clear()")
            self.driver.refresh()
            assert self.run(READY)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def find(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def click(self, selector: str) -> None:
        self.run("document.documentElement.style.scrollBehavior = 'auto'")
        self.find(selector).click()

    def all(self, selector: str) -> list[Any]:
        return self.driver.find_elements("css selector", selector)

    def choose(self, selector: str, value: str) -> None:
        self.run(
            "const e=document.querySelector(arguments[0]); e.value=arguments[1]; "
            "e.dispatchEvent(new Event('change',{bubbles:true}))",
            selector,
            value,
        )

    def found(self) -> int:
        return (
            int(self.find("#found").text.split(" dari ")[0].replace(".", ""))
            if " dari " in self.find("#found").text
            else 0
        )

    def search(self, words: str) -> int:
        self.find("#q").clear()
        self.find("#q").send_keys(words)
        time.sleep(0.4)
        return self.found()

    def decide(self, at: int, verdict: str, act: str, note: str) -> None:
        self.run("document.querySelectorAll('.head')[arguments[0]].click()", at)
        self.choose(f"#v{at}", verdict)
        self.choose(f"#c{at}", act)
        self.choose(f"#n{at}", note)


def data(page: Page) -> list[dict[str, Any]]:
    return json.loads(page.run("return document.getElementById('data').textContent"))["findings"]


def test_filters_show_exactly_what_matches(page: Page) -> None:
    everything = data(page)
    assert page.found() == len(everything)
    for selector, key in (
        ("#f-band", "band"),
        ("#f-act", "act"),
        ("#f-phase", "phase"),
        ("#f-platform", "platform"),
        ("#f-unit", "unit"),
    ):
        value = page.run("return document.querySelector(arguments[0]).options[1].value", selector)
        page.choose(selector, value)
        assert page.found() == sum(item.get(key) == value for item in everything) > 0
        page.choose(selector, "")
    page.choose("#f-from", "2024-01-01")
    page.choose("#f-to", "2024-01-31")
    assert page.found() == sum("2024-01-01" <= item["day"] <= "2024-01-31" for item in everything)
    page.click("#reset")
    time.sleep(0.1)
    assert page.found() == len(everything)


def test_search_ignores_case_and_needs_all_words(page: Page) -> None:
    everything = data(page)

    def holds(item: dict[str, Any], *words: str) -> bool:
        text = json.dumps(item, ensure_ascii=False).lower()
        return all(word in text for word in words)

    assert page.search("COBLOS") == sum(holds(item, "coblos") for item in everything) > 0
    assert page.search("coblos anies") == sum(holds(item, "coblos", "anies") for item in everything) > 0
    assert page.search("kata-yang-tidak-ada") == 0
    assert "Tidak ada baris yang cocok" in page.find("#found").text


@pytest.mark.parametrize("text", ["<script>window.pwned", "onerror=window", "{{ 7*7 }}"])
def test_hostile_text_is_found_as_text_and_does_nothing(page: Page, text: str) -> None:
    assert page.search(text) > 0
    page.run("document.querySelector('.head').click()")
    assert text in page.find("#b0 .evidence").text
    assert not page.all("#list script, #list img, #list iframe, #list a, #list style")


def test_sorting(page: Page) -> None:
    everything = data(page)
    order = [(item["result"] != "temuan", -item["points"]) for item in everything]
    assert order == sorted(order)
    for order, expected in (
        ("old", min(i["day"] for i in everything if i["day"])),
        ("new", max(i["day"] for i in everything if i["day"])),
    ):
        page.choose("#sort", order)
        assert expected in page.find(".item .event").text
    page.choose("#sort", "who")
    names = [element.text for element in page.all(".item .event")]
    assert names == sorted(names, key=lambda name: name.split(" ")[:4])


def test_evidence_is_highlighted_where_the_hits_are(page: Page) -> None:
    page.search("ayo coblos")
    page.run("document.querySelector('.head').click()")
    marks = [mark.text for mark in page.all("#b0 .evidence mark")]
    assert "Ayo coblos" in marks
    assert "mengajak orang lain memilih" in page.find("#b0 .legend").text
    item = next(
        i
        for i in data(page)
        if i["id"]
        == page.find("#b0").find_element("xpath", "..").find_element("css selector", ".head").get_attribute("data-id")
    )
    assert page.find("#b0 .evidence").text.strip() == "".join(piece[0] for piece in item["evidence"][0][1]).strip()


def test_earlier_decisions_are_shown_and_can_be_filtered(page: Page) -> None:
    page.choose("#f-memory", "dibuka kembali")
    assert page.found() == 1
    page.run("document.querySelector('.head').click()")
    text = page.find("#b0 .past").text
    assert "Putusan terdahulu: TIDAK CUKUP BUKTI, 2024-03-02." in text
    assert "leksikon berubah <script>window.pwned=1</script>; telaah lagi" in text
    page.choose("#f-memory", "sudah diputus, tetap berlaku")
    assert "sudah diputus, tetap berlaku" in page.find(".item .state").text


def test_direction_changing_characters_are_made_visible(page: Page) -> None:
    page.search("gnp.exe")
    page.run("document.querySelector('.head').click()")
    assert [mark.text for mark in page.all("#b0 .evidence .ctl")] == ["U+202E", "U+200B"]


def test_the_waterfall_adds_up_on_the_page(page: Page) -> None:
    page.run("document.querySelectorAll('.head')[0].click()")
    steps = [int(cell.text.replace("−", "-").replace("+", "")) for cell in page.all("#b0 .fall tbody td.num")]
    assert sum(steps) == int(page.find("#b0 .fall tfoot td.num").text) == data(page)[0]["score"]


def downloaded(page: Page) -> bytes:
    """The bytes of the decisions file that the page gives now."""
    place = page.folder / "unduhan"
    for old in place.iterdir():
        old.unlink()
    page.click("#download")
    for _ in range(100):
        if (found := list(place.glob("*.csv"))) and found[0].stat().st_size:
            return found[0].read_bytes()
        time.sleep(0.1)
    raise AssertionError("tidak ada berkas yang terunduh")


def test_decide_download_and_come_back(page: Page) -> None:
    first, second = data(page)[0], data(page)[1]
    page.decide(0, "LAYAK KLARIFIKASI", first["act"], '=1+1 alasan; "dengan" tanda\nbaris dua')
    assert "Belum lengkap: nama penelaah" in page.find("#b0 .hint").text
    page.find("#reviewer").send_keys("Penelaah Satu")
    page.run("document.getElementById('reviewer').dispatchEvent(new Event('change',{bubbles:true}))")
    page.decide(1, "PERLU DATA", second["act"], "")
    assert "alasan" in page.find("#b1 .hint").text
    assert "1 putusan lengkap, 1 belum lengkap" in page.find("#saved").text
    page.choose("#f-state", "done")
    assert page.found() == 1
    page.choose("#f-state", "")

    raw = downloaded(page)
    assert [path.name for path in (page.folder / "unduhan").iterdir()] == ["telaah_Penelaah-Satu.csv"]
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\r\n")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [{k: unguard(v) for k, v in row.items()} for row in rows] == [
        {
            "id_temuan": first["id"], "putaran": "1", "sidik_baris": first["print"], "kode_perbuatan": first["act"],
            "versi_aturan": first["rules"], "putusan": "LAYAK KLARIFIKASI", "kode_perbuatan_koreksi": first["act"],
            "catatan": '=1+1 alasan; "dengan" tanda\nbaris dua', "penelaah": "Penelaah Satu",
            "tanggal_telaah": datetime.now().astimezone().date().isoformat(),
            "benturan_kepentingan": "TIDAK",
        }
    ]  # fmt: skip
    page.driver.refresh()
    assert "1 putusan lengkap, 1 belum lengkap" in page.find("#saved").text
    assert page.find("#reviewer").get_attribute("value") == "Penelaah Satu"
    page.click("#forget")
    page.driver.switch_to.alert.accept()
    assert page.run("return localStorage.length") == 0
    assert "belum diputus" not in page.find("#found").text


def test_what_the_page_gives_is_what_the_import_takes(page: Page, tables: Tables, tmp_path: Path) -> None:
    from screening import manifest
    from screening.review.exchange import Handing, import_files
    from screening.review.runs import read_run

    run = tmp_path / "hasil"
    run.mkdir()
    write_reports_to(run, tables)
    for name in ("activities", "hits", "findings"):
        getattr(tables, name).to_parquet(run / f"{name}.parquet", index=False)
    manifest.write(run, {"files": [], "ruleset": {"version": "aturan-2026.11"}, "options": {}})
    everything = data(page)
    page.find("#reviewer").send_keys("Penelaah Tiga")
    page.run("document.getElementById('reviewer').dispatchEvent(new Event('change',{bubbles:true}))")
    page.decide(0, "LAYAK KLARIFIKASI", everything[0]["act"], "=1+1 unsur tampak ada\n@akun; lihat bukti")
    page.decide(1, "BUKAN PELANGGARAN", "TIDAK ADA", "kutipan berita")
    page.run("document.querySelectorAll('.head')[2].click(); document.getElementById('k2').click()")
    (tmp_path / "telaah.csv").write_bytes(downloaded(page))
    taken = import_files([tmp_path / "telaah.csv"], tmp_path / "buku.sqlite", Handing(by="pengelola"), [read_run(run)])
    assert taken.refusals == []
    assert [books.new for books in taken.books.values()] == [3]


def test_what_is_typed_is_kept_while_it_is_typed(page: Page) -> None:
    """A reload in the middle of a sentence loses nothing: the field is never left."""
    page.run("document.querySelectorAll('.head')[0].click()")
    page.find("#n0").send_keys("alasan yang panjang dan belum selesai")
    page.find("#reviewer").send_keys("Penelaah Dua")
    page.find("#n0").send_keys(", masih mengetik")
    time.sleep(0.6)
    page.driver.refresh()
    page.run("document.querySelectorAll('.head')[0].click()")
    assert page.find("#n0").get_attribute("value") == "alasan yang panjang dan belum selesai, masih mengetik"
    assert page.find("#reviewer").get_attribute("value") == "Penelaah Dua"


def test_a_case_in_the_list_shows_its_findings(page: Page) -> None:
    button = page.find(".case-link")
    wanted = button.get_attribute("data-case")
    button.click()
    time.sleep(0.4)
    assert page.found() == sum(one["case"] == wanted for one in data(page))
    page.click("#reset")


def test_one_conclusion_can_serve_all_acts_of_an_activity(page: Page) -> None:
    everything = data(page)
    at = next(
        n for n, item in enumerate(everything[:25]) if sum(o["activity"] == item["activity"] for o in everything) > 1
    )
    others = [o for o in everything if o["activity"] == everything[at]["activity"] and o is not everything[at]]
    page.find("#reviewer").send_keys("P3")
    page.run("document.getElementById('reviewer').dispatchEvent(new Event('change',{bubbles:true}))")
    page.decide(at, "TIDAK CUKUP BUKTI", everything[at]["act"], "alasan yang sama")
    page.click(f"#b{at} .copy")
    assert f"{1 + len(others)} putusan lengkap" in page.find("#saved").text
    rows = page.run(
        "return Object.values(JSON.parse(localStorage.getItem(Object.keys(localStorage).find(k => !k.endsWith(':penelaah')))))"
    )
    assert {row["butir"] for row in rows} == {item["act"] for item in (everything[at], *others)}
    assert {row["catatan"] for row in rows} == {"alasan yang sama"}


def test_a_reviewer_can_recuse(page: Page) -> None:
    page.run("document.querySelectorAll('.head')[0].click()")
    page.click("#k0")
    page.find("#reviewer").send_keys("P2")
    page.run("document.getElementById('reviewer').dispatchEvent(new Event('change',{bubbles:true}))")
    assert "1 putusan lengkap" in page.find("#saved").text
    assert "mengundurkan diri" in page.find(".item .state").text


def test_the_page_guards_cells_exactly_as_the_sheets_do(page: Page) -> None:
    texts = [text for text in PAYLOADS if not any("\ud800" <= c <= "\udfff" for c in text)]
    assert page.run("return arguments[0].map(Sel.guard)", texts) == [guard(text) for text in texts]


def test_keyboard_alone_is_enough(page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    body = page.find("body")
    body.send_keys(Keys.TAB)
    assert page.run("return document.activeElement.className") == "skip"
    page.run("document.querySelector('.head').focus()")
    page.driver.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
    assert page.run("return document.activeElement === document.querySelectorAll('.head')[1]")
    page.driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert page.run("return document.activeElement.getAttribute('aria-expanded')") == "true"
    page.driver.switch_to.active_element.send_keys(Keys.TAB)
    assert page.run("return document.activeElement.closest('.item') === document.querySelectorAll('.item')[1]")
    page.run("document.querySelectorAll('.head')[1].focus()")
    page.driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert page.run("return document.activeElement.getAttribute('aria-expanded')") == "false"


def test_the_focused_finding_never_hides_behind_the_bar(page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    page.run(
        "document.documentElement.style.scrollBehavior = 'auto'; [...document.querySelectorAll('.head')].at(-1).focus()"
    )
    for _ in range(20):
        page.driver.switch_to.active_element.send_keys(Keys.ARROW_UP)
        gap = page.run(
            "return document.activeElement.getBoundingClientRect().top"
            " - document.querySelector('.decide-bar').getBoundingClientRect().bottom"
        )
        assert gap > 0


@pytest.mark.parametrize("name", ["laporan.html", "berkas.html", "pemantauan.html"])
def test_a_phone_shows_everything_without_sideways_scrolling(page: Page, name: str) -> None:
    page.open(name, 390, 844)
    page.run("document.querySelector('.head')?.click()")
    assert page.run("return document.documentElement.scrollWidth") <= 390
    small = page.run(
        "return [...document.querySelectorAll('button, select, input:not([type=checkbox])')]"
        ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 40).length"
    )
    assert small == 0


@pytest.mark.parametrize("name", ["laporan.html", "berkas.html", "pemantauan.html"])
@pytest.mark.parametrize("width", [1280, 390])
def test_accessibility_without_serious_issues(page: Page, name: str, width: int) -> None:
    axe = pytest.importorskip("axe_core_python", reason="axe-core-python tidak terpasang")
    script = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    page.open(name, width, 900)
    page.run(
        "document.querySelectorAll('.head')[0]?.click(); document.querySelectorAll('details').forEach(d => d.open = true)"
    )
    page.run(script)
    result = page.driver.execute_async_script(
        "const done = arguments[arguments.length - 1]; axe.run(document).then(done)"
    )
    serious = [
        (rule["id"], [node["html"][:160] for node in rule["nodes"][:3]])
        for rule in result["violations"]
        if rule["impact"] in ("serious", "critical", "moderate")
    ]
    assert serious == []
    assert len(result["passes"]) > 15


@pytest.mark.parametrize("name", ["laporan.html", "berkas.html", "pemantauan.html"])
def test_print_gives_a4_pages_with_the_header(page: Page, name: str) -> None:
    page.open(name)
    if name == "laporan.html":
        page.choose("#f-band", "DIDAHULUKAN")
    pdf = base64.b64decode(
        page.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})["data"]
    )
    assert pdf.startswith(b"%PDF")
    (page.folder / f"{name}.pdf").write_bytes(pdf)
    if reader := shutil.which("pdftotext"):
        import subprocess

        text = subprocess.run(
            [reader, "-layout", str(page.folder / f"{name}.pdf"), "-"], capture_output=True, text=True, check=True
        ).stdout
        pages = text.rstrip("\f").split("\f")
        assert all("BAHAN TELAAH — BUKAN PUTUSAN" in sheet for sheet in pages)
        if name == "laporan.html":
            many = sum(item["band"] == "DIDAHULUKAN" for item in data(page))
            assert text.count("Unduh putusan (CSV)") == 0
            assert (
                sum(
                    item["event"][:30] in text.replace("\n", " ")
                    for item in data(page)
                    if item["band"] == "DIDAHULUKAN"
                )
                >= many - 2
            )


@pytest.mark.slow
def test_of_ten_thousand_findings_only_some_are_drawn(chromium: Any, tmp_path: Path) -> None:
    t = build(1_000, seed=5, share=0.97)
    many = [t.findings.assign(finding_id=t.findings["finding_id"] + str(copy)) for copy in range(10)]
    t = replace(t, findings=pd.concat(many, ignore_index=True))
    waiting = queue(t.findings, t.activities, t.context)
    columns, words = review_columns(waiting, t.context), described(waiting, t.context)
    pieces = page_pieces(
        waiting, columns, words, t.hits, counts(t.activities, t.files), t.files, t.manifest, t.context,
        vulnerability(words), grids(words),
    )  # fmt: skip
    (tmp_path / "laporan.html").write_text("".join(pieces), encoding="utf-8")
    page = Page(chromium, tmp_path)
    page.open()
    everything = page.found()
    assert everything > 10_000
    drawn = "return document.querySelectorAll('*').length"  # what the page's speed depends on
    assert page.run(drawn) < 5000
    page.choose("#sort", "who")
    assert page.found() == everything
    assert page.run(drawn) < 5000
    assert 0 < page.search("coblos nomor 3") < everything
    assert page.run(drawn) < 5000


def test_without_a_script_the_report_can_still_be_read(chromium: Any, folder: Path) -> None:
    chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        chromium.get((folder / "laporan.html").as_uri())
        shown = chromium.find_element("css selector", "noscript").text
        assert "Skrip dimatikan" in shown
        assert "T-" in shown
    finally:
        chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
