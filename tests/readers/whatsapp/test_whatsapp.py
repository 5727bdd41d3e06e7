"""WhatsApp chats: which dated lines begin a message, who is a member, what is private; all people are invented."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from screening import readers
from screening.readers.ingest import faulty
from screening.readers.whatsapp.joins import came_in
from screening.readers.whatsapp.lines import start_of, starts
from screening.readers.whatsapp.order import Order, day_order, order_of
from tests.readers.read_back import acts, picked, reading

GROUP = "Chat WhatsApp dengan Warga Fiktif.txt"


@pytest.fixture(autouse=True)
def _faults_of_ours_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faulty, "STRICT", True)


def chat(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def posts(folder: Path, *lines: str, name: str = GROUP) -> list[tuple[Any, ...]]:
    return picked(acts(folder, {name: chat(*lines)}), "actor", "text")


# Lines inside of a message

_NOTICE = '03/05/24 07.00 - Wati Fiktif membuat grup "Warga Fiktif"'


def test_an_agenda_belongs_to_the_message_also_at_the_end_of_the_chat(tmp_path: Path) -> None:
    agenda = ["06/05/24 09.00 - Senam: lapangan", "07/05/24 19.30 - Temu relawan: semua hadir"]
    found = posts(tmp_path, _NOTICE, "03/05/24 08.11 - Tono Fiktif: Agenda:", *agenda, "03/05/24 08.40 - Wati Fiktif: baik",
                  "03/05/24 09.02 - Tono Fiktif: Tambahan:", *agenda)  # fmt: skip
    assert found == [
        ("Tono Fiktif", "\n".join(["Agenda:", *agenda])),
        ("Wati Fiktif", "baik"),
        ("Tono Fiktif", "\n".join(["Tambahan:", *agenda])),
    ]


def test_an_agenda_that_contradicts_nothing_still_makes_no_people(tmp_path: Path) -> None:
    agenda = ["06/05/24 09.00 - Senam: lapangan", "07/05/24 19.30 - Temu relawan: semua hadir"]
    found = posts(
        tmp_path, _NOTICE, "03/05/24 08.11 - Tono Fiktif: Agenda kita", *agenda, "20/05/24 08.40 - Wati Fiktif: baik"
    )
    assert [actor for actor, _ in found] == ["Tono Fiktif", "Wati Fiktif"]


def test_lines_pasted_from_another_chat_belong_to_the_message_whoever_they_name(tmp_path: Path) -> None:
    pasted = [
        "01/04/24 10.03 - Pak Kadis: siapkan",
        "01/04/24 10.05 - Bu Sek: baik",
        "01/04/24 10.06 - Pak Kadis: segera",
    ]
    found = posts(tmp_path, "03/05/24 08.10 - Tono Fiktif: halo", "03/05/24 08.11 - Wati Fiktif: lihat ini", *pasted,
                  "03/05/24 08.14 - Rudi Fiktif: oh begitu", "03/05/24 08.15 - Tono Fiktif: ya")  # fmt: skip
    assert found == [
        ("Tono Fiktif", "halo"),
        ("Wati Fiktif", "\n".join(["lihat ini", *pasted])),
        ("Rudi Fiktif", "oh begitu"),
        ("Tono Fiktif", "ya"),
    ]


@pytest.mark.parametrize("step", ["03/05/24 08.1{n}", "03/05/24 {h}.00", "0{d}/05/24 09.00", "0{d}/05/24 09.30"])
@pytest.mark.parametrize("first", ["hadir", "tolong absen:"])
def test_people_who_write_once_are_people(tmp_path: Path, step: str, first: str) -> None:
    times = [step.format(n=n, h=f"{8 + n:02d}", d=n + 1) for n in range(6)]
    lines = [f"{time} - Orang {chr(65 + n)}: {first if n == 0 else 'hadir'}" for n, time in enumerate(times)]
    assert len({actor for actor, _ in posts(tmp_path, *lines)}) == 6


def test_a_late_message_of_a_member_stays_his_own(tmp_path: Path) -> None:
    found = posts(tmp_path, "03/05/24 08.10 - Tono Fiktif: satu", "03/05/24 09.33 - Wati Fiktif: dua", "03/05/24 08.50 - Tono Fiktif: terlambat",
                  "03/05/24 09.34 - Rudi Fiktif: tiga", "03/05/24 09.28 - Sari Fiktif: hampir bersamaan")  # fmt: skip
    assert [actor for actor, _ in found] == ["Tono Fiktif", "Wati Fiktif", "Tono Fiktif", "Rudi Fiktif", "Sari Fiktif"]


def test_a_clock_is_nobodys_name_and_another_form_begins_no_message(tmp_path: Path) -> None:
    inner = ["03/05/24 08.12 - 10.00: apel", "[03/05/24 08.12.30] Pak Kadis: dari ponsel lain"]
    found = posts(tmp_path, _NOTICE, "03/05/24 08.11 - Tono Fiktif: lihat", *inner, "03/05/24 08.13 - Wati Fiktif: ok",
                  "03/05/24 08.14 - Rudi Fiktif: ok", "03/05/24 08.15 - Rudi Fiktif: sip")  # fmt: skip
    assert found[0] == ("Tono Fiktif", "\n".join(["lihat", *inner]))
    assert len(found) == 4


def test_lines_inside_messages_are_told(tmp_path: Path) -> None:
    lines = [
        _NOTICE,
        "03/05/24 08.11 - Tono Fiktif: Agenda:",
        "06/05/24 09.00 - Senam: lapangan",
        "03/05/24 08.40 - Wati Fiktif: baik",
    ]
    (note,) = reading(tmp_path, {GROUP: chat(*lines)}).files["note"]
    assert "1 baris bertanggal terletak di dalam pesan" in note


# Private stays private


@pytest.mark.parametrize(
    "inner",
    [
        ["06/05/24 09.00 - Senam: lapangan", "07/05/24 10.00 - Rapat: aula"],
        ["01/04/24 10.03 - Pak Kadis: siapkan", "01/04/24 10.05 - Bu Sek: baik"],
        ['01/04/24 10.03 - Pak Kadis membuat grup "Rahasia"', "01/04/24 10.05 - Bu Sek: baik"],
        ["03/05/24 08.11 - Pak Kadis: siapkan", "03/05/24 08.11 - Bu Sek: baik"],
    ],
)
def test_nothing_pasted_makes_a_group_of_a_one_to_one_chat(tmp_path: Path, inner: list[str]) -> None:
    lines = [
        "03/05/24 08.10 - Wati Fiktif: lihat",
        *inner,
        "03/05/24 08.12 - Tono Fiktif: RAHASIA",
        "03/05/24 08.13 - Wati Fiktif: RAHASIA",
    ]
    found = reading(tmp_path, {"Chat WhatsApp dengan Wati Fiktif.txt": chat(*lines)})
    assert not len(found.activities)
    assert not len(found.rejected)
    assert "pribadi" in found.files["note"].iloc[0]


# Day and month


def test_one_pasted_line_does_not_turn_the_dates_of_a_chat(tmp_path: Path) -> None:
    lines = [f"07/11/24 08.1{n} - {name} Fiktif: halo" for n, name in enumerate(("Tono", "Wati", "Rudi"))]
    lines.insert(2, "10/09/24 09.00 - Panitia: undangan")
    lines.append("07/11/24 08.20 - Tono Fiktif: ok")
    rows = acts(tmp_path, {GROUP: chat(*lines)})
    assert {row["happened_at"].month for row in rows} == {11}
    assert {row["happened_at"].day for row in rows} == {7}


@pytest.mark.parametrize(
    ("dates", "style", "order"),
    [
        ([(8, 10, 24)] * 9 + [(12, 25, 24)], {"dotted": True}, Order("DMY", True)),
        ([(8, 30, 24)] * 9 + [(25, 12, 24)], {}, Order("MDY", True)),
        ([(8, 30, 24)] * 2 + [(25, 12, 24)] * 2, {}, Order(None)),
        ([(8, 10, 24), (9, 12, 24), (8, 10, 24)], {"padded": True}, Order("DMY", True)),
        ([(1, 2, 25), (2, 2, 25), (3, 2, 25), (1, 3, 25), (2, 3, 25)], {}, Order("DMY", True)),
        ([(1, 2, 25), (2, 2, 25), (1, 3, 25), (2, 3, 25), (1, 4, 25)], {}, Order("DMY")),
        ([(3, 6, 18)] * 4, {}, Order(None)),
        ([(5, 5, 25)], {}, Order("DMY")),
    ],
)
def test_day_and_month_are_decided_by_majority(
    dates: list[tuple[int, int, int]], style: dict[str, bool], order: Order
) -> None:
    assert day_order(dates, **style) == order


def test_a_doubtful_order_is_told(tmp_path: Path) -> None:
    lines = [f"03/05/24, 08:1{n} - {name} Fiktif: halo" for n, name in enumerate(("Tono", "Wati", "Rudi"))]
    found = reading(tmp_path, {GROUP: chat(*lines)})
    assert "ditetapkan hari/bulan dari cara penulisannya" in found.files["note"].iloc[0]
    assert found.activities["happened_at"].iloc[0].month == 5


# Forms


@pytest.mark.parametrize(
    ("head", "clock"),
    [
        ("24/05/24 14.05 - ", (24, 14, 5, 0)), ("24/05/24, 14:05 - ", (24, 14, 5, 0)), ("24/5/24 2.05 PM - ", (24, 14, 5, 0)),
        ("24/5/24, 2:05\u202fp.m. – ", (24, 14, 5, 0)), ("24-05-2024 pukul 14.05 — ", (24, 14, 5, 0)), ("2024-05-24 14.05 - ", (24, 14, 5, 0)),
        ("24/05/24 2.05 siang - ", (24, 14, 5, 0)), ("24/05/24 8.05 malam - ", (24, 20, 5, 0)), ("24/05/24 4.05 sore - ", (24, 16, 5, 0)),
        ("24/05/24 6.05 pagi - ", (24, 6, 5, 0)), ("24/05/24 12.05 malam - ", (24, 0, 5, 0)), ("24/05/24 11.05 siang - ", (24, 11, 5, 0)),
        ("24 Mei 2024 14.05 - ", (24, 14, 5, 0)), ("24 Agustus 24 pukul 14.05 - ", (24, 14, 5, 0)), ("24/05/24، 14.05 - ", (24, 14, 5, 0)),
        ("[24/05/24 14.05.03] ", (24, 14, 5, 3)), ("\u200e[24/05/24, 14.05.03] ", (24, 14, 5, 3)), ("[24 Okt 2024 14.05.03] ", (24, 14, 5, 3)),
        ("[24/5/24 2:05:03 p. m.] ", (24, 14, 5, 3)), ("[2024/5/4 14:05:03] ", (4, 14, 5, 3)), ("[14.05, 24/5/2024] ", (24, 14, 5, 0)),
        ("[2:05 PM, 24/5/2024] ", (24, 14, 5, 0)), ("24.05.24 14.05.03: ", (24, 14, 5, 3)), ("24.5.2024 klo 14.05.03 - ", (24, 14, 5, 3)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("glue", [": ", ":"])
def test_every_form_of_a_message(tmp_path: Path, head: str, clock: tuple[int, int, int, int], glue: str) -> None:
    people = [("Tono Fiktif", "halo"), ("Wati Fiktif", "ini: itu"), ("Rudi Fiktif", "siap"), ("Tono Fiktif", "ok")]
    rows = acts(tmp_path, {GROUP: chat(*(f"{head}{name}{glue}{text}" for name, text in people))}, timezone="UTC")
    assert picked(rows, "actor", "text") == people
    day, hour, minute, second = clock
    assert {
        (row["happened_at"].day, row["happened_at"].hour, row["happened_at"].minute, row["happened_at"].second)
        for row in rows
    } == {(day, hour, minute, second)}
    assert {row["target_account"] for row in rows} == {"Warga Fiktif"}


@pytest.mark.parametrize(
    "line",
    [
        "24/05/24 ada rapat - jam 8",
        "14.05 - x",
        "[14.05] x",
        "[24/05] x",
        "1/2/3 14.05 - x",
        "24 Zubu 2024 14.05 - x",
        "12 ayam 2024 10.00 - x",
    ],
)
def test_what_only_looks_like_a_time_begins_nothing(line: str) -> None:
    assert start_of(line, 1) is None


def test_marks_and_tildes_are_no_part_of_names_and_words(tmp_path: Path) -> None:
    lines = [
        f"[24/05/24 14.05.0{n}] ~\u202f{name} Fiktif: \u200ehalo" for n, name in enumerate(("Tono", "Wati", "Rudi"))
    ]
    assert posts(tmp_path, *lines) == [("Tono Fiktif", "halo"), ("Wati Fiktif", "halo"), ("Rudi Fiktif", "halo")]


def test_a_name_with_a_colon_is_kept_whole_where_all_lines_show_it(tmp_path: Path) -> None:
    lines = [f"24/05/24 14.0{n} - {text}" for n, text in enumerate((
        "Kadis: Pak Tono: satu", "Kadis: Bu Wati: dua", "Kadis: Pak Tono: lagi", "Rudi Fiktif: Catatan: tiga", "Rudi Fiktif: empat", "Sari Fiktif: lima"))]  # fmt: skip
    assert posts(tmp_path, *lines) == [
        ("Kadis: Pak Tono", "satu"), ("Kadis: Bu Wati", "dua"), ("Kadis: Pak Tono", "lagi"), ("Rudi Fiktif", "Catatan: tiga"), ("Rudi Fiktif", "empat"), ("Sari Fiktif", "lima"),
    ]  # fmt: skip


# Lines of the app


@pytest.mark.parametrize(
    ("line", "names", "unnamed"),
    [
        ("Wati Fiktif menambahkan grup ini ke komunitas: Kecamatan Fiktif", [], 0),
        ("Wati Fiktif added this group to the community: Kecamatan Fiktif", [], 0),
        ("Wati Fiktif menambahkan Tono Fiktif dan 4 lainnya", ["Tono Fiktif"], 4),
        ("Wati Fiktif added Tono Fiktif and 1 other", ["Tono Fiktif"], 1),
        ("Wati Fiktif menambahkan Tono Fiktif, Rudi Fiktif, dan +62 811-0000-0002", ["Tono Fiktif", "Rudi Fiktif", "+62 811-0000-0002"], 0),
        ("Rudi Fiktif meminta untuk bergabung", [], 0), ("Rudi Fiktif requested to join", [], 0), ("Rudi Fiktif mengajukan permintaan bergabung", [], 0),
        ("Seseorang bergabung melalui tautan grup", [], 0), ("Someone joined using a group link", [], 0),
        ("Rudi Fiktif bergabung dari komunitas", ["Rudi Fiktif"], 0), ("Rudi Fiktif joined from the community", ["Rudi Fiktif"], 0),
        ("Anda mengubah setelan agar hanya admin yang dapat menambahkan anggota ke grup ini", [], 0),
        ("You changed the settings so only admins can add members to this group", [], 0),
        ("Wati Fiktif mengaktifkan persetujuan admin untuk bergabung ke grup ini", [], 0),
        ("You joined a group via invite in the community: Kecamatan Fiktif", ["You"], 0),
        ("Anda bergabung menggunakan tautan undangan grup ini", ["Anda"], 0),
        ("Wati Fiktif menambahkan Anda ke grup di komunitas: Kecamatan Fiktif", ["Anda"], 0),
        ("Wati Fiktif menambahkan deskripsi grup", [], 0), ("Wati Fiktif membuat tautan undangan grup", [], 0),
        ("Tono Fiktif ditambahkan oleh Wati Fiktif", ["Tono Fiktif"], 0), ("budi kecil bergabung menggunakan tautan undangan grup ini", [], 0),
        ("Toko Maju dan Jaya bergabung menggunakan tautan undangan grup ini", ["Toko Maju dan Jaya"], 0),
    ],
)  # fmt: skip
def test_who_came_in_by_a_line_of_the_app(line: str, names: list[str], unnamed: int) -> None:
    came = came_in(line, {"Toko Maju dan Jaya"})
    assert (list(came.names), came.unnamed) == (names, unnamed)


def test_a_sender_saved_in_lower_case_is_a_name(tmp_path: Path) -> None:
    rows = acts(
        tmp_path,
        {
            GROUP: chat(
                _NOTICE, "03/05/24 07.01 - budi kecil bergabung dari komunitas", "03/05/24 07.02 - budi kecil: halo"
            )
        },
    )
    assert picked(rows, "kind", "actor") == [("join", "budi kecil"), ("post", "budi kecil")]


def test_app_lines_with_a_colon_make_no_sender(tmp_path: Path) -> None:
    lines = [_NOTICE, "03/05/24 07.01 - Pesan Wati Fiktif: disematkan", "03/05/24 07.02 - Wati Fiktif menambahkan grup ini ke komunitas: Kecamatan",
             "03/05/24 07.03 - Wati Fiktif: pesan ini disematkan"]  # fmt: skip
    assert posts(tmp_path, *lines) == [("Wati Fiktif", "pesan ini disematkan")]


def test_placeholders_are_no_words_of_anybody(tmp_path: Path) -> None:
    lines = [_NOTICE, "03/05/24 07.01 - Wati Fiktif: null", "03/05/24 07.02 - Wati Fiktif: Anda menghapus pesan ini sebagai admin",
             "03/05/24 07.03 - Wati Fiktif: ", "03/05/24 07.04 - Wati Fiktif: Program Kerja Fiktif.pdf • 14 halaman", "03/05/24 07.05 - Wati Fiktif: null bukan nol"]  # fmt: skip
    rows = acts(tmp_path, {GROUP: chat(*lines)})
    assert picked(rows, "text", "media_text") == [
        ("", "pesan tanpa isi (sekali lihat)"),
        ("", "pesan dihapus"),
        ("", None),
        ("", "Program Kerja Fiktif.pdf • 14 halaman"),
        ("null bukan nol", None),
    ]


def test_a_hundred_thousand_lines_with_one_pasted_are_decided_at_once() -> None:
    from screening.readers.whatsapp.inside import inside_messages

    lines = [
        f"{1 + n // 4000:02d}/0{1 + n // 40000}/24 {n // 60 % 24:02d}.{n % 60:02d} - Orang {n % 7}: pesan"
        for n in range(20_000)
    ]
    lines.insert(10_000, "01/01/23 10.00 - Panitia: undangan")
    found = list(starts(lines))
    assert 10_001 in inside_messages(found, order_of([message for message, _ in found]).value or "DMY")


_GROUP = "Grup Warga RW 05"
_APP = [
    f"{_GROUP}: \u200ePesan dan panggilan terenkripsi secara end-to-end.",
    f"{_GROUP}: \u200eSari Kelurahan membuat grup ini",
]
_SAID = ["Sari Kelurahan: Bapak ibu jangan lupa", "Tono Staf: Mari kita dukung", "Pak RT: siap pak"]


@pytest.mark.parametrize(
    ("name", "lines", "messages"),
    [
        (_GROUP, [*_APP, *_SAID], 3),  # as iOS exports a group: its name is that of the archive and of the app's lines
        ("Sari Kelurahan", [*_APP, *_SAID], 0),  # the archive has the name of one who speaks: one-to-one
        (_GROUP, [_APP[0], f"{_GROUP}: halo", *_SAID[:1]], 0),  # a person of that name speaks
    ],
)
def test_an_archive_of_ios_is_read_when_its_name_is_that_of_a_group(
    tmp_path: Path, name: str, lines: list[str], messages: int
) -> None:
    with zipfile.ZipFile(tmp_path / f"WhatsApp Chat - {name}.zip", "w") as archive:
        archive.writestr("_chat.txt", "".join(f"[14/10/24 19.0{at}.00] {line}\r\n" for at, line in enumerate(lines)))
    found = readers.read([tmp_path]).activities
    assert len(found) == messages
    assert {*found["target_account"]} <= {_GROUP}
