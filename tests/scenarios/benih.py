"""The seed documents row by row (benih.toml) and the table docs/scenarios.md shows of them; running it writes the table."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAGE = HERE.parent.parent / "docs" / "scenarios.md"
BEGIN, END = "<!-- benih: python -m tests.scenarios.benih -->", "<!-- /benih -->"
_OF_ROW = ("result", "acts", "named", "never", "roster", "undated")


def rows() -> list[Mapping[str, Any]]:
    """The rows of benih.toml: id, says, jurisdiction, and the activities in `as`."""
    return list(tomllib.loads((HERE / "benih.toml").read_text(encoding="utf-8"))["row"])


def given(one: Mapping[str, Any]) -> dict[str, Any]:
    """What `scenes.activity` takes of one activity of a row."""
    cells = {key: value for key, value in one.items() if key not in _OF_ROW}
    return cells | ({"at": None} if one.get("undated") else {})


def table() -> str:
    """The rows as a Markdown table."""
    lines = ["| row | what the source says (Indonesian) | activity | result | acts |", "|---|---|---|---|---|"]
    for row in rows():
        for number, one in enumerate(row["as"]):
            first = (row["id"], row["says"]) if not number else ("", "")
            lines.append("| " + " | ".join([*first, _told(one), " or ".join(one["result"]), _acts(one)]) + " |")
    return "\n".join(lines)


def _told(one: Mapping[str, Any]) -> str:
    words = [f"“{one['text']}”"] if one.get("text") else []
    words += [f"[{one['media_text']}]"] if one.get("media_text") else []
    words += [f"on {one.get('target_text') or one['target_account']}"] if one.get("target_account") else []
    kind = "" if one.get("kind", "post") == "post" else f"{one['kind']}: "
    staff = ", ".join(f"{key} {value}" for key, value in one.get("roster", {}).items())
    return kind + " ".join(words) + f" ({one.get('at', 'undated')[:10]}{'; ' + staff if staff else ''})"


def _acts(one: Mapping[str, Any]) -> str:
    parts = [f"**{act}**" for act in one.get("acts", ())] + list(one.get("named", ()))
    return ", ".join(parts + [f"not {act}" for act in one.get("never", ())]) or "–"


def page() -> str:
    """docs/scenarios.md with the table as it is now."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
