"""The run folder: the names of its files in one place, and a finished one opened, checked and read.

Tables are read when asked for, and no more of them than is needed. `opened` is how commands open a folder: it finishes a
rename that was broken off, wants a manifest, and compares the hashes of everything machines read. What people fill in
(workbook, CSV, page) may have been changed and is not compared here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from screening import manifest, publish, tables
from screening.engines.part import schema_of
from screening.engines.store import PARTS, Store
from screening.errors import IntegrityError
from screening.ruleset import used
from screening.ruleset.accounts import Register
from screening.tables import FINDINGS

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from screening.ruleset.roster import Roster

# Files for people.
FINDINGS_CSV, WORKBOOK, PAGE = "temuan.csv", "temuan.xlsx", "laporan.html"
ACCUMULATION, REJECTED = "akumulasi.csv", "rejected.csv"
IDENTITIES = "identitas.csv"  # who is behind the pseudonyms; only with --identities
FOR_PEOPLE = (FINDINGS_CSV, WORKBOOK, PAGE, ACCUMULATION, REJECTED)
# What a run was made with, kept so that later commands need the folder only.
ROSTER, ACCOUNTS, COMPLETENESS = "pegawai.parquet", "akun.parquet", "kelengkapan.json"
# What accounts that nobody registered are called in what people open.
PSEUDONYMS = "samaran.parquet"
LEXICON = "leksikon_{number:02d}.csv"
CONTESTS, ACTS = "kontes_{number:02d}.toml", "butir_{number:02d}.zip"

# Where the words of pictures stand, and the pictures themselves, small, of activities with a finding row; only with --pictures.
PICTURES, PICTURES_SHOWN = "pictures.parquet", "pictures_shown.parquet"

KEPT_QUEUE = "telaah"  # option `texts` of a run that kept only the words of what is to be reviewed
DETAILS = ("missing", "mitigating", "reasons")  # columns of FINDINGS
# Columns of few values: to decode only their dictionaries is quicker where most rows are not wanted.
_REPEATING = [
    "platform", "kind", "time_basis", "target_kind", "visibility", "source_file", "source_sha256", "result", "band",
]  # fmt: skip


@dataclass(frozen=True)
class Run:
    """A finished run folder; tables are read when asked for.

    `kept`: after the run itself and until its parts are forgotten, the files that hold what `noticed` would look for in the
    whole tables.
    """

    folder: Path
    kept: Mapping[str, Sequence[Path]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folder", Path(self.folder))

    @property
    def workbook(self) -> Path:
        return self.folder / WORKBOOK

    @property
    def page(self) -> Path:
        return self.folder / PAGE

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """What went in and came out; raises UsageError where the folder is no finished run."""
        return manifest.read(self.folder)

    @property
    def options(self) -> Mapping[str, Any]:
        """The options the run was made with, as `run` wrote them."""
        found = self.manifest.get("options")
        return found if isinstance(found, Mapping) else {}

    @property
    def keeps_all(self) -> bool:
        """Whether the words of every activity were kept, not only of those to be reviewed."""
        return self.options.get("texts") != KEPT_QUEUE

    @property
    def timezone(self) -> str:
        return str(self.options.get("timezone") or "Asia/Jakarta")

    def roster(self) -> Roster | None:
        """The roster as used (masked for good); None when the run had none."""
        if not (self.folder / ROSTER).is_file():
            return None
        return used.roster_of(pd.read_parquet(self.folder / ROSTER))

    def accounts(self) -> Register:
        """The registered accounts as used; an empty register when the run had none."""
        path = self.folder / ACCOUNTS
        return used.accounts_of(pd.read_parquet(path)) if path.is_file() else Register()

    def lexicons(self) -> list[Path]:
        """The user's lexicons, as used."""
        return self._given(LEXICON)

    def elections(self) -> list[Path]:
        """The user's files of contests, as used."""
        return self._given(CONTESTS)

    def acts(self) -> list[Path]:
        """The user's folders of acts as used, each in a ZIP."""
        return self._given(ACTS)

    def _given(self, name: str) -> list[Path]:
        return sorted(self.folder.glob(name.replace("{number:02d}", "*")))

    def altered(self) -> list[str]:
        """Names of files for machines whose bytes are not those of the manifest, or that are gone."""
        return manifest.altered(self.folder, lambda name: name not in (*FOR_PEOPLE, IDENTITIES))

    def table(self, name: str, columns: list[str] | None = None) -> pd.DataFrame:
        """One of activities, hits, statements, findings, rejected, files (or some columns) with its contract's types."""
        import pyarrow.parquet as pq

        with pq.ParquetFile(self.folder / f"{name}.parquet") as file:
            return file.read(columns).to_pandas()

    @property
    def statements(self) -> pd.DataFrame:
        """STATEMENTS: who says or did what about whom, how it is meant (`screening.tables`)."""
        return self.table("statements")

    def of_activities(self, name: str, ids: Iterable[str]) -> pd.DataFrame:
        """The rows of hits, statements or findings that belong to some activities."""
        import pyarrow.parquet as pq

        return pq.read_table(self.folder / f"{name}.parquet", filters=[("activity_id", "in", list(ids))]).to_pandas()

    def findings(self) -> pd.DataFrame:
        """The findings without their DETAILS, which take more room than all the rest; `with_details` adds those."""
        return self.table("findings", [name for name in FINDINGS.columns if name not in DETAILS])

    def with_details(self, findings: pd.DataFrame) -> pd.DataFrame:
        """The same rows (some findings of this run, in any order) with their DETAILS."""
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        with pq.ParquetFile(self.folder / "findings.parquet") as file:
            ids = file.read(["finding_id"])["finding_id"]
            asked = pa.array(findings["finding_id"], ids.type)
            ends = np.cumsum([file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)])
            groups = np.unique(np.searchsorted(ends, pc.index_in(asked, ids).to_numpy(), side="right"))
            held = file.read_row_groups(groups.tolist(), ["finding_id", *DETAILS])
        cells = held.take(pc.index_in(asked, held["finding_id"]))
        return findings.assign(**{name: cells[name].to_pandas().set_axis(findings.index) for name in DETAILS})

    def noticed(self, name: str, columns: Iterable[str] = ()) -> pd.DataFrame:
        """Only those rows of activities or hits whose activity has a finding row (or some columns of them): what reports
        need, however long the run."""
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        with pq.ParquetFile(self.folder / f"{name}.parquet") as file:
            more = tuple(one for one in file.schema_arrow.names if one not in schema_of(name).names)
        schema = pa.schema([one for one in schema_of(name, more) if not columns or one.name in columns])
        if name in self.kept:
            pieces = (_held(place).select(schema.names) for place in self.kept[name])
            return pa.concat_tables([schema.empty_table(), *pieces]).to_pandas()
        ids = pa.array(self.table("findings", ["activity_id"])["activity_id"].unique(), pa.large_string())
        repeating = [column for column in _REPEATING if column in schema.names]
        path = self.folder / f"{name}.parquet"
        kept = [schema.empty_table()]
        # Buffered beforehand, all of it would be held at once.
        with pq.ParquetFile(path, read_dictionary=repeating, pre_buffer=False) as file:
            for group in range(file.num_row_groups):
                # Column by column, so that little is held besides the few rows that are kept.
                column = partial(_column, file, group)
                rows = pc.indices_nonzero(pc.is_in(column("activity_id"), ids))
                kept.append(pa.table([column(name).take(rows) for name in schema.names], schema.names).cast(schema))
        return pa.concat_tables(kept).to_pandas()

    def pictures(self) -> tuple[pd.DataFrame, dict[str, bytes]]:
        """PICTURES of this run and the small JPEGs that are shown, by SHA-256 of the picture; empty without --pictures."""
        if not (self.folder / PICTURES).is_file():
            return tables.PICTURES.empty(), {}
        shown = pd.read_parquet(self.folder / PICTURES_SHOWN)
        return self.table("pictures"), dict(zip(shown["sha256"], shown["jpeg"], strict=True))

    def forget_parts(self) -> None:
        """Remove what a resumed run would go on from; called when the last output is written."""
        Store(self.folder / PARTS).remove()


