"""Bring reviewers' files into the ledger: all rows checked, all faults told, nothing lost, nothing twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from screening.errors import UsageError
from screening.review.arrivals import Arrival, Row, read_file
from screening.review.cases import case_draft
from screening.review.checks import Checked, Desk, Refusal, check_row
from screening.review.decisions import (
    ADJUDICATION,
    FOUND,
    NO_ACT,
    Item,
    Statement,
    earlier,
    person,
    standing,
    statements,
)
from screening.review.ledger import Draft, append, head, read
from screening.review.register import Issued, record_runs, register
from screening.review.runs import ReviewRun
from screening.sheets import EXCEL_ID, write_table
from screening.whole import whole

REFUSED_COLUMNS = ("berkas", "baris", "kolom", "id_temuan", "nilai_tersamar", "sebab", "saran")
ZONE = ZoneInfo("Asia/Jakarta")


@dataclass
class Books:
    """What became of a file's rows; `rows == new + changed + same + case_only + blank + refused`."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    case_only: int = 0
    blank: int = 0
    refused: int = 0

    @property
    def balanced(self) -> bool:
        return self.rows == self.new + self.changed + self.same + self.case_only + self.blank + self.refused


@dataclass
class Imported:
    """The account of one import."""

    books: dict[str, Books] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    head: str = ""


@dataclass(frozen=True)
class Handing:
    """Who imports and under which assertions: `reviewer` all rows must be by this person; `correction` the reason for which
    earlier statements of the same person are replaced; `provisions` the codes that exist (None: not checked).
    """

    by: str
    reviewer: str = ""
    correction: str = ""
    provisions: frozenset[str] | None = None
    now: datetime | None = None

    @property
    def today(self) -> date:
        return (self.now or datetime.now(ZONE)).astimezone(ZONE).date()


def import_files(paths: Sequence[Path], ledger: Path, handing: Handing, runs: Iterable[ReviewRun] = ()) -> Imported:
    """Check every row of `paths` and append what is sound to `ledger`; `runs` are registered first.

    The same files in any order, or twice, lead to the same outcomes. A file that cannot be read at all is one refusal.
    """
    arrivals: list[Arrival] = []
    unread: list[Refusal] = []
    for path in paths:
        try:
            arrivals.append(read_file(path))
        except UsageError as error:
            unread.append(Refusal(path.name, 0, "", "", "", str(error), "perbaiki berkas lalu impor lagi"))
    done = take_in(arrivals, ledger, handing, runs)
    done.refusals = unread + done.refusals
    done.books = {str(path): done.books.get(str(path), Books()) for path in paths}
    return done


def take_in(
    arrivals: Sequence[Arrival],
    ledger: Path,
    handing: Handing,
    runs: Iterable[ReviewRun] = (),
    *,
    all_or_nothing: bool = False,
) -> Imported:
    """The one door to the ledger for decisions, from files and from the desk alike; `all_or_nothing`: where a row is refused,
    none is recorded."""
    entries = record_runs(ledger, runs, handing.by, handing.now)
    known = register(entries)
    provisions = handing.provisions
    if provisions is not None:
        provisions = provisions | (known.provisions - {NO_ACT})
    desk = Desk(known, handing.today, handing.reviewer, provisions)
    done = Imported()
    said: dict[tuple[Item, str], list[Statement]] = {}
    for statement in statements(entries):
        said.setdefault((statement.item, person(statement.who)), []).append(statement)
    recorded = {entry.entry_id for entry in entries}
    for arrival in arrivals:
        books = done.books.setdefault(str(arrival.path), Books())
        _one_file(arrival, desk, handing, done, books, said, recorded)
        assert books.balanced, books
    if all_or_nothing and done.refusals:
        done.drafts = []
    added = append(ledger, done.drafts, at=handing.now)
    done.head = head(added or read(ledger))
    return done


def _one_file(
    arrival: Arrival, desk: Desk, handing: Handing, done: Imported, books: Books,
    said: dict[tuple[Item, str], list[Statement]], recorded: set[str],
) -> None:  # fmt: skip
    checked = [(row, check_row(arrival, row, desk)) for row in arrival.rows]
    _only_one_reviewer(arrival, checked, desk)
    _no_twins(arrival, checked)
    _third_person(arrival, checked, said)
    for _, result in checked:
        books.rows += 1
        done.notes += result.notes
        if result.blank or result.refusals:
            books.blank += result.blank
            books.refused += not result.blank
            done.refusals += result.refusals
            continue
        # Not by which way it came: a ledger is the same whether a decision was made at the desk, in a CSV or in a workbook.
        why = "diserahkan penelaah" + (f"; koreksi: {handing.correction}" if handing.correction else "")
        drafts = []
        if result.case:
            drafts.append(case_draft(result.case["id_kasus"], result.case["tahap"], result.case["penelaah"] or handing.by, why,
                                     letter=result.case["nomor_surat"], note=result.case["hasil_klarifikasi"]))  # fmt: skip
        if result.statement:
            first, *others = spread(result.statement, result.issued)
            _count_statement(first, handing, done, books, said, drafts, why)
            for other in others:
                _count_statement(other, handing, done, Books(), said, drafts, why)
        elif any(draft.id not in recorded for draft in drafts):
            books.case_only += 1
        else:
            books.same += 1
        fresh = [draft for draft in drafts if draft.id not in recorded]
        recorded.update(draft.id for draft in fresh)
        done.drafts += fresh


