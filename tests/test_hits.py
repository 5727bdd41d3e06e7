"""The table of hits: each once, in a stable order, the same as pandas would make of rows."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from screening.detectors.hits import Hit, hits_of, table, together
from screening.tables import HIT_FIELDS, HITS

IDS = ["b", "a", "é", "c"]
ORDER = ["activity_id", "field", "start", "end", "signal", "entry_id", "contestant_id", "detector"]
WORD = st.sampled_from(["a", "B", "", "ß", "z z"])
HIT = st.builds(
    Hit,
    row=st.integers(0, 3), number=st.integers(0, 5), start=st.integers(0, 2), end=st.integers(0, 2),
    strength=st.sampled_from([0.5, 0.25]), signal=WORD, entry_id=st.sampled_from(["1", "10", "2", None]),
    contestant_id=st.sampled_from([None, "x/1", "x/2"]), surface=WORD, detector=WORD, how=WORD,
)  # fmt: skip


@given(
    st.lists(HIT).flatmap(
        lambda rows: st.tuples(st.just(rows), st.lists(st.sampled_from(rows)) if rows else st.just([]))
    )
)
def test_hits_become_the_table_that_pandas_would_make_of_them(parts: tuple[list[Hit], list[Hit]]) -> None:
    rows = [
        {**hit._asdict(), "activity_id": IDS[hit.row], "field": HIT_FIELDS[hit.number]}
        for part in parts
        for hit in part
    ]
    expected = HITS.build(rows).drop_duplicates().sort_values(ORDER, kind="stable", ignore_index=True)
    found = table(together(map(hits_of, parts)), pd.DataFrame({"activity_id": pd.array(IDS, dtype="str")}))
    pd.testing.assert_frame_equal(found, expected)
