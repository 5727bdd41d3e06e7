"""Write the beginning of a new platform: one folder in `screening/readers`, one line in `screening/platforms.toml`, its tests.

`python -m tests.readers.scaffold NAME --label LABEL [--host HOST ...]` (also `make new-reader NAME=…`). What it writes runs
at once: a reader for a made-up layout, a README to fill in, and a test; replace the layout by the real one.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

_INIT = '''"""{label}: the own-data download."""

from screening.readers.core.reader import Reader
from screening.readers.{name} import download

READERS: tuple[Reader, ...] = (download.READER,)
'''

_README = """# {label}

| layout | read | not in the export | sure |
|---|---|---|---|
| JSON with the root key `{name}_posts` (made up: replace it) | posts | everything else | U |

Source: none yet. Say where the layout is described, and how sure that is (V verified, D documented, U unverified).
"""

_DOWNLOAD = '''"""The {label} download. Replace the made-up layout by the real one; recognise by structure, never by a label."""

from __future__ import annotations

from collections.abc import Iterator

from screening.readers.core.acts import act, owner_note
from screening.readers.core.jsonstream import records
from screening.readers.core.reader import Claim, Context, Item, Reader, Rejection, filled
from screening.readers.core.source import Source
from screening.readers.core.structure import tree
from screening.readers.times.moment import lenient

_KEY = "{name}_posts"


def _recognise(source: Source) -> Claim | None:
    root = tree(source)
    return Claim() if isinstance(root, dict) and _KEY in root else None


def _read(source: Source, context: Context) -> Iterator[Item]:
    yield from owner_note(context)
    for item in records(source, (_KEY,)):
        if isinstance(item, Rejection):
            yield item
            continue
        pointer, record = item
        if not isinstance(record, dict):
            yield Rejection(pointer, "bukan catatan", record)
            continue
        when = lenient(filled(record.get("time")), context.zone)
        yield act("{name}", "post", context.owner, pointer, when, text=filled(record.get("text")) or "")


READER = Reader("{name}", _recognise, _read, platform="{name}", title="{label}")
'''

_TEST = '''"""The {label} download, fact by fact."""

from __future__ import annotations

import json
from pathlib import Path

from screening import readers


def test_a_post_is_read(tmp_path: Path) -> None:
    made = {{"{name}_posts": [{{"time": "2024-10-01T08:00:05Z", "text": "Selamat pagi"}}]}}
    (tmp_path / "unduhan.json").write_text(json.dumps(made), encoding="utf-8")
    read = readers.read([tmp_path], owner="asn_0001")
    assert read.activities[["platform", "actor", "kind", "text"]].values.tolist() == [
        ["{name}", "asn_0001", "post", "Selamat pagi"]
    ]
'''


def scaffold(root: Path, name: str, label: str, hosts: list[str]) -> list[Path]:
    """Write the files below `root`, which is a checkout; returns them. Raises ValueError for a name that cannot be used."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,30}", name):
        raise ValueError(f"{name}: small letters, digits and underscores only")
    folder, tests = root / "screening/readers" / name, root / "tests/readers" / name
    if folder.exists():
        raise ValueError(f"{folder} is there already")
    made = {
        folder / "__init__.py": _INIT,
        folder / "README.md": _README,
        folder / "download.py": _DOWNLOAD,
        tests / "__init__.py": "",
        tests / f"test_{name}.py": _TEST,
    }
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(name=name, label=label), encoding="utf-8")
    register = root / "screening/platforms.toml"
    lines = register.read_text(encoding="utf-8").splitlines(keepends=True)
    last = next(number for number, line in enumerate(lines) if line.startswith("other ="))
    words = json.dumps(sorted({name, label.casefold()}), ensure_ascii=False)
    lines.insert(
        last, f'{name} = {{ label = "{label}", readers = "{name}", hosts = {json.dumps(hosts)}, words = {words} }}\n'
    )
    register.write_text("".join(lines), encoding="utf-8")
    return [*made, register]


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("name")
    options.add_argument("--label", required=True)
    options.add_argument("--host", action="append", default=[])
    given = options.parse_args()
    try:
        for path in scaffold(ROOT, given.name, given.label, given.host):
            print(path.relative_to(ROOT))
    except ValueError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
