"""Commands that follow one activity: trace (every stage, from a text or a run) and explain (what a run says of it)."""

from __future__ import annotations

import re
import sys
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from screening.cli.options import (
    Accounts,
    Acts,
    Elections,
    Jurisdictions,
    Lexicons,
    Roster,
    RunFolder,
    Timezone,
    load,
    read_date,
    rules_of,
)
from screening.cli.privacy import By, Identities, KeyFile, meant, seen_by

if TYPE_CHECKING:
    import pandas as pd

    from screening.folder import Run as FinishedRun
    from screening.reports.shown import Shown

QUEUE = ("finding", "needs_clarification")

Identity = Annotated[
    str,
    typer.Argument(
        metavar="NOMOR", help="Nomor temuan (T-), aktivitas, rekaman, kasus (K-), atau pegawai; awalannya cukup."
    ),
]
_CLOCK = re.compile(r"[T ,]+([01]?\d|2[0-3])[:.]([0-5]\d)(?::\d\d)?\s*(?:WIB|WITA|WIT)?\s*$", re.IGNORECASE)


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    for command in (explain, trace):
        app.command(no_args_is_help=True)(command)


def explain(
    identity: Identity,
    run: RunFolder,
    jurisdiction: Jurisdictions = None,
    identities: Identities = False,
    key: KeyFile = None,
    by: By = "",
) -> None:
    """Menjelaskan satu temuan, kasus, atau aktivitas: bukti, poin, dasar hukum, yang kurang; juga mengapa bukan temuan."""
    from screening.folder import opened
    from screening.judge.explain import explain as explained
    from screening.tracing import recorded

    finished = opened(run)
    ruleset = rules_of(finished, jurisdiction)
    seen = seen_by(finished, ruleset, "explain", identities, key, by)
    activities, findings = _found(seen, meant(identity, finished, key))
    told: list[str] = []
    for activity in _records(activities):
        own = findings[findings["activity_id"] == activity["activity_id"]]
        told += [explained(row, activity, ruleset).text for row in _records(own)]
        if own["result"].isin(QUEUE).any():
            continue
        hits, said = (finished.of_activities(name, [activity["activity_id"]]) for name in ("hits", "statements"))
        why = recorded(activity, hits, said, own, ruleset).why
        told.append(why if identities else seen.words_hidden(why, activity["activity_id"], activity["subject_id"]))
        if not finished.keeps_all:
            told.append(_not_kept(activity))
    print("\n\n".join(told))


def trace(
    identity: Annotated[
        str | None, typer.Argument(metavar="[NOMOR]", help="Nomor aktivitas, temuan, atau rekaman; perlu --run.")
    ] = None,
    run: Annotated[Path | None, typer.Option("--run", metavar="FOLDER", help="Folder hasil `screening run`.")] = None,
    text: Annotated[str | None, typer.Option("--text", metavar="TEKS", help="Teks yang ditulis pegawai.")] = None,
    date: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="WAKTU",
            help="Tanggal (10/01/2024, 10 Januari 2024, 2024-01-10), boleh dengan jam (… 08:00); bawaan: tidak diketahui.",
        ),
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", metavar="JENIS", help="post, comment, share, like, follow, join, bio.")
    ] = "post",
    target_text: Annotated[
        str | None, typer.Option("--target-text", metavar="TEKS", help="Konten yang ditanggapi atau dibagikan.")
    ] = None,
    target_account: Annotated[
        str | None, typer.Option("--target-account", metavar="AKUN", help="Akun yang dituju.")
    ] = None,
    picture: Annotated[
        str | None, typer.Option("--picture", metavar="KETERANGAN", help="Keterangan tentang gambar atau video.")
    ] = None,
    actor: Annotated[str | None, typer.Option("--actor", metavar="AKUN", help="Akun pegawai, untuk --roster.")] = None,
    visibility: Annotated[
        str, typer.Option("--visibility", metavar="SIFAT", help="public, private, unknown.")
    ] = "unknown",
    platform: Annotated[str, typer.Option("--platform", metavar="NAMA", help="instagram, x, whatsapp, …")] = "other",
    roster: Roster = None,
    accounts: Accounts = None,
    jurisdiction: Jurisdictions = None,
    lexicon: Lexicons = None,
    elections: Elections = None,
    acts: Acts = None,
    timezone: Timezone = "Asia/Jakarta",
    identities: Identities = False,
    key: KeyFile = None,
    by: By = "",
) -> None:
    """Menelusuri satu aktivitas lewat semua tahap: klausa, petunjuk, pernyataan, butir yang dicoba, asal skor.

    Contoh: screening trace --text "Ayo pilih Prabowo" --date 2024-01-10
    """
    from screening.errors import UsageError
    from screening.folder import opened
    from screening.tracing import trace as traced

    given: dict[str, Any] = {
        "text": text, "target_text": target_text, "target_account": target_account, "media_text": picture,
    }  # fmt: skip
    given = {name: value if value is None else _readable(value) for name, value in given.items()}
    made = any(value is not None for value in given.values())
    if (identity is None) == (not made) or (identity is None) != (run is None):
        raise UsageError("Sebut nomor beserta --run, atau --text/--target-text/--target-account/--picture tanpa --run.")
    finished: FinishedRun | None = None
    seen: Shown | None = None
    if made:
        rows: list[dict[str, Any]] = [
            given
            | {"kind": kind, "visibility": visibility, "platform": platform, "actor": actor, **_moment(date, timezone)}
        ]
    else:
        assert identity is not None
        assert run is not None
        finished = opened(run)
        seen = seen_by(finished, rules_of(finished), "trace", identities, key, by)
        wanted = _found(seen, meant(identity, finished, key))[0]["activity_id"]
        rows = _records(finished.of_activities("activities", wanted))
    _known(rows)
    if finished is not None and not (roster or accounts or jurisdiction or lexicon or elections or acts):
        ruleset = rules_of(finished)
    else:  # a question "what if": by the rules that are named
        ruleset = load(jurisdiction, roster, accounts, lexicon, elections, acts)
    for row in rows:
        if finished is not None and not finished.keeps_all and row["result"] not in QUEUE:
            print(_not_kept(row), end="\n\n")
            continue
        one = traced(row, ruleset)
        hide = seen is not None and not identities
        print(
            seen.words_hidden(one.text, row["activity_id"], row["subject_id"]) if hide and seen else one.text,
            end="\n\n",
        )
        if "result" in row and (row["result"], row["score"]) != (one.activity["result"], one.activity["score"]):
            print(
                f"PERINGATAN: proses itu mencatat {row['result']} dengan skor {row['score']}; aturan, daftar pegawai, atau daftar "
                "akun sekarang lain. Tanpa pilihan itu, yang dipakai adalah aturan proses itu sendiri.",
                file=sys.stderr,
            )


