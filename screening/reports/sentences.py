"""Plain Indonesian sentences from a finding's JSON cells: a reason, what is missing, what speaks for the person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from screening.reports.labels import label
from screening.tables import decode

CONTEXT = ("target_account", "target_text", "media_text", "tagged")


def sentence(part: Mapping[str, Any]) -> str:
    """One reason: its words, the quoted characters, then the points."""
    return f"{plain(part)} [{signed(part.get('points', 0))} poin]"


def plain(part: Mapping[str, Any]) -> str:
    """One reason without its points: its words and the quoted characters."""
    text = _capital(str(part.get("text") or part.get("code") or "")).rstrip(". ")
    quote = str(part.get("quote") or "")
    return text + (f": “{brief(quote)}”." if quote else ".")


def missing_text(missing: Any) -> str:
    """Elements not proven, each with what would settle it."""
    lines = []
    for part in decode(missing):
        settle = str(part.get("settle") or "").rstrip(". ")
        text = _capital(str(part.get("text") or part.get("element") or "")).rstrip(". ")
        lines.append(f"{text}." + (f" Langkah: {settle}." if settle else ""))
    return "\n".join(lines)


def mitigating_text(mitigating: Any) -> str:
    """What speaks for the person, with the quoted characters and the points taken off."""
    return "\n".join(sentence(part) for part in decode(mitigating))


def event(who: str, kind: Any, target: Any, platform: Any, when: str) -> str:
    """Who did what, where and when, in one sentence."""
    place, about = label("platform", platform), target if isinstance(target, str) else ""
    where = f" di {place}" if f" di {place} (" not in who else ""
    if platform in ("whatsapp", "telegram") and kind == "post" and about:
        words = f"{who} mengirim pesan di grup {place} “{about}”"
    elif kind in ("comment", "share", "like") and about:
        words = f"{who} {label('deed_toward', kind)} {about}{where}"
    elif about:
        words = (
            f"{who} {label('deed', kind)} {about}{where}"
            if kind != "post"
            else f"{who} {label('deed', kind)} di {about}{where}"
        )
    else:
        words = f"{who} {label('deed', kind)}{where}"
    return f"{words}, {when or 'waktu tidak diketahui'}."


def context_text(*values: Any) -> str:
    """What the activity was about, one labelled line per field of `CONTEXT` that is there."""
    return "\n".join(
        f"{label('field', name)}: {value}"
        for name, value in zip(CONTEXT, values, strict=True)
        if isinstance(value, str) and value
    )


def signed(points: int | float) -> str:
    """+25 or −15 with a real minus sign."""
    return f"+{points}" if points >= 0 else f"−{abs(points)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def brief(text: str, limit: int = 160) -> str:
    """The text, or its beginning."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
