"""One TOML data file: its table, and the line on which something stands, so that every problem names file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import Path as Packed

from screening.errors import Problem


@dataclass(frozen=True)
class DataFile:
    """A parsed TOML file; `problems` collects what is wrong with it (a mutable list, shared on purpose)."""

    name: str
    text: str
    table: Mapping[str, Any]
    problems: list[Problem] = field(default_factory=list)

    def line(self, *needles: str) -> int:
        """1-based line of the first needle found as a quoted value or key; 0 when none is."""
        for needle in needles:
            found = re.search(
                rf'^.*(?:"{re.escape(needle)}"|\b{re.escape(needle)}\s*=|\[{re.escape(needle)}\]).*$', self.text, re.M
            )
            if found:
                return self.text.count("\n", 0, found.start()) + 1
        return 0

    def problem(self, what: str, *near: str, remedy: str = "") -> None:
        """Note one thing wrong, at the line of the first of `near` that occurs."""
        self.problems.append(Problem(self.name, self.line(*near), what, remedy))

    def unknown_keys(self, entry: Mapping[str, Any], allowed: Iterable[str], near: str) -> None:
        """Every key nobody reads is a problem: it is almost always a misspelling."""
        for key in sorted(set(entry) - set(allowed)):
            self.problem(f"{near}: kunci tidak dikenal: {key}", key, remedy="periksa ejaannya")


def read_toml(path: Path | Packed, name: str | None = None) -> DataFile:
    """The file's table, or an empty table with one problem when it cannot be read."""
    shown = name or path.name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, KeyError, UnicodeDecodeError) as error:
        return DataFile(shown, "", {}, [Problem(shown, 0, f"berkas tidak dapat dibaca: {type(error).__name__}")])
    try:
        return DataFile(shown, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+)", str(error))
        line = int(where.group(1)) if where else 0
        return DataFile(shown, text, {}, [Problem(shown, line, f"TOML tidak sah: {error}")])
