"""Promises of the judge: sums, order, more evidence, exceptions, swaps, roster, explanation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.audit import parity as parity_module
from screening.audit.parity import parity
from screening.judge import judge
from screening.judge.accumulation import accumulation
from screening.judge.bench import Bench
from screening.judge.elements import RANK, status_for
from screening.judge.evidence import NOT_MEANT, Evidence, Statement
from screening.judge.explain import explain
from screening.judge.score import _evidence as weigh
from screening.judge.standing import Calendar, Moment, Standing, standing_of, unnamed
from screening.ruleset.acts import atoms_of
from screening.ruleset.load import load_ruleset
from screening.ruleset.risk import EvidenceRule
from screening.ruleset.roster import Person
from screening.tables import ACTIVITIES, FINDINGS, JUDGED, SPEAKERS, STATEMENTS, decode
from tests.scenarios.scenes import activity, statement, statements, tables, with_roster

PAIRS = ("pilpres-2024/1", "pilpres-2024/2", "pilpres-2024/3")
RULES = load_ruleset()

EVIDENCE = (
    "own:support", "own:attack", "own:solicitation", "own:counter_solicitation", "own:slogan", "own:claim_props",
    "own:claim_attendance", "own:claim_active_part", "own:claim_team", "own:claim_membership", "own:claim_gift",
    "own:audience_colleagues", "own:claim_facility", "media:media_photo_with", "media:media_candidate",
    "media:media_props", "media:media_number_gesture", "media:media_attribute", "content:support",
    "content:solicitation", "own:claim_identity_cards", "own:gesture", "media:media_frame", "own:claim_decision",
)  # fmt: skip
ABOUT = (
    "own:contestant",
    "content:contestant",
    "account:account_official",
    "account:account_volunteer",
    "account:account_team",
)
SPEAKING = (
    "own:neutrality", "own:news_style", "own:reported_speech", "own:question", "own:official_style", "own:official_duty",
    "own:accident", "own:past_event", "own:deleted", "any:followed_all", "own:added_by_others", "own:misused_identity",
    "media:media_screenshot", "media:media_safe_pose", "own:claim_third_party", "own:passive_presence", "own:on_leave",
    "media:takedown", "own:private_event", "content:news_style", "own:congratulation",
)  # fmt: skip
KINDS = ("post", "comment", "share", "like", "follow", "join", "bio")

kinds = st.sampled_from(KINDS)
days = st.sampled_from(
    ("2023-08-01 10:00", "2023-11-01 10:00", "2023-11-20 10:00", "2024-01-10 10:00", "2024-02-12 10:00", None)
)
evidence = st.sets(st.sampled_from(EVIDENCE), max_size=5)
abouts = st.sets(st.sampled_from(ABOUT), max_size=2)
speaking = st.sets(st.sampled_from([words for words in SPEAKING if not words.startswith("any")]), max_size=3)


def screen(kind, at, words, pair=PAIRS[0], ruleset=RULES, **given_row):
    named = [f"{one}@{pair}" if one in ABOUT else one for one in sorted(words)]
    return judge(*tables(activity(kind=kind, at=at, **given_row), named), ruleset)


def outcome(findings, judged):
    return judged["result"][0], int(judged["score"][0])


@settings(max_examples=30)
@given(kinds, days, evidence, abouts, speaking)
def test_the_parts_of_every_score_add_up_and_stay_on_the_scale(kind, at, seen, about, spoken):
    findings, judged = screen(kind, at, seen | about | spoken)
    FINDINGS.check(findings)
    JUDGED.check(judged)
    for row in findings.to_dict("records"):
        reasons = decode(row["reasons"])
        assert sum(part["points"] for part in reasons) == row["score"]
        assert 0 <= row["score"] <= 100
        assert row["band"] == RULES.risk.band(row["score"])
        groups = [part["group"] for part in reasons if part["group"] in {rule.group for rule in RULES.risk.evidence}]
        assert len(groups) == len(set(groups))  # evidence of one group counts once


@settings(max_examples=30)
@given(kinds, days, evidence, abouts, st.sampled_from(EVIDENCE + ABOUT))
def test_more_evidence_never_lowers_a_score_or_a_result(kind, at, seen, about, more):
    before = outcome(*screen(kind, at, seen | about))
    after = outcome(*screen(kind, at, seen | about | {more}))
    assert RANK[after[0]] <= RANK[before[0]]
    assert after[1] >= before[1]


@settings(max_examples=30)
@given(kinds, days, evidence, abouts, st.sampled_from([words for words in SPEAKING if not words.startswith("any")]))
def test_what_speaks_for_the_person_never_raises_an_act(kind, at, seen, about, spoken):
    before, _ = screen(kind, at, seen | about)
    after, _ = screen(kind, at, seen | about | {spoken})
    was = {row["act_id"]: row for row in before.to_dict("records")}
    for row in after.to_dict("records"):
        if row["act_id"] in was:
            assert row["points"] <= was[row["act_id"]]["points"]
            assert RANK[row["result"]] >= RANK[was[row["act_id"]]["result"]]


@settings(max_examples=30)
@given(kinds, days, evidence, abouts, speaking)
def test_the_result_follows_from_what_is_missing(kind, at, seen, about, spoken):
    findings, judged = screen(kind, at, seen | about | spoken)
    for row in findings.to_dict("records"):
        if row["result"] == "finding":
            # Words about a deed are never the deed; nothing else may be missing.
            assert [item["element"] for item in decode(row["missing"])] in ([], ["perbuatan_nyata"])
        if row["result"] == "needs_clarification":
            assert all(item["settle"] for item in decode(row["missing"]))
            assert decode(row["missing"])
        if row["result"] == "clear":
            assert row["score"] == 0
    if len(findings):
        assert judged["result"][0] == min(findings["result"], key=RANK.get)
        assert judged["score"][0] == findings["score"].max()


@settings(max_examples=25)
@given(kinds, days, evidence, abouts, speaking)
def test_it_never_matters_which_contestant_it_is(kind, at, seen, about, spoken):
    told = set()
    for pair in PAIRS:
        findings, judged = screen(kind, at, seen | about | spoken, pair)
        told.add(
            (
                outcome(findings, judged),
                tuple(zip(findings["act_id"], findings["result"], findings["points"], strict=True)),
            )
        )
    assert len(told) == 1


@settings(max_examples=12)
@given(st.lists(st.tuples(kinds, days, evidence, abouts), min_size=2, max_size=3))
def test_activities_are_judged_one_by_one_in_any_order(scenes):
    rows, said = [], []
    for number, (kind, at, seen, about) in enumerate(scenes):
        row = activity(f"a{number}", kind=kind, at=at)
        rows.append(row)
        said += statements(row, [f"{one}@{PAIRS[0]}" if one in ABOUT else one for one in sorted(seen | about)])
    together = judge(ACTIVITIES.build(rows), STATEMENTS.build(said), RULES)[1]
    backwards = judge(ACTIVITIES.build(rows[::-1]), STATEMENTS.build(said[::-1]), RULES)[1]
    assert together.set_index("activity_id")["score"].to_dict() == backwards.set_index("activity_id")["score"].to_dict()
    for number, row in enumerate(rows):
        alone = judge(
            ACTIVITIES.build([row]),
            STATEMENTS.build([one for one in said if one["activity_id"] == f"a{number}"]),
            RULES,
        )[1]
        assert alone["score"][0] == together["score"][number]


def test_nothing_in_nothing_out():
    findings, judged = judge(ACTIVITIES.empty(), STATEMENTS.empty(), RULES)
    assert FINDINGS.check(findings).empty
    assert JUDGED.check(judged).empty
    roster = with_roster(RULES, {"employment": "pns"})
    assert judge(ACTIVITIES.empty(), STATEMENTS.empty(), roster)[1].empty


def test_a_bare_name_is_clear_and_a_solicitation_outranks_a_like():
    assert outcome(*screen("post", "2024-01-10 10:00", {"own:contestant"})) == ("clear", 0)
    like = outcome(*screen("like", "2024-01-10 10:00", {"account:account_official"}))
    comment = outcome(*screen("comment", "2024-01-10 10:00", {"own:contestant", "own:support"}))
    appeal = outcome(
        *screen("post", "2024-01-10 10:00", {"own:contestant", "own:solicitation", "own:audience_colleagues"})
    )
    assert like[0] == comment[0] == appeal[0] == "finding"
    assert like[1] < comment[1] < appeal[1]
    assert RULES.risk.band(like[1]) == "low"


def test_a_direction_only_the_classifier_saw_weighs_less_and_a_doubtful_one_only_hints():
    row = activity(kind="post", text="xxxxx")
    named = statement("a1", f"own:contestant@{PAIRS[0]}", row)

    def seen(strength, how):
        opinion = statement("a1", f"own:support@{PAIRS[0]}", row, strength=strength, how=how, detector="stance")
        return outcome(*judge(ACTIVITIES.build([row]), STATEMENTS.build([named, opinion]), RULES))

    words, sure, unsure, noise = seen(0.9, "exact"), seen(0.9, "model"), seen(0.65, "model"), seen(0.45, "model")
    assert words[0] == sure[0] == "finding"
    assert words[1] > sure[1] > unsure[1]
    assert unsure[0] == "needs_clarification"
    assert noise == ("clear", 0)


@pytest.mark.parametrize("meant", sorted(NOT_MEANT))
def test_what_is_not_meant_so_does_not_count(meant):
    """Denied, refused, quoted … is a property of a statement: the same words, plainly meant, are a finding."""
    row = activity(kind="post", text="saya tidak mendukung Contoh")
    named = statement("a1", f"own:contestant@{PAIRS[0]}", row)
    for how, result in ((meant, "clear"), ("asserted", "finding")):
        said = statement("a1", f"own:support@{PAIRS[0]}", row, meant=how)
        judged = judge(ACTIVITIES.build([row]), STATEMENTS.build([named, said]), RULES)[1]
        assert judged["result"].tolist() == [result]


@pytest.mark.parametrize("meant", sorted(NOT_MEANT))
def test_a_plain_statement_stands_beside_one_that_is_not_meant_so(meant):
    row = activity(kind="post", text="kata orang … saya sendiri dukung Contoh")
    named = statement("a1", f"own:contestant@{PAIRS[0]}", row)
    plain = statement("a1", f"own:support@{PAIRS[0]}", row)
    other = statement("a1", f"own:attack@{PAIRS[0]}", row, meant=meant)
    alone, beside = (
        judge(ACTIVITIES.build([row]), STATEMENTS.build(said), RULES)[1]["score"].tolist()
        for said in ([named, plain], [named, plain, other])
    )
    assert beside == alone


@pytest.mark.parametrize("speaker", sorted(set(SPEAKERS) - {"self", "group_with_self", "addressed"}))
@pytest.mark.parametrize("signal", ["support", "solicitation", "claim_team", "claim_props"])
def test_what_another_did_is_never_charged_to_the_person(signal, speaker):
    row = activity(kind="post", text="kakak saya …")
    named = statement("a1", f"own:contestant@{PAIRS[0]}", row)
    said = statement("a1", f"own:{signal}@{PAIRS[0]}", row, speaker=speaker)
    findings, judged = judge(ACTIVITIES.build([row]), STATEMENTS.build([named, said]), RULES)
    assert judged["score"].tolist() == [0]
    assert "finding" not in set(findings["result"])


def test_a_finding_is_about_the_one_whom_the_words_are_about():
    """The one merely named beside is no party to it, whichever comes first."""
    row = activity(kind="post", text="xxxxx")
    for about, beside in (PAIRS[:2], PAIRS[1::-1]):
        said = [
            statement("a1", f"own:contestant@{beside}", row, quote_start=0),
            statement("a1", f"own:contestant@{about}", row, quote_start=20, quote_end=25),
            statement("a1", f"own:support@{about}", row, quote_start=10, quote_end=15),
        ]
        findings, _ = judge(ACTIVITIES.build([row]), STATEMENTS.build(said), RULES)
        assert set(findings["contestant"]) == {about}
        reason = next(part for part in decode(findings["reasons"][0]) if part["code"] == "peserta")
        assert (reason["start"], reason["end"]) == (20, 25)  # the quoted proof is the name itself


# --- roster ----------------------------------------------------------------------------------------------------------


def supporting(ruleset, **given_row):
    return screen("comment", "2024-01-10 10:00", {"own:contestant", "own:support"}, ruleset=ruleset, **given_row)


def test_without_a_roster_nothing_is_blocked_but_the_account_is_unconfirmed():
    findings, judged = supporting(RULES)
    assert judged["result"][0] == "finding"
    assert "akun_belum_dipastikan" in {item["code"] for item in decode(findings["mitigating"][0])}


@pytest.mark.parametrize(
    ("person", "result"),
    [
        ({"account_control": "confirmed"}, "finding"),
        ({"account_control": "likely"}, "finding"),
        ({"account_control": "unconfirmed"}, "needs_clarification"),
        ({"account_control": "not_theirs"}, "clear"),
        ({"employment": "non_asn"}, "out_of_scope"),
        ({"employment": "pppk"}, "finding"),
    ],
)
def test_the_roster_decides_scope_and_caps_the_result(person, result):
    findings, judged = supporting(with_roster(RULES, person))
    assert judged["result"][0] == result
    assert judged["subject_id"][0] == "pegawai-1"
    if result == "out_of_scope":
        assert findings["act_id"].tolist() == ["PPNPN-1"]


def test_an_account_not_on_the_roster_is_out_of_scope_even_without_statements():
    ruleset = with_roster(RULES, {"employment": "pns"}, actor="orang_lain")
    assert supporting(ruleset)[1]["result"].tolist() == ["out_of_scope"]
    assert judge(ACTIVITIES.build([activity()]), STATEMENTS.empty(), ruleset)[1]["result"].tolist() == ["out_of_scope"]


def test_leave_frees_the_spouse_act_only_on_its_days():
    words = {"own:contestant", "own:spouse", "own:claim_campaign_event"}
    for leave_to, result in (("2024-02-01", "clear"), ("2024-01-05", "finding")):
        person = {"spouse_contestant": PAIRS[0], "leave_from": "2023-12-01", "leave_to": leave_to}
        findings, _ = screen("post", "2024-01-10 10:00", words, ruleset=with_roster(RULES, person))
        told = findings.set_index("act_id")["result"].to_dict()
        assert told.get("BKD-KE-07", "clear") == result


# --- explanation, accumulation, parity -------------------------------------------------------------------------------


def test_words_about_a_deed_never_prove_it():
    for words in ({"own:claim_props"}, {"own:claim_membership", "own:party@parpol-2024/golkar"}, {"own:claim_team"}):
        findings, judged = screen("post", "2024-01-10 10:00", words | {"own:contestant"})
        for row in findings[findings["result"] == "finding"].to_dict("records"):
            assert decode(row["missing"])[-1]["element"] == "perbuatan_nyata"
            told = explain(row, judged.to_dict("records")[0], RULES).text
            assert "perbuatan nyata di luar jaringan" in told
            assert "tidak ada unsur yang kurang" not in told
    findings, _ = screen("post", "2024-01-10 10:00", {"own:support", "own:contestant"})
    assert decode(findings["missing"][0]) == []  # what is seen in the export itself is not said to be unseen


def test_the_explanation_adds_up_names_the_law_and_predicts_nothing():
    row = activity(kind="comment", text="dukung Contoh")
    findings, judged = judge(*tables(row, [f"own:contestant@{PAIRS[1]}", "own:support", "own:question"]), RULES)
    told = explain(findings.to_dict("records")[0], judged.to_dict("records")[0], RULES)
    assert told.waterfall[-1][2] == findings["score"][0]
    assert "SE Kepala BKD DKI e-00036/SE/2023" in told.text
    assert "bahan telaah, bukan putusan" in told.text
    assert "“dukun”" in told.text  # the quoted characters
    assert any("pertanyaan" in text for text, _, _ in told.mitigating)
    assert "pelanggaran" not in told.text.lower().replace("menjelekkan", "")
    assert "sanksi" not in told.text.lower()
    assert sum(points for _, points in told.subtotals) == findings["score"][0]
    assert f"= {findings['score'][0]}" in told.text


def test_a_finding_without_its_activity_or_with_missing_cells_is_explained():
    findings, _ = screen("post", None, {"own:contestant", "own:support"})
    told = explain(findings.to_dict("records")[0], None, RULES)
    assert "waktu kejadian yang pasti" in told.text
    assert told.missing


def test_accumulation_counts_acts_over_time_and_names_no_contestant():
    rows = [activity(f"a{n}", kind="like", at=f"2024-01-1{n} 10:00") for n in range(3)]
    said = [one for n, row in enumerate(rows) for one in statements(row, [f"account:account_official@{PAIRS[n]}"])]
    table = accumulation(*judge(ACTIVITIES.build(rows), STATEMENTS.build(said), RULES))
    assert table[["act_id", "activities", "days", "span_days"]].to_numpy().tolist() == [["BKD-D-06", 3, 3, 2]]
    assert not any("contest" in name for name in table.columns)
    assert not table.astype("str").apply(lambda column: column.str.contains("pilpres")).any().any()
    assert accumulation(FINDINGS.empty(), JUDGED.empty()).empty


def test_accumulation_equals_counting_by_hand():
    moments = ("2024-01-10 23:59", "2024-01-11 00:00", "2024-01-14 08:00", None)
    rows = [
        activity(f"a{n}", kind=("like", "post")[n % 2], at=moments[n % 4 if n < 12 else 3])
        | {"subject_id": (None, "asn_1", "asn_2")[n % 3], "actor": None if n % 5 == 0 else f"@akun{n % 2}"}
        for n in range(18)
    ]
    acts = ACTIVITIES.build(rows)
    lacking = dict.fromkeys(FINDINGS.columns, "") | {"score": 0, "points": 0}
    findings = FINDINGS.build(
        lacking | {"activity_id": f"a{n}", "act_id": act, "result": "clear" if n == 7 else "finding"}
        for n in (*range(18), 3)
        for act in ("A", "B")[: 1 + n % 2]
    )
    groups: dict = {}
    for one in findings[findings["result"] == "finding"].to_dict("records"):
        about = acts[acts["activity_id"] == one["activity_id"]].iloc[0]
        # Without a roster an account is one on its platform, never two people of one name.
        account = f"{about['platform']}|{about['actor'] if isinstance(about['actor'], str) else 'tidak diketahui'}"
        who = about["subject_id"] if isinstance(about["subject_id"], str) else account
        known = None if pd.isna(about["happened_at"]) else about["happened_at"].tz_convert("Asia/Jakarta").date()
        seen = groups.setdefault((who, one["act_id"], about["kind"], one["result"]), (set(), set()))
        seen[0].add(one["activity_id"])
        seen[1].update({known} - {None})
    expected = [
        [*key, len(ids), len(seen)]
        + ([str(min(seen)), str(max(seen)), (max(seen) - min(seen)).days] if seen else [None, None, None])
        for key, (ids, seen) in sorted(groups.items())
    ]
    table = accumulation(findings, acts)
    assert table.astype("object").where(table.notna(), None).to_numpy().tolist() == expected
    assert any(row[-1] is None for row in expected)
    assert any(row[-1] == 4 for row in expected)


def test_swapping_contestants_changes_nothing():
    local = replace(RULES, acts=tuple(act for act in RULES.acts if act.document.jurisdiction == "dki-jakarta"))
    found = parity(local, ["pilpres-2024"], one_in=3)
    assert found.checks > 300
    assert found.differences.empty, found.differences.head(6).to_string()


def test_the_swap_test_notices_a_single_extra_point(monkeypatch):
    def biased(activities, said, ruleset):
        findings, judged = judge(activities, said, ruleset)
        favoured = findings["contestant"] == "pilpres-2024/3"
        return findings.assign(points=findings["points"] + favoured.astype("int64")), judged

    monkeypatch.setattr(parity_module, "judge", biased)
    few = replace(RULES, acts=tuple(act for act in RULES.acts if act.id == "BKD-D-02"))
    assert not parity(few, ["pilpres-2024"], one_in=3).differences.empty


# --- the packs -------------------------------------------------------------------------------------------------------


def test_every_act_has_elements_a_source_and_a_sanction_that_is_only_a_reference():
    acts = [act for pack in RULES.packs.values() for act in pack.acts]
    assert len({act.id for act in acts}) == len(acts) == 88
    for act in acts:
        assert act.elements
        assert act.source
        assert act.wording[0].isupper()
        assert len(act.wording) < 200
    leaf = [act for act in RULES.packs["dki-jakarta"].acts if act.id.startswith("BKD-")]
    assert len(leaf) == 24


PLACES = (
    ("pilpres-2024", "pilpres-2024/1", (date(2023, 11, 1), date(2024, 1, 10))),
    ("pilkada-jakarta-2024", "pilkada-jakarta-2024/2", (date(2024, 9, 1), date(2024, 10, 10))),
    ("parpol-2024", "parpol-2024/psi", (date(2022, 10, 1), date(2024, 1, 10))),
    ("pileg-2024", "pileg-2024/x", (date(2024, 1, 10),)),
)


def judged_form(row):
    """A record of STATEMENTS as the judge reads it."""
    start, end = row["quote_start"], row["quote_end"]
    return Statement(**{name: row[name] for name in Statement._fields if name in row} | {"start": start, "end": end})


def reached(act, bench):
    """True when some evidence of its own makes the act fit somewhere, as a row or an alternative."""
    for label, kind, atoms in parity_module._alternatives(act):
        for name, contestant, dates in PLACES:
            contest = RULES.contests[name]
            person = Person("p1", spouse_contestant=contestant, account_control="confirmed")
            for day in dates:
                row = ACTIVITIES.build([parity_module._activity(label, contest, day, kind, atoms)])
                said = parity_module._statements(label, atoms, contestant, contest.kind, RULES)
                case = bench.case(row.to_dict("records")[0], [judged_form(one) for one in said], person)
                if act.id in {one.act.id for one in case.fits}:
                    return True
    return False


def test_every_act_of_every_pack_is_reachable():
    lost = []
    for pack in RULES.packs.values():  # each by itself: an act that carries another takes its place
        bench = Bench(replace(RULES, acts=pack.acts))
        lost += [act.id for act in pack.acts if act.role != "non_asn" and not reached(act, bench)]
    assert lost == []


def calendars():
    """One contest of every calendar there is, and one contestant of every timeline in them: the shipped lists hold thousands of
    each, and all that `standing_of` reads of them is kind, region, zone, days, and whether somebody stands alone."""
    contests, contestants = {}, {}
    for contest in RULES.contests.values():
        reach = contest.region == "nasional", contest.covers
        calendar = contest.kind, reach, contest.timezone, contest.phases, contest.statuses
        contests.setdefault(repr(calendar), contest)
        for name in (f"{contest.id}/", *contest.contestants):
            listed = contest.contestants.get(name)
            own = listed and (listed.statuses, listed.independent)
            contestants.setdefault(repr((calendar, own)), (contest, name))
    chosen = [*contests.values(), *(contest for contest, _ in contestants.values())]
    return {contest.id: contest for contest in chosen}, [name for _, name in contestants.values()]


@pytest.mark.parametrize("basis", ["exact_utc", "local_naive", "date_only"])
def test_moments_no_contest_can_tell_apart_are_judged_alike(basis):
    documents = list({act.document.id: act.document for act in RULES.acts}.values())
    calendar = Calendar(RULES.contests, documents, RULES.risk)
    contests, contestants = calendars()
    seen: dict = {}
    for day in calendar.days:
        for hours in (-49, -36, *range(-30, 19), 42):
            moment = Moment(datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hours), basis)
            stands = [standing_of(contests, one, moment, RULES.risk) for one in contestants]
            stands.append(unnamed(contests, moment, RULES.risk))
            stated = moment.days(next(iter(contests.values())), RULES.risk)[0]
            alike = stands, [document.in_force(stated) for document in documents]
            assert seen.setdefault(calendar.stretch(moment), alike) == alike
    assert len(seen) > len(calendar.days) / 2


def test_signals_used_by_acts_exist_and_unused_ones_are_few():
    used = set()
    for pack in RULES.packs.values():
        for act in pack.acts:
            for element in act.elements:
                used |= atoms_of(element.shown) | atoms_of(element.hinted)
            for item in act.exemptions:
                used |= atoms_of(item.when) | atoms_of(item.but)
    used |= {atom for rule in RULES.risk.evidence for atom in atoms_of(rule.when)}
    signals = {atom.partition(":")[2] for atom in used} & set(RULES.signals)
    assert set(RULES.signals) - signals <= {"neutral_mention", "boilerplate", "legislative_name", "party_symbol"}


def test_purbalingga_is_wider_about_pictures():
    ruleset = load_ruleset(["purbalingga"])
    findings, _ = screen("like", "2023-11-01 10:00", {"content:contestant", "media:media_candidate"}, ruleset=ruleset)
    assert "PBG-4" in set(findings["act_id"])


def test_results_stay_a_table_of_the_same_rows():
    rows = [activity(f"a{n}", at=None) for n in range(4)]
    judged = judge(ACTIVITIES.build(rows), STATEMENTS.empty(), RULES)[1]
    assert judged["activity_id"].tolist() == ["a0", "a1", "a2", "a3"]
    assert pd.isna(judged["band"]).all()


# --- edges that nothing else would notice ----------------------------------------------------------------------------


def test_an_account_that_is_only_likely_theirs_speaks_for_the_person_with_its_points():
    findings, _ = supporting(with_roster(RULES, {"account_control": "likely"}))
    told = {item["code"]: item["points"] for item in decode(findings["mitigating"][0])}
    assert told["akun_mungkin"] == RULES.risk.control["likely"].points < 0
    assert "akun_mungkin" in {part["code"] for part in decode(findings["reasons"][0])}


def test_a_party_outside_every_election_is_judged_as_after_one():
    act = next(act for act in RULES.acts if "party" in act.statuses)
    outside = Standing("parpol-2024", "party", ("party",), "")
    assert outside.phase == ""
    for stage, status in (("after", "party"), ("pre", None), ("campaign", None)):
        one = replace(act, phases=frozenset({stage}), contest_kinds=frozenset())
        assert status_for(one, outside) == status


def test_of_evidence_that_weighs_the_same_the_first_rule_is_told():
    """The order of the table is its authors' order of directness."""
    first, second = (
        EvidenceRule("g", code, code, (frozenset({"own:support"}),), 5, 4, 3) for code in ("pertama", "kedua")
    )
    seen = Evidence(*[frozenset({"own:support"})] * 3)
    assert [part.code for part in weigh(seen, [first, second])] == ["pertama"]
    assert [part.code for part in weigh(seen, [first, replace(second, points=6)])] == ["kedua"]
