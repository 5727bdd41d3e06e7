"""`lexicon import`: a table of candidates (CSV or XLSX) becomes a local lexicon, each name weighed by its rarity.

Contests for seats bring thousands of people with ordinary names. What must stand beside a name is decided by the same rules
as for the lists that are shipped (`ruleset/listed.py`): a name alone is never evidence.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path

from screening.errors import Problem
from screening.ruleset.conditions import cell_of
from screening.ruleset.contests import Contest, contest_of
from screening.ruleset.entries import COLUMNS, Entry
from screening.ruleset.lexicon import check_references
from screening.ruleset.listed import Candidate, Cues, candidate_entries, namesakes
from screening.ruleset.patterns import name_words
from screening.ruleset.sheet import read_sheet

HEADERS: Mapping[str, tuple[str, ...]] = {
    "name": ("nama", "nama calon", "nama caleg", "nama kandidat", "nama lengkap"),
    "party": ("partai", "parpol", "partai politik"),
    "number": ("nomor", "no urut", "nomor urut", "no"),
    "district": ("dapil", "daerah pemilihan", "daerah", "wilayah"),
    "contest": ("kontes", "pemilihan"),
    "account": ("akun", "handle"),
}
# Titles stand before a name, degrees behind it: after the first comma, or glued to it. Both lists are forms, not names.
_TITLES = frozenset(
    {"h", "hj", "hi", "hm", "dr", "drs", "dra", "ir", "prof", "kh", "tgh", "tgk", "ust", "r", "rr", "ra", "drg", "drh", "apt"}
    | {"capt", "pdt", "ny", "irjen", "brigjen", "mayjen", "letjen", "komjen", "kolonel", "kol", "letkol", "jenderal", "st"}
    | {"laksamana", "madya", "tni", "pol", "purn", "asc"}
)  # fmt: skip
_DEGREE = re.compile(
    r"\s+(?:S\.?(?:E|H|T|Ag|Sos|IP|Pd|Kom|STP|Si|Psi|Km)|M\.?(?:M|Si|H|Pd|AP|Kes|BA|Sc|T)|Ph\.?D|A\.?Md\.?\w*)\.?$",
    re.I,
)
_MARK = re.compile(
    r"\((?:purn|h\.?c|c|k|hons|acc|han|pd|p)\.?\)\.?", re.I
)  # of degrees and ranks; other brackets are nicknames
_NICKNAME = re.compile(r"\(([^)]*)\)")
_GLUED = re.compile(r"(?<![A-Za-z])([A-Za-z]{1,7})\.(?=[A-Za-z])")  # "dr.Hj. Maya", "H.Ruslan"


def plain_name(written: str) -> str:
    """The name without titles and degrees; a nickname stays behind it in brackets."""
    name = _MARK.sub(" ", " ".join(written.replace("\u2019", "'").split()))
    nicknames = [one.strip() for one in _NICKNAME.findall(name) if len(one.strip()) > 2]
    name = _NICKNAME.sub(" ", name).split(",")[0].strip()
    name = _GLUED.sub(lambda match: f"{match[0]} " if match[1].casefold() in _TITLES else match[0], name)
    parts = name.split()
    while len(parts) > 1 and parts[0].strip(".").replace(".", "").casefold() in _TITLES:
        parts = parts[1:]
    name = " ".join(parts)
    while " " in name and _DEGREE.search(name):
        name = _DEGREE.sub("", name)
    return " ".join([name.rstrip(". "), *(f"({one})" for one in nicknames)])


def import_candidates(
    path: Path, contest: str = "pileg-2024", contests: Mapping[str, Contest] | None = None
) -> tuple[list[Entry], list[Problem]]:
    """Lexicon entries for every candidate of the table, and every problem with file and line.

    `contest` is used where the table has no such column; with `contests` each is held against the election files, as a run
    does it. Of candidates with one name each keeps entries, which ask for what tells them apart.
    """
    found, problems = read_sheet(path, HEADERS, required=("name",))
    people: list[tuple[int, dict[str, str]]] = []
    for line, cell in found:
        name = plain_name(cell.get("name", ""))
        if sum(map(str.isalpha, name)) < 3:
            problems.append(Problem(path.name, line, "nama calon kosong atau bukan nama", "isi kolom nama"))
            continue
        people.append((line, {**cell, "name": name}))
    bearers = namesakes(cell["name"] for _, cell in people)
    taken: Counter[str] = Counter()
    entries: list[Entry] = []
    for line, cell in people:
        entries += _entries(
            cell, contest, bearers, taken, Candidate("", "", "", _SOURCE, path.name, line), contests or {}
        )
    if contests is not None:
        wrong = check_references(entries, contests)
        problems += wrong
        lines = {problem.line for problem in wrong}
        entries = [entry for entry in entries if entry.line not in lines]
    return entries, sorted(problems)


_SOURCE = "tabel calon yang diimpor"


def write_candidates(entries: Collection[Entry]) -> str:
    """The entries as the text of a lexicon CSV."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row_of(entry) for entry in entries)
    return out.getvalue()


def _entries(
    cell: dict[str, str], contest: str, bearers: Counter[str], taken: Counter[str], of: Candidate,
    contests: Mapping[str, Contest],
) -> list[Entry]:  # fmt: skip
    contest = cell.get("contest") or contest
    known = contest_of(contests, f"{contest}/")
    legislative = known.kind == "legislative" if known is not None else contest.startswith("pileg")
    slug = _slug(" ".join(name_words(_NICKNAME.sub("", cell["name"]))))
    where = _slug(f"{cell.get('district', '')} {cell.get('party', '')}")
    number = cell.get("number") or ""
    entry_id = "-".join(part for part in (contest, where, slug) if part)
    taken[entry_id] += 1
    cues = Cues(
        legislative,
        party=cell.get("party", ""),
        district=cell.get("district", "") if legislative else "",
        region="" if legislative else cell.get("district", ""),
        number=number if number.isdigit() else "",
        account=cell.get("account", "").lstrip("@"),
    )
    who = of._replace(
        id=f"{contest}/{number}" if not legislative and number.isdigit()
        else f"{contest}/{'-'.join(part for part in (where, number or slug) if part)}",
        contest=contest,
        entry_id=entry_id if taken[entry_id] == 1 else f"{entry_id}-{taken[entry_id]}",
    )  # fmt: skip
    shared = bearers[" ".join(name_words(_NICKNAME.sub("", cell["name"])))] > 1
    return list(candidate_entries(cell["name"], cues, shared, who))


def row_of(entry: Entry) -> dict[str, str]:
    """An entry as a row of a lexicon CSV (`entries.COLUMNS`); reading it gives the entry again."""
    row = {name: str(getattr(entry, name) or "") for name in COLUMNS}
    return {**row, "requires": cell_of(entry.requires), "barred_by": cell_of(entry.barred_by)}


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
