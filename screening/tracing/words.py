"""What reviewers read about speakers, meanings, channels, and why a statement does not count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from screening.judge.evidence import DOUBTFUL, NAMING, NOT_MEANT, OWN_CHANNELS, OWN_SPEAKERS, TIED

FIELDS = {
    "text": "teks sendiri", "target_text": "konten yang ditanggapi", "media_text": "keterangan gambar",
    "picture_text": "tulisan dalam gambar",
    "target_account": "akun yang dituju", "target_url": "alamat yang dituju", "tagged": "akun yang ditandai",
}  # fmt: skip
SPEAKERS = {
    "self": "penulis", "group_with_self": "kelompok bersama penulis", "addressed": "orang yang diajak bicara",
    "kin": "kerabat", "colleague": "rekan kerja", "official": "pejabat", "institution": "lembaga atau kelompok",
    "other": "orang lain", "unknown": "tidak diketahui",
}  # fmt: skip
MEANINGS = {
    "asserted": "dinyatakan", "wished": "diharapkan", "denied": "disangkal", "refused": "ditolak",
    "coerced": "karena disuruh", "past": "kejadian lama", "conditional": "pengandaian atau rencana",
    "asked": "ditanyakan", "courtesy": "ucapan sopan santun", "quoted": "kutipan", "reported": "pemberitaan ucapan orang lain",
    "example": "contoh larangan", "conceded": "diakui saja, bukan dipilih",
}  # fmt: skip
CHANNELS = {
    "own": "kata sendiri", "picture": "gambar", "content": "konten orang lain", "account": "akun",
    "parent": "sasaran hanya dari unggahan yang ditanggapi",
}  # fmt: skip
WEIGHTS = {3: "bukti", 2: "pengklasifikasi yakin", 1: "petunjuk lemah", 0: "tidak dihitung"}
UNLIKE = {
    "status": "peserta tidak berstatus yang diatur butir ini pada tanggal itu",
    "masa": "tahapan atau jenis pemilihannya bukan yang diatur butir ini",
}


def about(toward: str, names: Mapping[str, str]) -> str:
    """Whom a statement is about; `names`: contestant id -> name."""
    told = {"": "tidak tentang peserta tertentu", "all": "semua peserta sama rata", "unresolved": "peserta belum jelas"}
    return told.get(toward) or names.get(toward, toward)


def why_not(statement: Mapping[str, Any], weight: int) -> str:
    """Why a statement (a record of STATEMENTS) does not count, or only as a hint; "" for plain evidence."""
    if weight >= 2:
        return ""
    if statement["strength"] <= 0:
        return _nothing(statement)
    if statement["predicate"] in TIED:
        shown = statement["channel"] == "picture" and statement["predicate"].startswith("claim_")
        own = shown or statement["channel"] in OWN_CHANNELS
        if statement["meant"] in NOT_MEANT:
            return f"bukan pernyataan sendiri: {MEANINGS[statement['meant']]}"
        if own and statement["speaker"] not in OWN_SPEAKERS:
            return f"perbuatan orang lain: {SPEAKERS[statement['speaker']]}"
        if statement["meant"] in DOUBTFUL:
            return f"hanya petunjuk: {MEANINGS[statement['meant']]}"
    return (
        "peluang pengklasifikasi di bawah ambang" if statement["how"] == "model" else "kekuatan di bawah ambang bukti"
    )


def _nothing(statement: Mapping[str, Any]) -> str:
    """Why a strength is 0, as far as the statement itself tells it."""
    if statement["election"] == "other":
        return "tentang pemilihan lain (sekolah, RT/RW, organisasi, lomba), bukan pemilu"
    if statement["toward"] == "all":
        return "semua peserta diperlakukan sama"
    if statement["toward"] == "unresolved":
        return "beberapa peserta disebut dan arahnya tidak terikat pada salah satu"
    if statement["predicate"] in NAMING:
        return "lebih mungkin nama orang biasa atau kata umum di teks ini"
    if statement["predicate"].startswith("media_"):
        return "tidak ada foto yang diakui atau tidak ada yang berpose; hanya latar atau sebutan"
    if statement["how"] == "model":
        return "terlalu sedikit kata sendiri, namanya lemah, atau sasarannya hanya dari unggahan lain"
    if statement["predicate"] in TIED:
        return "nama di dekatnya bukan nama peserta"
    return "pernyataan tegas pada kalimat lain tidak dilemahkan oleh tanda ini"
