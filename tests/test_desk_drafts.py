"""What is typed at the desk is kept: steps back, two windows, the end of the program at any moment."""

from __future__ import annotations

import os
import pickle
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from report_builder import build

pytest.importorskip("starlette", reason="extra desk tidak terpasang")
pytest.importorskip("uvicorn", reason="extra desk tidak terpasang")
pytest.importorskip("argon2", reason="extra desk tidak terpasang")

from desk_builder import NOW, Visitor, desk_of, entered, form, run_of, served, spread_people

from screening.desk import app, decide
from screening.desk.book import REVIEWER, Worker
from screening.desk.drafts import Drafts
from screening.review.decisions import FOUND, outcomes, statements
from screening.review.ledger import read

ANI = Worker("Ani", REVIEWER)
SERVER = Path(__file__).with_name("desk_server.py")
KILLS = int(os.environ.get("SCREENING_KILLS", "3"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    return run_of(tmp_path_factory.mktemp("draf") / "run")


def test_a_draft_goes_back_step_by_step(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "buku.sqlite")
    one = drafts.of("Ani", "K-1")
    for n, text in enumerate(("s", "sa", "sat", "satu")):
        one = drafts.save(one, {"alasan": text}, at=100.0 + n)
    one = drafts.save(one, {"alasan": "satu", "putusan": FOUND}, at=104.0)
    one = drafts.save(one, {"alasan": "satu dua", "putusan": FOUND}, at=130.0)
    assert drafts.of("ani ", "K-1") == one  # one person, however the name is typed
    told = []
    while one.before:
        one = drafts.undo(one)
        told.append(dict(one.now))
    assert told == [{"alasan": "satu", "putusan": FOUND}, {"alasan": "satu"}, {}]
    assert drafts.undo(one) == one
    assert drafts.of("Budi", "K-1").now == {}


def test_a_damaged_draft_is_no_hindrance(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "buku.sqlite")
    drafts.save(drafts.of("Ani", "K-1"), {"alasan": "x"})
    for path in drafts.folder.iterdir():
        path.write_bytes(b"\xff{")
        path.with_suffix(".part").write_bytes(b"setengah")
    drafts.sweep()
    assert drafts.of("Ani", "K-1").now == {}
    assert [*drafts.all()] == []
    assert [one.suffix for one in drafts.folder.iterdir()] == [".json"]


def test_saving_undoing_and_another_window(made: tuple[Any, Any], tmp_path: Path) -> None:
    desk = desk_of(*made, tmp_path / "buku.sqlite")
    case = next(iter(desk.book.material.cases))
    with served(desk) as port:
        ani = entered(desk, port, ANI)
        page = ani.get(f"/kasus/{case}").text
        pairs = [pair for pair in form(page, FOUND, "kata pertama") if pair[0] != "versi"]
        assert ani.post(f"/kasus/{case}/draf", [*pairs, ("versi", "0")]).status == 200
        assert ani.post(f"/kasus/{case}/draf", [*pairs, ("versi", "0")]).status == 409  # the other window
        page = ani.get(f"/kasus/{case}").text
        assert "kata pertama</textarea>" in page
        assert f'value="{FOUND}" checked' in page
        assert "ada draf" in ani.get("/").text or "draf belum diserahkan" in ani.get("/").text
        assert ani.post(f"/kasus/{case}/urung", form(page, FOUND, "kata pertama")).status == 303
        page = ani.get(f"/kasus/{case}").text
        assert "kata pertama" not in page
        assert "Langkah terakhir diurungkan." in page
    assert not [entry for entry in read(desk.book.path) if entry.kind == "putusan"]


class Killed(BaseException):
    """The end of the program, where a test puts it."""


def killing(function: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
    def dies(*given: Any, **named: Any) -> Any:
        if after:
            function(*given, **named)
        raise Killed

    return dies


@pytest.mark.parametrize("correction", ["", "salah baca"])
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", ["write", "close", "ready", "hand_in", "forget"])
def test_the_end_at_any_step_of_handing_in_loses_and_doubles_nothing(
    made: tuple[Any, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, after: bool, correction: str
) -> None:
    ledger = tmp_path / "buku.sqlite"
    desk = desk_of(*made, ledger)
    case = next(iter(desk.book.material.cases))
    rows = desk.book.material.of_case[case]
    said = {"putusan": "BUKAN PELANGGARAN", "sisa": "", "alasan": "jelas", "koreksi": "", "deeds": {}}
    if correction:
        first = {**said, "putusan": "PERLU DATA", "alasan": "dahulu"}
        assert desk.bring(ANI, case, desk.drafts.save(desk.drafts.of("Ani", case), first))[1] == []
    draft = desk.drafts.save(desk.drafts.of("Ani", case), said)
    with monkeypatch.context() as patch:
        if step == "write":
            patch.setattr(os, "replace", killing(os.replace, after=after))
        elif step in ("close", "forget"):
            patch.setattr(Drafts, step, killing(getattr(Drafts, step), after=after))
        else:
            patch.setattr(app, step, killing(getattr(decide, step), after=after))
        with pytest.raises(Killed):
            desk.bring(ANI, case, draft, correction)
    # The program starts anew an hour later, and hands in what was being handed in.
    again = desk_of(*made, ledger, now=lambda: NOW + timedelta(hours=1))
    if again.drafts.of("Ani", case).now:
        assert again.drafts.of("Ani", case).now == said
        assert again.bring(ANI, case, again.drafts.of("Ani", case), correction)[1] == []
    votes = [entry.body for entry in read(ledger) if entry.kind == "putusan" and entry.body["note"] != "dahulu"]
    assert Counter((vote["activity_id"], vote["act_id"]) for vote in votes) == Counter(
        (row["id_aktivitas"], row["kode_perbuatan"]) for row in rows
    )
    assert {vote["note"] for vote in votes} == {"jelas"}
    found = outcomes(statements(read(ledger))).values()
    assert {vote.verdict for one in found for vote in one.votes.values()} == {"BUKAN PELANGGARAN"}
    assert not again.drafts.of("Ani", case).now
    assert desk_of(*made, ledger).replay() == 0


@contextmanager
def program(folder: Path, ledger: Path) -> Iterator[tuple[subprocess.Popen[str], Visitor]]:
    running = subprocess.Popen(
        [sys.executable, str(SERVER), str(folder), str(ledger)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert running.stdout is not None
        address = running.stdout.readline().strip()
        assert "?kunci=" in address
        visitor = Visitor(int(address.split(":")[2].split("/")[0]))
        visitor.get(address[address.index("/masuk") :])
        assert visitor.get("/").status == 200
        yield running, visitor
    finally:
        running.kill()
        running.wait(20)
        if running.stdout:
            running.stdout.close()


def test_sigkill_while_people_type_and_hand_in(tmp_path: Path) -> None:
    run, tables = run_of(tmp_path / "run", spread_people(build(80), 40))
    (tmp_path / "tables.pickle").write_bytes(pickle.dumps(tables))
    ledger, cases = tmp_path / "buku.sqlite", [*dict.fromkeys(row["id_kasus"] for row in run.rows)]
    per_case = Counter(row["id_kasus"] for row in run.rows)
    chance = random.Random(20)
    sent: dict[str, list[str]] = {}
    kept: dict[str, int] = {}  # case -> how many texts were confirmed as saved
    handed_in: set[str] = set()
    at = 0
    for _ in range(KILLS):
        with program(tmp_path, ledger) as (running, visitor):
            timer = threading.Timer(chance.uniform(0.1, 0.9), running.kill)
            timer.start()
            try:
                while True:
                    case = cases[at % len(cases)]
                    page = visitor.get(f"/kasus/{case}").text
                    pairs = form(page, FOUND, "")
                    for n in range(6):
                        texts = sent.setdefault(case, [])
                        texts.append(f"kalimat {n} tentang {case} " + "x" * 200)
                        body = [
                            (name, texts[-1] if name == "alasan" else value) for name, value in pairs if name != "versi"
                        ]
                        if visitor.post(f"/kasus/{case}/simpan", body).status == 303:
                            kept[case] = len(texts)
                    if visitor.post(f"/kasus/{case}/putus", body).status == 303:
                        handed_in.add(case)
                    at += 1
            except (OSError, HTTPException):
                pass
            timer.join()
    assert sent
    with program(tmp_path, ledger):
        time.sleep(0.1)
    entries = read(ledger)
    drafts = Drafts(ledger)
    case_of = {(row["id_aktivitas"], row["kode_perbuatan"]): row["id_kasus"] for row in run.rows}
    votes = [entry.body for entry in entries if entry.kind == "putusan"]
    told = Counter(case_of[vote["activity_id"], vote["act_id"]] for vote in votes)
    assert {case for case in told if told[case] != per_case[case]} == set()  # a case is there whole or not at all
    assert handed_in <= {*told}
    assert not any(one.contradicting or len(one.votes) > 1 for one in outcomes(statements(entries)).values())
    for case, texts in sent.items():
        if case in told:
            notes = {vote["note"] for vote in votes if case_of[vote["activity_id"], vote["act_id"]] == case}
            assert len(notes) == 1
            assert notes <= {*texts}
        elif case in kept:
            assert drafts.of("Ani", case).now["alasan"] in texts[kept[case] - 1 :]


def test_an_erasure_takes_drafts_of_its_cases_along(made: tuple[Any, Any], tmp_path: Path) -> None:
    desk = desk_of(*made, tmp_path / "buku.sqlite")
    one, other = [*desk.book.material.cases][:2]
    with served(desk) as port:
        ani = entered(desk, port, ANI)
        for case in (one, other):
            assert (
                ani.post(f"/kasus/{case}/draf", form(ani.get(f"/kasus/{case}").text, FOUND, f"tentang {case}")).status
                == 200
            )
    assert Drafts(desk.book.path).erase({desk.book.material.order[one][-1]}) == 1
    left = " ".join(path.read_text() for path in desk.drafts.folder.iterdir())
    assert one not in left
    assert other in left
