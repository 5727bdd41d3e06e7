"""A batch: parts, resuming, workers, books that balance; always the same bytes."""

from __future__ import annotations

import json
import os
import pickle
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.generate import write
from benchmarks.kill import disturbed, outputs, screen
from screening.engines import local
from screening.engines.merge import join_findings
from screening.engines.part import Work, part_of, schema_of
from screening.engines.store import mark_of, open_store
from screening.errors import IntegrityError, NoReadableInput, ScreeningError, UsageError
from screening.folder import DETAILS, Run, counts, results
from screening.readers import batches
from screening.ruleset import Ruleset, load_ruleset
from screening.run import Options, Progress, run
from screening.tables import ACTIVITIES, FINDINGS, MARKED

HEADER = "platform,kind,actor,text,happened_at\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    write(folder, 4_500, 0, 11)
    return folder


@pytest.fixture(scope="module")
def ruleset(place: Path) -> Ruleset:
    return load_ruleset(roster=place / "roster.csv", accounts=place / "accounts.csv")


@pytest.fixture(scope="module")
def calm(place: Path) -> dict[str, bytes]:
    """The outputs of an undisturbed run."""
    screen(place, place / "calm", 1, resume=False)
    return outputs(place / "calm")


def test_workers_change_no_byte(place: Path, calm: dict[str, bytes]) -> None:
    screen(place, place / "two", 2, resume=False)
    assert outputs(place / "two") == calm
    assert len(pd.read_parquet(place / "two" / "findings.parquet")) > 10


def test_parts_are_gone_after_a_run_and_outputs_are_those_of_the_design(calm: dict[str, bytes]) -> None:
    wanted = {"activities.parquet", "hits.parquet", "findings.parquet", "rejected.csv", "manifest.json", "temuan.csv",
              "temuan.xlsx", "laporan.html"}  # fmt: skip
    assert wanted <= set(calm)
    assert not [name for name in calm if name.startswith(".parts") or name.endswith(".tmp")]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_run_goes_on_to_the_same_bytes(place: Path, calm: dict[str, bytes], workers: int) -> None:
    chance = random.Random(4)
    disturbed(place, place / "killed", workers, [chance.uniform(1.0, 3.0), chance.uniform(1.5, 3.5)])
    assert outputs(place / "killed") == calm


def test_an_interrupted_run_keeps_its_parts_and_does_not_do_them_again(
    tmp_path: Path, place: Path, ruleset: Ruleset, calm: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(progress: Progress) -> None:
        if progress.rows >= 3_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([place / "activities.csv"], tmp_path / "out", ruleset, Options(rows=2_000, progress=stop))
    done: list[int] = []
    whole = local._one_by_one

    def watched(work, items):
        for number, tables in whole(work, items):
            done.append(number)
            yield number, tables

    monkeypatch.setattr(local, "_one_by_one", watched)
    run([place / "activities.csv"], tmp_path / "out", ruleset, Options(rows=2_000, resume=True))
    assert done == [2]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda table, rules, options: (
                table.write_bytes(table.read_bytes() + b"x,post,asn_1,halo,\n"),
                rules,
                options,
            ),
            "masukan",
        ),
        (lambda table, rules, options: (None, replace(rules, version="lain"), options), "leksikon"),
        (lambda table, rules, options: (None, rules, replace(options, timezone="Asia/Makassar")), "pilihan"),
    ],
)
def test_resuming_with_other_inputs_rules_or_options_is_refused(
    tmp_path: Path, place: Path, ruleset: Ruleset, change, words: str
) -> None:
    table, out = tmp_path / "activities.csv", tmp_path / "out"
    table.write_bytes((place / "activities.csv").read_bytes())
    run([table], out, ruleset, Options(rows=2_000))
    _, rules, options = change(table, ruleset, Options(rows=2_000, resume=True))
    with pytest.raises(IntegrityError, match=words):
        run([table], out, rules, options)


def test_other_content_of_the_same_size_is_refused(tmp_path: Path, ruleset: Ruleset) -> None:
    table, out = tmp_path / "a.csv", tmp_path / "out"
    table.write_text(HEADER + "x,post,asn_1,halo,2024-01-01T00:00:00Z\n", encoding="utf-8")
    run([table], out, ruleset, Options())
    table.write_text(HEADER + "x,post,asn_1,hola,2024-01-01T00:00:00Z\n", encoding="utf-8")
    with pytest.raises(IntegrityError, match="berkas masukan"):
        run([table], out, ruleset, Options(resume=True))


