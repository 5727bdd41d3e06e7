"""The review desk: what a person does case by case, what another may know of it, and that the ledger is the same as by file."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from report_builder import build
from review_builder import FACTS, bring, fill, handed, returned, with_findings, workbook

pytest.importorskip("starlette", reason="extra desk tidak terpasang")
pytest.importorskip("uvicorn", reason="extra desk tidak terpasang")
pytest.importorskip("argon2", reason="extra desk tidak terpasang")

from desk_builder import DAY, NOW, desk_of, entered, form, run_of, served, spread_people

from screening.desk.book import LEAD, MEDIATOR, REVIEWER, Worker
from screening.desk.decide import Fault, fields, spoken
from screening.review.conflicts import hand_out_conflicts
from screening.review.decisions import FOUND, outcomes, statements
from screening.review.issue import Order
from screening.review.ledger import read
from screening.tables import encode

ANI, BUDI, CITRA, DEWI = (
    Worker("Ani", REVIEWER),
    Worker("Budi", REVIEWER),
    Worker("Citra", MEDIATOR),
    Worker("Dewi", LEAD),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    return run_of(tmp_path_factory.mktemp("meja") / "run")


def cases_of(desk: Any) -> list[str]:
    return [*desk.book.material.cases]


def decide(visitor: Any, case: str, verdict: str, note: str = "alasan penelaah", **more: Any) -> Any:
    page = visitor.get(f"/kasus/{case}")
    assert page.status == 200, page.text
    return visitor.post(f"/kasus/{case}/putus", form(page.text, verdict, note, **more))


def test_ledger_is_the_same_by_desk_csv_and_workbook(
    made: tuple[Any, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The token of a file that is handed out is drawn by chance.
    token = {"now": "00000000"}
    monkeypatch.setattr("screening.review.issue.secrets.token_hex", lambda size: token["now"])
    run, tables = made
    places = {way: tmp_path / way / "buku.sqlite" for way in ("meja", "csv", "xlsx")}
    for one in places.values():
        one.parent.mkdir()
    first = places["meja"]
    desk = desk_of(run, tables, first)
    for name, token["now"] in (("Ani", "aaaaaaaa"), ("Budi", "bbbbbbbb")):
        handed(run, first, name)
    token["now"] = "cccccccc"
    for way in ("csv", "xlsx"):
        for name in (first.name, f"{first.name}.segel"):
            shutil.copy(first.with_name(name), places[way].with_name(name))

    # The order at the desk is that of its cases; the files are filled in in the same order.
    order = {case: at for at, case in enumerate(cases_of(desk))}
    with served(desk) as port:
        for who, verdict in ((ANI, FOUND), (BUDI, "BUKAN PELANGGARAN")):
            visitor = entered(desk, port, who)
            for case in order:
                assert decide(visitor, case, verdict, "=alasan; dengan “tanda” dan\nbaris baru").status == 303
        citra = entered(desk, port, CITRA)
        done = [
            case
            for case in order
            if decide(citra, case, "TIDAK CUKUP BUKTI", "kata penengah", tick=False).status == 303
        ]
        assert done == [*order]

    for way in ("csv", "xlsx"):
        ledger = places[way]
        for who, verdict in ((ANI, FOUND), (BUDI, "BUKAN PELANGGARAN")):
            rows = sorted(handed(run, ledger, who.name), key=lambda row: order[row["id_kasus"]])
            filled = [
                fill(row, verdict, note="=alasan; dengan “tanda” dan\nbaris baru", day=DAY, penelaah=who.name)
                for row in rows
            ]
            path = (
                returned(ledger.with_name(f"{who.name}.csv"), filled)
                if way == "csv"
                else workbook(ledger.parent, who.name, filled)
            )
            assert not bring([path], ledger).refusals
        rows = hand_out_conflicts(ledger, [run], Order("Citra", "petugas", now=NOW))
        places_ = {row["id_temuan"]: at for at, row in enumerate(run.rows)}
        rows.sort(key=lambda row: (order[row["id_kasus"]], places_[row["id_temuan"]]))
        filled = [
            fill(row, "TIDAK CUKUP BUKTI", note="kata penengah", day=DAY, kode_perbuatan_koreksi="TIDAK ADA")
            for row in rows
        ]
        assert not bring([returned(ledger.with_name("konflik.csv"), filled)], ledger).refusals

    ledgers = {way: read(path) for way, path in places.items()}
    assert sum(one.kind in ("putusan", "penengah") for one in ledgers["meja"]) == 3 * len(run.rows)
    assert ledgers["meja"] == ledgers["csv"] == ledgers["xlsx"]  # every word, and with them every hash of the chain
    assert all(one.state == "penengah" for one in outcomes(statements(read(first))).values())


def test_second_reviewer_knows_nothing_before_his_own_word(made: tuple[Any, Any], tmp_path: Path) -> None:
    desk = desk_of(*made, tmp_path / "buku.sqlite")
    case = cases_of(desk)[0]
    with served(desk) as port:
        ani, budi, citra, dewi = (entered(desk, port, who) for who in (ANI, BUDI, CITRA, DEWI))
        assert decide(ani, case, FOUND, "rahasia milik Ani").status == 303
        for visitor in (budi, citra, dewi):
            page = visitor.get(f"/kasus/{case}").text
            assert "rahasia milik Ani" not in page
            assert "Ani:" not in page
        assert "rahasia milik Ani" in ani.get(f"/kasus/{case}").text
        assert decide(budi, case, "BUKAN PELANGGARAN", "kata Budi").status == 303
        for visitor in (ani, budi, citra, dewi):
            page = visitor.get(f"/kasus/{case}").text
            assert "rahasia milik Ani" in page
            assert "kata Budi" in page


def test_a_mediator_decides_only_what_two_people_differ_about(made: tuple[Any, Any], tmp_path: Path) -> None:
    desk = desk_of(*made, tmp_path / "buku.sqlite")
    one, other = cases_of(desk)[:2]
    with served(desk) as port:
        ani, budi, citra = (entered(desk, port, who) for who in (ANI, BUDI, CITRA))
        for visitor, verdict in ((ani, FOUND), (budi, "BUKAN PELANGGARAN")):
            assert decide(visitor, one, verdict).status == 303
            assert decide(visitor, other, FOUND).status == 303
        assert decide(citra, other, FOUND).status == 422
        assert decide(citra, one, FOUND, "kata penengah").status == 303
    found = outcomes(statements(read(desk.book.path)))
    rows = desk.book.material.of_case
    assert {found[item].state for item in found if item.activity_id in {row["id_aktivitas"] for row in rows[one]}} == {
        "penengah"
    }
    assert {
        found[item].state for item in found if item.activity_id in {row["id_aktivitas"] for row in rows[other]}
    } == {"sepakat"}


def test_whoever_withdraws_sees_the_case_no_more(made: tuple[Any, Any], tmp_path: Path) -> None:
    desk = desk_of(*made, tmp_path / "buku.sqlite")
    case = cases_of(desk)[0]
    with served(desk) as port:
        ani = entered(desk, port, ANI)
        assert ani.post(f"/kasus/{case}/undur", {"benturan": ""}).status == 422
        assert ani.post(f"/kasus/{case}/undur", {"benturan": "unit"}).status == 303
        assert ani.get(f"/kasus/{case}").status == 403
        assert ani.post(f"/kasus/{case}/putus", {"putusan": FOUND, "alasan": "x"}).status == 403
        assert f'href="/kasus/{case}"' not in ani.get("/?daftar=mine").text
    entries = [entry for entry in read(desk.book.path) if entry.kind == "undur"]
    assert len(entries) == len(desk.book.material.of_case[case])
    assert {entry.body["note"] for entry in entries} == {"Satu unit kerja dengan yang bersangkutan"}


def test_what_was_handed_to_others_is_not_mine(made: tuple[Any, Any], tmp_path: Path) -> None:
    run, tables = made
    desk = desk_of(run, tables, tmp_path / "buku.sqlite")
    handed(run, desk.book.path, "Budi")
    case = cases_of(desk)[0]
    with served(desk) as port:
        ani, budi = entered(desk, port, ANI), entered(desk, port, BUDI)
        assert ani.get(f"/kasus/{case}").status == 403
        assert ani.post(f"/kasus/{case}/putus", {"putusan": FOUND, "alasan": "x"}).status == 403
        assert decide(budi, case, FOUND).status == 303


def test_a_decision_lacking_something_is_told_and_kept(made: tuple[Any, Any], tmp_path: Path) -> None:
    desk = desk_of(*made, tmp_path / "buku.sqlite")
    case = cases_of(desk)[0]
    with served(desk) as port:
        ani = entered(desk, port, ANI)
        page = ani.get(f"/kasus/{case}").text
        answer = ani.post(f"/kasus/{case}/putus", form(page, FOUND, "", tick=False))
        assert answer.status == 422
        assert 'role="alert"' in answer.text
        assert "Tulis alasan" in answer.text
        assert "sedikitnya satu butir" in answer.text
        assert f'value="{FOUND}" checked' in answer.text
    assert not [entry for entry in read(desk.book.path) if entry.kind == "putusan"]
    assert desk.drafts.of("Ani", case).now["putusan"] == FOUND


def test_a_correction_replaces_and_is_possible_until_the_case_is_closed(made: tuple[Any, Any], tmp_path: Path) -> None:
    desk = desk_of(*made, tmp_path / "buku.sqlite")
    case = cases_of(desk)[0]
    with served(desk) as port:
        ani, dewi = entered(desk, port, ANI), entered(desk, port, DEWI)
        decide(ani, case, FOUND, "kata pertama")
        page = ani.get(f"/kasus/{case}?perbaiki=1").text
        assert "kata pertama</textarea>" in page
        pairs = form(page, "BUKAN PELANGGARAN", "kata kedua", tick=False)
        assert ani.post(f"/kasus/{case}/putus", [*pairs, ("perbaiki", "1")]).status == 422
        assert ani.post(f"/kasus/{case}/putus", [*pairs, ("perbaiki", "1"), ("koreksi", "salah baca")]).status == 303
        found = outcomes(statements(read(desk.book.path)))
        assert {vote.verdict for one in found.values() for vote in one.votes.values()} == {"BUKAN PELANGGARAN"}
        assert not any(one.contradicting for one in found.values())
        assert ani.post(f"/kasus/{case}/tahap", {"tahap": "selesai", "mengapa": "x"}).status == 403
        assert dewi.post(f"/kasus/{case}/tahap", {"tahap": "selesai", "mengapa": "tidak terbukti"}).status == 303
        before = len(read(desk.book.path))
        assert ani.post(f"/kasus/{case}/putus", [*pairs, ("perbaiki", "1"), ("koreksi", "lagi")]).status == 422
        assert len(read(desk.book.path)) == before


def test_one_verdict_for_a_case_and_another_for_one_activity() -> None:
    rows = [
        {"id_aktivitas": deed, "kode_perbuatan": code}
        for deed, code in (("a", "X"), ("a", "Y"), ("b", "X"), ("c", "Z"))
    ]
    pairs = [("pada", "a"), ("pada", "b"), ("pada", "c"), ("putusan", FOUND), ("sisa", "PERLU DATA"), ("alasan", "jelas"),
             ("butir:a", "X"), ("khusus:b", "DUPLIKAT"), ("sebab:b", "lihat a"), ("lain:c", "W"), ("butir:d", "X")]  # fmt: skip
    form_ = fields(pairs, {}, {"a", "b", "c"})
    decided, faults = spoken(rows, form_)
    assert faults == []
    assert [(one.verdict, one.provision, one.note) for one in decided] == [
        (FOUND, "X", "jelas"), ("PERLU DATA", "TIDAK ADA", "jelas"), ("DUPLIKAT", "TIDAK ADA", "lihat a"), (FOUND, "W", "jelas"),
    ]  # fmt: skip
    assert spoken(rows, fields([("pada", "b"), ("khusus:b", FOUND)], form_, {"a", "b", "c"}))[1] == [
        Fault("sebab:b", "Tulis alasan untuk aktivitas ini."),
        Fault("butir:b", "LAYAK KLARIFIKASI memerlukan butir pada aktivitas ini."),
    ]
    assert [one.field for one in spoken(rows, {**form_, "sisa": ""})[1]] == ["sisa"]
    assert [one.field for one in spoken(rows, {})[1]] == ["putusan", "alasan"]


def test_parts_of_a_long_case_are_kept_together(tmp_path: Path) -> None:
    run, tables = run_of(tmp_path / "run", spread_people(build(120), 2))
    desk = desk_of(run, tables, tmp_path / "buku.sqlite", per_page=5)
    case = max(desk.book.material.of_case, key=lambda one: len(desk.book.material.of_case[one]))
    pages = desk.book.material.pages(case)
    assert pages > 2
    with served(desk) as port:
        ani = entered(desk, port, ANI)
        for page in range(1, pages + 1):
            text = ani.get(f"/kasus/{case}?hal={page}").text
            pairs = form(text, FOUND, "alasan yang sama")
            answer = ani.post(
                f"/kasus/{case}/{'putus' if page == pages else 'simpan'}", [*pairs, ("ke", str(page + 1))]
            )
            assert answer.status == 303, answer.text
    votes = [entry.body for entry in read(desk.book.path) if entry.kind == "putusan"]
    assert len(votes) == len(desk.book.material.of_case[case])
    assert all(vote["verdict"] == FOUND and vote["provision"] == vote["act_id"] for vote in votes)


def test_queue_tells_what_is_new_due_and_in_dispute(tmp_path: Path) -> None:
    old, _ = run_of(tmp_path / "dulu", build(40, seed=7))
    ledger = tmp_path / "buku.sqlite"
    handed(old, ledger, "Eka")
    run, tables = run_of(tmp_path / "run", build(60, seed=7))
    desk = desk_of(run, tables, ledger)
    before = {(row["id_aktivitas"], row["kode_perbuatan"]) for row in old.rows}
    new = {row["id_kasus"] for row in run.rows if (row["id_aktivitas"], row["kode_perbuatan"]) not in before}
    assert 0 < len(new) < len(desk.book.material.cases)
    with served(desk) as port:
        ani = entered(desk, port, ANI)

        def listed(tab: str) -> set[str]:
            return {*re.findall(r'<a href="/kasus/(K-[0-9a-f]+)"', ani.get(f"/?daftar={tab}").text)}

        assert listed("new") == new
        assert listed("all") == {*desk.book.material.cases}
        assert listed("conflicts") == set()
        case = next(iter(listed("mine")))
        budi = entered(desk, port, BUDI)
        assert decide(ani, case, FOUND).status == 303
        assert decide(budi, case, "BUKAN PELANGGARAN").status == 303
        assert listed("conflicts") == {case}
        assert "Kesepakatan penelaah: 0,0 %" in ani.get("/kesepakatan.json").text
        ani.post("/saring", {"kata": case, "daftar": "all"})
        assert listed("all") == {case}


def test_a_file_brought_in_meanwhile_is_seen(made: tuple[Any, Any], tmp_path: Path) -> None:
    run, tables = made
    desk = desk_of(run, tables, tmp_path / "buku.sqlite")
    case = cases_of(desk)[0]
    with served(desk) as port:
        ani = entered(desk, port, ANI)
        rows = [fill(row, "PERLU DATA", penelaah="Ani") for row in run.rows if row["id_kasus"] == case]
        assert not bring([returned(tmp_path / "ani.csv", rows)], desk.book.path).refusals
        assert decide(ani, case, FOUND).status == 422


def test_words_stand_in_one_place() -> None:
    from screening.desk import views

    folder = Path(views.__file__).parent
    for path in (folder / "templates").glob("*.j2"):
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", " ", path.read_text(encoding="utf-8"), flags=re.S)
        text = re.sub(r"<[^>]*>|[\w-]+=\"[^\"]*\"", " ", text)
        assert re.findall(r"[A-Za-z]{3,}", text.replace("SHA", "")) == [], path.name


@pytest.mark.parametrize("sample", [0, 12])
def test_blind_rows_show_nothing_the_machine_made_of_them(tmp_path: Path, sample: int) -> None:
    """What `review export --blind` hands out is worked on at the desk too; sampled and flagged activities look alike."""
    from screening.cli.desk import blank_queue, describe
    from screening.desk.blind import blinded_by

    run, tables = run_of(tmp_path / "run")
    ledger = tmp_path / "buku.sqlite"
    desk = desk_of(run, tables, ledger)
    desk.book.blinded = blinded_by(blank_queue)
    rows = handed(run, ledger, "Ani", blind=True, sample=sample, describe=describe(run))
    sampled = {row["id_aktivitas"] for row in rows} - {row["id_aktivitas"] for row in run.rows}
    assert len(sampled) == sample
    reasons = {line[3:30] for row in run.rows for line in row["alasan_utama"].splitlines()}
    verdicts: dict[str, str] = {}
    with served(desk) as port:
        ani, dewi = entered(desk, port, ANI), entered(desk, port, DEWI)
        desk.book.follow()
        for case in cases_of(desk):  # somebody who may see everything has been there before
            assert "poin" in dewi.get(f"/kasus/{case}").text or "Mengapa ditandai" in dewi.get(f"/kasus/{case}").text
        cases = [*desk.book.of(ANI).cases]
        assert sum(len(rows) for rows in desk.book.of(ANI).of_case.values()) == len(rows)
        shapes = {}
        for n, case in enumerate(cases):
            page = ani.get(f"/kasus/{case}").text
            assert not any(reason in page for reason in reasons)
            assert "Mengapa ditandai" not in page
            assert "DIDAHULUKAN" not in page
            deeds = re.findall(r'name="pada" value="([^"]+)"', page)
            if sample:
                assert "<mark" not in page
                assert 'type="checkbox"' not in page
                for part in re.split(r"<article", page)[1:]:
                    deed = next(one for one in deeds if one in part)
                    shapes.setdefault(deed in sampled, set()).add(
                        (part.count("<option"), part.count("<li>"), part.count("<details"))
                    )
            verdict = "BUKAN PELANGGARAN" if n % 2 else FOUND
            pairs = form(page, verdict, tick=not sample)
            if sample and verdict == FOUND:
                pairs += [(f"lain:{deed}", "BKD-D-08") for deed in deeds]
            verdicts |= dict.fromkeys(deeds, verdict)
            answer = ani.post(f"/kasus/{case}/putus", pairs)
            assert answer.status == 303, answer.text
            assert ani.get(f"/kasus/{case}").status == 200
        if sample:
            assert shapes[True] == shapes[False]
        assert f'href="/kasus/{cases[0]}"' not in ani.get("/?daftar=mine").text
    votes = [entry.body for entry in read(ledger) if entry.kind == "putusan"]
    assert {vote["activity_id"]: vote["verdict"] for vote in votes} == verdicts
    assert {*verdicts} == {row["id_aktivitas"] for row in rows}


def settle(desk: Any, cases: list[str], verdict: str = "BUKAN PELANGGARAN") -> None:
    with served(desk) as port:
        for who in (ANI, BUDI):
            visitor = entered(desk, port, who)
            for case in cases:
                assert decide(visitor, case, verdict, f"dahulu menurut {who.name}", tick=False).status == 303


def test_what_was_decided_before_stands_or_is_open_again(tmp_path: Path) -> None:
    """The same run again: nothing to do. Other rules: the earlier decision is shown, and decided anew."""
    tables = build(60)
    ledger = tmp_path / "buku.sqlite"
    run, _ = run_of(tmp_path / "dahulu", tables)
    settle(desk_of(run, tables, ledger), cases_of(desk_of(run, tables, ledger)))

    again = desk_of(run, tables, ledger)
    with served(again) as port:
        ani = entered(again, port, ANI)
        assert "Tidak ada kasus di bagian ini." in ani.get("/").text
        page = ani.get(f"/kasus/{cases_of(again)[0]}").text
        assert "Masih berlaku" in page
        assert 'name="putusan"' not in page

    facts = {**FACTS, "data/acts/dki-jakarta/bkd.toml": "a2"}
    for name, version in (("lain", "aturan-2"), ("sama", "aturan-1")):
        later = tables
        if version == "aturan-1":  # under the same rules a matter opens again only where it came out otherwise
            later = with_findings(
                tables, lambda frame: frame.assign(missing=encode([{"element": "lain", "text": "lain"}]))
            )
        other, later = run_of(tmp_path / name, later, version=version, facts=facts, run_id=name)
        desk = desk_of(other, later, ledger)
        case = cases_of(desk)[0]
        rounds = {row["putaran"] for row in desk.book.material.rows}
        assert rounds == ({1} if version == "aturan-2" else {2})
        with served(desk) as port:
            ani, budi = entered(desk, port, ANI), entered(desk, port, BUDI)
            page = budi.get(f"/kasus/{case}").text
            assert "Putusan sebelumnya" in page
            assert "BUKAN PELANGGARAN" in page
            assert decide(ani, case, FOUND, "kali ini lain").status == 303
            assert "kali ini lain" not in budi.get(f"/kasus/{case}").text
            assert decide(budi, case, FOUND, "kali ini lain juga").status == 303
        found = outcomes(statements(read(ledger)))
        mine = [one for item, one in found.items() if item.ruleset_version == version and item.round == max(rounds)]
        assert len(mine) >= len(desk.book.material.of_case[case])
        assert {one.state for one in mine if one.verdict == FOUND} == {"sepakat"}


def test_waiting_for_data_is_not_done(made: tuple[Any, Any], tmp_path: Path) -> None:
    desk = desk_of(*made, tmp_path / "buku.sqlite")
    case = cases_of(desk)[0]
    settle(desk, [case], "PERLU DATA")
    with served(desk) as port:
        ani = entered(desk, port, ANI)
        assert f'href="/kasus/{case}"' not in ani.get("/?daftar=done").text
        assert "menunggu data" in ani.get("/?daftar=waiting").text


def test_a_ledger_that_was_tampered_with_is_told_and_nothing_is_written(made: tuple[Any, Any], tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    desk = desk_of(*made, tmp_path / "buku.sqlite")
    case = cases_of(desk)[0]
    with served(desk) as port:
        ani = entered(desk, port, ANI)
        page = ani.get(f"/kasus/{case}").text
        with closing(sqlite3.connect(desk.book.path)) as base, base:
            base.execute("DROP TRIGGER entries_no_update")
        answer = ani.post(f"/kasus/{case}/putus", form(page, FOUND))
        assert answer.status == 503
        assert "pemicu pelindung" in answer.text
