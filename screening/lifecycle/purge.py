"""People taken out of a finished run folder: every machine table without them; what people open is written anew by the caller."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from pathlib import Path

import pandas as pd

from screening.folder import IDENTITIES, PICTURES, PICTURES_SHOWN, PSEUDONYMS, ROSTER, Run
from screening.lifecycle.people import Held
from screening.manifest import NAME, sha256

_TABLES = ("activities", "hits", "statements", "findings")
DOSSIERS = "berkas_K-*.html"


def copied_without(run: Run, target: Path, gone: Held) -> Counter[str]:
    """Copy a run folder's machine files into `target` without the rows of a person; how many rows went, by file.

    Left out altogether, to be written anew: what people open, case files, the list of identities, and the manifest.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    lost: Counter[str] = Counter()
    ids = pa.array(sorted(gone.activities), pa.large_string())
    for path in sorted(run.folder.iterdir()):
        name = path.name
        if not path.is_file() or name in (NAME, IDENTITIES) or path.match(DOSSIERS):
            continue
        if path.stem in _TABLES or name == PICTURES:
            with (
                pq.ParquetFile(path) as file,
                pq.ParquetWriter(target / name, file.schema_arrow, compression="zstd") as out,
            ):
                for group in range(file.num_row_groups):
                    table = file.read_row_group(group)
                    rest = table.filter(pc.invert(pc.is_in(table["activity_id"], ids)))
                    lost[name] += len(table) - len(rest)
                    out.write_table(rest)
        elif name == ROSTER:
            table = pd.read_parquet(path)
            rest = table[~table["subject_id"].isin(gone.subjects)]
            lost[name] = len(table) - len(rest)
            rest.to_parquet(target / name, index=False, compression="zstd")
        elif name == PSEUDONYMS:
            table = pd.read_parquet(path)
            pairs = table[["platform", "actor"]].itertuples(index=False, name=None)
            mine = pd.Series([pair in gone.accounts for pair in pairs], table.index, dtype=bool)
            lost[name] = int(mine.sum())
            table[~mine].to_parquet(target / name, index=False, compression="zstd")
        else:
            shutil.copyfile(path, target / name)
    if (target / PICTURES).is_file():
        used = pd.read_parquet(target / PICTURES, columns=["sha256"])["sha256"]
        small = pd.read_parquet(target / PICTURES_SHOWN)
        rest = small[small["sha256"].isin(used)]
        lost[PICTURES_SHOWN] = len(small) - len(rest)
        rest.to_parquet(target / PICTURES_SHOWN, index=False, compression="zstd")
    return +lost


def inventory(folder: Path) -> dict[str, str]:
    """Every file of a folder with its SHA-256: what a certificate says was destroyed."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path) for path in files}


def fingerprint(activities: frozenset[str] | set[str]) -> str:
    """One hash over ids of activities: proves which went without naming them."""
    return hashlib.sha256("\n".join(sorted(activities)).encode()).hexdigest()
