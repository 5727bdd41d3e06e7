"""What must not matter to what a text is understood to say, over generated texts; and how statements are meant.

Metamorphic: a text is changed in a way that changes nothing for a careful reader (a rival in another clause, an opener, line
breaks, letter case, other contestants), and result, acts, score and whom a finding names must stay.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.detectors import detect
from screening.pipeline import notice, screen
from screening.ruleset.load import Ruleset, load_ruleset
from screening.statements import bind
from screening.tables import ACTIVITIES, HITS, decode
from screening.text import documents
from tests.scenarios.scenes import activity

HERE = Path(__file__).parent
DAY = "2024-01-10 09:00"
# Names by which the lexicon knows each pair of 2024 plainly: (id, one member, the pair).
PAIRS = (
    ("pilpres-2024/1", "Anies Baswedan", "Anies-Muhaimin"),
    ("pilpres-2024/2", "Prabowo Subianto", "Prabowo-Gibran"),
    ("pilpres-2024/3", "Ganjar Pranowo", "Ganjar-Mahfud"),
)
IDS, NAMES = [one for one, _, _ in PAIRS], [name for _, name, _ in PAIRS]
Outcome = tuple[str, int, tuple[tuple[str, str, str], ...]]


@lru_cache(maxsize=1)
def rules() -> Ruleset:
    return load_ruleset()


def outcomes(texts: Sequence[str], **cells: Any) -> list[Outcome]:
    """(result, score, (act, its result, whom it names) …) of a post with each text."""
    rows = [activity(f"a{n:05d}", text=text, at=DAY, visibility="public", **cells) for n, text in enumerate(texts)]
    out = screen(ACTIVITIES.build(rows), rules())
    acts: dict[str, list[tuple[str, str, str]]] = {}
    for row in out.findings.sort_values("act_id").to_dict("records"):
        whom = row["contestant"] if isinstance(row["contestant"], str) else ""
        acts.setdefault(row["activity_id"], []).append((row["act_id"], row["result"], whom))
    judged = out.activities
    return [
        (result, int(score), tuple(acts.get(name, ())))
        for name, result, score in zip(judged["activity_id"], judged["result"], judged["score"], strict=True)
    ]


def whom(outcome: Outcome) -> set[str]:
    """Contestants that the rows of the queue name."""
    return {one for _, result, one in outcome[2] if result != "clear"}


def openers() -> list[str]:
    with (HERE / "data" / "openers.csv").open(encoding="utf-8", newline="") as lines:
        return [row["opener"] for row in csv.DictReader(lines)]


# Sentences of every kind about one contestant ({a}); `BOUND` are findings, `INNOCENT` are not.
BOUND = (
    "saya dukung {a} jadi presiden", "kami sekeluarga mendukung {a}", "ayo pilih {a}", "mari kita menangkan {a}",
    "jangan pilih {a}", "{a} pembohong besar, memalukan", "saya relawan {a} sejak bulan lalu",
    "saya ikut kampanye {a} tadi pagi", "saya sudah memasang baliho {a} di depan rumah", "coblos {a} ya",
    "{a} pilihan saya, pasti menang", "dukung terus {a} sampai menang",
)  # fmt: skip
INNOCENT = (
    "saya tidak mendukung {a}", "{a} hadir di debat malam ini", "tetangga saya dukung {a}",
    "selamat ulang tahun {a}, semoga sehat selalu", "kata media, {a} unggul di survei",
    "saya menolak memasang baliho {a}", "kakak saya jadi koordinator relawan {a}",
)  # fmt: skip
SENTENCES = (*BOUND, *INNOCENT)


def test_the_sentences_are_what_they_are_taken_for() -> None:
    """Otherwise all that follows would hold of a tool that finds nothing, or everything."""
    for sentences, finds in ((BOUND, True), (INNOCENT, False)):
        texts = [one.format(a=name) for one in sentences for name in NAMES]
        for text, outcome in zip(texts, outcomes(texts), strict=True):
            assert (outcome[0] == "finding") == finds, (text, outcome)


def differing(changed: Iterable[tuple[str, str]], **cells: Any) -> list[tuple[str, Outcome, str, Outcome]]:
    """Pairs of (text, the same changed) that are not judged alike."""
    pairs = list(changed)
    plain = sorted({before for before, _ in pairs})
    known = dict(zip(plain, outcomes(plain, **cells), strict=True))
    after = outcomes([text for _, text in pairs], **cells)
    return [
        (before, known[before], text, seen) for (before, text), seen in zip(pairs, after, strict=True) if seen != known[before]
    ]  # fmt: skip


def test_there_are_two_hundred_openers_of_many_kinds() -> None:
    assert len(set(openers())) >= 200


def marked(test: str, values: Iterable[str]) -> list[Any]:
    """The values as parameters of a test; those of a fault that stands (`data/statement_faults.csv`) are expected to fail,
    strictly: who mends one takes its row out of the list."""
    with (HERE / "data" / "statement_faults.csv").open(encoding="utf-8", newline="") as lines:
        reasons = {row["case"]: row["reason"] for row in csv.DictReader(lines) if row["test"] == test}
    values = list(values)
    assert not set(reasons) - set(values)  # no row about a case that is gone
    return [
        pytest.param(one, marks=pytest.mark.xfail(strict=True, reason=reasons[one])) if one in reasons else one
        for one in values
    ]  # fmt: skip


@lru_cache(maxsize=1)
def plainly() -> list[tuple[str, Outcome]]:
    """Every sentence, each about another contestant in turn, with its outcome."""
    texts = [sentence.format(a=NAMES[n % 3]) for n, sentence in enumerate(SENTENCES)]
    return list(zip(texts, outcomes(texts), strict=True))


@pytest.mark.parametrize("opener", marked("opener", openers()))
def test_an_ordinary_opener_changes_nothing(opener: str) -> None:
    after = outcomes([f"{opener} {text}" for text, _ in plainly()])
    assert [(text, was, one) for (text, was), one in zip(plainly(), after, strict=True) if one != was] == []


def test_blanks_and_line_breaks_are_the_same() -> None:
    chance = random.Random(2024)
    changed = []
    for sentence in SENTENCES:
        for name in NAMES:
            text = sentence.format(a=name)
            changed.append((text, text.replace(" ", "\n")))
            changed.append((text, text.replace(" ", "\r\n")))
            for _ in range(4):
                changed.append((text, re.sub(" ", lambda _: chance.choice((" ", "\n", "  ", "\n\n", "\t")), text)))
    assert differing(changed) == []


ENDS = (
    "ya",
    "dong",
    "gaes",
    "ya gaes",
    "guys",
    "deh",
    "sih",
    "lho",
    "pokoknya",
    "hehe",
    "wkwk",
    "!",
    "!!",
    ".",
    " 🙏",
    " 😊",
    "…",
)


def test_letter_case_changes_nothing() -> None:
    texts = [one.format(a=name) for one in SENTENCES for name in NAMES]
    assert (
        differing((text, changed) for text in texts for changed in (text.upper(), text.lower(), text.capitalize()))
        == []
    )


@pytest.mark.parametrize("end", marked("end", ENDS))
def test_a_particle_at_the_end_changes_nothing(end: str) -> None:
    texts = [one.format(a=name) for one in SENTENCES for name in NAMES]
    assert differing((text, f"{text}{end}" if end[0] in " !.…" else f"{text} {end}") for text in texts) == []


# Clauses about another contestant ({b}) that say nothing for or against anybody, before or behind.
BESIDE = (
    "{b} juga hadir di debat kemarin", "kemarin {b} datang ke kota sebelah", "bapak saya sukanya {b}",
    "tetangga saya dukung {b}", "walau teman kantor banyak yang pilih {b}", "sedangkan {b} kampanye di Jawa Timur",
    "{b} belum saya dengar programnya", "biar saja orang lain pilih {b}",
)  # fmt: skip
JOINS = ("{x}, {y}", "{x}. {y}", "{x}; {y}", "{x} - {y}", "{x}.\n{y}", "{x}! {y}")


@pytest.mark.parametrize("sentence", marked("rival", BOUND))
def test_a_rival_named_in_another_clause_is_never_whom_the_finding_names(sentence: str) -> None:
    texts, wanted = [], []
    for (about, name, _), (_, rival, _) in permutations(PAIRS, 2):
        for beside in BESIDE:
            one, other = sentence.format(a=name), beside.format(b=rival)
            for join in JOINS:
                for x, y in ((one, other), (other, one)):
                    texts.append(join.format(x=x, y=y))
                    wanted.append(about)
    wrong = [
        (text, outcome) for text, about, outcome in zip(texts, wanted, outcomes(texts), strict=True)
        if not whom(outcome) <= {about, ""}
    ]  # fmt: skip
    assert wrong == []


# Who else could do what the sentences of one's own say.
OTHERS = (
    "tetangga saya", "tetangga sebelah saya", "kakak saya", "adik saya", "ibu saya", "bapak saya", "ayah kami", "istri saya",
    "suami saya", "anak saya", "anak bungsu saya", "om saya", "tante saya", "sepupu saya", "mertua saya", "keponakan saya",
    "paman saya", "kakek saya", "teman saya", "teman kantor saya", "teman sekolah saya", "rekan kerja saya", "rekan saya",
    "atasan saya", "kepala dinas kami", "kepala sekolah kami", "Pak Lurah kami", "Bu Camat kami", "Pak RT kami", "ketua RW kami",
    "guru anak saya", "dokter saya", "tukang ojek saya", "sopir saya", "kenalan saya", "sahabat saya", "mantan murid saya",
    "staf saya", "bos saya", "pembantu saya", "ipar saya", "besan saya", "teman SMA saya", "tetangga depan rumah saya",
)  # fmt: skip
DEEDS = (
    "{s} dukung {a}", "{s} mendukung {a}", "{s} jadi tim sukses {a}", "{s} relawan {a}", "{s} jadi koordinator relawan {a}",
    "{s} ikut kampanye {a}", "{s} memasang baliho {a}", "{s} mengajak warga pilih {a}", "{s} coblos {a}",
    "{s} bagi-bagi kaos {a}", "{s} hadir di deklarasi {a}", "{s} anggota tim pemenangan {a}",
)  # fmt: skip


@pytest.mark.parametrize("deed", marked("deed", DEEDS))
def test_what_somebody_of_mine_does_is_never_my_act(deed: str) -> None:
    name = NAMES[DEEDS.index(deed) % 3]
    mine = outcomes([deed.format(s="saya", a=name)])[0]
    assert mine[0] != "clear", mine  # the same deed of one's own is noticed
    texts = [deed.format(s=form, a=name) for one in OTHERS for form in (one, one[0].upper() + one[1:])]
    assert [(text, one) for text, one in zip(texts, outcomes(texts), strict=True) if one[0] == "finding"] == []


# Doers of whom nothing is said that they are mine.
STRANGERS = (
    "Budi", "Pak Budi", "Bu Sri", "mereka", "dia", "beliau", "warga", "warga RT 05", "teman-teman", "orang-orang", "anak muda",
    "para petani", "emak-emak", "partai itu", "bapaknya Andi", "ibunya Rina", "suaminya", "istri Pak Lurah", "Camat Menteng",
    "guru honorer itu", "anak buahnya", "sopir angkot", "tukang bakso langganan", "satpam kantor", "mertua", "kakak", "ayahku",
    "ibuku", "tetanggaku", "temanku", "kakak iparku", "sepupu gue", "nyokap gue", "bokap", "temen kantor gue", "bos gw",
    "murid-muridku", "anak didik saya", "wali kelas anak saya", "ketua arisan", "Haji Mamat", "si Udin", "ustadz kami",
    "bupati kami", "gubernur", "menteri itu", "artis itu", "komedian favorit saya",
)  # fmt: skip


@pytest.mark.parametrize("deed", marked("stranger", DEEDS))
def test_what_somebody_else_does_is_never_my_act(deed: str) -> None:
    name = NAMES[DEEDS.index(deed) % 3]
    texts = [f"{before}{deed.format(s=one, a=name)}" for one in STRANGERS for before in ("", "kemarin ")]
    assert [(text, one) for text, one in zip(texts, outcomes(texts), strict=True) if one[0] == "finding"] == []


TWO = (
    "saya dukung {a}, bukan {b}", "ayo pilih {a}, jangan pilih {b}", "{a} lebih baik dari {b}", "tinggalkan {b}, menangkan {a}",
    "saya dulu suka {b} tapi sekarang dukung {a}", "{b} hadir, {a} tidak", "tetangga saya pilih {b}, saya pilih {a}",
    "dibanding {b}, saya lebih percaya {a}", "{a} dan {b} sama-sama baik", "siapa pun menang, {a} atau {b}, kita tetap saudara",
    "jangan sampai {b} menang, dukung {a}", "saya tidak pilih {b}, saya pilih {a}",
)  # fmt: skip


@pytest.mark.parametrize("sentence", [*SENTENCES, *TWO])
@pytest.mark.parametrize("form", [1, 2], ids=["names", "pairs"])
def test_swapping_contestants_changes_neither_result_nor_score(sentence: str, form: int) -> None:
    orders = list(permutations(range(3), 2))
    texts = [sentence.format(a=PAIRS[a][form], b=PAIRS[b][form]) for a, b in orders]
    told = set()
    for (a, b), (result, score, acts) in zip(orders, outcomes(texts), strict=True):
        part = {IDS[a]: "a", IDS[b]: "b"}
        told.add((result, score, tuple((act, how, part.get(one, one)) for act, how, one in acts)))
    assert len(told) == 1, told


WORDS = [word for one in (*SENTENCES, *TWO) for word in one.format(a=NAMES[0], b=NAMES[1]).split()]
SIGNALS = (
    "support",
    "attack",
    "solicitation",
    "claim_team",
    "contestant",
    "negation",
    "quotation",
    "news_style",
    "media_props",
)


@settings(max_examples=20)
@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=14), st.data())
def test_further_hits_never_take_a_statement_away(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    table = ACTIVITIES.build([activity("a0", text=text, at=DAY)])
    read = documents(table)
    hits = detect(table, read, rules())
    starts = [match.start() for match in re.finditer(r"\S+", text)]
    more = []
    for number in range(data.draw(st.integers(1, 3))):
        first = data.draw(st.integers(0, len(words) - 1))
        last = min(first + data.draw(st.integers(0, 3)), len(words) - 1)
        start, end = starts[first], starts[last] + len(words[last])
        signal = data.draw(st.sampled_from(SIGNALS))
        named = data.draw(st.sampled_from(IDS)) if signal != "negation" else None
        more.append(
            {"activity_id": "a0", "field": "text", "signal": signal, "entry_id": f"uji-{number}", "contestant_id": named,
             "surface": text[start:end], "start": start, "end": end, "strength": 0.8, "detector": "uji", "how": "exact"}
        )  # fmt: skip

    def proofs(some: pd.DataFrame) -> set[tuple[Any, ...]]:
        made = bind(table, read, some, rules())
        return set(
            made[["field", "predicate", "entry_id", "quote_start", "quote_end"]].itertuples(index=False, name=None)
        )

    both = pd.concat([hits, HITS.build(more)], ignore_index=True)
    lost = {one for one in proofs(hits) - proofs(both) if one[2]}
    assert {one for one in lost if not str(one[2]).startswith("kelas:")} == set()


# --- how a statement is meant ----------------------------------------------------------------------------------------


def said(text: str, **cells: Any) -> pd.DataFrame:
    """STATEMENTS of one post, without the classifier's opinions."""
    made = notice(ACTIVITIES.build([activity("a0", text=text, at=DAY, **cells)]), rules())[1]
    return made[made["how"] != "model"]


