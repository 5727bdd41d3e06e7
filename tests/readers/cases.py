"""All cases of all formats: name -> files. The golden files, the property tests and the fuzzer draw from here."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.readers import (
    odd_cases,
    open_network_cases,
    own_chat_cases,
    own_meta_cases,
    own_newer_cases,
    own_platform_cases,
    table_cases,
    tool_cases,
)

Files = dict[str, bytes]
MODULES = (
    table_cases,
    tool_cases,
    own_meta_cases,
    own_platform_cases,
    own_chat_cases,
    own_newer_cases,
    open_network_cases,
    odd_cases,
)  # a module with `cases()` per group of formats


@cache
def cases() -> dict[str, Files]:
    """Every case by name."""
    found: dict[str, Files] = {}
    for module in MODULES:
        made = module.cases()
        assert not made.keys() & found.keys()
        found |= made
    return found


def write(files: Files, folder: Path) -> Path:
    """The case's files below `folder`."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder
