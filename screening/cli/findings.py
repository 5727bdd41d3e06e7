"""`screening list`: the cases or assessments of a run."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from screening.cli.options import Json, RunFolder, rules_of
from screening.cli.privacy import By, Identities, KeyFile, seen_by


def add_to(app: typer.Typer) -> None:
    """Register this command."""
    app.command("list", no_args_is_help=True)(list_)


def list_(
    run: RunFolder,
    findings: Annotated[bool, typer.Option("--findings", help="Satu baris per penilaian, bukan per kasus.")] = False,
    person: Annotated[
        str, typer.Option("--person", metavar="KATA", help="Hanya pegawai atau akun yang memuat kata ini.")
    ] = "",
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Paling banyak sekian baris.")] = 50,
    identities: Identities = False,
    key: KeyFile = None,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Mendaftar kasus (atau penilaian) satu proses, dengan nomor untuk explain dan dossier."""
    from screening.cli.console import show_json, show_table, thousands
    from screening.folder import opened
    from screening.reports.cases import case_rows, named
    from screening.reports.from_rules import context_of
    from screening.reports.queue import queue
    from screening.reports.rows import review_rows

    finished = opened(run)
    ruleset = rules_of(finished)
    context = context_of(ruleset, finished.timezone)
    seen = seen_by(finished, ruleset, "list", identities, key, by)
    waiting = queue(seen.detailed(finished.table("findings")), seen.activities, context)
    rows = named(review_rows(waiting, context), waiting["contest"], {})
    wanted = person.casefold()
    rows = [row for row in rows if not wanted or wanted in f"{row['nama_tersamar']} {row['akun']}".casefold()]
    shown: list[dict[str, Any]] = (
        [_finding(row) for row in rows] if findings else [case.as_row() for case in case_rows(rows)]
    )
    if as_json:
        show_json(shown[:limit])
        return
    if not shown:
        print("Tidak ada yang perlu ditelaah dalam proses ini.")
        return
    title = f"{thousands(len(shown))} {'penilaian' if findings else 'kasus'}" + (
        f"; {limit} teratas" if len(shown) > limit else ""
    )
    columns = [name for name in shown[0] if findings or name not in ("skor", "penilaian")]  # JSON has all
    rows_ = [[row[name] for name in columns] for row in shown[:limit]]
    numbers, keys = ("aktivitas", "skor"), ("nomor", "prioritas", "pemilihan")
    show_table(title, columns, rows_, numbers=numbers, keys=keys, spare=("unit", "waktu"))
    print("Rincian: screening explain NOMOR --run … · berkas kasus: screening dossier NOMOR --run …")


def _finding(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "nomor": row["id_temuan"],
        "prioritas": row["prioritas_telaah"],
        "skor": row["skor"],
        "hasil": row["hasil"],
        "butir": row["kode_perbuatan"],
        "peristiwa": row["peristiwa"],
    }