def meant(text: str, signal: str) -> set[tuple[str, str]]:
    """(speaker, meant) of the statements of one signal."""
    some = said(text)
    some = some[some["predicate"] == signal]
    return set(zip(some["speaker"], some["meant"], strict=True))


@pytest.mark.parametrize(
    ("text", "signal", "manner"),
    [
        ("Saya tidak mendukung Prabowo", "support", "denied"),
        ("saya ga dukung prabowo", "support", "denied"),
        ("Saya bukan relawan Anies", "claim_team", "denied"),
        ("aku belum memilih Ganjar", "support", "denied"),
        ("Saya menolak memasang baliho Prabowo", "claim_props", "refused"),
        ('Katanya "ayo kita dukung Prabowo semua" begitu', "solicitation", "quoted"),
        ("Kata Pak RT ayo pilih Prabowo", "solicitation", "reported"),
        ("Apakah saya dukung Prabowo?", "support", "asked"),
        ("Dulu saya jadi tim sukses Prabowo waktu 2019", "claim_team", "past"),
        ("Dulu saya tim sukses Prabowo waktu 2019", "claim_team", "past"),
    ],
)
def test_how_a_statement_is_meant(text: str, signal: str, manner: str) -> None:
    assert {one for _, one in meant(text, signal)} == {manner}


