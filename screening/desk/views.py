"""What the templates of the desk need, put together for one person: the queue, a case, how far reviewers agree."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from screening.desk.book import LEAD, REVIEWER, Book, Standing, Worker, standings
from screening.desk.decide import RECUSALS, REST, VERDICTS, Fault, said_before
from screening.desk.drafts import Draft
from screening.desk.material import by_phase
from screening.desk.settings import number, word, words
from screening.reports import labels
from screening.reports.cases import CaseRow
from screening.reports.html import asset, visible
from screening.review.agreement import ALL
from screening.review.cases import FIRST
from screening.review.decisions import RECUSAL
from screening.review.exchange import ZONE
from screening.review.settings import limit, settings
from screening.review.status import status
from screening.sheets import finding_key

TABS = ("mine", "new", "due", "conflicts", "unassigned", "waiting", "done", "all")
_DONE = ("settled", "closed")


@dataclass(frozen=True)
class Line:
    """One line of the queue."""

    case: CaseRow
    standing: Standing
    due: str
    due_words: str
    late: bool


def render(name: str, **values: Any) -> str:
    """A page; lone halves of characters, which no browser can be sent, become the sign for them."""
    text: str = _environment().get_template(name).render(w=words(), **values)
    return text.encode("utf-8", "replace").decode("utf-8")


def style() -> str:
    """The style sheet of all pages: that of the reports, and the desk's own."""
    return asset("halaman.css") + asset("gambar.css") + _own("meja.css")


def script() -> str:
    return _own("meja.js")


def lines(book: Book, worker: Worker, begun: Iterable[str], today: date) -> list[Line]:
    """Every case, in the order of work: what is due first comes first among what waits."""
    found = []
    for one in standings(book, worker, begun):
        days = (one.due - today).days if one.due else None
        found.append(
            Line(
                book.of(worker).cases[one.case], one, one.due.isoformat() if one.due else "", _days(days),
                days is not None and days < 0,
            )
        )  # fmt: skip
    return found


def in_tab(line: Line, tab: str, today: date) -> bool:
    """Whether a case belongs into a part of the queue."""
    one = line.standing
    if tab == "mine":
        return one.state in ("open", "draft")
    if tab == "new":
        return one.new and one.state not in _DONE
    if tab == "due":
        return one.due is not None and (one.due - today).days <= number("page", "due_days") and one.state not in _DONE
    if tab == "conflicts":
        return bool(one.differing) and not one.closed
    if tab == "unassigned":
        return one.unassigned and not one.closed
    if tab == "waiting":
        return one.state in ("waiting", "others", "differing", "lacking")
    return one.state in _DONE if tab == "done" else True