def spread(one: Statement, issued: Issued | None) -> list[Statement]:
    """A statement about an activity shown as a whole, for every act the machine had matched with it.

    "Worth clarifying" speaks only about the provision the reviewer named; every other verdict about all of them.
    """
    items = [one.item, *(issued.covers if issued else ())]
    if one.verdict != FOUND:
        return [replace(one, item=item) for item in items]
    return [replace(one, item=next((item for item in items if item.act_id == one.provision), one.item))]


def _count_statement(
    new: Statement, handing: Handing, done: Imported, books: Books,
    said: dict[tuple[Item, str], list[Statement]], drafts: list[Draft], why: str,
) -> None:  # fmt: skip
    own = said.setdefault((new.item, person(new.who)), [])
    last = standing(own)
    if any(_same(new, old) for old in own) and (not handing.correction or (len(last) == 1 and _same(new, last[0]))):
        books.same += 1
        return
    differing = [old for old in last if old.said != new.said]
    if differing and handing.correction:
        new = replace(new, replaces=tuple(sorted(old.id for old in last)))
    elif differing and not all(earlier(old, new) for old in differing):
        done.notes.append(
            f"{new.who}: putusan untuk {new.item.activity_id[:12]}/{new.item.act_id} berbeda dari putusannya sendiri tanpa "
            "tanggal yang lebih baru; keduanya disimpan dan ditandai bertentangan. Impor lagi dengan --correction ALASAN "
            "untuk menggantinya."
        )
    books.changed += bool(own)
    books.new += not own
    own.append(new)
    drafts.append(new.draft(why))


def _same(one: Statement, other: Statement) -> bool:
    return replace(one, who="", replaces=()) == replace(other, who="", replaces=())


def _only_one_reviewer(arrival: Arrival, checked: list[tuple[Row, Checked]], desk: Desk) -> None:
    """Rows that were not handed to a named person must all be by one: nobody fills in for another."""
    loose = [(row, one) for row, one in checked if one.statement and one.issued and not one.issued.reviewer]
    names = {person(one.statement.who): one.statement.who for _, one in loose if one.statement}
    if len(names) < 2 or desk.reviewer:
        return
    cause = f"berkas memuat {len(names)} penelaah ({', '.join(sorted(names.values()))})"
    for row, result in loose:
        _refuse(arrival, row, result, "penelaah", cause, "satu berkas untuk satu penelaah; atau sebut --reviewer NAMA")


def _third_person(
    arrival: Arrival, checked: list[tuple[Row, Checked]], said: Mapping[tuple[Item, str], list[Statement]]
) -> None:
    """Whoever voted or withdrew cannot settle the same matter."""
    for row, result in checked:
        one = result.statement
        if one and one.kind == ADJUDICATION:
            own = said.get((one.item, person(one.who)), [])
            if any(old.kind != ADJUDICATION for old in own):
                cause = f"{one.who} sudah memutus atau mengundurkan diri pada baris ini: penengah harus orang lain"
                _refuse(arrival, row, result, "penelaah", cause, "serahkan kepada orang ketiga")


def _no_twins(arrival: Arrival, checked: list[tuple[Row, Checked]]) -> None:
    """The same item twice in one file with different decisions: neither counts."""
    twins = "baris kembar dengan putusan berbeda dalam satu berkas"
    groups: dict[tuple[Item, str], list[tuple[Row, Checked]]] = {}
    for row, result in checked:
        if result.statement:
            groups.setdefault((result.statement.item, person(result.statement.who)), []).append((row, result))
    for group in groups.values():
        if len({result.statement.said for _, result in group if result.statement}) > 1:
            for row, result in group:
                _refuse(arrival, row, result, "id_temuan", twins, "sisakan satu baris")


def _refuse(arrival: Arrival, row: Row, result: Checked, column: str, cause: str, remedy: str) -> None:
    finding = result.issued.finding_id if result.issued else ""
    result.refusals.append(Refusal(arrival.path.name, row.number, column, finding, "", cause, remedy))


def write_refusals(path: Path, refusals: Sequence[Refusal]) -> None:
    """ditolak CSV: one line per fault, evidence masked."""
    rows = [(r.file, r.row, r.column, r.finding and f"T-{r.finding}", r.value, r.cause, r.remedy) for r in refusals]
    with whole([path]) as (place,):
        write_table(place, REFUSED_COLUMNS, rows, EXCEL_ID)
