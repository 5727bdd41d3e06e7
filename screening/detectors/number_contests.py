"""Which contestant a ballot number means on a day: the contest must be alive, its numbers drawn, and it must fit best."""

from __future__ import annotations

import numpy as np

from screening.detectors.scene import Scene
from screening.text.wordlists import word_rows


def contestants_with(scene: Scene, doc: int, value: int, *, party: bool) -> tuple[list[str], bool]:
    """Contestants with that number in the contests that fit best; whether any contest with a drawn number is alive."""
    if (doc, value, party) not in scene.alive:
        scene.alive[(doc, value, party)] = _alive(scene, doc, value, party=party)
    fitting = scene.alive[(doc, value, party)]
    fitting = _narrowed(scene, doc, fitting)
    return sorted(fitting.values()), bool(fitting)


def _alive(scene: Scene, doc: int, value: int, *, party: bool) -> dict[str, str]:
    """Contest -> contestant with that number, of the contests alive on the doc's day whose numbers are drawn."""
    kinds = ("party",) if party else ("president", "regional")
    fitting: dict[str, str] = {}
    for name, contest in sorted(scene.ruleset.contests.items()):
        if contest.kind not in kinds or not contest.number_from or name not in scene.contest_windows:
            continue
        day = scene.days(contest.timezone)[doc]
        if np.isnat(day) or not np.datetime64(contest.number_from, "D") <= day <= scene.contest_windows[name][1]:
            continue
        for contestant in contest.contestants.values():
            if contestant.number == value:
                fitting[name] = contestant.id
    return fitting


def _narrowed(scene: Scene, doc: int, fitting: dict[str, str]) -> dict[str, str]:
    """By contests of people named in the activity, then region named, then office named, then the jurisdictions' region.

    A regional contest elsewhere needs a person or its region beside the number, even when no other contest is alive.
    """
    named = {contestant.split("/")[0] for contestant in scene.named_in_activity(doc)}
    present = scene.words_of(doc)
    offices = {r["kind"] for r in word_rows("jabatan") if r["word"] in present}
    regions = {r["contest"] for r in word_rows("wilayah") if r["word"] in present}
    contests = scene.ruleset.contests
    near = {c for c in fitting if contests[c].kind != "regional" or c in scene.home_contests}
    for wanted in (
        {c for c in fitting if c in named},
        {c for c in fitting if c in regions},
        {c for c in near if contests[c].kind in offices},
        near,
    ):
        if wanted:
            return {c: fitting[c] for c in wanted}
    return {}