def queue(
    book: Book, worker: Worker, begun: Iterable[str], tab: str, page: int, search: str, today: date
) -> dict[str, Any]:
    """The queue page for one person."""
    every = lines(book, worker, begun, today)
    tab = tab if tab in TABS else ("mine" if worker.role != LEAD else "all")
    wanted = search.casefold().split()
    chosen = [one for one in every if in_tab(one, tab, today) and _fits(one.case, wanted)]
    per, pages = number("page", "cases"), max(1, -(-len(chosen) // number("page", "cases")))
    page = max(1, min(page, pages))
    return {
        "tab": tab, "tabs": [(name, sum(in_tab(one, name, today) for one in every)) for name in TABS], "page": page, "pages": pages,
        "found": len(chosen), "lines": chosen[(page - 1) * per : page * per], "total": len(every), "search": search,
        "done": sum(one.standing.state in _DONE for one in every), "agreement": agreement_line(book),
    }  # fmt: skip


def case(
    book: Book, worker: Worker, case: str, page: int, draft: Draft, today: date, *, correcting: bool = False,
    faults: Sequence[Fault] = (), said: Mapping[str, Any] | None = None, begun: Iterable[str] = (),
) -> dict[str, Any]:  # fmt: skip
    """The page of one case for one person. `said`: the form as it was sent, where it has faults."""
    material = book.of(worker)
    rows = material.of_case[case]
    every = lines(book, worker, begun, today)
    mine = next(one for one in every if one.case.id == case)
    wanted = decidable(book, worker, case, correcting=correcting)
    file = material.file(case, page)
    order = material.order[case]
    if said is None:
        said = draft.now or (said_before(rows, book, worker) if correcting else {})
    said = {"putusan": "", "sisa": "", "alasan": "", "koreksi": "", "deeds": {}} | dict(said)
    deeds: dict[str, tuple[str, ...]] = {}
    for row in wanted:
        deeds[row["id_aktivitas"]] = (*deeds.get(row["id_aktivitas"], ()), row["kode_perbuatan"])
    votes, own_words, states = {}, {}, {}
    for row in rows:
        key, own, others = finding_key(row["id_temuan"]), book.own(worker, row), book.seen(worker, row)
        votes[key] = [_vote(one.who, one.verdict, one.provision, one.note) for one in others]
        own_words[key] = f"{own.verdict}, {own.provision} — {own.note}" if own and own.kind != RECUSAL else ""
        told = others or (own and own.kind != RECUSAL)
        states[key] = book.outcome(row).state if told else ""
    numbers = {deed: at for at, deed in enumerate(order, 1)}
    first = (file.page - 1) * number("page", "activities") + 1
    stage = book.follow_up.get(case)
    answered = any(one and one.kind != RECUSAL for one in (book.own(worker, row) for row in rows))
    around = [one.case.id for one in every if one.case.id == case or one.standing.wanted]
    at = around.index(case)
    return {
        "case": case, "hidden": material.blind,
        "file": file, "phases": by_phase(file.deeds), "numbers": numbers, "count": len(order), "draft": draft,
        "said": said, "wanted": deeds, "votes": votes, "own_words": own_words, "row_states": states, "faults": faults,
        "state": mine.standing.state, "due": mine.due, "due_words": mine.due_words, "late": mine.late,
        "stage": stage.stage if stage else FIRST, "known": str(stage.known_on or "") if stage else file.known,
        "editing": bool(wanted), "correcting": correcting, "wanted_rows": len(wanted),
        "wanted_deeds": len(deeds), "verdicts": VERDICTS, "rest": REST, "recusals": RECUSALS, "longest": limit("max_note"),
        "lacking": [one["label"] for one in file.identity if not one["value"]], "wait": number("page", "save_ms"),
        "earlier": _earlier(book, rows, numbers),
        "part": word("case", "part", page=file.page, pages=file.pages, first=first, last=first + len(file.deeds) - 1,
                     all=len(order)),
        "may_correct": answered and worker.role != LEAD and not book.closed(case) and not wanted,
        "may_recuse": worker.role != LEAD and bool(wanted) and not correcting,
        "stages": book.rules.stages if worker.role == LEAD else (),
        "stage_words": word("lead", "history", stage=stage.stage, since=stage.since, due=stage.why_due) if stage else "",
        "previous": f"/kasus/{around[at - 1]}" if at else "",
        "next": f"/kasus/{around[at + 1]}" if at + 1 < len(around) else "",
        "restored": word("form", "restored", time=_clock(draft.changed_at)) if draft.now and draft.changed_at else "",
    }  # fmt: skip


def decidable(book: Book, worker: Worker, case: str, *, correcting: bool = False) -> list[dict[str, Any]]:
    """The rows of a case that wait for this person's word; or, to correct it, those he has given one about."""
    if book.closed(case):
        return []
    found = []
    for row in book.of(worker).of_case[case]:
        if correcting:
            own = book.own(worker, row)
            if own is not None and own.kind != RECUSAL:
                found.append(row)
        elif not book.stands(row) and book.may_decide(worker, row):
            found.append(row)
    return found


def withheld(book: Book, worker: Worker, case: str) -> str:
    """Why a case is not shown to this person (a word of `refused`); empty where it may be seen."""
    rows = book.of(worker).of_case[case]
    own = [book.own(worker, row) for row in rows]
    recused = any(one is not None and one.kind == RECUSAL for one in own)
    if recused and not any(book.may_decide(worker, row) for row in rows):
        return "recused"
    if worker.role != REVIEWER or any(own):
        return ""
    handed = [book.handed(row) for row in rows]
    return "other" if all(handed) and not any(worker.key in people for people in handed) else ""


def agreement_line(book: Book) -> str:
    """How far reviewers agree so far, in one sentence."""
    frame = book.agreement()
    total = frame[frame["butir"] == ALL].to_dict("records")
    if not total:
        return word("queue", "agreement_none")
    one = total[0]
    kappa = one["kappa"]
    told = "" if math.isnan(kappa) else word("queue", "kappa", kappa=_decimal(kappa, 2))
    return word("queue", "agreement_line", percent=_decimal(one["sama_persen"], 1), n=one["n"], kappa=told)


def agreement(book: Book, worker: Worker, today: date) -> dict[str, Any]:
    """The page of agreement and progress; who has how much to do is for the lead."""
    rows = [
        {
            **one, "same": f"{_decimal(one['sama_persen'], 1)} %", "kappa": _decimal(one["kappa"], 2),
            "alpha": _decimal(one["alpha"], 2),
        }
        for one in book.agreement().to_dict("records")
    ]  # fmt: skip
    told = status(book.entries, today, book.rules)
    answered = Counter(one.who for said in book.said.values() for one in said)
    people = sorted({*told.open_by, *answered}) if worker.role == LEAD else []
    return {
        "rows": rows, "least": settings()["votes"]["small_n"], "states": sorted(told.states.items()), "head": told.head,
        "people": [(who, told.open_by.get(who, 0), answered.get(who, 0)) for who in people],
    }  # fmt: skip


def _earlier(book: Book, rows: Sequence[Mapping[str, Any]], numbers: Mapping[str, int]) -> list[str]:
    """What was decided in earlier rounds or under earlier rules; nothing of the round that is going on."""
    out = []
    for row in rows:
        one = book.memory.get(finding_key(row["id_temuan"]), {})
        if one.get("memory") not in ("tetap", "dibuka") or not one.get("prior_verdict"):
            continue
        deed = word("case", "deed", number=numbers[row["id_aktivitas"]], all=len(numbers))
        why = one["explanation"] or (word("case", "earlier_stands") if one["memory"] == "tetap" else "")
        out.append(
            word("case", "earlier_line", deed=deed, verdict=one["prior_verdict"], provision=one["prior_provision"],
                 on=one["prior_on"], why=why)
        )  # fmt: skip
    return list(dict.fromkeys(out))


def _vote(who: str, verdict: str, provision: str, note: str) -> str:
    return word("case", "vote", who=who, verdict=verdict, provision=provision, note=note)


def _fits(one: CaseRow, wanted: Sequence[str]) -> bool:
    text = f"{one.id} {one.who} {one.unit} {one.contest} {one.acts}".casefold()
    return all(part in text for part in wanted)


def _days(days: int | None) -> str:
    if days is None:
        return ""
    if days < 0:
        return word("queue", "late", days=-days)
    return word("queue", "today") if days == 0 else word("queue", "in_days", days=days)


def _clock(at: float) -> str:
    return datetime.fromtimestamp(at, ZONE).strftime("%H:%M")


def _decimal(value: float, digits: int) -> str:
    return "–" if math.isnan(value) else f"{value:.{digits}f}".replace(".", ",")


def _own(name: str) -> str:
    return files("screening.desk").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("screening.desk", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {"count": labels.count, "visible": visible}
    return environment
