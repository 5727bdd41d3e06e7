"""`lexicon import`: a table of candidates (CSV or XLSX) becomes a local lexicon, each name weighed by its rarity.

Legislative contests bring thousands of people with ordinary names. A name counts by itself only when it is rare; a common
one needs its party, number, district or account beside it. Rarity: parts of the name that are not in the own list of
frequent Indonesian name parts (`lexicons/words/nama_umum.csv`) and are no dictionary words.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from screening.errors import Problem
from screening.ruleset.entries import COLUMNS
from screening.ruleset.sheet import read_sheet
from screening.ruleset.wordforms import is_ordinary
from screening.text import words

HEADERS: Mapping[str, tuple[str, ...]] = {
    "name": ("nama", "nama calon", "nama caleg", "nama kandidat", "nama lengkap"),
    "party": ("partai", "parpol", "partai politik"),
    "number": ("nomor", "no urut", "nomor urut", "no"),
    "district": ("dapil", "daerah pemilihan", "daerah", "wilayah"),
    "contest": ("kontes", "pemilihan"),
    "account": ("akun", "handle"),
}
# Degrees are cut from the end, titles from the front; both lists are forms, not names.
_DEGREE = re.compile(r",.*$|\s+(?:S\.?[A-Z][\w.]*|M\.?[A-Z][\w.]*|Ph\.?D|A\.?Md\.?\w*)\s*$")
_TITLES = {"h", "hj", "dr", "drs", "dra", "ir", "prof", "kh", "tgh", "ust", "r", "rr", "ra", "drg", "apt"}
RARE, UNCOMMON, COMMON = "langka", "kurang umum", "umum"


def rarity(name: str) -> str:
    """How much a name tells whom it means: RARE (two rare parts or more), UNCOMMON (one beside another), else COMMON."""
    parts = [part for part in words(name) if len(part) > 2]
    rare = [part for part in parts if not is_ordinary(part)]
    if len(rare) >= 2:
        return RARE
    return UNCOMMON if rare and len(parts) >= 2 else COMMON


def plain_name(written: str) -> str:
    """The name without titles and degrees."""
    bare = _DEGREE.sub("", written).strip()
    parts = bare.split()
    while len(parts) > 1 and parts[0].rstrip(".").casefold() in _TITLES:
        parts = parts[1:]
    return " ".join(parts)


def import_candidates(path: Path, contest: str = "pileg-2024") -> tuple[list[dict[str, str]], list[Problem]]:
    """Lexicon rows (columns of `entries.COLUMNS`) for every candidate of the table, and every problem with file and line.

    `contest` is used where the table has no such column. Two candidates of one name keep both rows; neither counts alone.
    """
    found, problems = read_sheet(path, HEADERS, required=("name",))
    people: list[tuple[int, dict[str, str]]] = []
    for line, cell in found:
        name = plain_name(cell.get("name", ""))
        if len(words(name)) == 0 or not any(part.isalpha() for part in words(name)):
            problems.append(Problem(path.name, line, "nama calon kosong atau bukan nama", "isi kolom nama"))
            continue
        people.append((line, {**cell, "name": name}))
    namesakes = Counter(" ".join(words(cell["name"])) for _, cell in people)
    rows = [row for _, cell in people for row in _rows(cell, contest, namesakes[" ".join(words(cell["name"]))])]
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row["entry_id"]] += 1
        if seen[row["entry_id"]] > 1:
            row["entry_id"] += f"-{seen[row['entry_id']]}"
    return rows, problems


def write_candidates(rows: list[dict[str, str]]) -> str:
    """The rows as the text of a lexicon CSV."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _rows(cell: dict[str, str], contest: str, namesakes: int) -> list[dict[str, str]]:
    """One row that means the candidate; for a name that is less common but not rare, a weak one that only hints."""
    contest = cell.get("contest") or contest
    name = cell["name"]
    degree = COMMON if namesakes > 1 else rarity(name)
    slug = _slug(" ".join(words(name)))
    where = _slug(f"{cell.get('district', '')} {cell.get('party', '')}")
    number = cell.get("number") or ""
    example = f"Dukung caleg {name} nomor urut {number or 1} {cell.get('party', '')} {cell.get('district', '')}".strip()
    row = {
        **dict.fromkeys(COLUMNS, ""),
        "entry_id": "-".join(part for part in (contest, where, slug) if part),
        "term": name,
        "kind": "name",
        "signal": "contestant",
        "contestant_id": f"{contest}/{'-'.join(part for part in (where, number or slug) if part)}",
        "contest": contest,
        "match": "token",
        "requires": "" if degree == RARE else _beside(cell, degree),
        "strength": {RARE: "0.9", UNCOMMON: "0.7", COMMON: "0.6"}[degree],
        "certainty": "verified",
        "source": "tabel calon yang diimpor",
        "example": example,
        "note": f"kelangkaan nama: {degree}" + (f"; {namesakes} calon bernama sama" if namesakes > 1 else ""),
    }
    if degree != UNCOMMON:
        return [row]
    weak = {"entry_id": f"{row['entry_id']}-lemah", "signal": "legislative_name", "requires": "", "strength": "0.3"}
    return [row, {**row, **weak}]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _beside(cell: dict[str, str], degree: str) -> str:
    """What must stand beside a name that is not rare: its party, district or account; for a less common one any election word."""
    near = [words(cell["party"])[-1]] if cell.get("party") else []
    near += [" ".join(words(cell["district"]))] if cell.get("district") else []
    near += [f"nomor urut {cell['number']}", f"no urut {cell['number']}"] if cell.get("number", "").isdigit() else []
    near += [word for word in words(cell.get("account", "").lstrip("@")) if cell.get("account")]
    if degree == UNCOMMON or not near:
        near += ["caleg", "calon legislatif", "dapil"]
    return "word:" + "|".join(near) + "@12"
