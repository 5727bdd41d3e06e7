"""Commands about how long data lives: retention, subject export, subject erase."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from screening.cli.options import Ledger, read_date, rules_of
from screening.cli.privacy import By, KeyFile, Place, about, place_of

if TYPE_CHECKING:
    from screening.folder import Run
    from screening.lifecycle.people import Held
    from screening.privacy.pseudonyms import Pseudonyms

Folders = Annotated[list[Path], typer.Option("--run", metavar="FOLDER", help="Folder hasil; boleh diulang.")]
Apply = Annotated[
    bool, typer.Option("--apply", help="Laksanakan; tanpa ini hanya menunjukkan apa yang akan dimusnahkan.")
]
Why = Annotated[str, typer.Option("--why", metavar="ALASAN", help="Alasan, untuk berita acara; wajib bersama --apply.")]
Certificate = Annotated[
    Path | None,
    typer.Option("--certificate", metavar="BERKAS", help="Berita acara (JSON); bawaan: di samping kunci penyamaran."),
]
Person = Annotated[str, typer.Argument(metavar="ID", help="NIP, NRK, id pegawai, nomor samaran (P-, U-), atau akun.")]

subject = typer.Typer(
    name="subject", no_args_is_help=True, rich_markup_mode=None, help="Hak orang yang datanya diproses: salinan dan penghapusan."
)  # fmt: skip


def add_to(program: typer.Typer) -> None:
    """Register these commands."""
    program.command(no_args_is_help=True)(retention)
    program.add_typer(subject, name="subject")


def retention(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Folder hasil.")],
    before: Annotated[
        str, typer.Option("--before", metavar="TANGGAL", help="Musnahkan hasil yang dibuat sebelum tanggal ini.")
    ],
    ledger: Ledger = None,
    apply: Apply = False,
    why: Why = "",
    certificate: Certificate = None,
    key: KeyFile = None,
    by: By = "",
) -> None:
    """Memusnahkan hasil yang lewat masa simpannya, dari folder hasil dan buku telaah, dengan berita acara.

    Contoh: screening retention hasil-2024 --before 01/01/2026 --ledger buku-telaah.sqlite
    """
    from screening.folder import opened
    from screening.lifecycle.purge import fingerprint, inventory

    day = read_date("--before", before)
    place = place_of(key, folders[0], ledger, by)
    _asked(apply, why)
    due, activities, staying = [], set(), set()
    for folder in folders:
        run = opened(folder)
        made = datetime.fromisoformat(run.manifest["created_wib"]).date()
        ids = {*run.table("activities", ["activity_id"])["activity_id"]}
        if made < day:
            due.append((folder, run, made))
            activities |= ids
        else:
            staying |= ids
            print(f"{folder}: dibuat {made}, disimpan.")
    gone = activities - staying
    if not due:
        print("Tidak ada hasil yang lewat masa simpannya.")
        return
    told = [
        {**about(run), "dibuat": str(made), "seluruh_folder": True, "berkas": inventory(folder),
         "aktivitas": _number(run), "sidik_aktivitas": fingerprint({*run.table("activities", ["activity_id"])["activity_id"]})}
        for folder, run, made in due
    ]  # fmt: skip
    for (folder, _, made), facts in zip(due, told, strict=True):
        print(f"{folder}: dibuat {made}, {len(facts['berkas'])} berkas, {facts['aktivitas']} aktivitas — dimusnahkan.")
    outside = [*_tell_ledger(ledger, gone), *_tell_others(folders)]
    if not _really(apply):
        return
    target = _target(certificate, place, "retensi")
    in_ledger = _purge_ledger(ledger, gone, place, why)
    for folder, _, _ in due:
        shutil.rmtree(folder)
    _finish(place, "retention", why, told, in_ledger, outside, target)


@subject.command("export", no_args_is_help=True)
def export(
    person: Person,
    run: Folders,
    out: Annotated[Path, typer.Option("--out", metavar="BERKAS", help="ZIP yang ditulis; harus belum ada.")],
    ledger: Ledger = None,
    key: KeyFile = None,
    by: By = "",
) -> None:
    """Menulis salinan semua data tentang satu orang, untuk orang itu; identitas orang lain tetap tersamar."""
    import pandas as pd

    from screening.cli.privacy import shown
    from screening.errors import UsageError
    from screening.folder import ROSTER
    from screening.lifecycle.export import write

    place = place_of(key, run[0], ledger, by)
    if out.exists():
        raise UsageError(f"{out}: sudah ada; pilih nama lain.")
    tables: dict[str, list[Any]] = {name: [] for name in ("pegawai", "aktivitas", "temuan")}
    origin: list[dict[str, Any]] = []
    activities: set[str] = set()
    for finished, found in _found(run, person, place):
        seen = shown(finished, rules_of(finished))
        ids = sorted(found.activities)
        tables["aktivitas"].append(
            seen.of(finished.of_activities("activities", ids), finished.of_activities("hits", ids))
        )
        tables["temuan"].append(seen.detailed(finished.of_activities("findings", ids)))
        if (finished.folder / ROSTER).is_file():
            roster = pd.read_parquet(finished.folder / ROSTER)
            tables["pegawai"].append(roster[roster["subject_id"].isin(found.subjects)])
        origin.append({**about(finished), "ruleset": finished.manifest["ruleset"]["version"], "aktivitas": len(ids)})
        activities |= found.activities
    told = {name: pd.concat(parts, ignore_index=True) if parts else pd.DataFrame() for name, parts in tables.items()}
    told["putusan"] = _decided(ledger, activities)
    write(out, told, origin)
    place.logged("subject export", {"runs": origin, "activities": len(activities)})
    print(f"{len(activities)} aktivitas dari {len(origin)} proses: {out.resolve()}")
    print("Serahkan hanya kepada orang yang bersangkutan, sesudah identitasnya diperiksa.")


@subject.command("erase", no_args_is_help=True)
def erase(
    person: Person,
    run: Folders,
    ledger: Ledger = None,
    apply: Apply = False,
    why: Why = "",
    force: Annotated[
        bool, typer.Option("--force", help="Juga bila berkas untuk orang sudah diisi; isian yang belum diimpor hilang.")
    ] = False,
    certificate: Certificate = None,
    key: KeyFile = None,
    by: By = "",
) -> None:
    """Menghapus satu orang dari folder hasil dan buku telaah, dengan berita acara; tanpa --apply hanya menunjukkan."""
    from screening.errors import UsageError
    from screening.lifecycle.purge import DOSSIERS, fingerprint
    from screening.publish import touched_by_people

    place = place_of(key, run[0], ledger, by)
    _asked(apply, why)
    found = [*_found(run, person, place)]
    activities = {one for _, each in found for one in each.activities}
    for finished, each in found:
        print(f"{finished.folder}: {len(each.activities)} aktivitas, {len(each.accounts)} akun — dihapus.")
        filled = [name for name in touched_by_people(finished.folder) if not Path(name).match(DOSSIERS)]
        if filled and not force:
            raise UsageError(
                f"{finished.folder}: {', '.join(filled[:5])} diubah atau ditambahkan orang. Impor dahulu isiannya dan pindahkan "
                "berkas lain, atau pakai --force."
            )
    outside = [*_tell_ledger(ledger, activities), *_tell_others(run)]
    if not _really(apply):
        return
    target = _target(certificate, place, "hapus")
    in_ledger = _purge_ledger(ledger, activities, place, why)
    told = [
        {"sebelum": about(one)["manifest"], **_rewritten(one, each, ledger), "run_id": one.manifest.get("run_id"),
         "aktivitas": len(each.activities), "sidik_aktivitas": fingerprint(each.activities)}
        for one, each in found
    ]  # fmt: skip
    _finish(place, "subject erase", why, told, in_ledger, outside, target)


def _found(folders: list[Path], person: str, place: Place) -> list[tuple[Run, Held]]:
    """The runs that hold something of a person; UsageError where none does."""
    from screening.errors import UsageError
    from screening.folder import opened
    from screening.lifecycle.people import held

    names = _pseudonyms(place)
    found = [(run, each) for run in map(opened, folders) if (each := held(run, person, names))]
    if not found:
        hint = "" if names else " NIP dan id pegawai hanya dapat dicari dengan kunci penyamaran: sebut dengan --key."
        raise UsageError(f"Tidak ada data tentang orang itu dalam folder yang disebut.{hint}")
    return found


def _pseudonyms(place: Place) -> Pseudonyms | None:
    from screening.privacy import key
    from screening.privacy.pseudonyms import Pseudonyms

    return Pseudonyms(key.read(place.key)) if place.key is not None and place.key.is_file() else None


def _rewritten(run: Run, gone: Held, ledger: Path | None) -> dict[str, Any]:
    """The run folder without a person, in the place of the old one; what went, by file."""
    from screening import manifest, publish
    from screening.cli.finish import write_for_people
    from screening.completeness import Gap
    from screening.folder import Run, results
    from screening.lifecycle.purge import copied_without
    from screening.reports.shown import known_of

    out = run.folder
    ruleset = rules_of(run)
    earlier = {*out.parent.glob(f"{out.name}-lama-*")}
    facts = {
        name: value for name, value in run.manifest.items() if name not in ("outputs", "created_utc", "created_wib")
    }
    with publish.building(out, overwrite=True) as made:
        lost = copied_without(run, made.work, gone)
        copy = Run(made.work)
        roster = copy.roster()
        facts |= {"results": results(copy), "completeness": _gaps(facts.get("completeness", []), gone)}
        facts["erased"] = int(facts.get("erased", 0)) + len(gone.activities)
        rules = replace(ruleset, roster=roster)
        gaps = tuple(Gap(**{**gap, "cases": tuple(gap["cases"])}) for gap in facts["completeness"])
        write_for_people(copy, rules, facts, known_of(copy, rules), gaps, ledger)
        manifest.write(made.work, facts)
    for path in {
        *out.parent.glob(f"{out.name}-lama-*")
    } - earlier:  # what was kept of the old folder would still hold the person
        shutil.rmtree(path)
    return {"baris": dict(lost), "sesudah": manifest.sha256(out / manifest.NAME)}


def _gaps(gaps: list[dict[str, Any]], gone: Held) -> list[dict[str, Any]]:
    """The gaps without the cases that name an account of the person."""
    names = {account for _, account in gone.accounts}
    return [{**gap, "cases": [case for case in gap["cases"] if not names & {*case.split()}]} for gap in gaps]


def _decided(ledger: Path | None, activities: set[str]) -> Any:
    """What people decided about these activities, with the reviewers' part: a person may know what was said, by role."""
    import pandas as pd

    from screening.cli.desk import existing
    from screening.review.decisions import KINDS
    from screening.review.ledger import read

    columns = ["jenis", "id_aktivitas", "butir", "putusan", "catatan", "tanggal"]
    entries = read(existing(ledger)) if ledger is not None else ()
    rows = [
        [one.kind, *(one.body[name] for name in ("activity_id", "act_id", "verdict", "note", "decided_on"))]
        for one in entries
        if one.kind in KINDS and one.body["activity_id"] in activities
    ]
    return pd.DataFrame(rows, columns=columns)


