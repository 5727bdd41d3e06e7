"""Two runs side by side: what is newly found, no longer found, rescored or decided, and why.

The reason is derived, not guessed: the activity came or went with the inputs or its content changed; or its hits differ
(lexicon, accounts, model); or the hits are the same and the rules, contests, roster or weights differ; or the program does.
What none of these explains is called unexplained, because the same input and rules must give the same findings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from screening.review.ledger import Entry
from screening.review.memory import BESIDE_RULES, Change, carry_over, changes
from screening.review.register import record_key
from screening.review.runs import ReviewRun, basis
from screening.sheets import cell_text
from screening.tables import decode

COLUMNS = (
    "change", "why", "detail", "finding_id", "activity_id", "act_id", "result_before", "result_after", "score_before",
    "score_after", "memory", "prior_verdict", "explanation",
)  # fmt: skip
CHANGES = {"new": "temuan baru", "gone": "tidak lagi ditemukan", "content": "isi unggahan berubah", "result": "hasil berubah",
           "score": "skor berubah", "decided": "sama, sudah diputus"}  # fmt: skip
WHYS = {
    "input": "masukan",
    "content": "isi berubah",
    "lexicon": "leksikon",
    "accounts": "daftar akun",
    "model": "model",
    "rule": "aturan",
    "contest": "kontes dan tahapan",
    "roster": "daftar pegawai",
    "score": "bobot skor",
    "software": "perangkat lunak",
    "options": "pilihan perintah",
    "decision": "putusan penelaah",
    "unexplained": "tidak dapat dijelaskan",
}
_QUEUE = ("finding", "needs_clarification")
_NOTICED = ("lexicon", "accounts", "model", "software")  # what can make hits differ
_JUDGED = ("rule", "contest", "roster", "score", "software")  # what can make a judgement of the same hits differ
_HIT = ["field", "signal", "entry_id", "contestant_id", "surface", "start", "end"]


@dataclass(frozen=True)
class Comparison:
    """`rows`: COLUMNS, one per matter that changed (or was decided), sorted; `facts`: what differs between the runs' rules."""

    rows: pd.DataFrame
    facts: tuple[Change, ...]
    same: int
    versions: tuple[str, str] = ("", "")


def compare(before: ReviewRun, after: ReviewRun, entries: Iterable[Entry] = ()) -> Comparison:
    """Compare the queues of two runs; with ledger entries also what people decided about the later one."""
    old, new = _queue(before), _queue(after)
    facts = [*changes(before.facts, after.facts), *_options(before, after)]
    memory = carry_over(pd.DataFrame(list(new.values()), columns=list(after.findings.columns)), entries, after.facts)
    decided = {(row["activity_id"], row["act_id"]): row for row in memory.to_dict("records")}
    moved = _moved(old, new)
    changed = [key for key in old.keys() | new.keys() if not _equal(old.get(key), new.get(key))]
    own = {activity for activity, _ in changed}
    hits = tuple(_hits(run, own) for run in (before, after))
    seen = tuple(set(run.table("activities", ["activity_id"])["activity_id"]) & own for run in (before, after))
    chats = _chats(after, own) | _chats(before, own) if any(change.group == "options" for change in facts) else set()
    rows = []
    for key in sorted(changed):
        if key in moved.values():
            continue  # told together with its new version
        mate = moved.get(key)
        one, two = old.get(mate or key), new.get(key)
        if mate:
            kind, why, detail = "content", "content", f"aktivitas {mate[0][:12]} kini {key[0][:12]}"
        else:
            kind = (
                "new"
                if one is None
                else "gone"
                if two is None
                else "result"
                if one["result"] != two["result"]
                else "score"
            )
            why, detail = _why(key, one, two, hits, seen, facts)
            if why != "input" and key[0] in chats:  # a chat that only one of the runs was told to screen
                why, detail = "options", next(change.text for change in facts if change.group == "options")
        rows.append(_row(kind, why, detail, one, two, decided.get(key)))
    quiet = [key for key in old.keys() & new.keys() if _equal(old[key], new[key])]
    spoken = [key for key in sorted(quiet) if decided[key]["memory"] in ("tetap", "dibuka", "terbuka")]
    rows += [_row("decided", "decision", "", old[key], new[key], decided[key]) for key in spoken]
    frame = (
        pd.DataFrame(rows, columns=list(COLUMNS))
        .astype("str")
        .astype({"score_before": "float64", "score_after": "float64"})  # a mixed column arrives as "69.0"
        .astype({"score_before": "Int64", "score_after": "Int64"})
    )
    order = frame["change"].map({name: n for n, name in enumerate(CHANGES)})
    frame = (
        frame.assign(_o=order).sort_values(["_o", "activity_id", "act_id"]).drop(columns="_o").reset_index(drop=True)
    )
    return Comparison(frame, tuple(facts), len(quiet), (before.version, after.version))


