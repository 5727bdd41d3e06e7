"""What a run could not see, said in every run: unmatched accounts, rows without text, unused columns, files not read, acts
that cannot be assessed, dates without a contest. A clean-looking zero is worse than no answer.

Facts only; how they look is the business of terminal, page and workbook.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from screening.engines.part import CHATS
from screening.folder import Run
from screening.limits import limit
from screening.ruleset.accounts import normalise_handle
from screening.tables import ACTIVITIES

if TYPE_CHECKING:
    from screening.ruleset import Ruleset

WARNING, REMARK = "peringatan", "keterangan"
NEAREST = 10  # accounts that are told with their nearest roster spelling
_ALIKE = 85  # of 100 (RapidFuzz ratio): below, a spelling is another name, not a slip
_WORDED = ("post", "comment", "share")  # kinds that say nothing without a text
_BARE = ("like", "follow", "join")  # kinds that mean something only by whose account or content they concern
_TEXTS = ("text", "target_text", "media_text")
_COLUMNS = ("platform", "actor", "subject_id", "kind", "happened_at", "result", "source_file", *_TEXTS)
_UNUSED = ("kolom tidak dipakai:", "kolom berisi teks atau tautan tidak dipakai:")


@dataclass(frozen=True)
class Gap:
    """One thing a run could not see: `code` for machines, `level` WARNING (somebody should act; `--strict` fails) or REMARK,
    what, how to mend it, how many, and single cases of it."""

    code: str
    level: str
    what: str
    remedy: str = ""
    count: int = 0
    cases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Completeness:
    """All gaps of a run, warnings first."""

    gaps: tuple[Gap, ...] = ()

    @property
    def warnings(self) -> tuple[Gap, ...]:
        return tuple(gap for gap in self.gaps if gap.level == WARNING)

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(gap) for gap in self.gaps]


@dataclass
class _Counted:
    """Activities of a run counted in one pass."""

    total: int
    by_account: Counter[tuple[str, str, str]]  # platform, actor, and the person ("" for nobody)
    by_kind: Counter[str]
    wordless: Counter[str]  # source file -> posts, comments, shares without any text
    worded: Counter[str]  # source file -> all posts, comments, shares
    by_day: Counter[date]
    undated: int
    chats_aside: int


def completeness(
    run: Run,
    ruleset: Ruleset,
    *,
    include_chats: bool,
    account: Callable[[str, str], str] = lambda platform, actor: actor,
) -> Completeness:
    """The gaps of a finished run (machine tables written, manifest not yet needed). `account`: what an account is called that
    resembles none of the roster."""
    counted = _counted(run, include_chats)
    files = run.table("files")
    gaps = [
        _rules(ruleset),
        *_accounts(counted, ruleset, account),
        *_wordless(counted, files),
        *_pictures(run),
        *_files(files),
        *_crowded(run),
        *_assessable(counted, ruleset),
        *_dates(counted, ruleset),
    ]
    return Completeness(tuple(sorted(gaps, key=lambda gap: gap.level != WARNING)))


def _counted(run: Run, include_chats: bool) -> _Counted:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    found = _Counted(0, Counter(), Counter(), Counter(), Counter(), Counter(), 0, 0)
    with pq.ParquetFile(run.folder / "activities.parquet") as file:
        for group in range(file.num_row_groups):
            texts = (*_TEXTS, *(name for name in ACTIVITIES.optional if name in file.schema_arrow.names))
            table = file.read_row_group(group, list(dict.fromkeys((*_COLUMNS, *texts))))
            empty = np.ones(len(table), bool)
            for name in texts:
                empty &= pc.is_null(table[name]).to_numpy(zero_copy_only=False)
            frame = table.drop_columns(list(texts)).to_pandas().assign(empty=empty)
            worded = frame[frame["kind"].isin(_WORDED)]
            found.total += len(frame)
            whose = frame.assign(subject_id=frame["subject_id"].fillna(""))
            for who, number in whose.groupby(["platform", "actor", "subject_id"], sort=False).size().items():
                found.by_account[who] += int(number)
            _add(found.by_kind, frame["kind"])
            _add(found.worded, worded["source_file"])
            _add(found.wordless, worded.loc[worded["empty"], "source_file"])
            found.undated += int(frame["happened_at"].isna().sum())
            days = frame["happened_at"].dt.tz_convert("Asia/Jakarta").dt.tz_localize(None).dt.normalize()
            for day, number in days.value_counts().items():
                found.by_day[day.date()] += int(number)
            if not include_chats:
                found.chats_aside += int(frame["platform"].isin(CHATS).sum())
    return found


def _add(counter: Counter[Any], values: pd.Series) -> None:
    for value, number in values.value_counts().items():
        counter[value] += int(number)


def _rules(ruleset: Ruleset) -> Gap:
    """By whose provisions was judged: an office elsewhere must notice that it read another region's circulars."""
    names = ", ".join(ruleset.jurisdictions) or "nasional"
    return Gap(
        "ketentuan",
        REMARK,
        f"dinilai menurut ketentuan: {names}",
        "kantor di daerah lain: pilih dengan --jurisdiction",
        len(ruleset.jurisdictions),
    )


