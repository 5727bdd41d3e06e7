"""Recognising: one reader per file, owners never guessed, better editions first, own profiles before all."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from screening import readers
from screening.errors import UsageError
from screening.readers.core.reader import Claim, Owner, Reader, Rejection
from screening.readers.core.source import Source, SourceError
from screening.readers.ingest import faulty, plan, registry
from screening.readers.ingest.inspect import COLUMNS, as_text, inspect
from screening.readers.ingest.redact import redacted
from screening.readers.meta.mojibake import repair, repaired
from screening.readers.tables.profile import profile_of, shipped_profiles
from screening.readers.tables.propose import propose_mapping, save_profile
from tests.readers.table_cases import CANONICAL, canonical_csv


def source(path: str, made: bytes = b"isi", container: str = "ekspor") -> Source:
    return Source(container, path, len(made), lambda: io.BytesIO(made))


def reader(name: str, suffix: str, **more: object) -> Reader:
    def recognise(met: Source) -> Claim | None:
        return Claim() if met.path.endswith(suffix) else None

    return Reader(name, recognise, read=lambda met, context: iter(()), **more)  # type: ignore[arg-type]


def test_two_readers_that_claim_one_file_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "READERS", (reader("satu", ".x"), reader("dua", "a.x")))
    assert plan.recognise(source("b.x")).outcome == "read"
    met = plan.recognise(source("a.x"))
    assert met.outcome == "error"
    assert "satu, dua" in met.note


def test_known_but_ignored_is_told_from_unknown() -> None:
    assert plan.recognise(source("messages/inbox/a_1/message_1.json", b"{}")).outcome == "ignored"
    assert plan.recognise(source("apa.bin", b"\x01\x02\x03")).outcome == "unknown"


def test_a_fault_in_one_readers_recogniser_hides_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(met: Source) -> Claim | None:
        raise KeyError("rahasia")

    monkeypatch.setattr(plan, "READERS", (Reader("rusak", broken), reader("baik", ".x")))
    assert plan.recognise(source("b.x")).reader.name == "baik"  # type: ignore[union-attr]


def test_a_fault_in_one_reader_stops_no_other_and_shows_no_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(met: Source, context: object) -> object:
        raise KeyError("kata rahasia")

    monkeypatch.setattr(plan, "READERS", (Reader("rusak", lambda met: Claim() if met.path == "a.q" else None, read=broken),  # type: ignore[arg-type]
                                          *registry.READERS))  # fmt: skip
    (tmp_path / "a.q").write_bytes(b"x")
    (tmp_path / "b.csv").write_bytes(canonical_csv(CANONICAL))
    read = readers.read([tmp_path])
    assert len(read.activities) == 5
    assert "galat pembaca rusak, KeyError" in read.files.iloc[0]["note"]
    assert "rahasia" not in read.files.to_csv()
    monkeypatch.setattr(faulty, "STRICT", True)
    with pytest.raises(KeyError):
        readers.read([tmp_path])


def test_a_file_that_breaks_off_keeps_what_was_read_and_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(met: Source, context: object) -> object:
        yield {"platform": "x", "kind": "post", "text": "satu"}
        raise SourceError("isi terpotong")

    monkeypatch.setattr(plan, "READERS", (Reader("putus", lambda met: Claim(), read=breaking),))  # type: ignore[arg-type]
    (tmp_path / "a.q").write_bytes(b"x")
    read = readers.read([tmp_path])
    assert list(read.files[["read", "activities", "rejected"]].iloc[0]) == [2, 1, 1]
    assert "terputus" in read.rejected.iloc[0]["reason"]


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ({"a/who.o": "budi", "a/x.d": None}, ["budi"]),
        ({"a/who.o": "budi", "b/x.d": None}, [None]),
        ({"a/who.o": "budi", "b/who.o": "siti", "a/x.d": None, "b/x.d": None}, ["budi", "siti"]),
        ({"who.o": "budi", "b/who.o": "siti", "b/x.d": None, "c/x.d": None}, ["siti", "budi"]),
        ({"a/who.o": "budi", "a/y.o": "siti", "a/x.d": None}, [None]),
    ],
)
def test_an_owner_is_that_of_the_export_around_the_file_or_nobody(
    files: dict[str, str | None], wanted: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def owner(met: Source) -> Owner | None:
        name = files[met.path]
        return Owner("x", name, met.path.rpartition("/")[0]) if name else None

    def recognise(met: Source) -> Claim:
        return Claim(ignored="identitas" if met.path.endswith(".o") else "")

    own = Reader("uji", recognise, read=lambda met, context: iter(()), owner=owner, platform="x")
    monkeypatch.setattr(plan, "READERS", (own,))
    monkeypatch.setattr(plan, "sources", lambda inputs: map(source, files))
    assert [item.owner for item in plan.plan([]) if item.source.path.endswith(".d")] == wanted


def test_an_unknown_zone_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Asia/Jakarta"):
        list(readers.batches([tmp_path], timezone="Mars/Olympus"))


def test_every_shipped_profile_has_its_own_header() -> None:
    profiles = [profile for profile in shipped_profiles() if profile.parser != "analyst"]
    for one in profiles:
        header = set(one.requires) | {next(iter(choice)) for choice in one.any_of}
        assert [other.name for other in profiles if other.fits(header)] == [one.name]


def test_a_wrong_profile_tells_every_problem_at_once() -> None:
    with pytest.raises(Exception, match="tidak dikenal") as caught:
        profile_of(
            'schema = 2\nname = "x"\nasing = 1\n[columns]\nsalah = ["a"]\n[[kinds]]\nwhen = {a = "("}\n', "p.toml"
        )
    assert len(str(caught.value).splitlines()) == 5


def test_a_proposed_mapping_read_back_maps_the_table(tmp_path: Path) -> None:
    made = (
        "When,Who,Said,Where,Note\n"
        "2024-10-01 10:00,@asn_0701,Halo semua apa kabar hari ini,https://x.com/asn_0701/status/1,\n"
        "2024-10-02 11:00,@asn_0702,Kegiatan senam pagi di kantor,https://x.com/asn_0702/status/2,\n"
    )
    (tmp_path / "t.csv").write_text(made, encoding="utf-8")
    found = inspect([tmp_path])
    assert list(found.overview["dikenali sebagai"]) == ["tidak dikenal"]
    proposal = next(iter(found.proposals.values()))
    assert proposal.columns == {"happened_at": "When", "actor": "Who", "target_url": "Where", "text": "Said"}
    assert proposal.unmapped == ["Note"]
    save_profile(proposal, tmp_path / "pemetaan.toml")
    with pytest.raises(FileExistsError):
        save_profile(proposal, tmp_path / "pemetaan.toml")
    read = readers.read([tmp_path])
    assert list(read.activities["actor"]) == ["@asn_0701", "@asn_0702"]
    assert list(read.activities["platform"]) == ["x", "x"]


def test_no_mapping_is_proposed_for_what_is_no_table() -> None:
    assert propose_mapping(source("a.txt", b"satu kalimat saja\n")) is None
    assert propose_mapping(source("a.bin", bytes(200))) is None


def test_inspect_tells_every_file_in_indonesian(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(canonical_csv(CANONICAL))
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04rusak")
    (tmp_path / "c.bin").write_bytes(b"\x00\x01")
    table = inspect([tmp_path]).overview
    assert tuple(table.columns) == COLUMNS
    assert list(table["dikenali sebagai"]) == ["tabel kanonik", "galat", "tidak dikenal"]
    assert table["aktivitas"][0] == "1 komentar, 1 ikuti, 1 gabung, 1 suka, 1 unggahan"
    assert "unduh ulang" in as_text(table)


def test_mojibake_is_undone_once_and_correct_text_stays() -> None:
    assert repair("ð\x9f\x91\x8d") == "👍"
    assert repair("café") == "café"
    assert repair("👍 ok") == "👍 ok"
    assert repaired({"nazwa uÅ¼ytkownika": ["Ã©"]}) == {"nazwa użytkownika": ["é"]}


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ({"waktu": "31/02/2024", "isi": "kata rahasia"}, '{"isi":"<12 karakter>","waktu":"31/02/2024"}'),
        ("198501012010011001", "<18 karakter>"),
        ("Budi Contoh", "<11 karakter>"),
        (["a", 1, None, True], '["<1 karakter>","1",null,true]'),
        ({"198501012010011001": 1}, '{"…":"1"}'),
        ("08123456", "<8 karakter>"),  # a telephone number without its area
        ("0812345", "<7 karakter>"),
        ("tel 08123456", "<12 karakter>"),
        ({"08123456": 1}, '{"…":"1"}'),
        ("123456", "123456"),
    ],
)
def test_a_rejected_record_keeps_its_shape_and_no_content(raw: object, kept: str) -> None:
    assert redacted(raw) == kept


def test_a_huge_record_is_cut() -> None:
    assert len(redacted({str(n): ["x"] * 50 for n in range(500)})) <= 400


def test_rejections_are_told_with_pointer_and_reason(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"platform":"x","kind":"post","actor":"a","text":"b"}\n{"platform":"x",\n')
    rejected = readers.read([tmp_path]).rejected.iloc[0]
    assert (rejected["source_pointer"], rejected["reason"]) == ("line 2", "baris bukan JSON yang utuh")
    assert isinstance(Rejection("", ""), tuple)


def test_inspect_shows_the_columns_and_saves_what_it_proposes(tmp_path: Path) -> None:
    (tmp_path / "rekap.csv").write_text("Akun,Tanggal,Isi,Entah\na,03/10/2024,x,1\n", encoding="utf-8")
    (tmp_path / "lain.csv").write_text("When,Said\n2024-10-01,Halo semua apa kabar hari ini\n", encoding="utf-8")
    found = inspect([tmp_path], save_profile=tmp_path / "baru.toml")
    assert found.saved == (tmp_path / "baru.toml", tmp_path / "baru-2.toml")  # the unknown table first
    assert "Akun → akun; Tanggal → tanggal; Isi → isi | tidak dipakai: Entah" in str(found)
    assert "baru.toml" in str(found)
    (tmp_path / "lain2.csv").write_text("Wann,Was\n2024-10-01,Halo semua apa kabar hari ini\n", encoding="utf-8")
    with pytest.raises(UsageError, match="sudah ada"):
        inspect([tmp_path], save_profile=tmp_path / "baru.toml")