@pytest.mark.parametrize(
    "text", ["Tidak hanya saya yang dukung Prabowo", "Jangan ragu memilih Prabowo", "Jangan lupa coblos Prabowo"]
)
def test_some_negative_words_deny_nothing(text: str) -> None:
    told = meant(text, "support") | meant(text, "solicitation")
    assert any(one in ("asserted", "wished") for _, one in told)


def test_negation_does_not_reach_into_the_next_sentence() -> None:
    assert ("self", "asserted") in meant("Saya tidak. Saya dukung Prabowo", "support")


def test_what_is_quoted_clears_nothing_beside_it() -> None:
    """A quoted direction is none; a plain one in one's own words stands beside it."""
    quoted = 'Katanya "ayo kita dukung Prabowo semua" begitu'
    assert outcomes([quoted])[0][:2] == ("clear", 0)
    assert outcomes([f"{quoted}. Saya sendiri dukung Prabowo"])[0][0] == "finding"


@pytest.mark.parametrize("kind", ["post", "comment", "share"])
def test_every_quoted_proof_of_a_name_is_a_name(kind: str) -> None:
    texts = [one.format(a=name, b=NAMES[n - 1]) for one in (*SENTENCES, *TWO) for n, name in enumerate(NAMES)]
    rows = [activity(f"a{n:04d}", text=text, at=DAY, kind=kind) for n, text in enumerate(texts)]
    out = screen(ACTIVITIES.build(rows), rules())
    places = {
        (row.activity_id, row.field, at)
        for row in out.hits[out.hits["contestant_id"].notna() & (out.hits["signal"] == "contestant")].itertuples()
        for at in range(row.start, row.end)
    }
    ids = set(out.statements["statement_id"])
    for row in out.findings.to_dict("records"):
        for part in decode(row["reasons"]):
            assert not part["quote"] or part["statement"] in ids
            if part["code"] == "peserta":
                reach = range(part["start"], part["end"])
                assert any((row["activity_id"], part["field"], at) in places for at in reach), row


