"""A review desk for the tests: an invented run, a ledger, people with logins, and a server on a free port in this process."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from report_builder import Tables, build
from review_builder import PROVISIONS, run_folder

from screening.desk.app import Desk, application
from screening.desk.book import Book, Worker
from screening.desk.drafts import Drafts
from screening.desk.guard import Buckets, Guard, OneTimeToken, Sessions
from screening.desk.material import Material
from screening.desk.serve import Address, config_of
from screening.reports.queue import queue
from screening.review.runs import ReviewRun, read_run
from screening.tables import MARKED

NOW = datetime(2024, 3, 1, 3, 0, tzinfo=UTC)
DAY = "2024-03-01 10:00"


def run_of(folder: Path, tables: Tables | None = None, **rules: Any) -> tuple[ReviewRun, Tables]:
    """A run folder and the tables it was made of."""
    tables = tables or build(60)
    return run_folder(folder, tables, **rules), tables


def material(run: ReviewRun, tables: Tables, per_page: int = 25) -> Material:
    """What the desk shows of that run."""
    run = read_run(run.folder)  # tables read anew: the desk numbers rounds in its own rows
    waiting = queue(tables.findings, tables.activities, tables.context)
    return Material(run, waiting, tables.hits[list(MARKED)], tables.context, per_page=per_page)


def desk_of(
    run: ReviewRun, tables: Tables, ledger: Path, alone: Worker | None = None, now: Callable[[], datetime] = lambda: NOW,
    per_page: int = 25, **more: Any,
) -> Desk:  # fmt: skip
    """A desk as `review serve` makes it."""
    book = Book(ledger, material(run, tables, per_page), "petugas")
    book.open()
    token = OneTimeToken() if alone else None
    desk = Desk(book, Drafts(ledger), PROVISIONS, Sessions(), "meja", alone=alone, token=token, now=now, **more)
    desk.replay()
    return desk


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


class Visitor:
    """One browser without a screen: keeps its cookie and the word of its forms."""

    def __init__(self, port: int) -> None:
        self.port, self.cookie, self.csrf = port, "", ""

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {
            "Host": f"127.0.0.1:{self.port}",
            "Cookie": self.cookie,
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        try:
            connection.request(method, path, body, sent)
            got = connection.getresponse()
            text = got.read().decode("utf-8", "replace")
        finally:
            connection.close()
        told = {name.lower(): value for name, value in got.getheaders()}
        if "set-cookie" in told:
            self.cookie = told["set-cookie"].partition(";")[0]
        if found := re.search(r'name="csrf" value="([^"]+)"', text):
            self.csrf = found[1]
        return Answer(got.status, told, text)

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path: str, fields: Any = (), **headers: str) -> Answer:
        """A form as a browser sends it."""
        pairs = [*(fields.items() if isinstance(fields, dict) else fields)]
        body = urlencode([("csrf", self.csrf), *pairs]).encode()
        told = {
            "Origin": f"http://127.0.0.1:{self.port}",
            "Content_Type": "application/x-www-form-urlencoded",
            **headers,
        }
        return self.ask("POST", path, body, **told)


@contextmanager
def served(desk: Desk, rates: Buckets | None = None) -> Iterator[int]:
    """The desk on a free port of this computer; `rates`: others than users have, for tests that ask faster than people."""
    import uvicorn

    config = config_of(Address(0))
    config.load()
    listening = config.bind_socket()
    port = listening.getsockname()[1]
    still = desk.passwords.still if desk.passwords else lambda worker: True
    hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
    guard = Guard(application(desk), hosts, desk.sessions, desk.cookie, False, still)
    guard.rates = rates or guard.rates
    config.loaded_app = guard
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()


def entered(desk: Desk, port: int, worker: Worker) -> Visitor:
    """A visitor who is already inside as that person."""
    visitor = Visitor(port)
    visitor.cookie = f"{desk.cookie}={desk.sessions.open(worker)}"
    assert visitor.get("/").status == 200
    return visitor


def form(
    page: str, verdict: str, note: str = "alasan penelaah", rest: str = "BUKAN PELANGGARAN", *, tick: bool = True
) -> list[tuple[str, str]]:
    """A case page filled in: one verdict, and every provision ticked or none."""
    pairs = [("putusan", verdict), ("alasan", note), ("sisa", rest)]
    pairs += [(name, value) for name, value in re.findall(r'name="(versi|hal|pada)" value="([^"]*)"', page)]
    boxes = re.findall(r'<input type="checkbox"[^>]*name="(butir:[^"]+)" value="([^"]+)"([^>]*)>', page)
    return pairs + [(name, value) for name, value, rest_ in boxes if tick and " disabled" not in rest_]


def spread_people(tables: Tables, people: int) -> Tables:
    """The same tables with their activities among so many people: more cases, each smaller."""
    waiting = {*tables.findings[tables.findings["result"].isin(("finding", "needs_clarification"))]["activity_id"]}
    ids = tables.activities["activity_id"].tolist()
    place = {key: at for at, key in enumerate(sorted(ids, key=lambda key: key not in waiting))}
    names = [f"asn_{place[key] % people:04}" for key in ids]
    activities = tables.activities.assign(subject_id=pd.array(names, "str"))
    of = dict(zip(activities["activity_id"], activities["subject_id"], strict=True))
    findings = tables.findings.assign(subject_id=pd.array([of[one] for one in tables.findings["activity_id"]], "str"))
    return replace(tables, activities=activities, findings=findings)