_OPTIONS = {
    "include_chats": "percakapan grup ikut disaring",
    "timezone": "zona waktu",
    "owner": "pemilik unduhan",
    "jurisdictions": "yurisdiksi",
}


def _options(before: ReviewRun, after: ReviewRun) -> list[Change]:
    """The options that differ between the runs, when both wrote theirs down."""
    old, new = (run.manifest.get("options") for run in (before, after))
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return []
    differ = [name for name in _OPTIONS if name in old and name in new and old[name] != new[name]]
    told = [f"{_OPTIONS[name]}: {_shown(old[name])} → {_shown(new[name])}" for name in differ]
    return [Change("options", "pilihan perintah", "selalu", tuple(told))] if told else []


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "–")


def _chats(run: ReviewRun, own: set[str]) -> set[str]:
    """Activities that are chat messages, where only one of the runs screened them."""
    table = run.table("activities", ["activity_id", "platform"])
    return {*table.loc[table["platform"].isin(("whatsapp", "telegram")), "activity_id"]} & own


def for_people(found: Comparison) -> pd.DataFrame:
    """The rows with Indonesian headings and words, ids as everywhere else, for a spreadsheet."""
    from screening.sheets import sheet_id

    words = {
        "finding": "temuan",
        "needs_clarification": "perlu klarifikasi",
        "clear": "bukan temuan",
        "out_of_scope": "di luar lingkup",
    }
    rows = found.rows
    return pd.DataFrame(
        {
            "perubahan": rows["change"].map(CHANGES), "sebab": rows["why"].map(WHYS), "rincian": rows["detail"],
            "id_temuan": rows["finding_id"].map(sheet_id), "id_aktivitas": rows["activity_id"], "kode_perbuatan": rows["act_id"],
            "hasil_lama": rows["result_before"].map(words), "hasil_baru": rows["result_after"].map(words),
            "skor_lama": rows["score_before"], "skor_baru": rows["score_after"], "ingatan": rows["memory"],
            "putusan_lama": rows["prior_verdict"], "penjelasan": rows["explanation"],
        }
    )  # fmt: skip


def comparison_text(found: Comparison, limit: int = 20) -> str:
    """The comparison in Indonesian."""
    rows = found.rows
    lines = ["Perubahan aturan dan perangkat di antara kedua proses:"]
    lines += [f"  {change.text}" for change in found.facts] or ["  tidak ada yang tercatat"]
    if found.versions[0] != found.versions[1] and all(change.group in BESIDE_RULES for change in found.facts):
        lines.append(
            f"  versi aturan berbeda ({' → '.join(found.versions)}), tetapi rinciannya tidak ada dalam manifest"
        )
    counts = Counter(zip(rows["change"], rows["why"], strict=True))
    lines += ["", f"Sama di kedua proses: {found.same} baris."]
    for kind, label in CHANGES.items():
        per = [f"{count} karena {WHYS[why]}" for (name, why), count in sorted(counts.items()) if name == kind]
        if per and kind != "decided":
            lines.append(
                f"{label.capitalize()}: {sum(c for (n, _), c in counts.items() if n == kind)} ({', '.join(per)})."
            )
    states = Counter(rows["memory"])
    names = {"tetap": "putusan lama tetap berlaku", "dibuka": "dibuka kembali", "terbuka": "telaah belum selesai"}
    lines += [f"Putusan: {states[state]} {text}." for state, text in names.items() if states.get(state)]
    if (rows["why"] == "unexplained").any():
        lines.append(
            "PERHATIAN: ada perubahan tanpa sebab yang tercatat; jalankan `screening doctor` dan periksa manifest kedua proses."
        )
    shown = rows.head(limit)
    lines += ["", *map(_line, shown.to_dict("records"))]
    if len(rows) > limit:
        lines.append(f"… dan {len(rows) - limit} baris lagi; gunakan --out untuk semuanya.")
    return "\n".join(lines).rstrip()


def _line(row: Mapping[Any, Any]) -> str:
    before, after = ("–" if pd.isna(row[name]) else str(row[name]) for name in ("score_before", "score_after"))
    told = (
        f"T-{row['finding_id']} {row['act_id']}: {CHANGES[row['change']]} ({WHYS[row['why']]}), skor {before} → {after}"
    )
    detail = "; ".join(
        text
        for text in (
            row["detail"],
            row["prior_verdict"] and f"putusan sebelumnya: {row['prior_verdict']}",
            row["explanation"],
        )
        if text
    )
    return f"  {told}" + (f" — {detail}" if detail else "")