def test_other_content_that_no_id_holds_is_refused_from_the_first_part_on(tmp_path: Path, ruleset: Ruleset) -> None:
    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    def write_down(tagged: str) -> None:
        rows = [f"x,post,asn_1,halo {number},2024-01-01T00:00:00Z,{tagged}\n" for number in range(9)]
        table.write_text(HEADER.strip() + ",tagged\n" + "".join(rows), encoding="utf-8")

    table, out = tmp_path / "a.csv", tmp_path / "out"
    write_down("@satu")
    with pytest.raises(KeyboardInterrupt):
        run([table], out, ruleset, Options(rows=4, progress=stop))
    write_down("@lain")
    with pytest.raises(IntegrityError, match="berkas masukan"):
        run([table], out, ruleset, Options(rows=4, resume=True))


def _apart(activities: pd.DataFrame) -> list[pd.DataFrame]:
    chats = activities["platform"] == "whatsapp"
    return [activities[~chats], activities[chats]]


def test_activities_keep_every_cell_they_were_read_with_and_chats_stand_behind_the_others(
    tmp_path: Path, ruleset: Ruleset
) -> None:
    rows = [
        f"{'whatsapp' if n % 3 == 0 else 'x'},post,asn_{n % 7},halo {n},2024-01-01,@{n},{n % 2 or ''}"
        for n in range(20)
    ]
    table = tmp_path / "a.csv"
    table.write_text(HEADER.strip() + ",tagged,subject_id\n" + "\n".join(rows) + "\n", encoding="utf-8")
    finished = run([table], tmp_path / "out", replace(ruleset, roster=None), Options(rows=8))
    expected = pd.concat(
        [part for reading in batches([table], rows=8) for part in _apart(reading.activities)], ignore_index=True
    )
    found = finished.table("activities")
    assert found["platform"].head(4).tolist() == ["x", "x", "whatsapp", "whatsapp"]
    pd.testing.assert_frame_equal(found[list(ACTIVITIES.columns)], expected)
    assert ((found["result"] == "out_of_scope") == (found["platform"] == "whatsapp")).all()


def test_a_part_that_has_travelled_is_screened_alike(place: Path, ruleset: Ruleset) -> None:
    work = Work(ruleset)
    for reading in batches([place / "activities.csv"], rows=2_000):
        part = part_of(reading, cut=False)
        arrived = pickle.loads(pickle.dumps(part))
        ACTIVITIES.check(arrived.reading.activities.assign(source_file="", source_pointer=""))
        assert work(arrived) == work(part)