# Pairs of nearly the same words: in the first nobody's own side is told, in the second the writer's is.
@pytest.mark.parametrize(
    ("told", "own"),
    [
        # A dialogue: who says it stands before the colon.
        ("Tukang sayur: pilih Prabowo aja bu. Saya: kembaliannya dulu bang", "Saya: pilih Prabowo aja bu"),
        ("adik: gue dukung Anies. nenek: gue dukung Ganjar. gue: tidur siang", "adik: siapa?\nsaya: saya dukung Anies"),
        # What stands in brackets parts no doer from the verb.
        ("istri (pedagang) jadi relawan Ganjar, saya jaga warung", "Saya (guru) jadi relawan Ganjar"),
        # Over, unless today is spoken of.
        ("Tahun 2014 dulu saya kuliah, ikut relawan Prabowo, pasang spanduk", "Saya ikut relawan Prabowo, pasang spanduk"),
        # A phrase within something that was not done was not said either.
        ("saya hampir ikut kampanye Anies kemarin", "saya ikut kampanye Anies kemarin"),
        # A list of goods for all of them.
        ("pesanan minggu ini: 200 kaos Anies, 150 kaos Prabowo, 75 kaos Ganjar", "Saya bagikan 200 kaos Anies ke warga"),
        # Who told the writer to, what a lorry says, whose gate it is, whose office the number is for.
        ("tadi naik angkot, sopirnya ngomel gue suruh pilih Anies", "tadi naik angkot, gue pilih Anies"),
        ("Tulisan di bak truk depan: PILIH GANJAR BIAR TENANG. Yang nulis niat sekali", "PILIH GANJAR BIAR TENANG"),
        ("Yang bagi-bagi beras stiker Prabowo di gang saya itu timnya", "Saya bagi-bagi beras stiker Prabowo"),
        ("Pilih nomor 2 Pak Wiryo buat ketua RT, masa tidak kita coblos", "Pilih nomor 2, masa tidak kita coblos"),
        ("tetangga pasang spanduk Ganjar, yang sebelah pasang spanduk Anies", "saya pasang spanduk Anies"),
        # Said to be told by somebody else, in Javanese.
        ("Pak kiai dawuh: pilih Ganjar", "Pak kiai, pilih Ganjar"),
    ],
)  # fmt: skip
def test_what_others_say_or_what_was_not_done_is_no_side(told: str, own: str) -> None:
    of_others, of_the_writer = outcomes([told, own])
    assert of_others[0] != "finding"
    assert of_the_writer[0] == "finding"


