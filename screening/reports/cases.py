"""Cases: the review rows of one person in one contest, as the lists of page, workbook and terminal show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from screening.reports.labels import words

_BANDS = tuple(words("band").values())
NO_CONTEST = "tidak terikat satu pemilihan"
_ACTS = 3  # codes named in a line; the rest is counted


@dataclass(frozen=True)
class CaseRow:
    """One case: `activities` and `assessments` are numbers of it, `first` and `last` days (ISO text, or empty)."""

    id: str
    who: str
    unit: str
    contest: str
    activities: int
    assessments: int
    band: str
    score: int
    acts: str
    first: str
    last: str
    due: str

    def as_row(self) -> dict[str, Any]:
        """The case in the words of the terminal list."""
        return {
            "nomor": self.id,
            "pegawai atau akun": self.who,
            "unit": self.unit,
            "pemilihan": self.contest or NO_CONTEST,
            "prioritas": self.band,
            "skor": self.score,
            "aktivitas": self.activities,
            "penilaian": self.assessments,
            "butir": self.acts,
            "waktu": self.first if self.first == self.last else f"{self.first} s.d. {self.last}",
        }


def case_rows(rows: Iterable[Mapping[str, Any]]) -> list[CaseRow]:
    """The cases of review rows (columns of the review file, `pemilihan` as `named` adds it), highest band and score first."""
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row["id_kasus"], []).append(row)
    found = [_case(key, own) for key, own in grouped.items()]
    return sorted(found, key=lambda case: (_rank(case.band), -case.score, case.id))


def named(rows: Iterable[Mapping[str, Any]], contests: Iterable[Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Review rows with the name of their contest as `pemilihan`; `contests` are their ids, in the same order."""
    told = (names.get(contest, contest) if isinstance(contest, str) else NO_CONTEST for contest in contests)
    return [{**row, "pemilihan": name} for row, name in zip(rows, told, strict=True)]


def _case(key: str, rows: list[Mapping[str, Any]]) -> CaseRow:
    acts = [*dict.fromkeys(str(row["kode_perbuatan"]) for row in rows)]
    days = sorted(row["waktu_kejadian"][:10] for row in rows if row["waktu_kejadian"])
    due = min((row["tenggat"] for row in rows if row["tenggat"]), default="")
    top = rows[0]
    return CaseRow(
        id=key,
        who=str(top["nama_tersamar"]),
        unit=str(top["unit_kerja"] or ""),
        contest=str(top.get("pemilihan") or ""),
        activities=len({row["id_aktivitas"] for row in rows}),
        assessments=len(rows),
        band=min((str(row["prioritas_telaah"]) for row in rows), key=_rank),
        score=max(int(row["skor"]) for row in rows),
        acts=", ".join(acts[:_ACTS]) + (f" +{len(acts) - _ACTS}" if len(acts) > _ACTS else ""),
        first=days[0] if days else "",
        last=days[-1] if days else "",
        due=due,
    )


def _rank(band: str) -> int:
    return _BANDS.index(band) if band in _BANDS else len(_BANDS)
