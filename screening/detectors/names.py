"""Contestants, parties, teams and stand-alone claims: everything that says whom a text may be about."""

from __future__ import annotations

import numpy as np

from screening.detectors.conditions import told_apart
from screening.detectors.found import Bools, Found, Place, joined
from screening.detectors.hits import Hits
from screening.detectors.matching import choose_contest, layer_matches, widest
from screening.detectors.number_contests import is_regency, regions_named
from screening.detectors.scene import Scene
from screening.ruleset.entries import signal_groups
from screening.ruleset.lexicon import Lexicon
from screening.text.wordlists import word_set

_NAMES = ["contestant", "party"]


def detect(scene: Scene) -> Hits:
    """Names, aliases, nicknames, mocks, pair labels, slogans, hashtags, parties, teams; kept from boilerplate and namesakes."""
    found = joined([layer_matches(scene, "names"), layer_matches(scene, "listed")])
    found = choose_contest(scene, found)
    found = _told_apart(scene, found)
    found = found.keep(~_elsewhere(scene, found))
    found = found.keep(~_in_boilerplate(scene, found) & ~_in_other_name(scene, found))
    columns = scene.lexicon.columns
    found = _strongest(scene, widest(scene, found, columns.label_code[found.entry]))
    found = found.keep(~_in_fuller_name(scene, found))
    scene.found["names"] = found
    _remember(scene, found)
    scene.hide_names(found.keep(np.isin(columns.signal[found.entry].astype(str), _NAMES)))
    mine = ~np.isin(columns.group[found.entry].astype(str), ["symbol", "context"])
    return scene.hits(found.keep(mine), "names")


def _told_apart(scene: Scene, found: Found) -> Found:
    """Of several people on lists with one name those for whom most of what is their own stands there (party, district, number,
    region); where that leaves two for a seat, none is meant: the party or the word "caleg" beside the name says enough."""
    layer = scene.lexicon.columns.listed[found.entry]
    same = np.flatnonzero(layer)
    if len(same) < 2 or scene.shadowed:
        return found
    places: dict[tuple[int, int], list[int]] = {}
    for i in same.tolist():
        places.setdefault((int(found.first[i]), int(found.last[i])), []).append(i)
    keep = np.ones(len(found), bool)
    contestant = scene.lexicon.columns.contestant
    for some in places.values():
        if len({contestant[found.entry[i]] for i in some}) < 2:
            continue
        held = [sum(told_apart(scene, found.keep(np.array([i])), found)[0]) for i in some]
        best = [i for i, number in zip(some, held, strict=True) if number == max(held)]
        keep[some] = False
        keep[best if len(best) == 1 else []] = True
    return found.keep(keep)


def _elsewhere(scene: Scene, found: Found) -> Bools:
    """Names of a regency's or city's candidates in texts that name other regencies and not their own: somebody else's."""
    away = np.zeros(len(found), bool)
    columns, docs, contests = scene.lexicon.columns, scene.documents, scene.ruleset.contests
    for i in np.flatnonzero(columns.listed[found.entry]).tolist():
        contest = contests.get(str(columns.contestant[found.entry[i]]).split("/")[0])
        if contest is not None and is_regency(contest):
            regions = regions_named(scene, int(docs.doc[found.first[i]]))
            others = [contests[one] for one in regions if one in contests and is_regency(contests[one])]
            away[i] = bool(others) and contest.id not in regions
    return away


def _strongest(scene: Scene, found: Found) -> Found:
    """Of several entries that say the same about the same characters, the strongest (a weak row yields to its strong one)."""
    if scene.shadowed:
        return found
    strength = scene.lexicon.columns.strength[found.entry]
    label = scene.lexicon.columns.label_code[found.entry]
    order = np.lexsort((found.entry, -strength, label, found.last, found.first))
    again = np.zeros(len(found), bool)
    again[1:] = np.all([np.diff(key[order]) == 0 for key in (found.first, found.last, label)], axis=0)
    return found.keep(np.sort(order[~again]))


def _in_other_name(scene: Scene, found: Found) -> Bools:
    """Inside a longer name of somebody else (`own_name`: Kahlil Gibran, Dharma Wanita)."""
    others = np.flatnonzero(scene.lexicon.columns.signal[found.entry] == "own_name")
    inside = np.zeros(len(found), bool)
    for i in others:
        inside |= (found.first >= found.first[i]) & (found.last <= found.last[i])
    inside[others] = False
    return inside


def _in_fuller_name(scene: Scene, found: Found) -> Bools:
    """Inside a longer name of another contestant or party: "Emil" of "Emil Dardak", "Demokrat" of "Partai Nasional Demokrat";
    shared names ("Anies Baswedan" of two contests) are settled before, by the day."""
    inside = np.zeros(len(found), bool)
    if scene.shadowed:
        return inside
    signal = scene.lexicon.columns.signal[found.entry].astype(str)
    for name in _NAMES:
        at = np.flatnonzero(signal == name)
        order = at[np.lexsort((-found.last[at], found.first[at]))]
        reach, begin = -1, -1
        for i in order.tolist():
            first, last = int(found.first[i]), int(found.last[i])
            inside[i] = last <= reach and (first, last) != (begin, reach)
            if last > reach:
                begin, reach = first, last
    return inside


def _in_boilerplate(scene: Scene, found: Found) -> Bools:
    """After "Baca juga" and the like, until the end of the line."""
    docs = scene.documents
    marks = np.flatnonzero(scene.lexicon.columns.signal[found.entry] == "boilerplate")
    inside = np.zeros(len(found), bool)
    for i in marks:
        doc, begin = docs.doc[found.first[i]], int(docs.start[found.first[i]])
        line_end = docs.texts[doc].find("\n", begin)
        end = line_end if line_end >= 0 else len(docs.texts[doc])
        start = docs.start[found.first]
        inside |= (docs.doc[found.first] == doc) & (start > begin) & (start < end)
    inside[marks] = False
    return inside


def telling(lexicon: Lexicon) -> Bools:
    """Which entries open a text: all of this layer but symbols and context, and claims that stand alone."""
    columns = lexicon.columns
    beside = np.isin(columns.group.astype(str), ["symbol", "context"])
    return ~beside | np.isin(columns.signal.astype(str), sorted(word_set("mandiri")))


def _remember(scene: Scene, found: Found) -> None:
    entries, opens = scene.lexicon.entries, telling(scene.lexicon).tolist()
    rows = scene.documents.row[scene.documents.doc[found.first]]
    for first, last, i, row in zip(
        found.first.tolist(), found.last.tolist(), found.entry.tolist(), rows.tolist(), strict=True
    ):
        entry = entries[i]
        group = signal_groups()[entry.signal]
        if group == "target":
            scene.note(Place(first, last, entry.signal, entry.contestant_id))
        if opens[i]:
            scene.opened_rows.add(row)
