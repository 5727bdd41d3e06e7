"""Follow-up of cases: where each stands, when it became known, what is due. A case is one subject in one contest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from screening.errors import UsageError
from screening.review.decisions import FOUND, NO_ACT, Item, Outcome, outcomes, statements
from screening.review.follow_up_rules import FollowUpRules, read_rules
from screening.review.ledger import Draft, Entry
from screening.review.memory import changes
from screening.review.register import Register, register

KIND = "perkara"
FIRST = "telaah"
FOLLOW_UP = ("id_kasus", "stage", "due", "note")


@dataclass(frozen=True)
class Case:
    """Where a case stands; `due` None when no period is known for its stage (`why_due` says so)."""

    case_id: str
    stage: str
    since: date
    known_on: date | None
    due: date | None
    why_due: str
    letters: tuple[str, ...] = ()
    recipient: str = ""
    note: str = ""
    closed: bool = False

    def late(self, today: date) -> int:
        """Days past the due date; 0 when not overdue or closed."""
        return max((today - self.due).days, 0) if self.due and not self.closed else 0


def case_draft(
    case_id: str, stage: str, who: str, why: str, *, letter: str = "", note: str = "", on: str = "", known_on: str = "",
    recipient: str = "", due: str = "", event: str = "",
) -> Draft:  # fmt: skip
    """A ledger entry that moves a case to a stage (or adds a letter, note, date or event to it). Dates ISO; "" unknown."""
    body = {"case_id": case_id, "stage": stage, "letter": letter, "note": note, "on": on, "known_on": known_on,
            "recipient": recipient, "due": due}  # fmt: skip
    if event:  # entries without one stay as they always were
        body["event"] = event
    return Draft(KIND, who, why, body)


def check_case(
    case_id: str,
    stage: str,
    recipient: str,
    day: date,
    entries: Iterable[Entry],
    rules: FollowUpRules,
    event: str = "",
) -> None:
    """Raise UsageError for an unknown case, stage, recipient or event, or a recipient not competent on `day`."""
    faults = []
    known = set(_case_ids(register(entries))) | {entry.body["case_id"] for entry in entries if entry.kind == KIND}
    if case_id not in known:
        faults.append(f"kasus {case_id} tidak dikenal buku telaah; impor atau ekspor dahulu proses yang memuatnya.")
    if stage not in rules.stages:
        faults.append(f"tahap {stage} tidak dikenal; pilih: {', '.join(rules.stages)}.")
    competent = {one.id: one for one in rules.recipients_on(day)}
    if recipient and recipient not in competent:
        faults.append(f"penerima {recipient} tidak berwenang pada {day.isoformat()}; pilih: {', '.join(competent)}.")
    if event and event not in {one.id for one in rules.events}:
        faults.append(f"peristiwa {event} tidak dikenal; pilih: {', '.join(one.id for one in rules.events)}.")
    if faults:
        raise UsageError("\n".join(faults))


def progress(
    entries: Iterable[Entry], start: date, end: date, today: date, rules: FollowUpRules | None = None
) -> dict[str, list[tuple[str, int, int]]]:
    """For the report to the patron: what happened to cases from `start` to `end`, and where all of them stand.

    `stages`: (stage, cases that entered it in the period, cases in it now); `events`: (meaning, cases it happened to in the
    period, cases it ever happened to); `late`: open cases past their due date. Counts of cases, never of people's names.
    """
    entries, rules = tuple(entries), rules or read_rules()
    found = cases(entries, rules)
    moved = [(entry.body, _on(entry)) for entry in entries if entry.kind == KIND]
    inside = [body for body, day in moved if start <= day <= end]

    def many(bodies: Iterable[Mapping[str, Any]], key: str, value: str) -> int:
        return len({body["case_id"] for body in bodies if body.get(key, "") == value})

    every = [body for body, _ in moved]
    return {
        "stages": [
            (stage, many(inside, "stage", stage), sum(case.stage == stage for case in found)) for stage in rules.stages
        ],
        "events": [(one.meaning, many(inside, "event", one.id), many(every, "event", one.id)) for one in rules.events],
        "late": [("terlambat", len(overdue(found, today)), len([case for case in found if not case.closed]))],
    }


def cases(entries: Iterable[Entry], rules: FollowUpRules | None = None) -> list[Case]:
    """Every case of the ledger: those with events, and those that still wait for review; by due date, then id."""
    entries, rules = tuple(entries), rules or read_rules()
    known = register(entries)
    events: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind == KIND:
            number = entry.body["case_id"]
            events.setdefault(known.renamed.get(number, number), []).append(entry)
    waiting = _waiting(known, entries)
    found = [
        _case(case_id, events.get(case_id, []), seen, rules)
        for case_id, seen in _case_ids(known).items()
        if case_id in events or case_id in waiting
    ]
    found += [_case(case_id, own, None, rules) for case_id, own in events.items() if case_id not in _case_ids(known)]
    return sorted(found, key=lambda case: (case.due or date.max, case.case_id))


def overdue(found: Iterable[Case], today: date) -> list[Case]:
    """Open cases past their due date, longest first."""
    return sorted((case for case in found if case.late(today)), key=lambda case: (-case.late(today), case.case_id))


def follow_up(found: Iterable[Case], today: date) -> pd.DataFrame:
    """Open cases that have events or are late, as the reports show them: id_kasus, stage, due (ISO), note."""
    rows = []
    for case in found:
        if case.closed or not (case.late(today) or case.stage != FIRST or case.letters):
            continue
        late = case.late(today)
        notes = [
            f"terlambat {late} hari" if late else "",
            case.why_due,
            "surat: " + ", ".join(case.letters) if case.letters else "",
        ]
        due = case.due.isoformat() if case.due else ""
        rows.append(
            {"id_kasus": case.case_id, "stage": case.stage, "due": due, "note": "; ".join(n for n in notes if n)}
        )
    return pd.DataFrame(rows, columns=list(FOLLOW_UP)).astype("str")


def known_and_due(
    finding_ids: Iterable[str], entries: Iterable[Entry], today: date, rules: FollowUpRules | None = None
) -> tuple[dict[str, date], dict[str, date]]:
    """For a run's report: finding id -> day it became known (first seen by the ledger, else `today`) and -> due day."""
    entries, rules = tuple(entries), rules or read_rules()
    register_ = register(entries)
    of_case = {case.case_id: case for case in cases(entries, rules)}
    first: dict[str, tuple[date, str]] = {}
    for facts in register_.machine.values():
        day = _seen(facts)
        if facts["finding_id"] not in first or day < first[facts["finding_id"]][0]:
            first[facts["finding_id"]] = (day, facts["case_id"])
    known, due = {}, {}
    for finding in finding_ids:
        day, case_id = first.get(finding, (today, ""))
        case = of_case.get(case_id)
        known[finding] = case.known_on if case and case.known_on and case.known_on < day else day
        last = case.due if case else rules.due(FIRST, known[finding], None)[0]
        if last and not (case and case.closed):
            due[finding] = last
    return known, due


