"""Settled decisions as labelled texts with their provenance: candidates for training, never trained on by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from screening.privacy.masking import masked
from screening.review.decisions import FOUND, NO_ACT, Outcome, outcomes, statements
from screening.review.ledger import Entry
from screening.review.register import register
from screening.review.runs import ReviewRun

COLUMNS = (
    "text", "label", "relevan", "putusan", "butir", "suara", "penengah", "tanggal", "asal", "arah_mesin", "platform", "kind",
    "activity_id", "ruleset_version", "run_id",
)  # fmt: skip
NOT_AN_OFFENCE = "BUKAN PELANGGARAN"
STANCES = ("support", "attack", "solicitation", "counter_solicitation", "neutral_mention")
WARNING = (
    "PERINGATAN BIAS VERIFIKASI: yang berlabel hanyalah baris yang ditandai mesin (dan sampel acak, bila ada). "
    "Model yang dilatih dengan data ini mengulang kebutaan mesin. Sertakan baris asal = sampel, nilai dengan data lain "
    "yang tidak melewati mesin, dan jangan melatih ulang tanpa persetujuan tertulis. Kolom label sengaja kosong: orang "
    "yang menetapkan arah (mendukung, menyerang, netral, bukan politik); arah_mesin hanya petunjuk mesin dan tidak boleh "
    "disalin begitu saja."
)


def labels(entries: Iterable[Entry], runs: Sequence[ReviewRun]) -> pd.DataFrame:
    """One row per distinct activity with own text whose review is settled; COLUMNS, sorted by activity.

    `relevan` ya (worth clarifying under at least one act) or tidak (no offence under every act decided); other verdicts say
    nothing about the text and are left out. Reviewers' names stay in the ledger, accounts and numbers of people are hidden.
    """
    entries = tuple(entries)
    known = register(entries)
    settled: dict[str, list[Outcome]] = {}
    for item, one in outcomes(statements(entries)).items():
        if one.settled and one.verdict in (FOUND, NOT_AN_OFFENCE):
            settled.setdefault(item.activity_id, []).append(one)
    rows = []
    for run in runs:
        mine = {key for key, found in settled.items() if _version(found) == run.version}
        texts = run.activities[run.activities["activity_id"].isin(list(mine)) & run.activities["text"].notna()]
        stances = run.hits[run.hits["signal"].isin(STANCES) & run.hits["activity_id"].isin(list(mine))]
        machine = stances.groupby("activity_id")["signal"].agg(lambda signals: ",".join(sorted(set(signals)))).to_dict()
        for activity in texts.drop_duplicates("activity_id").to_dict("records"):
            found = [one for one in settled[activity["activity_id"]] if one.item.ruleset_version == run.version]
            best = max(found, key=lambda one: (one.verdict == FOUND, one.decided_on, one.item))
            sampled = best.item.act_id == NO_ACT and best.item in known.samples
            rows.append({
                "text": masked(activity["text"]), "label": "", "relevan": "ya" if best.verdict == FOUND else "tidak",
                "putusan": best.verdict, "butir": best.provision, "suara": len(best.votes),
                "penengah": "ya" if best.adjudication else "tidak", "tanggal": best.decided_on,
                "asal": "sampel" if sampled else "temuan", "arah_mesin": machine.get(activity["activity_id"], ""),
                "platform": activity["platform"], "kind": activity["kind"], "activity_id": activity["activity_id"],
                "ruleset_version": best.item.ruleset_version, "run_id": run.run_id,
            })  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {name: "str" for name in COLUMNS if name != "suara"} | {"suara": "int64"}
    )
    return frame.drop_duplicates("activity_id").sort_values("activity_id", ignore_index=True)


def _version(found: Sequence[Outcome]) -> str:
    """The rules of the latest decision about an activity."""
    return max(found, key=lambda one: (one.decided_on, one.item)).item.ruleset_version