def _accounts(counted: _Counted, ruleset: Ruleset, account: Callable[[str, str], str]) -> Iterator[Gap]:
    roster = ruleset.roster
    if roster is None:
        yield Gap(
            "tanpa_daftar_pegawai",
            WARNING,
            "tanpa daftar pegawai: pemilik akun, status ASN, dan unit tidak diketahui; semua akun disaring, juga milik "
            "orang yang bukan pegawai",
            "tambahkan --roster (contoh: screening template roster)",
            len({(platform, actor) for platform, actor, _ in counted.by_account}),
        )
        return
    subjects = {one.subject_id for one in roster.people.values()}
    unknown: Counter[tuple[str, str]] = Counter()
    spelled: dict[tuple[str, str], str] = {}  # "@andi" and "andi" are one account; told as first written
    people: dict[tuple[str, str], str] = {}
    doubted = set()
    for (platform, actor, subject), number in counted.by_account.items():
        person, plain = roster.person(platform, actor), (platform, normalise_handle(actor))
        if person is None and subject in subjects:  # named by number
            people[plain] = subject
            doubted.add(plain)
        elif person is None:
            unknown[platform, spelled.setdefault(plain, actor)] += number
        else:
            people[plain] = person.subject_id
            doubted |= {plain} if person.account_control == "unconfirmed" else set()
    seen, unsure = {*people.values()}, len(doubted)
    listed = roster.subjects()
    known = len(people)
    yield Gap(
        "pegawai_terlihat",
        REMARK if seen else WARNING,
        f"{_n(len(seen))} dari {_n(listed)} pegawai pada daftar muncul dalam ekspor ({_n(known)} akun)",
        "" if seen else "tidak satu pun akun daftar pegawai cocok dengan ekspor: periksa kolom platform dan akun",
        len(seen),
    )
    if unsure:
        yield Gap(
            "kepemilikan_akun",
            WARNING if unsure == known else REMARK,
            f"kepemilikan {_n(unsure)} dari {_n(known)} akun belum dipastikan pada daftar pegawai, sehingga temuannya menjadi "
            "perlu klarifikasi",
            "isi kolom Status Akun (pasti, mungkin, belum dipastikan); 'pasti' bila pegawai sendiri menyatakannya",
            unsure,
        )
    if unknown:
        rows = sum(unknown.values())
        more = counted.total and rows * 2 > counted.total
        yield Gap(
            "akun_tidak_terdaftar",
            WARNING,
            f"{_n(len(unknown))} akun dalam ekspor tidak ada pada daftar pegawai ({_n(rows)} aktivitas di luar lingkup"
            + (", lebih dari separuh)" if more else ")"),
            "periksa ejaan dan platformnya pada daftar pegawai",
            len(unknown),
            tuple(_nearest(unknown, roster.people, account)),
        )
    if roster.without_account:
        yield Gap(
            "pegawai_tanpa_akun",
            REMARK,
            f"{_n(roster.without_account)} pegawai pada daftar tidak mempunyai akun",
            "aktivitas mereka tidak dapat dikenali; lengkapi akunnya bila ada",
            roster.without_account,
        )


