"""What may be seen of a run at the desk: its cases, and one case with all its evidence, each activity once.

Words come masked from `reports.shown`; rows are those of the review file, as the ledger registered them. Nothing here knows what
anybody decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

import pandas as pd

from screening.reports import labels, sentences
from screening.reports.cases import CaseRow, case_rows, named
from screening.reports.context import ReportContext
from screening.reports.dossier import identity
from screening.reports.evidence import Hit, fields, hits_of
from screening.reports.pictured import Shown as Picture
from screening.reports.rows import law_text
from screening.review.decisions import Item
from screening.review.issue import item_of, typed
from screening.review.runs import ReviewRun
from screening.sheets import cell_text, finding_key
from screening.tables import decode, encode

_STANDING = ("matched", "alternative", "applicable", "other")  # the order in which provisions are offered


@dataclass(frozen=True)
class Provision:
    """A provision in words: `summary` the program's own short wording, `law` where it stands."""

    code: str
    summary: str
    law: str
    category: str
    statuses: frozenset[str]


@dataclass(frozen=True)
class Match:
    """One row of the review file: an activity and a provision the machine matched with it, with its reasons."""

    item: Item
    finding: str
    provision: Provision
    result: str
    band: str
    target: str
    status: str
    score: int
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    mitigating: tuple[str, ...]


@dataclass(frozen=True)
class Deed:
    """One activity of a case: its evidence in pieces, its pictures, and the provisions to tick, applicable ones first."""

    activity: str
    event: str
    when: str
    phase: str
    facts: tuple[tuple[str, str], ...]
    fields: Sequence[Any]
    pictures: tuple[Picture, ...]
    matches: tuple[Match, ...]
    others: Mapping[str, tuple[Provision, ...]]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line for one in self.matches for line in one.missing))

    @property
    def mitigating(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line for one in self.matches for line in one.mitigating))