@pytest.mark.parametrize(
    "text",
    [
        "Nu can boga pilihan hayu urang pilih Prabowo",  # "nu" is "who"
        "Harapan tahun depan: presidennya Pak Ganjar, pilih Ganjar ya",
        "Katanya PNS dilarang bersuara, ya sudah saya tulis saja: saya pilih Prabowo",
        "Tadi bagi-bagi stiker amin di depan pasar, ludes",
        "tanggal 14 nyoblosnya Anies",
        "Aja lali sedulur, coblos Ganjar",
        "dari rumah saya pilih Anies",
        "Pak kiai, ayo pilih Ganjar",
    ],
)
def test_words_that_only_look_like_others_words_are_the_writers(text: str) -> None:
    assert outcomes([text])[0][0] == "finding"


def test_a_word_of_contrast_within_a_name_parts_nothing() -> None:
    """Real people are called so; the same is said of everybody else on the list."""
    words = "jangan pilih {} caleg partai HANURA dapil DKI Jakarta 1 nomor urut {}, janjinya palsu"
    plain = ACTIVITIES.build([
        activity("a1", text=words.format("Tapi Yurlianti", 8), at="2024-02-10 09:00", visibility="public"),
    ])  # fmt: skip
    found = screen(plain, rules()).findings
    assert {"BKD-D-02", "BKD-D-08"} <= set(found.loc[found["result"] == "finding", "act_id"])
