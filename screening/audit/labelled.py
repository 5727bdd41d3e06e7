"""What a reader of the results sees of labelled texts: each posted on a day of a contest of its year and screened as usual."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import pandas as pd

from screening.classifier.ranking import share
from screening.pipeline import screen
from screening.ruleset import Ruleset
from screening.ruleset.contests import Contest
from screening.tables import ACTIVITIES
from screening.text.wordlists import word_rows

LIVE, OUTSIDE, EVERYDAY = "masa kontes", "tanpa kontes", "sehari-hari"
COLUMNS = ("masa", "label", "teks", "temuan", "temuan_low", "temuan_high", "temuan_atau_klarifikasi")
_NATIONAL = "nasional"
_IDLE = (6, 15)  # month and day of a year without a contest


def dated(years: pd.Series, named: Mapping[int, Iterable[str]], ruleset: Ruleset) -> pd.DataFrame:
    """`day` each text is posted on and its `period`: LIVE, amid the campaign, as far as it lies in the text's year, of a contest
    that it names, else of a national one, else of one of the ruleset's own region; OUTSIDE, 15 June, in a year without these.

    `years`: text, the first four digits count; `named`: contests of the contestants each row names.
    """
    contests = ruleset.contests
    own = {row["contest"] for row in word_rows("wilayah") if row["word"] in ruleset.jurisdictions}
    found = []
    for row, told in enumerate(years.astype("str").str[:4]):
        year = int(told) if told.isdigit() else 0
        amid = {name: day for name, contest in contests.items() if (day := _amid(contest, year))}
        best = [name for name in named.get(row, ()) if name in amid]
        best += [name for name in amid if contests[name].region == _NATIONAL]
        best += [name for name in amid if name in own]
        found.append((amid[best[0]], LIVE) if best else (date(year, *_IDLE) if year else None, OUTSIDE))
    return pd.DataFrame(found, index=years.index, columns=["day", "period"], dtype=object)


def _amid(contest: Contest, year: int) -> date | None:
    """The middle of the longest part of a campaign that lies in a year."""
    if not year:
        return None
    first, last = date(year, 1, 1), date(year, 12, 31)
    parts = [(max(p.start, first), min(p.end, last)) for p in contest.phases if p.phase == "campaign"]
    parts = [(start, end) for start, end in parts if start <= end]
    if not parts:
        return None
    start, end = max(parts, key=lambda one: one[1] - one[0])
    return start + timedelta(days=(end - start).days // 2)


def results(table: pd.DataFrame, ruleset: Ruleset) -> pd.DataFrame:
    """COLUMNS of labelled texts (`table`: text, truth, year, day). Texts without politics belong to no contest, so each is posted
    in the latest national one, where a false finding can happen at all."""
    latest = max((day for day in table["day"] if day is not None), default=None)
    national = [_amid(c, y) for c in ruleset.contests.values() if c.region == _NATIONAL for y in range(2024, 2000, -1)]
    everyday = (table["truth"] == "non_political").to_numpy()
    shown = table["day"].mask(everyday, next((day for day in national if day), latest))
    ids = [f"{i:08d}" for i in range(len(table))]
    rows = pd.DataFrame({
        "activity_id": ids, "source_pointer": ids, "actor": [f"asn_{i:04d}" for i in range(len(table))],
        "text": table["text"].to_numpy(object), "platform": "x", "kind": "post", "visibility": "public", "source_file": "-",
        "time_basis": ["date_only" if day is not None else "absent" for day in shown],
        "happened_at": pd.to_datetime(pd.Series(list(shown), dtype=object), utc=True),
    })  # fmt: skip
    judged = screen(ACTIVITIES.cast(rows), ruleset).activities.set_index("activity_id")["result"].reindex(ids)
    found = judged.to_numpy(object) == "finding"
    raised = found | (judged.to_numpy(object) == "needs_clarification")
    own = table["period"].astype("str") + " " + table["year"].astype("str").str[:4]
    masa = own.where(~everyday, EVERYDAY).to_numpy(object)
    out = []
    for period in sorted(set(masa)):
        for label in ("support", "attack", "political_neutral", "non_political"):
            at = (masa == period) & (table["truth"] == label).to_numpy()
            if at.any():
                told = share(found[at])
                out.append(
                    (period, label, int(at.sum()), told["bagian"], told["low"], told["high"], float(raised[at].mean()))
                )
    return pd.DataFrame(out, columns=list(COLUMNS))