@dataclass(frozen=True)
class File:
    """One case as it is shown: the person, the contest with its phases, and the deeds of one page in their order in time."""

    row: CaseRow
    identity: tuple[Mapping[str, str], ...]
    accounts: tuple[tuple[str, str, str], ...]
    phases: tuple[tuple[str, str, str], ...]
    known: str
    deeds: tuple[Deed, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class Material:
    """A run as the desk shows it.

    `waiting`: the queue (`reports.queue.queue`) with details, as may be seen; `hits`: HITS as may be seen (columns MARKED).
    `given`: the rows that one person was handed, where they are not those of the run; `blind`: without score, result and reasons.
    """

    run: ReviewRun
    waiting: pd.DataFrame
    hits: pd.DataFrame
    context: ReportContext
    zone: str = "Asia/Jakarta"
    per_page: int = 25
    given: Sequence[Mapping[str, Any]] | None = None
    blind: bool = False
    _views: dict[tuple[str, int], File] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """Rows of the review file, in the order of work."""
        return [*map(typed, self.run.rows if self.given is None else map(dict, self.given))]

    @cached_property
    def cases(self) -> dict[str, CaseRow]:
        """Case number -> its line, in the order of work."""
        contests = dict(zip(self.waiting["finding_id"], self.waiting["contest"], strict=True))
        told = named(
            self.rows, (contests.get(finding_key(row["id_temuan"])) for row in self.rows), self.context.contest_names()
        )
        return {case.id: case for case in case_rows(told)}

    @cached_property
    def of_case(self) -> dict[str, list[dict[str, Any]]]:
        """Case number -> its rows."""
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.rows:
            found.setdefault(row["id_kasus"], []).append(row)
        return found

    @cached_property
    def findings(self) -> dict[str, int]:
        """Finding id -> its place in `waiting`."""
        return {key: at for at, key in enumerate(self.waiting["finding_id"])}

    @cached_property
    def provisions(self) -> dict[str, Provision]:
        """Every provision that may be named, by its code, in the order of the documents."""
        return {
            str(code): Provision(
                str(code), cell_text(act.get("summary")) or str(code), law_text(act, act),
                labels.label("category", act.get("category")), frozenset(cell_text(act.get("statuses")).split()),
            )
            for code, act in self.context.act_table().to_dict("index").items()
        }  # fmt: skip

    @cached_property
    def pictures(self) -> dict[str, bytes]:
        """SHA-256 -> the small picture, without metadata."""
        return {
            one.sha256: one.jpeg for shown in self.context.pictures.values() for one in shown if one.jpeg and one.sha256
        }

    @cached_property
    def _hits_at(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, activity in enumerate(self.hits["activity_id"].tolist()):
            found.setdefault(activity, []).append(at)
        return found

    @cached_property
    def order(self) -> dict[str, list[str]]:
        """Case number -> its activities in their order in time, those without a time last."""
        when = dict(zip(self.waiting["activity_id"], self.waiting["happened_at"], strict=True))
        out = {}
        for case, rows in self.of_case.items():
            ids = dict.fromkeys(row["id_aktivitas"] for row in rows)
            out[case] = sorted(ids, key=lambda one: (pd.isna(when.get(one)), str(when.get(one)), one))
        return out

    def prepare(self) -> None:
        """Work out now what every page needs, so that nobody waits for it."""
        _ = self.cases, self.findings, self.provisions, self.pictures, self._hits_at, self.order

    def pages(self, case: str) -> int:
        return -(-len(self.order[case]) // self.per_page)

    def file(self, case: str, page: int = 1) -> File:
        """One page of a case; KeyError for a case the run does not have."""
        if (found := self._views.get((case, page))) is None:
            if len(self._views) > 64:
                self._views.clear()
            found = self._views[case, page] = self._file(case, page)
        return found

    def _file(self, case: str, page: int) -> File:
        rows = self.of_case[case]
        page = max(1, min(page, self.pages(case)))
        shown = self.order[case][(page - 1) * self.per_page : page * self.per_page]
        wanted = {row["id_aktivitas"] for row in rows} & {*shown}
        keys = [finding_key(row["id_temuan"]) for row in rows if row["id_aktivitas"] in wanted]
        places = [self.findings[key] for key in keys if key in self.findings]
        frame = self.waiting.iloc[places]
        hits = self.hits.iloc[[at for one in shown for at in self._hits_at.get(one, ())]]
        noticed = hits_of(hits, frame["activity_id"])
        by_id = {finding_key(row["id_temuan"]): row for row in rows}
        groups = dict([*frame.groupby("activity_id", sort=False)])
        deeds = tuple(self._deed(groups[one], by_id, noticed) for one in shown if one in groups)
        subjects = self.context.subject_table()
        subject = cell_text(frame["subject_id"].iloc[0]) if len(frame) else ""
        person = subjects.loc[subject].to_dict() if subject in subjects.index else {}
        accounts = dict.fromkeys(
            (row["akun"], row["platform"], row["keyakinan_identitas"]) for row in rows if row["akun"]
        )
        return File(
            self.cases[case], tuple(identity(person)), tuple(accounts), self._phases(frame),
            min((row["waktu_diketahui"][:10] for row in rows if row["waktu_diketahui"]), default=""), deeds, page, self.pages(case),
        )  # fmt: skip

    def _phases(self, frame: pd.DataFrame) -> tuple[tuple[str, str, str], ...]:
        table = self.context.phase_table(frame["contest"]).sort_values("start")
        return tuple(
            (labels.label("phase", row["phase"]), row["start"], row["end"]) for row in table.to_dict("records")
        )

    def _deed(
        self, group: pd.DataFrame, rows: Mapping[str, Mapping[str, Any]], noticed: Mapping[str, list[Hit]]
    ) -> Deed:
        records = group.to_dict("records")
        first = records[0]
        row = rows[first["finding_id"]]
        # An activity stands once, so the marks of all its provisions stand in it together.
        first = {**first, "reasons": encode([part for one in records for part in decode(one["reasons"])])}
        matches = sorted((self._match(one, rows[one["finding_id"]]) for one in records), key=lambda one: -one.score)
        clock = labels.label("time_basis", first["time_basis"])
        facts = {
            "when": f"{row['waktu_kejadian']} — {clock}" if row["waktu_kejadian"] else "",
            "account": row["akun"], "owner": row["keyakinan_identitas"], "toward": row["akun_sasaran"], "link": row["tautan"],
            "seen": labels.label("visibility", first["visibility"]), "source": row["berkas_sumber"], "sha256": row["sha256_bukti"],
            "id": row["id_aktivitas"],
        }  # fmt: skip
        return Deed(
            row["id_aktivitas"], row["peristiwa"], row["waktu_kejadian"], row["tahapan_pemilu"],
            tuple((name, str(value)) for name, value in facts.items() if value),
            fields(first, noticed.get(row["id_aktivitas"], []), self.context),
            tuple(self.context.pictures.get(row["id_aktivitas"], ())), tuple(matches), self._others(records, matches),
        )  # fmt: skip

    def _match(self, finding: Mapping[Any, Any], row: Mapping[str, Any]) -> Match:
        code = str(row["kode_perbuatan"])
        named_by_row = Provision(code, row["perbuatan"] or code, row["dasar_hukum"], row["kategori"], frozenset())
        reasons = (
            [] if self.blind else [sentences.plain(part) for part in decode(finding["reasons"]) if part.get("points")]
        )
        return Match(
            item_of(dict(row)), finding_key(finding["finding_id"]), self.provisions.get(code, named_by_row), row["hasil"],
            row["prioritas_telaah"], row["sasaran"], row["status_sasaran"], int(row["skor"] or 0), tuple(dict.fromkeys(reasons)),
            tuple(sentences.missing_text(finding["missing"]).splitlines()) if decode(finding["missing"]) else (),
            tuple(sentences.plain(part) for part in decode(finding["mitigating"])),
        )  # fmt: skip

    def _others(
        self, records: Sequence[Mapping[Any, Any]], matches: Sequence[Match]
    ) -> dict[str, tuple[Provision, ...]]:
        """Provisions besides the matched ones: those the machine names as fitting too, those for this status, the rest."""
        taken = {one.provision.code for one in matches} - {""}
        named_too = dict.fromkeys(
            code for one in records for code in ([] if self.blind else decode(one["alternatives"])) if code not in taken
        )
        status = {cell_text(one["candidate_status"]) for one in records} - {""}
        groups: dict[str, list[Provision]] = {name: [] for name in _STANDING[1:]}
        for code, one in self.provisions.items():
            if code in taken:
                continue
            group = "alternative" if code in named_too else "applicable" if one.statuses & status else "other"
            groups[group].append(one)
        return {name: tuple(found) for name, found in groups.items() if found}


def by_phase(deeds: Sequence[Deed]) -> list[tuple[str, list[Deed]]]:
    """Deeds in their order under the phases they fall in."""
    return [(phase, [*own]) for phase, own in groupby(deeds, key=lambda one: one.phase)]
