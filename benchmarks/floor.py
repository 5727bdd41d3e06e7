"""The least that any program would have to do: read, one Aho–Corasick pass with word edges, write the texts with a hit.

python -m benchmarks.floor FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import ahocorasick_rs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq


def main(folder: Path) -> None:
    terms = (folder / "terms.txt").read_text(encoding="utf-8").split("\n")[:-1]
    automaton = ahocorasick_rs.BytesAhoCorasick(
        [term.encode() for term in terms], implementation=ahocorasick_rs.Implementation.DFA
    )
    word = np.zeros(256, bool)
    word[[*range(48, 58), *range(97, 123), *range(128, 256)]] = True
    columns = ("text", "target_text")
    reader = pcsv.open_csv(
        folder / "activities.csv",
        read_options=pcsv.ReadOptions(block_size=16 << 20),
        parse_options=pcsv.ParseOptions(newlines_in_values=True),
        convert_options=pcsv.ConvertOptions(column_types=dict.fromkeys(columns, pa.string())),
    )
    writer, found = None, 0
    for batch in reader:
        text = pc.utf8_lower(pc.binary_join_element_wise(*(pc.fill_null(batch[name], "") for name in columns), "\x1e"))
        joined = b"\x1e" + b"\x1e".join(text.cast(pa.binary()).to_pylist()) + b"\x1e"
        letters = np.frombuffer(joined, np.uint8)
        ends = np.flatnonzero(letters == 0x1E)[2::2]  # two texts to a row
        places = np.array(automaton.find_matches_as_indexes(joined), np.int64).reshape(-1, 3)
        whole = ~word[letters[places[:, 1] - 1]] & ~word[letters[places[:, 2]]]
        rows = np.unique(np.searchsorted(ends, places[whole, 1]))
        hits = pa.Table.from_batches([batch]).take(pa.array(rows))
        writer = writer or pq.ParquetWriter(folder / "floor.parquet", hits.schema, compression="zstd")
        writer.write_table(hits)
        found += len(rows)
    if writer is not None:
        writer.close()
    print(found)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