def _nearest(
    unknown: Counter[tuple[str, str]], people: Mapping[tuple[str, str], Any], account: Callable[[str, str], str]
) -> Iterator[str]:
    """The accounts most met with: one that is spelled like one on the roster beside that one, others by `account`."""
    from rapidfuzz import fuzz, process

    names = {"": "semua platform"}
    handles = [handle for _, handle in people]
    keys = [*people]
    for (platform, actor), number in sorted(unknown.items(), key=lambda item: (-item[1], item[0]))[:NEAREST]:
        best = process.extractOne(normalise_handle(actor), handles, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        told = f"({_n(number)} aktivitas)"
        if best is None:
            yield f"{platform} {account(platform, actor)} {told}"
        else:
            other, handle = keys[best[2]]
            yield f"{platform} {actor} {told} — pada daftar: {names.get(other, other)} {handle}"


def _wordless(counted: _Counted, files: pd.DataFrame) -> Iterator[Gap]:
    tables = {row.source_file for row in files.itertuples() if row.reader in ("analyst", "canonical", "canonical_csv")}
    if empty := {file: number for file, number in counted.wordless.items() if file in tables}:
        yield Gap(
            "baris_tanpa_teks",
            WARNING,
            f"{_n(sum(empty.values()))} baris tabel tanpa teks sama sekali, sehingga tidak dapat dinilai",
            "periksa kolom isi dengan `screening inspect`; petakan dengan --save-profile bila judulnya lain",
            sum(empty.values()),
            tuple(f"{file}: {_n(n)} dari {_n(counted.worded[file])} baris" for file, n in sorted(empty.items())),
        )
    if pictures := {file: number for file, number in counted.wordless.items() if file not in tables}:
        yield Gap(
            "gambar_tidak_dibaca",
            WARNING,
            f"{_n(sum(pictures.values()))} unggahan hanya berupa gambar atau video; isinya tidak dibaca",
            "lihat sendiri, atau tulis isi gambarnya pada kolom Keterangan Gambar sebuah tabel",
            sum(pictures.values()),
            tuple(
                f"{file}: {_n(n)}" for file, n in sorted(pictures.items(), key=lambda item: (-item[1], item[0]))[:20]
            ),
        )


def _pictures(run: Run) -> Iterator[Gap]:
    """Pictures that were asked for and not read, reason by reason, each file with its name."""
    told, _ = run.pictures()
    lost = told[told["kind"] == "refused"]
    if len(lost):
        yield Gap(
            "gambar_gagal_dibaca",
            WARNING,
            f"{_n(len(lost))} gambar yang disebut ekspor tidak dibaca",
            "lihat sendiri gambarnya; sebab tiap berkas ada di pictures.parquet",
            len(lost),
            tuple(f"{why}: {_n(number)}" for why, number in lost["note"].value_counts(sort=True).items()),
        )

    if len(closed := told[told["kind"] == "closed"]):
        yield Gap(
            "gambar_di_luar_lingkup",
            REMARK,
            f"{_n(len(closed))} gambar tidak dibuka karena akunnya di luar daftar pegawai atau harinya di luar masa kontes",
            "--pictures-all membaca semuanya",
            len(closed),
            tuple(f"{why}: {_n(number)}" for why, number in closed["note"].value_counts(sort=True).items()),
        )
    if len(films := told[told["kind"] == "video"]):
        acts, covers = films["activity_id"].nunique(), told["note"].fillna("").str.startswith("sampul video")
        yield Gap(
            "video_tidak_dibaca",
            WARNING,
            f"{_n(acts)} unggahan menampilkan video; bingkai-bingkainya tidak dibaca"
            f" ({_n(told.loc[covers, 'file'].nunique())} gambar sampul video terbaca)",
            "putar sendiri videonya bila unggahannya penting",
            acts,
        )


def _crowded(run: Run) -> Iterator[Gap]:
    """Texts of which not every hit was weighed (`within_budget`)."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    most = limit("written", "hits")
    held = pq.read_table(run.folder / "hits.parquet", columns=["activity_id", "field"])
    if len(held) < most:
        return
    counted = held.group_by(["activity_id", "field"]).aggregate([([], "count_all")])
    full = counted.filter(pc.greater_equal(counted["count_all"], most))
    if len(full):
        yield Gap(
            "teks_terlalu_padat",
            WARNING,
            f"{_n(len(full))} teks memuat {_n(most)} petunjuk atau lebih; yang di belakangnya tidak ditimbang",
            "baca sendiri teksnya: tulisan sepadat itu biasanya salinan berulang",
            len(full),
            tuple(sorted(set(full["activity_id"].to_pylist()))[:20]),
        )


def _files(files: pd.DataFrame) -> Iterator[Gap]:
    def listed(rows: pd.DataFrame, column: str = "note") -> tuple[str, ...]:
        notes = zip(rows["source_file"], rows[column].fillna(rows["note"]), strict=True)
        return tuple(f"{file}: {note}" if isinstance(note, str) and note else str(file) for file, note in notes)

    failed = files[files["outcome"].isin(("unknown", "error"))]
    if len(failed):
        yield Gap(
            "berkas_tidak_terbaca",
            WARNING,
            f"{_n(len(failed))} berkas tidak dapat dibaca",
            "jalankan `screening inspect` untuk rinciannya",
            len(failed),
            listed(failed, "warning"),
        )
    partly = files[files["warning"].notna() & files["outcome"].isin(("read", "ignored"))]
    if len(partly):
        yield Gap(
            "berkas_terbaca_sebagian",
            WARNING,
            f"{_n(len(partly))} berkas dibaca hanya sebagian",
            "minta berkas yang utuh bila perlu",
            len(partly),
            listed(partly, "warning"),
        )
    silent = files[
        (files["outcome"] == "read") & (files["read"] == 0) & files["note"].notna() & files["warning"].isna()
    ]
    if len(silent):
        yield Gap(
            "berkas_tanpa_aktivitas",
            WARNING,
            f"{_n(len(silent))} berkas dikenali, tetapi tidak satu pun aktivitas dibaca daripadanya",
            "baca sebabnya; obrolan grup diekspor utuh sejak awal agar terbukti grup",
            len(silent),
            listed(silent),
        )
    ignored = files[files["outcome"] == "ignored"]
    if len(ignored):
        yield Gap(
            "berkas_dilewati",
            REMARK,
            f"{_n(len(ignored))} berkas dilewati karena bukan ekspor",
            "",
            len(ignored),
            listed(ignored)[:50],
        )
    cases = []
    for row in files[files["outcome"] == "read"].itertuples():
        for part in str(row.note).split("; ") if isinstance(row.note, str) else ():
            start = next((words for words in _UNUSED if part.startswith(words)), None)
            if start:
                cases.append(f"{row.source_file}: {part.removeprefix(start).strip()}")
    if cases:
        yield Gap(
            "kolom_tidak_dipakai",
            WARNING,
            f"{_n(len(cases))} tabel berisi kolom yang tidak dipakai",
            "periksa dengan `screening inspect`; petakan dengan --save-profile bila isinya diperlukan",
            len(cases),
            tuple(cases),
        )
    if (rejected := int(files["rejected"].sum())) > 0:
        yield Gap(
            "baris_ditolak", WARNING, f"{_n(rejected)} baris ditolak", "lihat sebabnya pada rejected.csv", rejected
        )


def _assessable(counted: _Counted, ruleset: Ruleset) -> Iterator[Gap]:
    bare = sum(counted.by_kind[kind] for kind in _BARE)
    if bare and not len(ruleset.accounts):
        yield Gap(
            "tanpa_daftar_akun",
            WARNING,
            f"tanpa daftar akun kampanye, {_n(bare)} suka, ikuti, atau bergabung hampir tidak dapat dinilai",
            "tambahkan --accounts dengan akun terdaftar di KPU (contoh: screening template accounts)",
            bare,
        )
    if counted.chats_aside:
        yield Gap(
            "percakapan_tidak_disaring",
            WARNING,
            f"{_n(counted.chats_aside)} pesan percakapan grup tidak disaring",
            "tambahkan --include-chats dan --roster bila percakapan diserahkan sebagai bukti",
            counted.chats_aside,
        )


def _everywhere(ruleset: Ruleset) -> set[str]:
    """Contests that concern everybody: national ones and the calendar that all regions share."""
    return {name for name, one in ruleset.contests.items() if one.region == "nasional" or one.covers}


def _spans(ruleset: Ruleset, contests: set[str]) -> set[tuple[date, date]]:
    """Days on which one of the contests is past its preparation and not over, as spans; hundreds of regions share theirs."""
    stages = (stage for name in contests for stage in ruleset.contests[name].phases)
    return {(stage.start, stage.end) for stage in stages if stage.phase not in ("pre", "after")}


def _ahead(ruleset: Ruleset) -> list[str]:
    """Elections that are announced without dates: from some day on they would count."""
    return [f"{one.name} belum bertanggal pada data/elections" for one in ruleset.contests.values() if one.dates_open]


def _dates(counted: _Counted, ruleset: Ruleset) -> Iterator[Gap]:
    dated = sum(counted.by_day.values())
    going = _spans(ruleset, _everywhere(ruleset))
    elsewhere = _spans(ruleset, {*ruleset.contests} - _everywhere(ruleset)) - going
    quiet = Counter({day: n for day, n in counted.by_day.items() if not any(a <= day <= b for a, b in going)})
    local = sum(n for day, n in quiet.items() if any(a <= day <= b for a, b in elsewhere))
    if number := sum(quiet.values()):
        half = number * 2 > dated
        yield Gap(
            "di_luar_tahapan",
            WARNING if half else REMARK,
            f"{_n(number)} dari {_n(dated)} aktivitas bertanggal ({100 * number // dated} %) terjadi ketika tidak ada kontes "
            "hidup (tahapan pemilihan yang berlangsung)"
            + (f"; {_n(local)} di antaranya ketika hanya daerah lain memilih ulang" if local else "")
            + ". Tidak adanya temuan pada tanggal itu bukan tanda bersih",
            "; ".join(_ahead(ruleset)) if half else "",
            number,
        )
    if counted.undated:
        yield Gap(
            "tanpa_tanggal",
            WARNING,
            f"{_n(counted.undated)} aktivitas tanpa tanggal; tahapan dan status peserta tidak dapat ditentukan",
            "lengkapi tanggal kejadiannya",
            counted.undated,
        )


def _n(value: int) -> str:
    return f"{value:,}".replace(",", ".")
