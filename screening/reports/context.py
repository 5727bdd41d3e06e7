"""What reports need to know beyond the run's tables: plain frames and mappings, filled by whoever holds the ruleset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from screening.reports.pictured import Shown

_ACTS = ("act_id", "document", "title", "provision", "category", "summary", "observability", "source", "statuses")
_PHASES = ("contest", "phase", "start", "end")
_CONTESTS = ("contest", "name")
_CONTESTANTS = ("contestant_id", "name")
_SUBJECTS = ("subject_id", "name", "nip", "position", "rank", "grade", "unit", "agency", "asn_status", "identity")
_PRIOR = ("finding_id", "memory", "prior_verdict", "prior_provision", "prior_on", "explanation")


def frame(columns: tuple[str, ...], rows: object = ()) -> pd.DataFrame:
    """A text frame with exactly these columns; rows as dicts, lacking values NA."""
    return pd.DataFrame(list(rows), columns=list(columns)).astype("str")  # type: ignore[call-overload]


@dataclass(frozen=True)
class ReportContext:
    """Plain facts beside a run's tables. Every part may be empty; lacking columns count as unknown.

    acts         act_id, document, title (of the document), provision, category, summary (own short wording), observability
                 (export, media, claim), source, statuses (of contestants, separated by spaces)
    contests     contest, name
    phases       contest, phase, start, end: local dates as ISO text, `end` inclusive; marks the time chart
    contestants  contestant_id, name (pairs, candidates and parties alike)
    subjects     subject_id, name, nip, position, rank, grade, unit, agency, asn_status, identity (pasti, mungkin, lemah)
    signals      signal -> meaning in Indonesian (data/signals.toml)
    zone         the zone in which dates are shown
    known        finding_id -> date the matter became known to the task force
    deadlines    finding_id -> date of the next due step (review computes them from its periods)
    follow_up    overdue or open cases: id_kasus, stage, due, note (shown in the report when not empty)
    prior        earlier human decisions, as `review.memory.carry_over` gives them: finding_id, memory (baru, tetap, dibuka,
                 terbuka), prior_verdict, prior_provision, prior_on, explanation. Shown in laporan.html only: the review
                 files stay blind to what others decided
    round        number of the review round
    jurisdictions  whose task force reports (`data/satgas.toml`)
    pictures     activity_id -> its pictures (`reports.pictured`); empty where none were read
    """

    acts: pd.DataFrame = field(default_factory=lambda: frame(_ACTS))
    contests: pd.DataFrame = field(default_factory=lambda: frame(_CONTESTS))
    phases: pd.DataFrame = field(default_factory=lambda: frame(_PHASES))
    contestants: pd.DataFrame = field(default_factory=lambda: frame(_CONTESTANTS))
    subjects: pd.DataFrame = field(default_factory=lambda: frame(_SUBJECTS))
    signals: Mapping[str, str] = field(default_factory=dict)
    zone: str = "Asia/Jakarta"
    known: Mapping[str, date] = field(default_factory=dict)
    deadlines: Mapping[str, date] = field(default_factory=dict)
    follow_up: pd.DataFrame = field(default_factory=lambda: frame(("id_kasus", "stage", "due", "note")))
    prior: pd.DataFrame = field(default_factory=lambda: frame(_PRIOR))
    round: int = 1
    jurisdictions: tuple[str, ...] = ()
    pictures: Mapping[str, Sequence[Shown]] = field(default_factory=dict)

    def act_table(self) -> pd.DataFrame:
        """Acts indexed by act_id, every documented column present."""
        return _indexed(self.acts, _ACTS)

    def subject_table(self) -> pd.DataFrame:
        """Subjects indexed by subject_id, every documented column present."""
        return _indexed(self.subjects, _SUBJECTS)

    def prior_table(self) -> pd.DataFrame:
        """Earlier decisions indexed by finding_id, every documented column present."""
        return _indexed(self.prior, _PRIOR)

    def phase_table(self, contests: pd.Series) -> pd.DataFrame:
        """Stages of these contests only: contest, phase, start, end; rows that lack one of them are left out."""
        table = self.phases.reindex(columns=list(_PHASES)).dropna()
        return table[table["contest"].isin(contests.unique())]

    def contestant_names(self) -> dict[str, str]:
        return _names(self.contestants, "contestant_id")

    def contest_names(self) -> dict[str, str]:
        return _names(self.contests, "contest")


def _indexed(table: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    return table.reindex(columns=list(columns)).drop_duplicates(columns[0]).set_index(columns[0])


def _names(table: pd.DataFrame, key: str) -> dict[str, str]:
    known = table.reindex(columns=[key, "name"]).dropna()
    return dict(zip(known[key], known["name"], strict=True))
