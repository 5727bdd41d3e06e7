"""Where the review stands: counts per state, what waits for whom, misses in the sample, overdue cases, the ledger's hash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from screening.review.cases import Case, cases, overdue
from screening.review.decisions import Item, Outcome, outcomes, person, statements
from screening.review.follow_up_rules import FollowUpRules
from screening.review.ledger import Entry, head
from screening.review.register import ISSUE, register
from screening.review.sample import Misses, misses
from screening.review.settings import settings

STATES = {
    "belum": "belum ditelaah", "satu_suara": "satu suara, menunggu penelaah kedua", "berbeda": "berbeda, menunggu penengah",
    "bertentangan": "penelaah bertentangan dengan putusannya sendiri", "sepakat": "sepakat", "penengah": "diputus penengah",
}  # fmt: skip


@dataclass(frozen=True)
class Status:
    """Figures of a ledger on a day; `open_by` counts handed-out rows that a reviewer has not answered."""

    entries: int
    head: str
    states: Mapping[str, int]
    verdicts: Mapping[str, int]
    open_by: Mapping[str, int]
    recused: int
    loose: int
    sampled: int
    misses: Misses | None
    cases: tuple[Case, ...]
    overdue: tuple[Case, ...]


def status(entries: tuple[Entry, ...], today: date, rules: FollowUpRules | None = None) -> Status:
    """The figures; only the latest rule version and round of every matter is counted."""
    known = register(entries)
    said = statements(entries)
    every = outcomes(said, [*known.machine, *known.samples])
    latest = _latest(every, known.current() | {(item.activity_id, item.act_id): item for item in known.samples})
    found = cases(entries, rules)
    answered = {(person(one.who), one.item) for one in said}
    open_by: Counter[str] = Counter()
    handed: dict[str, set[Item]] = {}
    for entry in entries:
        if entry.kind == ISSUE and entry.body["reviewer"]:
            items = {
                Item(r["activity_id"], r["act_id"], r["ruleset_version"], int(r["round"])) for r in entry.body["items"]
            }
            handed.setdefault(entry.body["reviewer"], set()).update(items)
    for who, items in handed.items():
        open_by[who] = sum(item in latest and (person(who), item) not in answered for item in items)
    return Status(
        entries=len(entries), head=head(entries),
        states=Counter(one.state for one in latest.values()),
        verdicts=Counter(one.verdict for one in latest.values() if one.verdict),
        open_by=open_by, recused=sum(bool(one.recused) for one in latest.values()),
        loose=sum(known.by_seen(one.item, one.seen) is None for one in said),
        sampled=len(known.samples), misses=misses(known.samples, every), cases=tuple(found), overdue=tuple(overdue(found, today)),
    )  # fmt: skip


def _latest(every: Mapping[Item, Outcome], current: Mapping[tuple[str, str], Item]) -> dict[Item, Outcome]:
    """The highest round of the current rule version of every matter, and matters no run was registered for."""
    best: dict[tuple[str, str], Outcome] = {}
    for item, one in every.items():
        key = (item.activity_id, item.act_id)
        if key in current and current[key].ruleset_version != item.ruleset_version:
            continue
        if key not in best or best[key].item.round < item.round:
            best[key] = one
    return {one.item: one for one in best.values()}


def status_text(one: Status, today: date) -> str:
    """The figures in Indonesian, for the terminal or the minutes."""
    lines = [f"Buku telaah: {one.entries} catatan, rantai utuh.", f"Kode pengaman (salin ke berita acara): {one.head}"]
    total = sum(one.states.values())
    lines += ["", f"Baris: {total}"] + [
        f"  {STATES[name]}: {one.states[name]}" for name in STATES if one.states.get(name)
    ]
    if one.verdicts:
        lines += ["Putusan akhir:"] + [f"  {name}: {count}" for name, count in sorted(one.verdicts.items())]
    waiting = {who: count for who, count in one.open_by.items() if count}
    if waiting:
        lines += ["Belum dijawab:"] + [f"  {who}: {count} baris" for who, count in sorted(waiting.items())]
    if one.recused:
        lines.append(f"Ada penelaah yang mengundurkan diri pada {one.recused} baris; pastikan penggantinya.")
    if one.loose:
        lines.append(
            f"{one.loose} pernyataan berasal dari baris yang prosesnya tidak terdaftar: hanya sidiknya sendiri yang menjamin. "
            "Impor dengan --run."
        )
    lines += _misses(one)
    active = [case for case in one.cases if not case.closed]
    lines += ["", f"Kasus terbuka: {len(active)}; terlambat: {len(one.overdue)}"]
    for case in one.overdue:
        due = case.due.isoformat() if case.due else ""
        lines.append(
            f"  {case.case_id}: tahap {case.stage}, tenggat {due} ({case.why_due}), terlambat {case.late(today)} hari"
        )
    return "\n".join(lines)


def _misses(one: Status) -> list[str]:
    if not one.sampled:
        return []
    if one.misses is None:
        return [f"Sampel tanpa temuan: {one.sampled} baris dibagikan, belum ada yang selesai."]
    m = one.misses
    small = "; terlalu sedikit untuk disimpulkan" if m.reviewed < settings()["votes"]["small_n"] else ""
    return [
        f"Sampel tanpa temuan: {m.reviewed} dari {one.sampled} selesai, {m.found} ternyata layak klarifikasi: perkiraan terlewat "
        f"{_percent(m.rate)} (95 %: {_percent(m.low)}–{_percent(m.high)}){small}."
    ]


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %".replace(".", ",")
