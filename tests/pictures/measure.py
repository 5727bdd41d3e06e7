"""Measure the whole way from a drawn picture to its result: `python -m tests.pictures.measure SEED [FOLDER] [--later]`.

`--later`: the second set (`drawing_later.py`), whose words, layouts and fonts no rule was made for.
Prints figures by kind; the campaign pictures must become findings or clarifications of the right act, the others stay clear.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from screening import readers
from screening.pictures import Pictures
from screening.pipeline import screen
from screening.ruleset import load_ruleset
from tests.pictures import drawing, drawing_later
from tests.pictures.drawing import Drawn

# What a picture alone may point at: showing campaign material (ethics 5, discipline 7) and promoting (ethics 2, discipline 2).
RIGHT = ("BKD-KE-05", "BKD-KE-02", "BKD-D-07", "BKD-D-02")


def exported(pictures: list[Drawn], folder: Path) -> Path:
    """A table that names the pictures, which lie in a folder beside it."""
    (folder / "layar").mkdir(parents=True, exist_ok=True)
    for one in pictures:
        (folder / "layar" / one.name).write_bytes(one.jpeg)
    rows = [
        {"platform": "instagram", "kind": "post", "actor": "asn_0001", "happened_at": f"{one.day}T08:{at % 60:02d}:{at // 60:02d}+07:00",
         "record_id": one.name, "text": "", "visibility": "public", "media_files": one.name}
        for at, one in enumerate(pictures)
    ]  # fmt: skip
    pd.DataFrame(rows).to_csv(folder / "unggahan.csv", index=False)
    return folder


def measured(pictures: list[Drawn], folder: Path, cache: Path | None = None) -> pd.DataFrame:
    """One row a picture: name, campaign, kind, result, acts, words as read."""
    where = exported(pictures, folder)
    reading = readers.read([where], pictures=True)
    with Pictures([where], cache) as stage:
        reading = stage.read_into(reading)
    result = screen(reading.activities, load_ruleset(jurisdictions=("dki-jakarta",)))
    live = result.findings[result.findings["result"].isin(("finding", "needs_clarification"))]
    acts = live.groupby("activity_id")["act_id"].agg(list).to_dict()
    told = {row.record_id: row for row in result.activities.itertuples()}
    return pd.DataFrame([
        {"name": one.name, "campaign": one.campaign, "kind": one.kind, "result": told[one.name].result,
         "acts": acts.get(told[one.name].activity_id, []), "said": one.lines, "read": told[one.name].picture_text
         if isinstance(getattr(told[one.name], "picture_text", None), str) else reading.activities.set_index("record_id")["picture_text"].get(one.name)}
        for one in pictures
    ])  # fmt: skip


def main() -> None:
    """Draw, measure, print."""
    given = [one for one in sys.argv[1:] if one != "--later"]
    source = drawing_later if "--later" in sys.argv else drawing
    pictures = list(source.drawn(int(given[0])))
    with TemporaryDirectory() as folder:
        start = time.monotonic()
        where = Path(given[1]) if len(given) > 1 else Path(folder)
        where.mkdir(parents=True, exist_ok=True)
        table = measured(pictures, where, where.with_name(f"{where.name}.sqlite"))
        seconds = time.monotonic() - start
    for (campaign, kind), some in table.groupby(["campaign", "kind"]):
        print(f"{'kampanye' if campaign else 'biasa':9} {kind:15} {len(some):3}  {dict(Counter(some['result']))}")
    queued = table["result"].isin(("finding", "needs_clarification"))
    wanted = table["campaign"]
    right = table["acts"].map(lambda acts: bool(acts) and all(act.startswith(RIGHT) for act in acts))
    print(
        f"kampanye: {int((queued & right & wanted).sum())} dari {int(wanted.sum())} menjadi temuan atau klarifikasi butir yang benar"
    )
    print(
        f"biasa: {int((~wanted & (table['result'] == 'finding')).sum())} temuan, {int((~wanted & queued).sum())} ke antrean, dari {int((~wanted).sum())}"
    )
    print(f"{seconds:.0f} detik untuk {len(table)} gambar (jam dinding, mesin dipakai bersama)")
    for row in table[(wanted & ~(queued & right)) | (~wanted & queued)].itertuples():
        print("  ", row.name, row.kind, row.result, row.acts, row.said, "->", repr(row.read))


if __name__ == "__main__":
    main()
