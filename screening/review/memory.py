"""What earlier decisions mean for a new run: a decided matter stays decided unless content, lists or rules changed.

Nothing is decided here: the result is a table of its own, beside the machine's findings, that says what people decided
before, on which rules, and why a matter is open again (`settings.toml`, [[reopen]]).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from screening.review.decisions import Outcome, outcomes, statements
from screening.review.facts import GENERAL
from screening.review.ledger import Entry
from screening.review.register import Register, record_key, register
from screening.review.runs import basis
from screening.review.settings import settings
from screening.sheets import cell_text

# memory: baru (never decided), tetap (the decision stands), dibuka (open again), terbuka (begun, not finished)
COLUMNS = (
    "finding_id", "activity_id", "act_id", "memory", "prior_verdict", "prior_provision", "prior_reviewers", "prior_on",
    "prior_round", "prior_ruleset_version", "reopened_because", "explanation", "round",
)  # fmt: skip
BESIDE_RULES = ("software", "model")  # facts that are no part of the ruleset version
CONTENT, RESULT, UNKNOWN = "content", "result", "unknown"
# Facts that are recorded per act or contest narrow the comparison to the act or contest of the finding.
_NARROW = {"rule": ("act:", "act_id"), "contest": ("contest:", "contest"), "lexicon": ("lexicon:", "contest")}


@dataclass(frozen=True)
class Change:
    """One group of facts that differs between two runs, as far as it concerns one finding."""

    group: str
    label: str
    when: str
    names: tuple[str, ...]

    @property
    def text(self) -> str:
        shown = ", ".join(self.names[:3]) + (f" dan {len(self.names) - 3} lainnya" if len(self.names) > 3 else "")
        return f"{self.label} berubah" + (f" ({shown})" if shown else "")


def carry_over(findings: pd.DataFrame, entries: Iterable[Entry], facts: Mapping[str, str]) -> pd.DataFrame:
    """For every row of FINDINGS the earlier decision and whether it still stands; columns COLUMNS, text, same order.

    `entries` of the ledger; `facts` of the run that made `findings` (`runs.ruleset_facts(manifest)`). `round` is the round
    in which the row is to be reviewed next.
    """
    entries = tuple(entries)
    known = register(entries)
    past = _past(outcomes(statements(entries)))
    posts = _posts(known, past)
    rows = [_row(finding, past, posts, known, facts) for finding in findings.to_dict("records")]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {name: "str" for name in COLUMNS if name != "round"} | {"round": "int64"}
    )


def changes(then: Mapping[str, str], now: Mapping[str, str], finding: Mapping[Any, Any] | None = None) -> list[Change]:
    """Which groups of facts differ between two runs; with a finding only what concerns it.

    Rule files count only when both runs recorded theirs: what was not written down has not "changed".
    """
    if not all(any(name not in BESIDE_RULES for name in side) for side in (then, now)):
        then, now = ({name: side[name] for name in side if name in BESIDE_RULES} for side in (then, now))
    found = []
    for rule in settings()["reopen"]:
        names = _differing(then, now, tuple(rule["prefixes"]))
        prefix, column = _NARROW.get(rule["group"], ("", ""))
        parts = [name for name in then.keys() | now.keys() if prefix and name.startswith(prefix)]
        if finding is not None and all(any(name in side for name in parts) for side in (then, now)):
            own = cell_text(finding.get(column))  # a finding of no contest may rest on any of them
            names = sorted(_unequal(then, now, [prefix + own, prefix + GENERAL] if own else parts))
        if names:
            found.append(Change(rule["group"], rule["label"], rule["when"], tuple(names)))
    return found


def _unequal(then: Mapping[str, str], now: Mapping[str, str], names: Iterable[str]) -> list[str]:
    return [name for name in names if then.get(name) != now.get(name)]


def _differing(then: Mapping[str, str], now: Mapping[str, str], prefixes: tuple[str, ...]) -> list[str]:
    return sorted(_unequal(then, now, (name for name in then.keys() | now.keys() if name.startswith(prefixes))))


def _past(found: Mapping[Any, Outcome]) -> dict[tuple[str, str], list[Outcome]]:
    past: dict[tuple[str, str], list[Outcome]] = {}
    for item, outcome in found.items():
        past.setdefault((item.activity_id, item.act_id), []).append(outcome)
    return past


def _posts(known: Register, past: Mapping[tuple[str, str], list[Outcome]]) -> dict[tuple[str, str], list[Outcome]]:
    """(record, act) -> outcomes about any version of that post."""
    posts: dict[tuple[str, str], list[Outcome]] = {}
    for (activity, act), item in known.current().items():
        record = known.machine[item].get("record")
        if record and (activity, act) in past:
            posts.setdefault((record, act), []).extend(past[activity, act])
    return posts


def _row(
    finding: Mapping[Any, Any], past: Mapping[tuple[str, str], list[Outcome]], posts: Mapping[tuple[str, str], list[Outcome]],
    known: Register, facts: Mapping[str, str],
) -> dict[str, Any]:  # fmt: skip
    version = cell_text(finding["ruleset_version"])
    own = past.get((finding["activity_id"], finding["act_id"]), [])
    here = [one for one in own if one.item.ruleset_version == version]
    latest = max(here, key=lambda one: one.item.round, default=None)
    prior = latest if latest and latest.settled else max((one for one in own if one.settled), key=_age, default=None)
    if prior is None:
        return _undecided(finding, own, latest, posts)
    because, notes = _why_open(finding, prior, known, facts)
    if latest and not latest.settled and prior.item.ruleset_version == version:
        because, notes = [*because, RESULT], [*notes, f"putaran {latest.item.round} sudah dimulai"]
    if not because:
        return _told(finding, "tetap", "; ".join(notes), prior, number=prior.item.round)
    number = max((one.item.round for one in here if one.settled), default=0) + 1
    return _told(finding, "dibuka", "; ".join([*notes, "telaah lagi"]), prior, because, number)


def _undecided(
    finding: Mapping[Any, Any],
    own: list[Outcome],
    latest: Outcome | None,
    posts: Mapping[tuple[str, str], list[Outcome]],
) -> dict[str, Any]:
    post = record_key(finding["subject_id"], finding["record_id"])
    before = [one for one in posts.get((post, finding["act_id"]), []) if one.settled]
    if before:
        text = "isi unggahan berubah sejak putusan sebelumnya; telaah lagi"
        return _told(finding, "dibuka", text, max(before, key=_age), [CONTENT])
    if not any(one.votes or one.contradicting for one in own):
        return _told(finding, "baru", "")
    begun = latest or max(own, key=lambda one: one.item)
    words = {"satu_suara": "baru satu penelaah memutus", "berbeda": "penelaah berbeda, menunggu penengah",
             "bertentangan": "ada penelaah dengan dua putusan yang bertentangan"}  # fmt: skip
    text = words.get(begun.state, "diputus PERLU DATA, menunggu data")
    return _told(finding, "terbuka", text, number=latest.item.round if latest else 1)


def _told(
    finding: Mapping[Any, Any],
    memory: str,
    text: str,
    prior: Outcome | None = None,
    because: Iterable[str] = (),
    number: int = 1,
) -> dict[str, Any]:
    key = {name: finding[name] for name in ("finding_id", "activity_id", "act_id")}
    told = {"memory": memory, "reopened_because": ",".join(because), "explanation": text, "round": number}
    return {**key, **_prior(prior), **told}


def _why_open(
    finding: Mapping[Any, Any], prior: Outcome, known: Register, facts: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """Groups that open the matter again, and what to say about every change."""
    issued = known.by_seen(prior.item, prior.seen)
    run = issued.run_id if issued else ""
    same_version = prior.item.ruleset_version == cell_text(finding["ruleset_version"])
    then = known.facts.get(run, {})
    if same_version and not (then and facts):
        return [], []
    if not same_version and all(
        one.group in BESIDE_RULES for one in changes(then, facts)
    ):  # nothing recorded explains it
        versions = f"{prior.item.ruleset_version} → {cell_text(finding['ruleset_version'])}"
        return [UNKNOWN], [f"versi aturan berubah ({versions}); rinciannya tidak tercatat"]
    before = known.basis.get((run, finding["finding_id"]), "")
    touched = before != basis(finding)
    found = changes(then, facts, finding)
    because = [one.group for one in found if one.when == "selalu" or (one.when == "bila_tersentuh" and touched)]
    notes = [
        one.text + ("" if one.group in because or one.when == "tidak" else ", tetapi dasar temuan ini sama")
        for one in found
    ]
    if because and not touched:
        notes.append("petunjuk untuk temuan ini sama seperti dahulu")
    if touched and before and not because:
        because, notes = [RESULT], [*notes, "hasil penilaian berbeda tanpa perubahan aturan yang tercatat"]
    return because, notes


def _prior(outcome: Outcome | None) -> dict[str, Any]:
    if outcome is None:
        return {name: "" for name in COLUMNS if name.startswith("prior_")}
    people = [*sorted(outcome.votes), *([f"penengah: {outcome.adjudication.who}"] if outcome.adjudication else [])]
    return {
        "prior_verdict": outcome.verdict, "prior_provision": outcome.provision, "prior_reviewers": "; ".join(people),
        "prior_on": outcome.decided_on, "prior_round": str(outcome.item.round),
        "prior_ruleset_version": outcome.item.ruleset_version,
    }  # fmt: skip


def _age(outcome: Outcome) -> tuple[Any, ...]:
    return outcome.decided_on, outcome.item.round, outcome.item
