"""The evaluation as one self-contained HTML page with inline SVG; it quotes texts and is meant to stay local."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd

from screening.classifier.evaluate import Evaluation, worst
from screening.classifier.ranking import told

_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:62rem;padding:0 1rem;color:#1b1f24}
table{border-collapse:collapse;margin:.5rem 0 1.5rem;font-variant-numeric:tabular-nums}
td,th{border:1px solid #d0d7de;padding:.2rem .5rem;text-align:right}td:first-child,th:first-child,td.t{text-align:left}
svg{background:#fff;border:1px solid #d0d7de}text{font:11px system-ui,sans-serif;fill:#444}
.warn{background:#fff8c5;padding:.5rem 1rem;border:1px solid #d4a72c}
"""
_SIZE, _PAD = 300, 36


def page(results: Sequence[Evaluation], curve: pd.DataFrame | None, name: str, seen: pd.DataFrame | None = None) -> str:
    """The whole page; `name` is the measured file's name, `seen` what a whole run makes of the texts."""
    parts = [
        '<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Evaluasi model</title>',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<style>{_STYLE}</style></head><body>",
        f"<h1>Evaluasi model: {escape(name)}</h1>",
        '<p class="warn">Halaman ini memuat kutipan teks. Simpan di tempat yang aman dan jangan disebarkan. '
        "Presisi bergantung pada seberapa sering teks berpihak muncul; bandingkan perolehan (recall) dan positif keliru.</p>",
    ]
    for result in results:
        s = result.summary
        parts += [
            f"<h2>{escape(result.scope)}: {s['n']} teks</h2>",
            f"<p>Makro-F1 {s['macro_f1']:.3f} (95 %: {s['macro_f1_low']:.3f}–{s['macro_f1_high']:.3f}), Brier {s['brier']:.3f}, "
            f"Brier berpihak {s['brier_partisan']:.3f}, ragu {s['abstain']:.1%}.</p>",
            "<h3>Per label</h3>", _table(result.labels),
            "<h3>Label sebenarnya (baris) dan label model (kolom)</h3>", _table(result.confusion.reset_index()),
            f"<p>{escape(told(result.ranking))}</p>",
            "<h3>Arah teks memihak yang ditemukan</h3>", _table(result.directions),
            "<h3>Ambang</h3>", _table(result.thresholds),
            "<h3>Kalibrasi peluang berpihak</h3>", _reliability(result.reliability), _table(result.reliability),
        ]  # fmt: skip
        if len(result.groups):
            parts += ["<h3>Per platform, kontes, masa, dan panjang</h3>", _table(result.groups)]
    if seen is not None:
        parts += ["<h2>Hasil akhir, sebagai unggahan sendiri</h2>", _table(seen)]
    if curve is not None:
        parts += ["<h2>Kurva belajar</h2>", _curve(curve), _table(curve)]
    parts += ["<h2>Kesalahan terbesar</h2>", _errors(worst(results[0].rows)), "</body></html>"]
    return "\n".join(parts)


def _table(frame: pd.DataFrame) -> str:
    head = "".join(f"<th>{escape(str(name))}</th>" for name in frame.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row) + "</tr>" for row in frame.itertuples(index=False)
    )
    return f"<table><tr>{head}</tr>{rows}</table>"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "–" if value != value else f"{value:.3f}".rstrip("0").rstrip(".")
    return escape(str(value))


def _errors(rows: pd.DataFrame) -> str:
    lines = "".join(
        f'<tr><td class="t">{escape(str(r.truth))}</td><td class="t">{escape(str(r.label))}</td><td>{r.partisan:.2f}</td>'
        f'<td class="t">{escape(str(r.text))}</td></tr>'
        for r in rows.itertuples()
    )
    return f"<table><tr><th>sebenarnya</th><th>model</th><th>peluang berpihak</th><th>teks</th></tr>{lines}</table>"


def _frame(title: str, inner: str, x: str, y: str) -> str:
    end = _SIZE - _PAD
    return (
        f'<svg width="{_SIZE}" height="{_SIZE}" viewBox="0 0 {_SIZE} {_SIZE}" role="img"><title>{escape(title)}</title>'
        f'<path d="M{_PAD} 8V{end}H{_SIZE - 8}" fill="none" stroke="#888"/>{inner}'
        f'<text x="{_SIZE // 2}" y="{_SIZE - 6}" text-anchor="middle">{escape(x)}</text>'
        f'<text x="12" y="{_SIZE // 2}" transform="rotate(-90 12 {_SIZE // 2})" text-anchor="middle">{escape(y)}</text></svg>'
    )


def _place(x: float, y: float) -> tuple[float, float]:
    width, height = _SIZE - _PAD - 8, _SIZE - _PAD - 8
    return round(_PAD + x * width, 1), round(_SIZE - _PAD - y * height, 1)


def _reliability(rows: pd.DataFrame) -> str:
    (x0, y0), (x1, y1) = _place(0, 0), _place(1, 1)
    marks = [f'<path d="M{x0} {y0}L{x1} {y1}" stroke="#bbb" stroke-dasharray="4 3"/>']
    for chance, real, least, most in rows[["peluang", "nyata", "low", "high"]].to_numpy(float):
        x, y = _place(chance, real)
        _, low = _place(0, least)
        _, high = _place(0, most)
        marks.append(
            f'<path d="M{x} {low}V{high}" stroke="#0969da"/><circle cx="{x}" cy="{y}" r="3.5" fill="#0969da"/>'
        )
    return _frame("Keandalan peluang", "".join(marks), "peluang model", "bagian yang benar berpihak")


def _curve(rows: pd.DataFrame) -> str:
    rows = rows[rows["tanpa"] == ""]
    largest = max(int(rows["teks"].max()), 1)
    lines = []
    for column, colour in (("recall_5", "#0969da"), ("macro_f1", "#bf3989")):
        points = [_place(n / largest, value) for n, value in zip(rows["teks"], rows[column], strict=True)]
        path = "L".join(f"{x} {y}" for x, y in points)
        x, y = points[-1]
        lines.append(
            f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
            f'<text x="{x - 60}" y="{y - 6}">{column}</text>'
        )
    return _frame("Kurva belajar", "".join(lines), f"teks korpus (0–{largest})", "nilai")
