"""laporan.html as a file: self-contained, policy by hashes, nothing injected, numbers that reconcile."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from report_builder import Tables, build, write_reports_to

from screening.reports import dossier, monitoring, sentences
from screening.reports.evidence import fields, hits_of
from screening.reports.html import asset, embedded, embedded_items, json_text, visible
from screening.reports.labels import label, limits
from screening.reports.page_findings import _TEXTS, page_findings
from screening.reports.queue import opened, queue
from screening.reports.rows import review_columns, review_rows
from screening.tables import decode

INJECTIONS = (
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    '"><svg onload=window.pwned=1>',
    "javascript:window.pwned=1",
    "<!--<script>",
    "{{ 7*7 }}",
    "{% raw %}",
    "&lt;b&gt;",
    "]]><script>window.pwned=1</script>",
    "' onmouseover='window.pwned=1",
    "<iframe src=//contoh.invalid>",
    "\u2028window.pwned=1\u2029",
    "<style>*{display:none}</style>",
    "<base href=//contoh.invalid>",
    "<meta http-equiv=refresh content=0>",
    "\u202egnp.exe\u200b",
)


@pytest.fixture(scope="module")
def tables() -> Tables:
    tables = build(150, texts=INJECTIONS)
    rotten = tables.activities.assign(
        actor=[f"@a{INJECTIONS[at % len(INJECTIONS)]}" for at in range(len(tables.activities))],
        source_file=[f"f{INJECTIONS[at % 3]}.csv" for at in range(len(tables.activities))],
        target_url="javascript:window.pwned=1",
    )
    subjects = tables.context.subjects.assign(unit=lambda frame: "Unit </script><b>" + frame["unit"])
    from dataclasses import replace

    return replace(
        tables,
        activities=rotten,
        files=tables.files.assign(source_file=lambda frame: frame["source_file"] + INJECTIONS[0]),
        manifest=tables.manifest | {"note": INJECTIONS[1]},
        context=replace(tables.context, subjects=subjects),
    )


@pytest.fixture(scope="module")
def pages(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    from datetime import date

    folder = tmp_path_factory.mktemp("halaman")
    write_reports_to(folder, tables)
    subject = tables.findings["subject_id"].iloc[0]
    t = tables
    return {
        "laporan": (folder / "laporan.html").read_text("utf-8"),
        "berkas": dossier(subject, t.activities, t.hits, t.findings, t.manifest, t.context),
        "pemantauan": monitoring(
            t.activities, t.findings, t.manifest, t.context, date(2023, 1, 1), date(2024, 12, 31)
        ).html,
    }


class Tags(HTMLParser):
    """Every tag with its attributes, and the raw text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, str]] = []
        self.words: list[str] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag if tag in ("script", "style") else ""
        if self._inside:
            self.raw.append((f"{tag} {dict(attrs).get('type') or ''}".strip(), ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            kind, text = self.raw[-1]
            self.raw[-1] = (kind, text + data)
        else:
            self.words.append(data)


PAGES = pytest.mark.parametrize("name", ["laporan", "berkas", "pemantauan"])


@PAGES
def test_the_policy_allows_nothing_but_the_page_s_own_style_and_script(pages: dict[str, str], name: str) -> None:
    tags = Tags(pages[name])
    policy = next(a["content"] or "" for tag, a in tags.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for kind, text in tags.raw:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert kind == "script application/json" or f"'sha256-{digest}'" in policy, kind
    assert sum(kind == "script" for kind, _ in tags.raw) == (name == "laporan")


@PAGES
def test_nothing_is_loaded_or_run_from_anywhere(pages: dict[str, str], name: str) -> None:
    for tag, attributes in Tags(pages[name]).tags:
        assert tag not in (
            "img",
            "iframe",
            "object",
            "embed",
            "link",
            "base",
            "audio",
            "video",
            "form" if name != "laporan" else "x",
        )
        assert not [key for key in attributes if key.startswith("on") or key in ("src", "style", "srcdoc", "action")], (
            tag,
            attributes,
        )
        assert (attributes.get("href") or "#").startswith("#")
    assert not re.search(r"@import|url\(", asset("halaman.css") + asset("laporan.css") + asset("berkas.css"))


@PAGES
def test_injected_text_stays_text(pages: dict[str, str], name: str) -> None:
    page = pages[name]
    assert "<script>window" not in page
    assert "<img" not in page
    assert "</script><b>" not in page
    assert name != "laporan" or "{{ 7*7 }}" in page
    assert page.count("<style>") == 1
    assert page.count("<base") == 0


@PAGES
def test_every_page_says_what_it_is_and_what_it_cannot_know(pages: dict[str, str], name: str) -> None:
    assert "BAHAN TELAAH — BUKAN PUTUSAN" in pages[name]
    words = " ".join(Tags(pages[name]).words)
    assert all(line in words for line in limits())
    assert '<html lang="id">' in pages[name]
    if name != "berkas":
        assert "16%" in words


def data_of(page: str) -> dict:  # type: ignore[type-arg]
    return json.loads(next(text for kind, text in Tags(page).raw if kind == "script application/json"))


def test_embedded_findings_carry_the_evidence_unchanged(pages: dict[str, str], tables: Tables) -> None:
    found = data_of(pages["laporan"])["findings"]
    texts = {
        "".join(piece[0] for piece in pieces)
        for item in found
        for name, pieces in item["evidence"]
        if name == "Teks yang ditulis yang bersangkutan"
    }
    assert texts >= set(INJECTIONS)
    queue_size = tables.findings["result"].isin(["finding", "needs_clarification"]).sum()
    assert len(found) == queue_size


def test_the_parts_of_every_score_add_up(pages: dict[str, str]) -> None:
    for item in data_of(pages["laporan"])["findings"]:
        assert sum(points for _, points, *_ in item["parts"]) == item["score"]


def test_a_loss_is_shouted(tmp_path: Path) -> None:
    from dataclasses import replace

    tables = build(60)
    write_reports_to(tmp_path, replace(tables, files=tables.files.assign(read=tables.files["read"] + 1)))
    page = (tmp_path / "laporan.html").read_text("utf-8")
    assert "JUMLAH TIDAK COCOK" in page
    assert "Jumlah cocok" not in page


def test_overdue_cases_stand_in_the_summary(tmp_path: Path) -> None:
    from dataclasses import replace

    import pandas as pd

    tables = build(30)
    due = pd.DataFrame([{"id_kasus": "K-1", "stage": "kajian", "due": "2024-02-01", "note": "lewat 3 hari <b>"}])
    write_reports_to(tmp_path, replace(tables, context=replace(tables.context, follow_up=due)))
    page = (tmp_path / "laporan.html").read_text("utf-8")
    assert "Kasus dengan tenggat" in page
    assert "lewat 3 hari &lt;b&gt;" in page
    write_reports_to(tmp_path, tables)
    assert "Kasus dengan tenggat" not in (tmp_path / "laporan.html").read_text("utf-8")


def test_too_many_findings_are_cut_and_announced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from screening.reports import labels

    real = labels.number
    monkeypatch.setattr(labels, "number", lambda name: 10 if name == "page_findings" else real(name))
    write_reports_to(tmp_path, build(200))
    page = (tmp_path / "laporan.html").read_text("utf-8")
    assert len(data_of(page)["findings"]) == 10
    assert "memuat 10 baris teratas" in page


@pytest.mark.parametrize("text", ["</script>", "<!--", "]]>", "a&b", "\u2028", "\ud83d", "é👍"])
def test_embedded_json_cannot_end_its_script_and_says_the_same(text: str) -> None:
    cell = str(embedded({"t": text}))
    assert not set("<>&\u2028\u2029") & set(cell)
    assert json.loads(cell) == {"t": text}
    cell.encode("utf-8")


@pytest.mark.parametrize("items", [[], [{"t": "</script>"}], [{"t": "\ud83d"}, ["é", 1], {}]])
def test_items_embedded_one_by_one_are_the_same_text(items: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for each in (1, 2, 100):
        monkeypatch.setattr("screening.reports.html._PIECE", each)
        pieces = list(embedded_items({"a": "&", "b": {}}, "items", map(json_text, items)))
        assert "".join(pieces) == embedded({"a": "&", "b": {}, "items": items})
        assert len(pieces) == math.ceil(len(items) / each) + 2


def plainly(tables: Tables, waiting: pd.DataFrame) -> list[str]:
    """The findings of the page, each put together and encoded by itself."""
    noticed = hits_of(tables.hits, waiting["activity_id"])
    prior = tables.context.prior.set_index("finding_id").to_dict("index")
    found = []
    for source, row in zip(waiting.to_dict("records"), review_rows(waiting, tables.context), strict=True):
        out = {key: row[name] for key, name in _TEXTS.items() if row[name] != ""}
        lines = sentences.missing_text(source["missing"]).split("\n") if decode(source["missing"]) else []
        parts = [
            [part["text"], part["points"], part["quote"], label("weighs", part["weighs"])]
            for part in decode(source["reasons"])
        ]
        out |= {"missing": lines} if lines else {}
        out |= {
            "day": source["day"] if isinstance(source["day"], str) else "",
            "evidence": fields(source, noticed[source["activity_id"]], tables.context),
            "parts": parts,
            "missing": lines,
            "for": [sentences.sentence(part) for part in decode(source["mitigating"])],
            "others": decode(source["alternatives"]),
            "seen": label("visibility", source["visibility"]),
            "clock": label("time_basis", source["time_basis"]),
        }
        if past := prior.get(source["finding_id"]):
            said = ", ".join([past["prior_verdict"], past["prior_on"]])
            out |= {"memory": label("memory", past["memory"]), "said": said, "why": past["explanation"]}
        found.append(json.dumps(out, ensure_ascii=False, separators=(",", ":")))
    return found


@pytest.mark.parametrize("rows", [1, 7, 1000])
def test_findings_put_together_from_columns_are_those_encoded_one_by_one(
    tables: Tables, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    from dataclasses import replace

    waiting = queue(tables.findings, tables.activities, tables.context)
    words = {
        "memory": "dibuka",
        "prior_verdict": "DUPLIKAT",
        "prior_on": "2024-02-01",
        "explanation": '</script> "lain"',
    }
    prior = pd.DataFrame([{"finding_id": key, **words} for key in waiting["finding_id"][::5]]).astype("str")
    known = replace(tables, context=replace(tables.context, prior=prior))
    monkeypatch.setattr("screening.reports.page_findings.PIECE", rows)
    columns = review_columns(waiting, known.context)
    assert [*page_findings(opened(waiting), columns, known.hits, known.context)] == plainly(known, waiting)


def test_invisible_characters_are_shown() -> None:
    shown = str(visible("a\u202eb\u200bc<"))
    assert shown == '<bdi>a<span class="ctl">U+202E</span>b<span class="ctl">U+200B</span>c&lt;</bdi>'


# --- contrast: computed from the style sheet's own colours ------------------------------------------------------------


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("#17202c", "#ffffff"),
        ("#46515f", "#ffffff"),
        ("#46515f", "#f4f6f9"),
        ("#ffffff", "#7a1020"),
        ("#6b4700", "#fff4d9"),
        ("#1f3a5f", "#dbe6f3"),
        ("#3a3f47", "#f1f3f6"),
        ("#ffffff", "#1f3a5f"),
        ("#17202c", "#ffe39a"),
        ("#14532d", "#ffffff"),
        ("#7a1020", "#fdecee"),
        ("#ffffff", "#1f5f63"),
        ("#17202c", "#93c0c5"),
        ("#46515f", "#f0f0f0"),
        ("#ffffff", "#5b1a6b"),
        ("#0b4f9e", "#f4f6f9"),
        ("#1f3a5f", "#e6f4ea"),
    ],
)
def test_colours_that_meet_are_readable(ink: str, paper: str) -> None:
    styles = asset("halaman.css") + asset("laporan.css")
    assert ink in styles or ink == "#ffffff"
    assert paper in styles
    assert contrast(ink, paper) >= 4.5


@pytest.mark.parametrize("band", ["DIDAHULUKAN", "BERIKUTNYA", "KEMUDIAN"])
def test_bands_in_the_workbook_are_readable_and_have_words(band: str) -> None:
    from screening.reports.workbook import BAND_COLOURS

    fill, ink = BAND_COLOURS[band]
    assert contrast(ink.lower(), fill.lower()) >= 4.5