def _tell_others(folders: list[Path]) -> list[str]:
    """What lies beside run folders and holds people too, told so that nobody believes it gone: older results set aside, unfinished
    runs, words of pictures, files handed out."""
    from screening.pictures.stage import CACHE

    found = set()
    for folder in (one.absolute() for one in folders):
        found |= {*folder.parent.glob(f"{folder.name}-lama-*"), *folder.parent.glob(f"{folder.name}.proses")}
        found |= {*folder.parent.glob("telaah_*.*"), *folder.parent.glob(CACHE), *folder.parent.glob("*.zip.age")}
    names = sorted(path.name for path in found if path not in {one.absolute() for one in folders})
    if names:
        print(
            f"PERINGATAN: juga memuat data pribadi dan tidak disentuh: {', '.join(names)}. Periksa dan hapus sendiri.",
            file=sys.stderr,
        )
    return names


def _tell_ledger(ledger: Path | None, activities: set[str]) -> list[str]:
    """Say what the ledger would lose; to whom copies went."""
    if ledger is None:
        print("PERINGATAN: tanpa --ledger, buku telaah tidak disentuh.", file=sys.stderr)
        return []
    from screening.cli.desk import existing
    from screening.review.ledger import read
    from screening.review.purge import handed_to, without

    entries = read(existing(ledger))
    _, lost = without(entries, activities)
    told = ", ".join(f"{number} {kind}" for kind, number in sorted(lost.items())) or "tidak ada"
    print(f"{ledger}: {told} — dihapus.")
    outside = handed_to(entries, activities)
    if outside:
        print(f"Salinan yang pernah diserahkan kepada: {', '.join(outside)}. Mintalah dimusnahkan.")
    return outside


