"""`screening self`: a person's own check of the own export, on the own computer; plain advice, nothing stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from screening.cli.options import Accounts, Inputs, Jurisdictions, Owner, Timezone, load

if TYPE_CHECKING:
    import pandas as pd

QUEUE = ("finding", "needs_clarification")
_SHOWN = 30  # activities told one by one; a person reads no longer list, and the rest is counted
_ADVICE = {
    "like": "Bila tidak dimaksudkan sebagai dukungan, tanda suka itu dapat Anda batalkan.",
    "follow": "Periksa akun itu akun siapa; bila akun kampanye, Anda dapat berhenti mengikutinya.",
    "join": "Periksa grup itu grup siapa; bila grup kampanye, Anda dapat keluar.",
    "share": "Bila tidak dimaksudkan sebagai dukungan, bagikan itu dapat Anda tarik, atau beri keterangan maksudnya.",
    "comment": "Baca lagi komentar itu seperti orang lain membacanya; Anda dapat meluruskan atau menariknya.",
    "post": "Baca lagi unggahan itu seperti orang lain membacanya; Anda dapat meluruskan atau menariknya.",
    "bio": "Periksa lagi profil Anda; lambang, angka, atau semboyan kampanye dapat dibaca sebagai dukungan.",
}


def add_to(program: typer.Typer) -> None:
    """Register this command."""
    program.command("self", no_args_is_help=True)(self_check)


def self_check(
    inputs: Inputs,
    owner: Owner = None,
    jurisdiction: Jurisdictions = None,
    accounts: Accounts = None,
    timezone: Timezone = "Asia/Jakarta",
) -> None:
    """Memeriksa ekspor Anda sendiri di komputer sendiri: saran biasa; tidak ada yang disimpan atau dikirim.

    Contoh: screening self unduhan-instagram.zip
    """
    from screening import readers
    from screening.engines.part import CHATS
    from screening.errors import NoReadableInput, UsageError
    from screening.pipeline import screen
    from screening.ruleset.accounts import normalise_handle

    reading = readers.read(inputs, timezone=timezone, owner=owner)
    if not (reading.files["outcome"] == "read").any():
        raise NoReadableInput("Tidak ada ekspor yang dapat dibaca. Jalankan `screening inspect` untuk rinciannya.")
    mine = reading.activities
    mine = mine[~mine["platform"].isin(CHATS)]
    if owner:
        mine = mine[
            mine["actor"].map(lambda one: normalise_handle(one) if isinstance(one, str) else "")
            == normalise_handle(owner)
        ]
    elif mine["actor"].nunique() > 1:
        raise UsageError("Berkas ini memuat beberapa akun; sebut akun Anda sendiri dengan --owner.")
    ruleset = load(jurisdiction, None, accounts, None)
    judged = screen(mine.reset_index(drop=True), ruleset)
    names = {act.id: (act.wording, f"{act.document.title}, {act.provision}") for act in ruleset.acts}
    print("\n".join(advice(judged.activities, judged.findings, names, timezone)))


def advice(activities: pd.DataFrame, findings: pd.DataFrame, acts: dict[str, tuple[str, str]], zone: str) -> list[str]:
    """What a person should know of the own activities, as lines. `acts`: id -> (wording, document and provision)."""
    from screening.reports.labels import label, moments
    from screening.tables import decode

    waiting = findings[findings["result"].isin(QUEUE)]
    told = ["PERIKSA SENDIRI — hanya untuk Anda; tidak ada yang disimpan atau dikirim."]
    told.append(f"{len(activities)} aktivitas dibaca; {waiting['activity_id'].nunique()} sebaiknya Anda lihat lagi.")
    if waiting.empty:
        told.append(
            "Tidak terlihat aktivitas yang biasanya ditanyakan. Gambar, pesan pribadi, dan grup percakapan tidak diperiksa."
        )
        return told
    order = waiting.sort_values(["points", "finding_id"], ascending=[False, True]).drop_duplicates("activity_id")
    about = activities.drop_duplicates("activity_id").set_index("activity_id")
    for at, row in enumerate(order.head(_SHOWN).to_dict("records"), 1):
        one: Any = about.loc[row["activity_id"]]
        when = (
            moments(about.loc[[row["activity_id"]], "happened_at"], [one["time_basis"]], zone)[0]
            or "waktu tidak diketahui"
        )
        quotes = list(dict.fromkeys(part["quote"] for part in decode(row["reasons"]) if part["quote"]))
        wording, provision = acts.get(row["act_id"], ("", str(row["provision"])))
        told += ["", f"{at}. {label('platform', one['platform'])}, {label('kind', one['kind'])}, {when}"]
        told += [f"   Yang terlihat: {' · '.join(f'“{quote}”' for quote in quotes[:3])}"] if quotes else []
        certain = "dapat dibaca sebagai" if row["result"] == "finding" else "mungkin ditanyakan sebagai"
        told.append(f"   Ini {certain}: {wording} ({provision}).")
        told += [f"   Belum jelas: {part['text']}." for part in decode(row["missing"])[:2]]
        told.append(f"   Saran: {_ADVICE[one['kind']]}")
    rest = len(order) - _SHOWN
    told += [f"\n… dan {rest} aktivitas lain."] if rest > 0 else []
    told += [
        "",
        "Ini bukan putusan dan bukan tuduhan: program hanya melihat kata-kata, orang yang menilai. Bila Anda sedang dimintai",
        "keterangan, jangan menghapus apa pun sebelum bertanya. Bila ragu, tanyakan kepada atasan atau pengelola kepegawaian.",
    ]
    return told