def test_books_balance_with_repetitions_rejected_rows_and_chats(tmp_path: Path, ruleset: Ruleset) -> None:
    rows = [
        "x,post,asn_1,halo,",
        "x,post,asn_1,halo,",
        "x,menari,asn_1,halo,",
        "whatsapp,post,asn_1,halo,",
        "x,post,asn_2,,",
    ]
    (tmp_path / "a.csv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "b.bin").write_bytes(bytes(range(256)))
    finished_run = run(
        [tmp_path / "a.csv", tmp_path / "b.bin"], tmp_path / "out", replace(ruleset, roster=None), Options()
    )
    assert counts(finished_run) == {"read": 5, "screened": 2, "duplicate": 1, "rejected": 1, "out_of_scope": 1}
    assert results(finished_run) == {"clear": 2, "out_of_scope": 1}
    with pytest.raises(UsageError, match="--roster"):
        run([tmp_path / "a.csv"], tmp_path / "out2", replace(ruleset, roster=None), Options(include_chats=True))


def test_nothing_readable_says_what_was_met(tmp_path: Path, ruleset: Ruleset) -> None:
    (tmp_path / "b.bin").write_bytes(bytes(range(256)))
    with pytest.raises(NoReadableInput, match=r"b\.bin"):
        run([tmp_path / "b.bin"], tmp_path / "out", ruleset, Options())


def test_a_folder_with_other_peoples_files_is_left_alone(tmp_path: Path, ruleset: Ruleset) -> None:
    (tmp_path / "surat.docx").write_bytes(b"penting")
    with pytest.raises(UsageError, match="sudah berisi"):
        run([tmp_path / "surat.docx"], tmp_path, ruleset, Options())
    assert (tmp_path / "surat.docx").read_bytes() == b"penting"


def test_progress_only_grows_and_ends_at_everything(tmp_path: Path, place: Path, ruleset: Ruleset) -> None:
    told: list[Progress] = []
    run([place / "activities.csv"], tmp_path / "out", ruleset, Options(rows=1_000, progress=told.append))
    shares = [progress.share for progress in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert told[-1].rows == 4_500
    assert told[-1].left == 0.0
    assert Progress(0, 0.0, 1.0).left is None


def test_findings_of_all_parts_come_in_one_order(tmp_path: Path) -> None:
    chance = random.Random(2)
    whole: list[dict] = []
    pieces = []
    for part, size in enumerate((0, 700, 1, 24_000, 5_000)):
        rows = [
            {"points": chance.randrange(-20, 140), "finding_id": f"{chance.randrange(16**8):020x}"} for _ in range(size)
        ]
        rows.sort(key=lambda row: (-row["points"], row["finding_id"]))
        whole += rows
        columns = {name: pa.array([row.get(name, 0 if name == "score" else "x") for row in rows], type_)
                   for name, type_ in zip(schema_of("findings").names, schema_of("findings").types, strict=True)}  # fmt: skip
        pieces.append(tmp_path / f"{part}.arrow")
        with pa.OSFile(str(pieces[-1]), "wb") as sink, pa.ipc.new_file(sink, schema_of("findings")) as writer:
            writer.write_table(pa.table(columns, schema=schema_of("findings")))
    join_findings(pieces, tmp_path)
    found = pd.read_parquet(tmp_path / "findings.parquet", columns=["points", "finding_id"])
    expected = sorted(whole, key=lambda row: (-row["points"], row["finding_id"]))
    assert found.to_dict("records") == expected


def test_details_of_any_findings_are_their_own(tmp_path: Path) -> None:
    rows = [{"finding_id": f"{n:020x}", "reasons": f"[{n}]", "missing": str(-n), "mitigating": "[]"} for n in range(50)]
    whole = FINDINGS.build([{"score": 0, "points": 0, **row} for row in rows])
    table = pa.Table.from_pandas(whole, schema=schema_of("findings"), preserve_index=False)
    pq.write_table(table, tmp_path / "findings.parquet", row_group_size=7)
    finished = Run(tmp_path)
    bare = finished.findings()
    assert not set(DETAILS) & set(bare.columns)
    for some in (bare, bare.sample(frac=1, random_state=1), bare.iloc[[48, 3, 9]], bare.iloc[:0]):
        expected = whole.set_index("finding_id").loc[some["finding_id"].tolist(), list(DETAILS)]
        found = finished.with_details(some)
        assert found[list(DETAILS)].to_numpy().tolist() == expected.to_numpy().tolist()
        assert found.drop(columns=list(DETAILS)).equals(some)


@pytest.mark.parametrize("stopped", [False, True])
def test_what_a_run_keeps_for_its_reports_is_what_its_tables_hold(
    tmp_path: Path, place: Path, ruleset: Ruleset, stopped: bool
) -> None:
    def stop(progress: Progress) -> None:
        if progress.rows >= 3_000:
            raise KeyboardInterrupt

    out, options = tmp_path / "out", Options(rows=2_000)
    if stopped:
        with pytest.raises(KeyboardInterrupt):
            run([place / "activities.csv"], out, ruleset, replace(options, progress=stop))
    finished = run([place / "activities.csv"], out, ruleset, replace(options, resume=stopped))
    for name, columns in (("activities", ()), ("hits", ()), ("hits", MARKED)):
        kept = finished.noticed(name, columns)
        assert len(kept)
        pd.testing.assert_frame_equal(kept, Run(out).noticed(name, columns))


def test_a_half_written_part_is_not_taken_for_a_finished_one(tmp_path: Path) -> None:
    state = {"software": "1", "ruleset": "a", "options": [], "inputs": []}
    store = open_store(tmp_path / ".parts", state, resume=False)
    (tmp_path / ".parts" / "000000.tmp").mkdir()
    mark = mark_of(_reading())
    assert not store.has(0, mark)
    store.write(0, mark, {"hits": pa.table({"x": ["x"]})})
    assert store.has(0, mark)
    with pytest.raises(IntegrityError):
        store.has(0, "0" * 64)
    state_before = json.loads((tmp_path / ".parts" / "state.json").read_text(encoding="utf-8"))
    assert state_before == state
    open_store(tmp_path / ".parts", state, resume=False)
    assert not (tmp_path / ".parts" / "000000").exists()


def _reading():
    from screening.readers.ingest.assemble import Reading
    from screening.tables import ACTIVITIES, FILES, REJECTED

    return Reading(ACTIVITIES.empty(), REJECTED.empty(), FILES.empty())


def _dies_once(item: tuple[str, int]) -> int:
    folder, number = item
    mark = Path(folder) / f"{number}.died"
    if number == 2 and not mark.exists():
        mark.touch()
        os._exit(9)
    return number * 10


def _dies(item: int) -> int:
    os._exit(9)


def _complains(item: int) -> int:
    raise ValueError("salah")


def test_a_worker_that_dies_costs_no_part(tmp_path: Path) -> None:
    items = [(number, (str(tmp_path), number)) for number in range(6)]
    assert dict(local.map_parts(_dies_once, items, workers=2)) == {number: number * 10 for number in range(6)}
    assert (tmp_path / "2.died").exists()


def test_a_part_that_kills_every_worker_is_told() -> None:
    with pytest.raises(ScreeningError, match="mati 3 kali"):
        list(local.map_parts(_dies, [(0, 0)], workers=2))


class _DiesOnArrival:
    """Work that ends the process which receives it."""

    def __reduce__(self) -> tuple:
        return os._exit, (9,)

    def __call__(self, item: int) -> int:
        return item


def test_workers_that_die_before_their_first_part_are_told() -> None:
    with pytest.raises(ScreeningError, match="mati 3 kali"):
        list(local.map_parts(_DiesOnArrival(), [(0, 0), (1, 1)], workers=2))


def test_processes_that_never_get_work_end() -> None:
    with pytest.raises(KeyboardInterrupt), local.started(2):
        raise KeyboardInterrupt


def test_few_items_are_read_ahead() -> None:
    taken: list[int] = []

    def items() -> Iterator[tuple[int, tuple[str, int]]]:
        for number in range(9):
            taken.append(number)
            yield number, ("", number)

    for done, _ in enumerate(local.map_parts(_dies_once, ((n, i) for n, i in items() if n != 2), workers=2)):
        assert len(taken) <= done + 2 + local.WAITING + 2  # the one left out, and the one being handed out
    assert len(taken) == 9


def _first_waits(item: tuple[str, int]) -> int:
    folder, number = item
    (Path(folder) / str(number)).touch()
    end = time.monotonic() + 1.5
    while number == 0 and time.monotonic() < end and not (Path(folder) / "29").exists():
        time.sleep(0.05)
    return number


def test_what_is_finished_behind_a_slow_item_does_not_pile_up(tmp_path: Path) -> None:
    found = [n for n, _ in local.map_parts(_first_waits, ((n, (str(tmp_path), n)) for n in range(30)), workers=2)]
    assert sorted(found) == list(range(30))
    assert found.index(0) <= local.AHEAD * (2 + local.WAITING)


def test_texts_carry_a_dictionary_only_where_they_repeat(place: Path, calm: dict[str, bytes]) -> None:
    row_group = pq.ParquetFile(place / "calm" / "activities.parquet").metadata.row_group(0)
    columns = [row_group.column(number) for number in range(row_group.num_columns)]
    coded = {column.path_in_schema for column in columns if "RLE_DICTIONARY" in column.encodings}
    assert {"platform", "actor", "source_sha256", "result"} <= coded
    assert not coded & {"activity_id", "record_id", "text", "source_pointer"}


def test_a_fault_in_the_work_is_raised_not_tried_again() -> None:
    with pytest.raises(ValueError, match="salah"):
        list(local.map_parts(_complains, [(0, 0)], workers=2))


def _dies_and_tells(item: str) -> int:
    place = Path(item)
    (place / f"{len(list(place.iterdir()))}").touch()
    os._exit(9)


def test_a_part_is_tried_three_times_and_no_more(tmp_path: Path) -> None:
    with pytest.raises(ScreeningError, match="mati 3 kali"):
        list(local.map_parts(_dies_and_tells, [(0, str(tmp_path))], workers=2))
    assert len(list(tmp_path.iterdir())) == 3