def opened(folder: Path) -> Run:
    """The finished run in a folder, whole: raises UsageError when there is none, IntegrityError when a file of it was
    changed or is missing."""
    publish.recover(folder)
    found = Run(folder)
    if wrong := (found.manifest and found.altered()):
        raise IntegrityError(
            f"{folder}: berkas hasil berubah atau hilang sejak proses selesai: {', '.join(wrong)}. "
            "Kembalikan dari cadangan, atau jalankan ulang `screening run` ke folder lain."
        )
    return found


def _held(place: Path) -> pa.Table:
    """An Arrow file, read: a memory map would keep it from being removed."""
    import pyarrow as pa

    with pa.OSFile(str(place)) as source:
        return pa.ipc.open_file(source).read_all()


def _column(file: pq.ParquetFile, group: int, name: str) -> pa.ChunkedArray:
    return file.read_row_group(group, [name], use_threads=False)[name]


def results(run: Run) -> dict[str, int]:
    """How many activities had each result."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    with pq.ParquetFile(run.folder / "activities.parquet", read_dictionary=["result"]) as file:
        found = pc.value_counts(file.read(["result"])["result"].unify_dictionaries()).to_pylist()
    return {one["values"]: one["counts"] for one in sorted(found, key=lambda one: -one["counts"])}


def counts(run: Run, found: Mapping[str, int] | None = None) -> dict[str, int]:
    """read = screened + duplicate + rejected + out_of_scope; raises AssertionError when the books do not balance.

    `found`: what `results` gave, when it is known.
    """
    files, found = run.table("files"), results(run) if found is None else found
    out_of_scope = found.get("out_of_scope", 0)
    books = {
        "read": int(files["read"].sum()),
        "screened": sum(found.values()) - out_of_scope,
        "duplicate": int(files["duplicate"].sum()),
        "rejected": int(files["rejected"].sum()),
        "out_of_scope": out_of_scope,
    }
    assert books["read"] == sum(value for name, value in books.items() if name != "read"), books
    return books
