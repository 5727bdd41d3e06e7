"""Commands that follow one activity: trace (every stage, from a text or a run) and explain (what a run says of it)."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from screening.cli.options import Accounts, Jurisdictions, Lexicons, Roster, RunFolder, Timezone, load

if TYPE_CHECKING:
    import pandas as pd

    from screening.folder import Run

Identity = Annotated[str, typer.Argument(metavar="ID", help="Nomor temuan, aktivitas, atau rekaman (record_id).")]


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    for command in (explain, trace):
        app.command(no_args_is_help=True)(command)


def explain(identity: Identity, run: RunFolder, jurisdiction: Jurisdictions = None) -> None:
    """Menjelaskan satu temuan atau aktivitas: bukti, poin, dasar hukum, yang kurang; juga mengapa bukan temuan."""
    from screening.folder import Run
    from screening.judge.explain import explain as explained
    from screening.tracing import recorded

    finished = Run(run)
    activities, findings = _found(finished, identity)
    ruleset = load(jurisdiction, None, None, None)
    told: list[str] = []
    for activity in _records(activities):
        mine = findings[findings["activity_id"] == activity["activity_id"]]
        told += [explained(row, activity, ruleset).text for row in _records(mine)]
        if mine["result"].isin(["finding", "needs_clarification"]).any():
            continue
        hits, said = (finished.of_activities(name, [activity["activity_id"]]) for name in ("hits", "statements"))
        told.append(recorded(activity, hits, said, mine, ruleset).why)
    print("\n\n".join(told))


def trace(
    identity: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Nomor aktivitas, temuan, atau rekaman; perlu --run.")
    ] = None,
    run: Annotated[Path | None, typer.Option("--run", metavar="FOLDER", exists=True, help="Folder hasil.")] = None,
    text: Annotated[str | None, typer.Option("--text", metavar="TEKS", help="Teks yang ditulis pegawai.")] = None,
    date: Annotated[
        datetime | None,
        typer.Option(
            "--date",
            metavar="WAKTU",
            formats=["%Y-%m-%d", "%Y-%m-%d %H:%M"],
            help="Tanggal, atau tanggal dan jam; bawaan: tidak diketahui.",
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
    timezone: Timezone = "Asia/Jakarta",
) -> None:
    """Menelusuri satu aktivitas lewat semua tahap: klausa, petunjuk, pernyataan, butir yang dicoba, asal skor.

    Contoh: screening trace --text "Ayo pilih Prabowo" --date 2024-01-10
    """
    from screening.errors import UsageError
    from screening.folder import Run
    from screening.tracing import trace as traced

    given: dict[str, Any] = {
        "text": text, "target_text": target_text, "target_account": target_account, "media_text": picture,
    }  # fmt: skip
    given = {name: value if value is None else _readable(value) for name, value in given.items()}
    made = any(value is not None for value in given.values())
    if (identity is None) == (not made) or (identity is None) != (run is None):
        raise UsageError("Sebut ID beserta --run, atau --text/--target-text/--target-account/--picture tanpa --run.")
    if made:
        rows: list[dict[str, Any]] = [
            given
            | {"kind": kind, "visibility": visibility, "platform": platform, "actor": actor, **_moment(date, timezone)}
        ]
    else:
        assert identity is not None
        assert run is not None
        rows = _records(_found(Run(run), identity)[0])
    _known(rows)
    ruleset = load(jurisdiction, roster, accounts, lexicon)
    for row in rows:
        one = traced(row, ruleset)
        print(one.text, end="\n\n")
        if "result" in row and (row["result"], row["score"]) != (one.activity["result"], one.activity["score"]):
            print(
                f"PERINGATAN: proses itu mencatat {row['result']} dengan skor {row['score']}; aturan, daftar pegawai, atau daftar "
                "akun sekarang lain. Sebut --roster, --accounts, --jurisdiction, dan --lexicon yang sama.",
                file=sys.stderr,
            )


def _found(run: Run, identity: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The activities of a run that an id of a finding, an activity or a record means, and their findings."""
    from screening.errors import UsageError

    wanted = identity.removeprefix("T-").removeprefix("A-")
    findings, activities = run.table("findings"), run.table("activities")
    one = findings[findings["finding_id"] == wanted]
    mine = (activities["activity_id"] == wanted) | (activities["record_id"] == identity)
    mine |= activities["activity_id"].isin(one["activity_id"])
    chosen = activities[mine]
    if chosen.empty:
        raise UsageError(f"{identity}: tidak ada temuan atau aktivitas dengan nomor itu dalam {run.folder}.")
    if one.empty:
        one = findings[findings["activity_id"].isin(chosen["activity_id"])]
    return chosen, one


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _readable(text: str) -> str:
    """Half a character that a console handed over is shown as the sign for one that cannot be read."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _moment(date: datetime | None, zone: str) -> dict[str, Any]:
    """`happened_at` and `time_basis` of what was said on the command line; a bare date is a date only."""
    if date is None:
        return {}
    import pandas as pd

    bare = (date.hour, date.minute) == (0, 0)
    moment = pd.Timestamp(date.replace(tzinfo=ZoneInfo(zone))).tz_convert("UTC")
    return {"happened_at": moment, "time_basis": "date_only" if bare else "exact_utc"}


def _known(rows: list[dict[str, Any]]) -> None:
    """Raise UsageError where a value is none the tables know."""
    from screening.errors import UsageError
    from screening.tables import ACTIVITIES

    for name in ("kind", "platform", "visibility"):
        allowed = ACTIVITIES.allowed[name]
        for row in rows:
            if row[name] not in allowed:
                raise UsageError(f"--{name} {row[name]}: harus salah satu dari {', '.join(allowed)}.")