def _case(case_id: str, events: list[Entry], seen: date | None, rules: FollowUpRules) -> Case:
    events = sorted(events, key=lambda entry: (_on(entry), entry.seq))
    said = [entry.body["known_on"] for entry in events if entry.body["known_on"]]
    known = min(map(date.fromisoformat, said)) if said else seen
    stage = events[-1].body["stage"] if events else FIRST
    start = next((n for n in range(len(events) - 1, -1, -1) if events[n].body["stage"] != stage), -1) + 1
    since = _on(events[start]) if events else known or date.min
    due, why = rules.due(stage, known, since)
    manual = [entry.body["due"] for entry in events[start:] if entry.body["due"]]
    if manual:
        due, why = date.fromisoformat(manual[-1]), "tenggat ditetapkan petugas"
    letters = tuple(dict.fromkeys(entry.body["letter"] for entry in events if entry.body["letter"]))
    recipient, note = (
        next((e.body[name] for e in reversed(events) if e.body[name]), "") for name in ("recipient", "note")
    )
    return Case(case_id, stage, since, known, due, why, letters, recipient, note, stage in rules.closed)


def _on(entry: Entry) -> date:
    return date.fromisoformat(entry.body["on"]) if entry.body["on"] else _local(entry.at)


def _local(at: str) -> date:
    return datetime.fromisoformat(at).astimezone(ZoneInfo("Asia/Jakarta")).date()


def _seen(facts: Mapping[str, Any]) -> date:
    recorded = _local(facts["first_seen"])
    try:
        return min(date.fromisoformat(facts.get("known_on") or ""), recorded)
    except ValueError:
        return recorded


def _case_ids(known: Register) -> dict[str, date]:
    """Every registered case with the day it was first seen."""
    found: dict[str, date] = {}
    for item, facts in known.machine.items():
        if facts.get("case_id") and item.act_id != NO_ACT:
            day = _seen(facts)
            found[facts["case_id"]] = min(day, found.get(facts["case_id"], day))
    return found


def _waiting(known: Register, entries: tuple[Entry, ...]) -> set[str]:
    """Cases whose latest items nobody has settled, or settled as worth clarifying, or whose rules changed since."""
    done: dict[tuple[str, str], list[Outcome]] = {}
    for item, one in outcomes(statements(entries), known.machine).items():
        if one.settled and one.verdict != FOUND:
            done.setdefault((item.activity_id, item.act_id), []).append(one)
    return {
        known.machine[item]["case_id"]
        for key, item in known.current().items()
        if not any(_stands(one, item, known) for one in done.get(key, []))
    }


def _stands(decided: Outcome, item: Item, known: Register) -> bool:
    """Whether a decision made under earlier rules still holds for the latest item of the same matter."""
    if decided.item == item:
        return True
    row = known.by_seen(decided.item, decided.seen)
    then, now = known.facts.get(row.run_id if row else "", {}), known.facts.get(known.machine[item]["run_id"], {})
    return bool(then and now) and not any(one.when == "selalu" for one in changes(then, now, {"act_id": item.act_id}))
