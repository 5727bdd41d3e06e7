"""A trace told in plain formal Indonesian: the stages one after the other, or only what was seen and why it is no finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from screening.judge.explain import BANDS, DISCLAIMER, KINDS, RESULTS, explain
from screening.tables import UNSURE
from screening.tracing.acts import Tried
from screening.tracing.words import CHANNELS, FIELDS, MEANINGS, SPEAKERS, UNLIKE, WEIGHTS, about

if TYPE_CHECKING:
    from screening.tracing.trace import Trace

_SHOWN = 8  # acts told in full: the ones behind fit worse than all these
_QUEUE = ("finding", "needs_clarification")


def whole(trace: Trace) -> Iterator[str]:
    """All stages, a line each."""
    yield from _head(trace)
    yield ""
    yield "1. Teks, kalimat, dan klausa"
    for one in trace.clauses:
        yield f"   [{FIELDS[one.field]}, kalimat {one.sentence + 1}] {_inline(one.text)}"
        yield f"       kata: {' '.join(one.words)}"
    yield from () if trace.clauses else ("   (tidak ada teks)",)
    yield ""
    yield "2. Petunjuk (apa yang terlihat)"
    yield from _hits(trace)
    for gone in trace.refused:
        yield f"   x “{_inline(gone.surface)}” ({FIELDS[gone.field]}) tidak diambil: {gone.why} [{gone.entry_id}]"
    yield ""
    yield "3. Pernyataan (siapa, apa, tentang siapa, bagaimana dimaksud)"
    yield from _statements(trace)
    yield from _weighed(trace)
    yield ""
    yield "4. Butir yang dicoba"
    yield from _acts(trace)
    yield ""
    yield "5. Hasil dan asal skor"
    yield from _result(trace)


def short(trace: Trace) -> Iterator[str]:
    """What was seen and why it is a finding or none."""
    yield from _head(trace)
    yield ""
    yield "Yang terlihat:"
    yield from _hits(trace)
    yield "Yang dinyatakan:"
    yield from _statements(trace)
    yield "Butir yang dicoba:"
    yield from _acts(trace)
    yield ""
    yield f"Mengapa {RESULTS[trace.activity['result']]}: {_reason(trace)}"


def _head(trace: Trace) -> Iterator[str]:
    row = trace.activity
    when = row["happened_at"]
    known = when is not None and when == when and row["time_basis"] != "absent"
    bare = row["time_basis"] == "date_only"
    form = "%Y-%m-%d (hanya tanggal)" if bare else "%Y-%m-%d %H:%M WIB"
    told = when.tz_convert("Asia/Jakarta").strftime(form) if known else "tidak diketahui"
    band = BANDS.get(row["band"], "") if isinstance(row["band"], str) else ""
    score = f", skor {row['score']} ({band})" if row["result"] in _QUEUE and band else ""
    yield f"Aktivitas {row['activity_id']} — {RESULTS[row['result']]}{score}"
    yield f"Jenis: {KINDS[row['kind']]}; waktu: {told}"
    yield DISCLAIMER


def _hits(trace: Trace) -> Iterator[str]:
    meaning, names = trace.ruleset.signals, _names(trace)
    for row in trace.hits.to_dict("records"):
        whom = (
            f", {names.get(row['contestant_id'], row['contestant_id'])}"
            if isinstance(row["contestant_id"], str)
            else ""
        )
        how = (
            "pengklasifikasi" if row["how"] == "model" else row["entry_id"] if isinstance(row["entry_id"], str) else ""
        )
        if row["how"] == "model" and row["entry_id"].endswith(UNSURE):
            how += ", arah belum pasti"
        yield (
            f"   “{_inline(row['surface'])}” ({FIELDS[row['field']]}): {meaning.get(row['signal'], row['signal'])}{whom}; "
            f"kekuatan {_number(row['strength'])} [{how}]"
        )
    if not len(trace.hits):
        yield "   tidak ada"


def _statements(trace: Trace) -> Iterator[str]:
    meaning, names = trace.ruleset.signals, _names(trace)
    for row in trace.statements.to_dict("records"):
        contest = trace.ruleset.contests.get(row["election"])
        where = f"; {contest.name}" if contest is not None else "; pemilihan lain" if row["election"] == "other" else ""
        yield (
            f"   {SPEAKERS[row['speaker']]}: {meaning.get(row['predicate'], row['predicate'])} — {about(row['toward'], names)}; "
            f"{MEANINGS[row['meant']]}; {CHANNELS[row['channel']]}{where}; kekuatan {_number(row['strength'])}; "
            f"bukti “{_inline(row['quote'])}”"
        )
        because = f": {row['why']}" if row["why"] else ""
        yield f"       → {WEIGHTS[row['weight']]}{because}"
    if not len(trace.statements):
        yield "   tidak ada"


def _weighed(trace: Trace) -> Iterator[str]:
    names = _names(trace)
    if trace.opinions:
        yield "   Yang ditimbang (tanda yang menambah atau mengurangi peluang, terkuat lebih dulu):"
    for one in trace.opinions:
        signs = "; ".join(f"{'+' if by >= 0 else '−'}{_number(abs(by))} {told}" for told, by in one.signs)
        yield f"   {one.what} tentang {names.get(one.whom, one.whom)}: peluang {_number(one.probability)} — {signs}"


def _acts(trace: Trace) -> Iterator[str]:
    for one in trace.tried[:_SHOWN]:
        yield f"   {one.act.id} {one.act.wording}: {_fate(one, _names(trace))}"
    if len(trace.tried) > _SHOWN:
        yield f"   … dan {len(trace.tried) - _SHOWN} butir lain yang lebih jauh dari cocok"
    if not trace.tried:
        yield f"   tidak ada: {_untried(trace)}"


def _fate(one: Tried, names: Mapping[str, str]) -> str:
    whom = f" terhadap {names.get(one.contestant, one.contestant)}" if one.contestant else ""
    if one.cleared:
        return f"gugur{whom} karena {'; '.join(one.cleared)}"
    if one.unlike:
        return f"tidak berlaku{whom}: {UNLIKE[one.unlike]}"
    if one.absent:
        return f"tidak cocok{whom}; tidak terlihat: {'; '.join(one.absent)}"
    if one.doubtful:
        return f"perlu klarifikasi{whom}; belum terbukti: {'; '.join(one.doubtful)}"
    return f"cocok{whom}" if one.result == "finding" else f"dibolehkan{whom}"


def _untried(trace: Trace) -> str:
    if trace.activity["result"] == "out_of_scope":
        return "akun ini di luar daftar pegawai, atau butirnya tidak berlaku bagi pegawai ini"
    if not len(trace.statements):
        return "tidak ada peserta, partai, akun kampanye, atau pernyataan tentang perbuatan yang terlihat"
    if not (trace.statements["strength"] > 0).any():
        return "tidak satu pun pernyataan yang kekuatannya di atas nol"
    return "hanya nama yang disebut; nama saja bukan perbuatan"


def _reason(trace: Trace) -> str:
    """Why the result is what it is, in one sentence."""
    if trace.activity["result"] in _QUEUE:
        acts = ", ".join(trace.findings["act_id"])
        return f"semua unsur yang diperlukan terlihat atau ditunjuk untuk {acts}."
    uncounted = trace.statements.loc[(trace.statements["weight"] == 0) & (trace.statements["why"] != ""), "why"]
    beside = f" Yang tidak dihitung: {'; '.join(dict.fromkeys(uncounted))}." if len(uncounted) else ""
    cleared = [one for one in trace.tried if one.cleared]
    if cleared:
        return f"{cleared[0].act.id} gugur karena {'; '.join(cleared[0].cleared)}.{beside}"
    if not trace.tried:
        return f"{_untried(trace)}.{beside}"
    first = trace.tried[0]
    lacks = UNLIKE[first.unlike] if first.unlike else "; ".join((*first.absent, *first.doubtful))
    return f"tidak ada butir yang semua unsurnya terlihat ({first.act.id}: {lacks}).{beside}"


def _result(trace: Trace) -> Iterator[str]:
    yield f"   {RESULTS[trace.activity['result']]}: {_reason(trace)}"
    for row in trace.findings.to_dict("records"):
        told = explain({str(name): value for name, value in row.items()}, None, trace.ruleset)
        yield f"   {told.heading}"
        yield from (f"      {points:+5d}  → {total:3d}  {text}" for text, points, total in told.waterfall)
        yield from (f"      belum terbukti: {text}. {settle}" for text, settle in told.missing)


def _names(trace: Trace) -> dict[str, str]:
    return {one.id: one.name for contest in trace.ruleset.contests.values() for one in contest.contestants.values()}


def _inline(text: str) -> str:
    return " ⏎ ".join(part.strip() for part in text.splitlines()) if text.strip() else text


def _number(value: Any) -> str:
    return f"{value:.2f}".replace(".", ",")
