"""Builder of realistic run tables for the report tests: invented people, real contestants, every result and phase.

`build(activities=…, seed=…)` gives a `Tables`; `texts` plants given texts as evidence, one per finding.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from screening.reports.context import ReportContext
from screening.tables import FILES, FINDINGS, HITS, JUDGED, REJECTED, encode

PAIRS = {
    "pilpres-2024/1": "Anies Baswedan – Muhaimin Iskandar",
    "pilpres-2024/2": "Prabowo Subianto – Gibran Rakabuming Raka",
    "pilpres-2024/3": "Ganjar Pranowo – Mahfud MD",
}
SHORT = {"pilpres-2024/1": ("Anies", 1), "pilpres-2024/2": ("Prabowo", 2), "pilpres-2024/3": ("Ganjar", 3)}
UNITS = (
    "Dinas Contoh Pendidikan",
    "Dinas Contoh Kesehatan",
    "Kecamatan Contoh Utara",
    "Kecamatan Contoh Selatan",
    "Badan Contoh Pendapatan",
    "Sekretariat Contoh",
    "Kelurahan Contoh Baru",
    "Dinas Contoh Perhubungan",
)
SUPPORT = (
    "Bismillah, {name} menang satu putaran! Ayo coblos nomor {number} 👍",
    "gaskeun {name} aja lah, yg lain cuma janji doang",
    "Dukung {name}, pemimpin yang paling paham rakyat kecil. #pilih0{number}",
    "Alhamdulillah td siang rame bgt, insyaallah {name} menang 🙏🙏",
    "Rekan-rekan guru, tgl 14 jgn lupa pilih nomor {number} ya",
)
CLARIFY = (
    "semangat terus pak {name} 💪",
    "Salam {number} jari dari kami sekeluarga",
    "hadir di acara {name} tadi sore, rame",
)
CLEAR = (
    "KPU umumkan nomor urut paslon, {name} dapat nomor {number}",
    "Berita: {name} hadir di debat semalam",
    "ASN wajib netral!",
)
ORDINARY = (
    "Selamat pagi semua",
    "rapat koordinasi jam 9 di aula",
    "lapangan becek bgt hari ini 😅",
    "Selamat ulang tahun bu!",
)
PHASES = (
    ("pre", "2023-01-01", "2023-10-18"),
    ("registration", "2023-10-19", "2023-11-12"),
    ("designated", "2023-11-13", "2023-11-27"),
    ("campaign", "2023-11-28", "2024-02-10"),
    ("quiet", "2024-02-11", "2024-02-13"),
    ("voting", "2024-02-14", "2024-02-14"),
    ("after", "2024-02-15", "2024-10-19"),
)
ACTS = (
    (
        "BKD-KE-02",
        "kode_etik",
        "butir kode etik 2",
        "Mengenalkan atau mengampanyekan bakal calon lewat media sosial",
        "PP 42/2004 Pasal 11 huruf c jo. Pasal 15 (sanksi moral)",
        "export",
    ),
    (
        "BKD-KE-04",
        "kode_etik",
        "butir kode etik 4",
        "Menanggapi, menyukai, bergabung, atau mengikuti akun atau grup pemenangan bakal calon",
        "PP 42/2004 Pasal 11 huruf c jo. Pasal 15 (sanksi moral)",
        "export",
    ),
    (
        "BKD-D-02",
        "disiplin",
        "butir disiplin 2",
        "Mengampanyekan calon lewat media sosial",
        "PP 94/2021 Pasal 14 huruf i (belum diverifikasi)",
        "export",
    ),
    (
        "BKD-D-04",
        "disiplin",
        "butir disiplin 4",
        "Hadir pada deklarasi atau kampanye dan bertindak mendukung secara aktif",
        "PP 94/2021 Pasal 14 huruf i (belum diverifikasi)",
        "claim",
    ),
    (
        "BKD-D-06",
        "disiplin",
        "butir disiplin 6",
        "Menanggapi, menyukai, bergabung, atau mengikuti akun atau grup pemenangan calon",
        "PP 94/2021 Pasal 14 huruf i (belum diverifikasi)",
        "export",
    ),
    (
        "BKD-D-08",
        "disiplin",
        "butir disiplin 8",
        "Mengadakan kegiatan berpihak: ajakan, himbauan, seruan kepada rekan, keluarga, atau masyarakat",
        "PP 94/2021 Pasal 14 huruf i (belum diverifikasi)",
        "export",
    ),
)
DOCUMENT = "SE Kepala BKD DKI e-00036/SE/2023"
SIGNALS = {
    "contestant": "menyebut peserta (nama, julukan, atau nomor urut)",
    "support": "mendukung atau mempromosikan peserta",
    "solicitation": "mengajak orang lain memilih atau mendukung",
    "account_team": "akun atau grup tim pemenangan",
}


@dataclass(frozen=True)
class Tables:
    """Everything a report takes."""

    activities: pd.DataFrame
    hits: pd.DataFrame
    findings: pd.DataFrame
    files: pd.DataFrame
    rejected: pd.DataFrame
    manifest: dict[str, Any]
    context: ReportContext

    def arguments(self) -> tuple[Any, ...]:
        return self.activities, self.hits, self.findings, self.files, self.manifest, self.context


def context(**changes: Any) -> ReportContext:
    """A context with the acts, phases and pairs above and sixty invented people."""
    acts = [
        {
            "act_id": a,
            "category": c,
            "document": DOCUMENT,
            "title": DOCUMENT,
            "provision": p,
            "summary": s,
            "observability": o,
            "source": "uji",
        }
        for a, c, p, s, _, o in ACTS
    ]
    people = [
        {
            "subject_id": f"asn_{n:04}",
            "name": f"Contoh Pegawai{n}",
            "nip": f"{198501012010010000 + n}",
            "unit": UNITS[n % len(UNITS)],
            "position": "Penata Layanan" if n % 3 else None,
            "grade": "III/b" if n % 4 else None,
            "agency": "Pemerintah Provinsi Contoh",
            "asn_status": "PPPK" if n % 5 == 0 else "PNS",
            "identity": ("pasti", "mungkin", "lemah")[n % 3],
        }
        for n in range(60)
    ]
    base = ReportContext(
        acts=pd.DataFrame(acts).astype("str"),
        contests=pd.DataFrame([{"contest": "pilpres-2024", "name": "Pemilihan Presiden 2024"}]).astype("str"),
        phases=pd.DataFrame(
            [("pilpres-2024", *p) for p in PHASES], columns=["contest", "phase", "start", "end"]
        ).astype("str"),
        contestants=pd.DataFrame([{"contestant_id": k, "name": v} for k, v in PAIRS.items()]).astype("str"),
        subjects=pd.DataFrame(people).astype("str"),
        signals=SIGNALS,
    )
    return replace(base, **changes)


def build(activities: int = 300, seed: int = 7, texts: tuple[str, ...] = (), share: float = 0.25) -> Tables:
    """A run of so many activities; about `share` of them reach the queue, plus one finding per planted text."""
    rng = random.Random(seed)
    rows: list[dict[str, Any]] = []
    hits: list[dict[str, Any]] = []
    findings: list[dict[str, Any]] = []
    for at in range(activities + len(texts)):
        planted = texts[at] if at < len(texts) else None
        result = (
            "finding"
            if planted is not None
            else rng.choices(
                ("finding", "needs_clarification", "clear", "out_of_scope"),
                (share * 0.6, share * 0.4, 0.95 - share, 0.05),
            )[0]
        )
        activity, own = _activity(rng, at, result, planted)
        rows.append(activity)
        hits += own
        if result in ("finding", "needs_clarification"):
            for act_id in _act_ids(rng, activity):
                findings.append(_finding(rng, activity, own, act_id, result))
        elif result == "clear" and rng.random() < 0.1:
            findings.append(_finding(rng, activity, own, "BKD-D-02", "clear"))
    frame = JUDGED.build(rows)
    best = FINDINGS.build(findings)
    files = _files(frame)
    rejected = REJECTED.build(
        {
            "source_file": "ekspor-00.csv",
            "source_pointer": f"baris {n}",
            "reason": "waktu tidak dapat dibaca",
            "raw": "kolom=…",
        }
        for n in range(4)
    )
    manifest = {
        "run_id": "uji-0001",
        "started_at": "2024-03-01T02:00:00Z",
        "version": "0.1.0",
        "ruleset_version": "aturan-2026.11",
        "versions": {"python": "3.11", "pandas": "3.1.1"},
        "model": {"name": "stance", "sha256": "ab" * 32},
    }
    return Tables(frame, HITS.build(hits), best, files, rejected, manifest, context())


def _activity(
    rng: random.Random, at: int, result: str, planted: str | None
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    pair = rng.choice(list(PAIRS))
    name, number = SHORT[pair]
    kind = (
        "post"
        if planted is not None
        else rng.choices(("post", "comment", "share", "like", "follow"), (4, 4, 2, 2, 1))[0]
    )
    templates = {
        "finding": SUPPORT,
        "needs_clarification": CLARIFY,
        "clear": (*CLEAR, *ORDINARY),
        "out_of_scope": SUPPORT,
    }[result]
    text = planted if planted is not None else rng.choice(templates).format(name=name, number=number)
    silent = kind in ("like", "follow")
    person = rng.randrange(60)
    when = datetime(2023, 9, 1, tzinfo=UTC) + timedelta(minutes=rng.randrange(0, 60 * 24 * 200))
    basis = rng.choices(("exact_utc", "local_naive", "date_only", "absent"), (7, 2, 1, 0.3))[0]
    identity = hashlib.sha256(f"{at}|{person}|{text}|{when}".encode(errors="surrogatepass")).hexdigest()[:20]
    row = {
        "activity_id": identity,
        "record_id": str(1_700_000_000_000_000_000 + at),
        "actor": f"@akun_contoh_{person:03}",
        "platform": rng.choice(("instagram", "facebook", "x", "tiktok", "youtube", "whatsapp")),
        "subject_id": f"asn_{person:04}",
        "kind": kind,
        "happened_at": None if basis == "absent" else pd.Timestamp(when),
        "time_basis": basis,
        "time_raw": when.isoformat(),
        "text": None if silent else text,
        "target_account": f"@contoh_relawan_0{number}" if kind != "post" else None,
        "target_text": f"Deklarasi relawan {name}" if kind in ("comment", "like", "share") else None,
        "target_url": f"https://contoh.invalid/p/{at}" if kind != "follow" else None,
        "target_kind": "content" if kind != "follow" else "account",
        "media_text": "tiga orang berpose satu jari" if rng.random() < 0.1 else None,
        "visibility": rng.choice(("public", "unknown")),
        "source_file": f"ekspor-{at % 5:02}.csv",
        "source_sha256": hashlib.sha256(str(at % 5).encode()).hexdigest(),
        "source_pointer": f"baris {at + 2}",
        "result": result,
        "score": 0,
    }
    if result in ("clear", "out_of_scope"):
        return row, []
    field, content = ("target_text", row["target_text"] or "") if silent else ("text", text)
    spans = [
        (name, "contestant"),
        ("Ayo coblos", "solicitation"),
        (f"nomor {number}", "contestant"),
        ("menang", "support"),
        ("ukung", "support"),
    ]
    own = []
    for surface, signal in spans:
        start = content.find(surface)
        if start >= 0:
            own.append(
                {
                    "activity_id": identity,
                    "field": field,
                    "signal": signal,
                    "entry_id": "uji",
                    "contestant_id": pair,
                    "surface": surface,
                    "start": start,
                    "end": start + len(surface),
                    "strength": 0.9,
                    "detector": "uji",
                    "how": "exact",
                }
            )
    return row, own


def _act_ids(rng: random.Random, activity: dict[str, Any]) -> list[str]:
    early = activity["happened_at"] is not None and activity["happened_at"] < pd.Timestamp(
        "2023-11-13", tz="Asia/Jakarta"
    )
    if early:
        return ["BKD-KE-04"] if activity["kind"] in ("like", "follow") else ["BKD-KE-02"]
    if activity["kind"] in ("like", "follow"):
        return ["BKD-D-06"]
    return (
        ["BKD-D-02", "BKD-D-06"]
        if activity["kind"] == "comment" and rng.random() < 0.3
        else [rng.choice(("BKD-D-02", "BKD-D-08", "BKD-D-04"))]
    )


def _finding(
    rng: random.Random, activity: dict[str, Any], hits: list[dict[str, Any]], act_id: str, result: str
) -> dict[str, Any]:
    act = next(a for a in ACTS if a[0] == act_id)
    day = activity["happened_at"]
    local = day.tz_convert("Asia/Jakarta").date().isoformat() if day is not None else None
    phase = next((p for p, start, end in PHASES if local and start <= local <= end), None)
    texts = {
        "contestant": "menyebut peserta",
        "support": "menyatakan dukungan",
        "solicitation": "mengajak orang lain memilih",
    }
    reasons = [
        {
            "code": "berat_butir",
            "text": f"butir {act[3].lower()}",
            "points": 30,
            "quote": "",
            "field": "",
            "start": 0,
            "end": 0,
            "group": "act",
            "weighs": "severity",
        }
    ]
    for hit in {h["signal"]: h for h in hits}.values():
        reasons.append(
            {
                "code": hit["signal"],
                "text": texts[hit["signal"]],
                "points": rng.choice((10, 15, 25)),
                "quote": hit["surface"],
                "field": hit["field"],
                "start": hit["start"],
                "end": hit["end"],
                "group": "stance",
                "weighs": "confidence",
            }
        )
    if phase == "campaign":
        reasons.append(
            {
                "code": "tahapan",
                "text": "terjadi pada masa kampanye",
                "points": 10,
                "quote": "",
                "field": "",
                "start": 0,
                "end": 0,
                "group": "phase",
                "weighs": "severity",
            }
        )
    mitigating = []
    if rng.random() < 0.3:
        mitigating = [{"code": "kutipan", "text": "mungkin mengutip perkataan orang lain", "points": -12, "quote": ""}]
        reasons.append({**mitigating[0], "field": "", "start": 0, "end": 0, "group": "context", "weighs": "confidence"})
    points = sum(r["points"] for r in reasons)
    score = max(0, min(100, points))
    if score != points:
        reasons.append(
            {
                "code": "batas_skala",
                "text": "skala dibatasi 0–100",
                "points": score - points,
                "quote": "",
                "field": "",
                "start": 0,
                "end": 0,
                "group": "",
                "weighs": "limit",
            }
        )
    missing = []
    if result == "needs_clarification":
        missing = [
            {"element": "direction", "text": "arah keberpihakan tidak jelas", "settle": "keterangan yang bersangkutan"}
        ]
    if phase is None:
        missing.append(
            {"element": "date", "text": "tanggal peristiwa tidak diketahui", "settle": "tangkapan layar dengan waktu"}
        )
    key = hashlib.sha256(f"{activity['activity_id']}|{act_id}".encode()).hexdigest()[:20]
    return {
        "finding_id": key,
        "activity_id": activity["activity_id"],
        "record_id": activity["record_id"],
        "subject_id": activity["subject_id"],
        "act_id": act_id,
        "document": DOCUMENT,
        "provision": act[2],
        "category": act[1],
        "result": result,
        "score": score,
        "points": points,
        "band": "high" if score >= 70 else "medium" if score >= 40 else "low",
        "contest": "pilpres-2024",
        "contestant": hits[0]["contestant_id"] if hits else "pilpres-2024/1",
        "candidate_status": None if phase is None else "bakal_calon" if phase in ("pre", "registration") else "calon",
        "phase": phase,
        "alternatives": encode(["BKD-D-06"] if act_id == "BKD-D-02" else []),
        "missing": encode(missing),
        "mitigating": encode(mitigating),
        "reasons": encode(reasons),
        "ruleset_version": "aturan-2026.11",
    }


def _files(activities: pd.DataFrame) -> pd.DataFrame:
    rows = [
        {
            "source_file": name,
            "source_sha256": part["source_sha256"].iloc[0],
            "reader": "table",
            "outcome": "read",
            "read": len(part) + duplicate + lost,
            "activities": len(part),
            "duplicate": duplicate,
            "rejected": lost,
            "kinds": "post,comment",
            "note": None,
        }
        for name, part in activities.groupby("source_file")
        for duplicate, lost in [(3, 4 if name == "ekspor-00.csv" else 0)]
    ]
    return FILES.build(rows)


def write_reports_to(folder: Path, tables: Tables, **options: Any) -> None:
    """All reports of a run, as the pipeline would write them."""
    from screening.reports import write_reports

    write_reports(folder, *tables.arguments(), **options)


GOLDEN = Path(__file__).parent / "golden" / "temuan.csv"


def golden_tables() -> Tables:
    """The small run behind tests/golden/temuan.csv."""
    return build(40, seed=11, texts=("=1+1", "02", "@akun ayo"))


if __name__ == "__main__":  # writes the golden file anew; look at the difference before committing it
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        write_reports_to(Path(folder), golden_tables())
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_bytes((Path(folder) / "temuan.csv").read_bytes())
