"""One finding told in plain formal Indonesian: evidence, waterfall, law, alternatives, what is missing, what speaks for
the person. It names no sanction and never concludes anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from screening.judge.rows import EMPLOYED
from screening.ruleset.acts import Act, Document
from screening.ruleset.load import Ruleset
from screening.tables import decode

RESULTS = {
    "finding": "temuan awal",
    "needs_clarification": "perlu klarifikasi",
    "clear": "bukan temuan",
    "out_of_scope": "di luar lingkup",
}
CATEGORIES = {
    "kode_etik": "kode etik", "disiplin": "disiplin", "larangan_umum": "larangan umum", "imbauan": "imbauan",
}  # fmt: skip
STATUSES = {"bakal_calon": "bakal calon", "calon": "calon", "party": "partai politik"}
PHASES = {
    "pre": "sebelum pendaftaran", "registration": "masa pendaftaran", "designated": "sesudah penetapan calon",
    "campaign": "masa kampanye", "quiet": "masa tenang", "voting": "hari pemungutan suara",
    "after": "sesudah pemungutan suara",
}  # fmt: skip
KINDS = {
    "post": "unggahan", "comment": "komentar", "share": "membagikan", "like": "suka", "follow": "mengikuti",
    "join": "bergabung ke grup", "bio": "profil",
}  # fmt: skip
BANDS = {"high": "DIDAHULUKAN", "medium": "BERIKUTNYA", "low": "KEMUDIAN"}
WEIGHS = {"severity": "Bobot perbuatan", "confidence": "Kekuatan bukti", "limit": "Batas"}
PLACES = {
    "text": "teks pegawai", "target_text": "konten yang ditanggapi", "media_text": "keterangan gambar",
    "target_account": "akun yang dituju", "target_url": "alamat yang dituju", "tagged": "akun yang ditandai",
    "picture_text": "tulisan dalam gambar (dibaca mesin)",
}  # fmt: skip
DISCLAIMER = "Temuan awal — bahan telaah, bukan putusan."


@dataclass(frozen=True)
class Explanation:
    """A finding taken apart. `waterfall` steps are (text, points, running total); they end at the score, as the `subtotals`
    of weight, proof and limits do."""

    heading: str
    facts: tuple[tuple[str, str], ...]
    evidence: tuple[tuple[str, str, str], ...]
    waterfall: tuple[tuple[str, int, int], ...]
    subtotals: tuple[tuple[str, int], ...]
    law: tuple[tuple[str, str], ...]
    alternatives: tuple[str, ...]
    missing: tuple[tuple[str, str], ...]
    mitigating: tuple[tuple[str, int, str], ...]
    text: str


def explain(finding: Mapping[str, Any], activity: Mapping[str, Any] | None, ruleset: Ruleset) -> Explanation:
    """The explanation of one FINDINGS row (with its activity row when at hand)."""
    reasons = decode(finding["reasons"])
    known = {act.id: act for pack in ruleset.packs.values() for act in pack.acts}
    act = known.get(str(finding["act_id"]))
    heading = f"{finding['act_id']} — {RESULTS[finding['result']]}, skor {finding['score']}"
    heading += f", prioritas telaah {BANDS[finding['band']]}"
    evidence = tuple(
        (part["text"], part["quote"], PLACES.get(part["field"], part["field"])) for part in reasons if part["quote"]
    )
    law = [("Dokumen", str(finding["document"])), ("Ketentuan", str(finding["provision"]))]
    if act is not None:
        law += _law(act, decode(finding["mitigating"]))
    alternatives = tuple(
        f"{other} — {known[other].document.title}, {known[other].provision}" if other in known else other
        for other in decode(finding["alternatives"])
    )
    parts = Explanation(
        heading=heading,
        facts=tuple(_facts(finding, activity, ruleset)),
        evidence=evidence,
        waterfall=tuple(_waterfall(reasons)),
        subtotals=tuple(_subtotals(reasons)),
        law=tuple(law),
        alternatives=alternatives,
        missing=tuple((item["text"], item["settle"]) for item in decode(finding["missing"])),
        mitigating=tuple((item["text"], item["points"], item["quote"]) for item in decode(finding["mitigating"])),
        text="",
    )
    return Explanation(**{**vars(parts), "text": "\n".join(_lines(parts, int(finding["score"])))})


def _law(act: Act, mitigating: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """What is known of an act and its document; for other staff than PNS, what the reference means for them."""
    other = [item["text"] for item in mitigating if item["code"].startswith(EMPLOYED)]
    document = act.document
    law = [
        ("Isi ringkas", act.wording),
        ("Kepastian sumber", _certainty(act.certainty, document.certainty)),
        ("Masa berlaku", _validity(document)),
    ]
    if other:
        law.append(("Aturan bagi status kepegawaian ini", "; ".join(other)))
    if act.carries:
        law.append(("Memuat", f"butir {act.carries}"))
    text = document.official
    told = (
        f"{text.file}, SHA-256 {text.sha256}, dibaca {text.read_on}"
        if text
        else "belum dilampirkan; mintakan naskahnya"
    )
    law.append(("Naskah resmi", told))
    notes = [note for note in (act.note, document.note) if note]
    return law + ([("Catatan", " ".join(notes))] if notes else [])


def _validity(document: Document) -> str:
    start = document.valid_from.isoformat() if document.valid_from else "tidak diketahui"
    if document.valid_to:
        return f"{start} sampai {document.valid_to.isoformat()}"
    return f"sejak {start}, {document.until}".rstrip(", ")


def _certainty(act: str, document: str) -> str:
    words = {"verified": "terverifikasi"}
    own = words.get(act, "belum terverifikasi, mintakan naskah asli")
    dates = "" if document == "verified" else "; tanggal atau naskah dokumen belum terverifikasi"
    return own + dates


def _facts(finding: Mapping[str, Any], activity: Mapping[str, Any] | None, ruleset: Ruleset) -> list[tuple[str, str]]:
    def named(key: str, words: Mapping[str, str]) -> str:
        value = finding[key]
        return words.get(value, value) if isinstance(value, str) else "tidak diketahui"

    facts = [("Bagian", CATEGORIES.get(finding["category"], finding["category"]))]
    contest = ruleset.contests.get(finding["contest"]) if isinstance(finding["contest"], str) else None
    if isinstance(finding["contestant"], str):
        listed = contest.contestants.get(finding["contestant"]) if contest is not None else None
        facts.append(("Peserta", listed.name if listed is not None else finding["contestant"]))
    if contest is not None:
        facts.append(("Kontes", contest.name))
    facts += [
        ("Status peserta pada tanggal itu", named("candidate_status", STATUSES)),
        ("Tahapan", named("phase", PHASES)),
    ]
    if activity is not None:
        at = activity["happened_at"]
        zone = contest.timezone if contest is not None else "Asia/Jakarta"
        when = (
            at.tz_convert(zone).strftime("%Y-%m-%d %H:%M") + f" ({zone})"
            if at == at and at is not None
            else "tidak diketahui"
        )
        facts += [
            ("Waktu", when),
            ("Jenis", KINDS.get(activity["kind"], str(activity["kind"]))),
            ("Sumber", _source(activity)),
        ]
    return facts


def _source(activity: Mapping[str, Any]) -> str:
    return f"{activity['source_file']}, {activity['source_pointer']}"


def _waterfall(reasons: Sequence[Mapping[str, Any]]) -> list[tuple[str, int, int]]:
    steps, total = [], 0
    for part in reasons:
        if part["points"] or part["code"] == "perbuatan":
            total += part["points"]
            steps.append((part["text"], part["points"], total))
    return steps


def _subtotals(reasons: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """How much of the score is the weight of the act, how much the strength of its proof; nothing for runs of old."""
    sums = {name: sum(part["points"] for part in reasons if part.get("weighs") == name) for name in WEIGHS}
    known = any(part.get("weighs") for part in reasons)
    return [(words, sums[name]) for name, words in WEIGHS.items() if known and (sums[name] or name != "limit")]


def _lines(parts: Explanation, score: int) -> list[str]:
    lines = [parts.heading, DISCLAIMER, ""]
    lines += [f"{name}: {value}" for name, value in parts.facts]
    lines += ["", "Bukti (kutipan persis):"]
    lines += [f"- {text}: “{quote}” ({place})" for text, quote, place in parts.evidence] or ["- tidak ada kutipan"]
    lines += ["", "Asal skor:"]
    lines += [f"{points:+5d}  → {total:3d}  {text}" for text, points, total in parts.waterfall]
    lines += [f"       = {score:3d}  skor"]
    lines += [f"{' + '.join(f'{words.lower()} {points}' for words, points in parts.subtotals)} = {score}"] * bool(
        parts.subtotals
    )
    lines += ["", "Dasar hukum:"]
    lines += [f"- {name}: {value}" for name, value in parts.law]
    lines += ["", "Ketentuan lain yang mungkin cocok:"]
    lines += [f"- {other}" for other in parts.alternatives] or ["- tidak ada"]
    lines += ["", "Yang belum terbukti dan cara memastikannya:"]
    lines += [f"- {text}. {settle}" for text, settle in parts.missing] or [
        "- unsur yang dapat dilihat dari ekspor tampak; niat dan keadaan lain belum diketahui, tanyakan kepada yang bersangkutan"
    ]
    lines += ["", "Yang meringankan atau berbicara bagi pegawai:"]
    lines += [f"- {text}{f' (“{quote}”)' if quote else ''}" for text, _, quote in parts.mitigating] or ["- tidak ada"]
    return lines
