"""The pages of the desk: who asks for what, and what comes of it. Everything that decides stands in `decide` and `review`."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from screening.desk import views
from screening.desk.book import LEAD, Book, Worker
from screening.desk.decide import RECUSALS, Fault, fields, hand_in, moment, ready, said_before, spoken, withdraw
from screening.desk.drafts import Draft, Drafts
from screening.desk.guard import Buckets, OneTimeToken, Session, Sessions
from screening.desk.people import Passwords
from screening.desk.settings import number, word
from screening.errors import ScreeningError
from screening.printable import one_line
from screening.review.cases import case_draft, check_case
from screening.review.exchange import ZONE, Imported
from screening.review.issue import Describe
from screening.review.ledger import append

HTML = "text/html; charset=utf-8"


@dataclass
class Desk:
    """Everything the pages need. `passwords` None: one person on this computer, let in by the one-time token."""

    book: Book
    drafts: Drafts
    provisions: frozenset[str]
    sessions: Sessions
    cookie: str
    secure: bool = False
    token: OneTimeToken | None = None
    alone: Worker | None = None
    passwords: Passwords | None = None
    describe: Describe | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    lock: threading.RLock = field(default_factory=threading.RLock)
    logins: Buckets = field(
        default_factory=lambda: Buckets(
            number("rate", "logins"), number("rate", "logins") / (60 * number("rate", "login_minutes"))
        )
    )

    @property
    def today(self) -> date:
        return self.now().astimezone(ZONE).date()

    def replay(self) -> int:
        """Hand in again what was being handed in when the program ended; how many decisions that were."""
        self.drafts.sweep()
        count = 0
        for draft in [one for one in self.drafts.all() if one.closing]:
            worker = Worker(draft.who, draft.closing["role"])
            if draft.case not in self.book.of(worker).of_case:
                continue
            count += not self.bring(worker, draft.case, draft, draft.closing.get("correction", ""))[1]
        return count

    def bring(self, worker: Worker, case: str, draft: Draft, correction: str = "") -> tuple[int, list[Fault]]:
        """A draft into the ledger, once: how many rows it decided, or what is wrong with it.

        The time of the decision is fixed on disk before the ledger is asked, so that whoever does it again says the same.
        """
        rows = views.decidable(self.book, worker, case, correcting=bool(correction))
        if not rows:
            self.drafts.forget(draft)
            return 0, [Fault("isi", word("faults", "nothing"))]
        decided, faults = spoken(rows, draft.now)
        if faults:
            return 0, faults
        if not draft.closing:
            closing = {"day": moment(self.now), "role": worker.role, "correction": correction}
            draft = self.drafts.close(draft, closing)
        ready(self.book, worker, rows, self.now(), self.describe)
        done = hand_in(self.book, worker, decided, draft.closing["day"], self.provisions, self.now(), correction)
        if done.refusals:
            self.drafts.close(draft, {})
            return 0, _refused(done)
        self.drafts.forget(draft)
        return len(decided), []


def application(desk: Desk) -> Starlette:
    """The desk as an ASGI application, to be put behind `guard.Guard`."""
    pages = Pages(desk)
    routes = [
        Route("/", pages.queue), Route("/masuk", pages.login, methods=["GET", "POST"]),
        Route("/sesi.json", pages.session),
        Route("/keluar", pages.logout, methods=["POST"]), Route("/saring", pages.search, methods=["POST"]),
        Route("/kesepakatan", pages.agreement), Route("/kesepakatan.json", pages.agreement_now),
        Route("/kasus/{case}", pages.case), Route("/kasus/{case}/draf", pages.save, methods=["POST"]),
        Route("/kasus/{case}/simpan", pages.save_and_show, methods=["POST"]),
        Route("/kasus/{case}/urung", pages.undo, methods=["POST"]), Route("/kasus/{case}/putus", pages.decide, methods=["POST"]),
        Route("/kasus/{case}/undur", pages.recuse, methods=["POST"]), Route("/kasus/{case}/tahap", pages.stage, methods=["POST"]),
        Route("/gambar/{sha256}", pages.picture), Route("/gaya.css", pages.style), Route("/meja.js", pages.script),
        Route("/favicon.ico", lambda request: Response(status_code=204)),
    ]  # fmt: skip
    return Starlette(
        routes=routes, exception_handlers={404: pages.missing, 500: pages.failed, ScreeningError: pages.told}
    )


class Pages:
    """One method a page; all run in threads, one at a time where the ledger is concerned."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    # Coming and going.

    def login(self, request: Request) -> Response:
        desk = self.desk
        if desk.passwords is None:
            given = request.query_params.get("kunci", "")
            if request.method == "GET" and given and desk.token and desk.alone and desk.token.spend(given):
                return self._enter(desk.alone)
            if _session(request):
                return RedirectResponse("/", 303)
            return self._page(request, "masuk.html.j2", 403 if given else 200, wrong="", passwords=False)
        if request.method == "GET":
            return self._page(request, "masuk.html.j2", wrong="", passwords=True)
        form = _form(request)
        name, where = form.get("nama", "")[:80], request.client.host if request.client else ""
        names = (f"nama {Worker(name, LEAD).key}", f"alamat {where}")
        if not all(desk.logins.may(one) for one in names):
            wait = word("login", "wait", minutes=number("rate", "login_minutes"))
            return self._page(request, "masuk.html.j2", 429, wrong=wait, passwords=True)
        worker = desk.passwords.worker(name, form.get("sandi", ""))
        if worker is None:
            for one in names:
                desk.logins.take(one)
            return self._page(request, "masuk.html.j2", 403, wrong=word("login", "wrong"), passwords=True)
        desk.logins.forget(names[0])
        return self._enter(worker)

    def logout(self, request: Request) -> Response:
        self.desk.sessions.close(request.state.secret)
        answer = RedirectResponse("/masuk", 303)
        answer.delete_cookie(self.desk.cookie, path="/", secure=self.desk.secure, httponly=True, samesite="strict")
        return answer

    def session(self, request: Request) -> Response:
        """The word of forms for a page that was open before its visit ended: what was typed there is still saved."""
        session = _known(request)
        return JSONResponse({"csrf": session.csrf, "who": session.worker.key})

    def _enter(self, worker: Worker) -> Response:
        answer = RedirectResponse("/", 303)
        answer.set_cookie(
            self.desk.cookie, self.desk.sessions.open(worker), path="/", secure=self.desk.secure, httponly=True, samesite="strict"
        )  # fmt: skip
        return answer

    # The queue and figures.

    def queue(self, request: Request) -> Response:
        desk, session = self.desk, _known(request)
        tab, page = request.query_params.get("daftar", ""), _whole(request.query_params.get("hal", ""))
        with desk.lock:
            desk.book.follow()
            begun = desk.drafts.cases(session.worker.name)
            told = views.queue(desk.book, session.worker, begun, tab, page, session.told.get("search", ""), desk.today)
        return self._page(request, "antrean.html.j2", place="queue", **told)

    def search(self, request: Request) -> Response:
        session, form = _known(request), _form(request)
        # Kept with the visit, not in the address: a name that was searched for stays out of the browser's history.
        session.told["search"] = "" if form.get("hapus") else form.get("kata", "").strip()[:100]
        tab = form.get("daftar", "")
        return RedirectResponse(f"/?daftar={tab}" if tab in views.TABS else "/", 303)

    def agreement(self, request: Request) -> Response:
        with self.desk.lock:
            self.desk.book.follow()
            told = views.agreement(self.desk.book, _known(request).worker, self.desk.today)
        return self._page(request, "kesepakatan.html.j2", place="agreement", **told)

    def agreement_now(self, request: Request) -> Response:
        with self.desk.lock:
            self.desk.book.follow()
            return JSONResponse({"text": views.agreement_line(self.desk.book)})

    # One case.

    def case(self, request: Request) -> Response:
        desk, session, case = self.desk, _known(request), request.path_params["case"]
        with desk.lock:
            desk.book.follow()
            if refusal := self._withheld(request, case):
                return refusal
            correcting = request.query_params.get("perbaiki") == "1"
            return self._case(request, case, _whole(request.query_params.get("hal", "")), correcting, session)

    def save(self, request: Request) -> Response:
        """What is being typed; answered without a page."""
        with self.desk.lock:
            case = request.path_params["case"]
            self.desk.book.follow()
            if refusal := self._withheld(request, case):
                return JSONResponse({"why": word("refused", "role")}, refusal.status_code)
            draft = self.desk.drafts.of(_known(request).worker.name, case)
            if _form(request).get("versi", "") != str(draft.version):
                return JSONResponse({"why": word("form", "conflict")}, 409)
            draft = self._kept(request, case, draft)
            return JSONResponse({"version": draft.version, "time": self._time(), "undo": bool(draft.before)})

    def save_and_show(self, request: Request) -> Response:
        with self.desk.lock:
            case = request.path_params["case"]
            self.desk.book.follow()
            if refusal := self._withheld(request, case):
                return refusal
            self._kept(request, case, self.desk.drafts.of(_known(request).worker.name, case))
            form = _form(request)
            _known(request).told["message"] = word("form", "saved", time=self._time())
            again = "&perbaiki=1" if form.get("perbaiki") else ""
            return RedirectResponse(f"/kasus/{case}?hal={_whole(form.get('ke', ''))}{again}", 303)

    def undo(self, request: Request) -> Response:
        with self.desk.lock:
            case, form = request.path_params["case"], _form(request)
            self.desk.book.follow()
            if refusal := self._withheld(request, case):
                return refusal
            draft = self.desk.drafts.of(_known(request).worker.name, case)
            # What was typed after the last saving is a step of its own: undoing takes that back first.
            draft = self._kept(request, case, draft)
            done = self.desk.drafts.undo(draft)
            told = "undone" if done.version != draft.version else "nothing_to_undo"
            _known(request).told["message"] = word("form", told)
            again = "&perbaiki=1" if form.get("perbaiki") else ""
            return RedirectResponse(f"/kasus/{case}?hal={_whole(form.get('hal', ''))}{again}", 303)

    def decide(self, request: Request) -> Response:
        desk, session, case, form = self.desk, _known(request), request.path_params["case"], _form(request)
        with desk.lock:
            desk.book.follow()
            if refusal := self._withheld(request, case):
                return refusal
            if session.worker.role == LEAD:
                return self._refuse(request, 403, "role")
            draft = self._kept(request, case, desk.drafts.of(session.worker.name, case))
            correcting = bool(form.get("perbaiki"))
            why = draft.now.get("koreksi", "").strip() if correcting else ""
            if correcting and not why:
                count, faults = 0, [Fault("koreksi", word("faults", "correction"))]
            else:
                count, faults = desk.bring(session.worker, case, draft, why)
            if faults:
                return self._case(request, case, _whole(form.get("hal", "")), correcting, session, faults, 422)
            told = "corrected" if correcting else "handed_in"
            session.told["message"] = word("form", told, case=case, rows=count)
            return RedirectResponse(
                self._next(session, case) if form.get("lalu") == "berikut" else f"/kasus/{case}", 303
            )

    def recuse(self, request: Request) -> Response:
        desk, session, case, form = self.desk, _known(request), request.path_params["case"], _form(request)
        with desk.lock:
            desk.book.follow()
            if refusal := self._withheld(request, case):
                return refusal
            rows = views.decidable(desk.book, session.worker, case)
            if form.get("benturan") not in RECUSALS or not rows:
                fault = Fault("benturan", word("faults", "recuse" if rows else "nothing"))
                return self._case(request, case, 1, False, session, [fault], 422)
            ready(desk.book, session.worker, rows, desk.now(), desk.describe)
            why = word("recusals", form["benturan"])
            done = withdraw(desk.book, session.worker, rows, why, moment(desk.now), desk.provisions, desk.now())
            if done.refusals:
                return self._case(request, case, 1, False, session, _refused(done), 422)
            desk.drafts.forget(desk.drafts.of(session.worker.name, case))
            session.told["message"] = word("form", "withdrawn", case=case)
            return RedirectResponse("/", 303)

    def stage(self, request: Request) -> Response:
        desk, session, case, form = self.desk, _known(request), request.path_params["case"], _form(request)
        if session.worker.role != LEAD:
            return self._refuse(request, 403, "role")
        with desk.lock:
            desk.book.follow()
            if case not in desk.book.of(session.worker).of_case:
                return self._refuse(request, 404, "missing")
            stage, why = form.get("tahap", ""), form.get("mengapa", "").strip()[:500]
            try:
                check_case(case, stage, "", desk.today, desk.book.entries, desk.book.rules)
                draft = case_draft(
                    case, stage, session.worker.name, why, letter=form.get("surat", "").strip()[:100],
                    note=form.get("ket", "").strip()[:500], on=desk.today.isoformat(),
                )  # fmt: skip
                append(desk.book.path, [draft], at=desk.now())
            except ScreeningError as error:
                return self._case(request, case, 1, False, session, [Fault("tahap", str(error))], 422)
            desk.book.follow()
            session.told["message"] = word("lead", "noted", case=case, stage=stage)
            return RedirectResponse(f"/kasus/{case}", 303)

    def picture(self, request: Request) -> Response:
        found = self.desk.book.material.pictures.get(request.path_params["sha256"])
        return Response(found, media_type="image/jpeg") if found else self._refuse(request, 404, "missing")

    # What every page has.

    def style(self, request: Request) -> Response:
        return Response(views.style(), media_type="text/css; charset=utf-8")

    def script(self, request: Request) -> Response:
        return Response(views.script(), media_type="text/javascript; charset=utf-8")

    def missing(self, request: Request, error: Exception) -> Response:
        return self._refuse(request, 404, "missing")

    def told(self, request: Request, error: Exception) -> Response:
        """A fault that people can mend, such as a ledger another program holds or one that was altered."""
        print(f"GALAT: {one_line(str(error))}", file=sys.stderr)
        return self._page(request, "pesan.html.j2", 503, text=str(error))

    def failed(self, request: Request, error: Exception) -> Response:
        last = traceback.extract_tb(error.__traceback__)[-1]
        # Where it happened, for whoever mends it; no word of a case.
        print(f"GALAT: {type(error).__name__}, {Path(last.filename).name}:{last.lineno}", file=sys.stderr)
        return PlainTextResponse(word("refused", "fault"), 500)

    def _case(
        self, request: Request, case: str, page: int, correcting: bool, session: Session, faults: list[Fault] | None = None,
        status: int = 200,
    ) -> Response:  # fmt: skip
        desk = self.desk
        draft = desk.drafts.of(session.worker.name, case)
        told = views.case(
            desk.book, session.worker, case, page, draft, desk.today, correcting=correcting, faults=faults or (),
            begun=desk.drafts.cases(session.worker.name),
        )  # fmt: skip
        session.told.setdefault("opened", {}).setdefault(case, time.monotonic())
        return self._page(request, "kasus.html.j2", status, place="case", **told)

    def _kept(self, request: Request, case: str, draft: Draft) -> Draft:
        """The form in a draft, where there is something to decide."""
        form = _form(request)
        correcting = bool(form.get("perbaiki"))
        rows = views.decidable(self.desk.book, _known(request).worker, case, correcting=correcting)
        if not rows:
            return draft
        before = draft.now or (said_before(rows, self.desk.book, _known(request).worker) if correcting else {})
        said = fields(request.state.form, before, {row["id_aktivitas"] for row in rows})
        about = self.desk.book.of(_known(request).worker).order[case]
        seconds = min(_whole(form.get("detik", "0")), 3600)
        return self.desk.drafts.save(draft, said, seconds, at=self.desk.now().timestamp(), about=about)

    def _withheld(self, request: Request, case: str) -> Response | None:
        worker = _known(request).worker
        if case not in self.desk.book.of(worker).of_case:
            return self._refuse(request, 404, "missing")
        why = views.withheld(self.desk.book, worker, case)
        return self._refuse(request, 403, why) if why else None

    def _next(self, session: Session, case: str) -> str:
        """The next case that waits for this person, after this one in the order of work, else from the beginning."""
        begun = self.desk.drafts.cases(session.worker.name)
        every = views.lines(self.desk.book, session.worker, begun, self.desk.today)
        ids = [one.case.id for one in every]
        at = ids.index(case)
        waiting = [one.case.id for one in every[at + 1 :] + every[:at] if one.standing.wanted]
        return f"/kasus/{waiting[0]}" if waiting else "/"

    def _time(self) -> str:
        return self.desk.now().astimezone(ZONE).strftime("%H:%M:%S")

    def _refuse(self, request: Request, status: int, why: str) -> Response:
        return self._page(request, "pesan.html.j2", status, text=word("refused", why))

    def _page(self, request: Request, name: str, status: int = 200, *, place: str = "", **values: Any) -> Response:
        session = _session(request)
        message = session.told.pop("message", "") if session else ""
        text = views.render(
            name, worker=session.worker if session else None, csrf=session.csrf if session else "", place=place, message=message,
            **values,
        )  # fmt: skip
        return Response(text, status, media_type=HTML)


def _session(request: Request) -> Session | None:
    found: Session | None = request.state.session
    return found


def _known(request: Request) -> Session:
    """The visit; the guard lets nobody through to these pages without one."""
    found = _session(request)
    assert found is not None
    return found


def _form(request: Request) -> Mapping[str, str]:
    return dict(request.state.form)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _refused(done: Imported) -> list[Fault]:
    told = dict.fromkeys((one.column, one.cause, one.remedy) for one in done.refusals)
    return [Fault("isi", word("faults", "refused", column=a, cause=b, remedy=c)) for a, b, c in told]