def _queue(run: ReviewRun) -> dict[tuple[str, str], dict[str, Any]]:
    wanted = run.findings[run.findings["result"].isin(_QUEUE)]
    return {
        (row["activity_id"], row["act_id"]): {str(k): v for k, v in row.items()} for row in wanted.to_dict("records")
    }


def _equal(one: Mapping[str, Any] | None, two: Mapping[str, Any] | None) -> bool:
    if one is None or two is None:
        return False
    return all(one[name] == two[name] for name in ("result", "score", "points")) and basis(one) == basis(two)


def _moved(
    old: Mapping[Any, Mapping[str, Any]], new: Mapping[Any, Mapping[str, Any]]
) -> dict[tuple[str, str], tuple[str, str]]:
    """New keys whose post was there before with other content -> the old key."""
    gone = {}
    for key in old.keys() - new.keys():
        if record := record_key(old[key]["subject_id"], old[key]["record_id"]):
            gone[record, key[1]] = key
    found = {}
    for key in sorted(new.keys() - old.keys()):
        mate = gone.pop((record_key(new[key]["subject_id"], new[key]["record_id"]), key[1]), None)
        if mate:
            found[key] = mate
    return found


def _hits(run: ReviewRun, wanted: set[str]) -> dict[str, Counter[tuple[Any, ...]]]:
    rows = run.hits[run.hits["activity_id"].isin(list(wanted))]
    found: dict[str, Counter[tuple[Any, ...]]] = {}
    for activity, how, *hit in (
        rows[["activity_id", "how", *_HIT]].astype("object").where(rows.notna(), "").itertuples(index=False)
    ):
        found.setdefault(activity, Counter())[(how, *hit)] += 1
    return found


def _why(
    key: tuple[str, str], one: Mapping[str, Any] | None, two: Mapping[str, Any] | None,
    hits: tuple[Mapping[str, Any], ...], seen: tuple[set[str], ...], facts: Iterable[Change],
) -> tuple[str, str]:  # fmt: skip
    if one is None and key[0] not in seen[0]:
        return "input", "aktivitas ini tidak ada dalam masukan sebelumnya"
    if two is None and key[0] not in seen[1]:
        return "input", "aktivitas ini tidak ada lagi dalam masukan"
    groups = {change.group: change for change in facts}
    first, second = hits[0].get(key[0], Counter()), hits[1].get(key[0], Counter())
    if first != second:
        added, lost = second - first, first - second
        detail = _hit_words("petunjuk baru", added) + _hit_words("petunjuk hilang", lost)
        likely = [
            "model" if hit[0] == "model" else "accounts" if hit[2].startswith("account_") else "lexicon"
            for hit in (added + lost)
        ]
        choices = [*dict.fromkeys(likely), *_NOTICED]
    else:
        detail = _part_words(one, two)
        choices = list(_JUDGED)
        if one and two and basis(one) == basis(two):
            choices = ["score", "rule", "software"]
        elif (
            one and two and any(cell_text(one[name]) != cell_text(two[name]) for name in ("phase", "candidate_status"))
        ):
            choices = ["contest", *_JUDGED]
    why = next((name for name in choices if name in groups), "unexplained")
    named = groups[why].text if why in groups else ""
    return why, "; ".join(part for part in (named, *detail) if part)


def _hit_words(title: str, found: Counter[tuple[Any, ...]]) -> list[str]:
    names = sorted({f"{hit[3] or hit[2]}" for hit in found})
    return [f"{title}: {', '.join(names[:4])}" + (" …" if len(names) > 4 else "")] if names else []


def _part_words(one: Mapping[str, Any] | None, two: Mapping[str, Any] | None) -> list[str]:
    """Score parts that differ, as code and points before → after."""
    if one is None or two is None:
        return []
    sums: list[Counter[str]] = [Counter(), Counter()]
    for total, row in zip(sums, (one, two), strict=True):
        for part in decode(row["reasons"]):
            total[str(part.get("code"))] += int(part.get("points") or 0)
    codes = sorted(code for code in sums[0].keys() | sums[1].keys() if sums[0][code] != sums[1][code])
    return [f"{code} {sums[0][code]} → {sums[1][code]} poin" for code in codes[:5]]


def _row(
    kind: str, why: str, detail: str, one: Mapping[str, Any] | None, two: Mapping[str, Any] | None,
    decided: Mapping[Any, Any] | None,
) -> dict[str, Any]:  # fmt: skip
    row = two or one or {}
    before, after = one or {}, two or {}
    return {
        "change": kind, "why": why, "detail": detail, "finding_id": row["finding_id"], "activity_id": row["activity_id"],
        "act_id": row["act_id"], "result_before": before.get("result", ""), "result_after": after.get("result", ""),
        "score_before": before.get("score"), "score_after": after.get("score"),
        **{name: decided[name] if decided else "" for name in ("memory", "prior_verdict", "explanation")},
    }  # fmt: skip