def _not_kept(activity: dict[str, Any]) -> str:
    """That the words of an activity were not kept, and where they can be read."""
    from screening.judge.explain import RESULTS
    from screening.privacy.masking import masked_numbers

    return (
        f"Aktivitas {activity['activity_id']} — {RESULTS[activity['result']]}: teksnya tidak disimpan, karena aktivitas ini tidak "
        f"perlu ditelaah.\nTeks aslinya ada pada ekspor: {masked_numbers(activity['source_file'])}, letak "
        f"{activity['source_pointer']} (SHA-256 {activity['source_sha256']}).\nUntuk menelusurinya: jalankan ulang `screening run` "
        "dengan --keep-all ke folder lain, atau salin teksnya ke `screening trace --text`."
    )


def _found(seen: Shown, identity: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The activities of a run that an id means (a finding's, an activity's, a record's, a case's, a person's; the beginning is
    enough), and the findings it means, as they may be seen."""
    from screening.reports.lookup import activities_of, chosen

    run = seen.run
    findings = seen.detailed(run.table("findings"))
    wanted = activities_of(identity, run.table("activities", ["activity_id", "record_id"]))
    if wanted:
        one = findings[findings["activity_id"].isin(wanted)]
    else:
        one = chosen(identity, findings, seen.activities)
        wanted = one["activity_id"].drop_duplicates().tolist()
    return seen.of(run.of_activities("activities", wanted), run.of_activities("hits", wanted)), one


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _readable(text: str) -> str:
    """Half a character that a console handed over is shown as the sign for one that cannot be read."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _moment(written: str | None, zone: str) -> dict[str, Any]:
    """`happened_at` and `time_basis` of what was said on the command line; a bare date is a date only."""
    if written is None:
        return {}
    import pandas as pd

    found = _CLOCK.search(written)
    clock = time(int(found[1]), int(found[2])) if found else time()
    day = read_date("--date", written[: found.start()] if found else written)
    moment = pd.Timestamp(datetime.combine(day, clock, ZoneInfo(zone))).tz_convert("UTC")
    return {"happened_at": moment, "time_basis": "exact_utc" if found else "date_only"}


def _known(rows: list[dict[str, Any]]) -> None:
    """Raise UsageError where a value is none the tables know."""
    from screening.errors import UsageError
    from screening.tables import ACTIVITIES

    for name in ("kind", "platform", "visibility"):
        allowed = ACTIVITIES.allowed[name]
        for row in rows:
            if row[name] not in allowed:
                raise UsageError(f"--{name} {row[name]}: harus salah satu dari {', '.join(allowed)}.")