def _purge_ledger(ledger: Path | None, activities: set[str], place: Place, why: str) -> dict[str, Any] | None:
    if ledger is None:
        return None
    from screening.cli.desk import officer
    from screening.desk.drafts import Drafts
    from screening.review.ledger import head, read
    from screening.review.purge import purge

    before = head(read(ledger))
    lost = purge(ledger, activities, officer(place.by), why)
    if drafts := Drafts(ledger).erase(activities):
        lost["draf"] += drafts
    return {"baris": dict(lost), "sebelum": before, "sesudah": head(read(ledger))}


def _finish(
    place: Place,
    what: str,
    why: str,
    runs: list[Any],
    ledger: Mapping[str, Any] | None,
    outside: list[str],
    target: Path,
) -> None:
    """Certificate and log; the log holds the certificate's hash."""
    from screening.cli.desk import officer
    from screening.lifecycle.certificate import certificate, write
    from screening.manifest import sha256

    write(target, certificate(officer(place.by), why, runs, ledger, outside))
    place.logged(what, {"why": why, "certificate": sha256(target), "runs": [one.get("run_id") for one in runs]})
    print(f"Berita acara: {target.resolve()} (SHA-256 {sha256(target)})")


def _target(given: Path | None, place: Place, word: str) -> Path:
    from screening.errors import UsageError

    assert place.key is not None
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}"  # noqa: DTZ005 - the clock people see
    path = given or place.key.with_name(f"berita-acara-{word}-{stamp}.json")
    if path.exists():
        raise UsageError(f"{path}: sudah ada; pilih nama lain.")
    return path


def _asked(apply: bool, why: str) -> None:
    from screening.errors import UsageError

    if apply and not why.strip():
        raise UsageError("--apply memerlukan --why ALASAN untuk berita acara.")


def _really(apply: bool) -> bool:
    if not apply:
        print("Belum ada yang dihapus. Ulangi dengan --apply --why ALASAN untuk melaksanakannya.")
    return apply


def _number(run: Run) -> int:
    return len(run.table("activities", ["activity_id"]))
