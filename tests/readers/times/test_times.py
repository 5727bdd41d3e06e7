"""Times as exports and people write them."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.readers.tables.mapped import with_clock
from screening.readers.times.moment import (
    ABSENT,
    ImpossibleTime,
    TimeError,
    clock_of,
    day_only,
    epoch,
    moment,
    naive_utc,
    serial,
)
from screening.readers.times.order import order_of

JAKARTA = ZoneInfo("Asia/Jakarta")


def shown(value: object, order: str = "DMY") -> str:
    read = moment(value, JAKARTA, order=order)
    return f"{read.happened_at:%Y-%m-%d %H:%M:%S} {read.time_basis}" if read.happened_at else read.time_basis


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("2024-10-02T19:30:00+07:00", "2024-10-02 12:30:00 exact_utc"),
        ("2024-10-02T12:30:00.123Z", "2024-10-02 12:30:00 exact_utc"),
        ("2026-07-08 21:59:10+00:00", "2026-07-08 21:59:10 exact_utc"),
        ("2014-01-01 05:06:07 +0000", "2014-01-01 05:06:07 exact_utc"),
        ("2024-10-03", "2024-10-02 17:00:00 date_only"),
        ("2024-10-03 08:00:00", "2024-10-03 01:00:00 local_naive"),
        ("Wed Apr 10 03:00:00 +0000 2019", "2019-04-10 03:00:00 exact_utc"),
        ("03/04/2024", "2024-04-02 17:00:00 date_only"),
        ("03/04/2024 14.30 WIB", "2024-04-03 07:30:00 exact_utc"),
        ("14 Agustus 2024", "2024-08-13 17:00:00 date_only"),
        ("14 Ags 2024", "2024-08-13 17:00:00 date_only"),
        ("14 Agt 2024 21.10.05 WIB", "2024-08-14 14:10:05 exact_utc"),
        ("14-Agu-24", "2024-08-13 17:00:00 date_only"),
        ("Rabu, 27 November 2024 pukul 08.05 WITA", "2024-11-27 00:05:00 exact_utc"),
        ("Jum'at, 1 Pebruari 2019", "2019-01-31 17:00:00 date_only"),
        ("Senin / 3 Oktober 2024", "2024-10-02 17:00:00 date_only"),
        ("Hari Senin, 03/10/2024", "2024-10-02 17:00:00 date_only"),
        ("Minggu 4 Mei 2025 jam 07.00 WIT", "2025-05-03 22:00:00 exact_utc"),
        ("14/08/2024 sore", "2024-08-13 17:00:00 date_only"),
        ("Dec 28, 2020 7:20 am", "2020-12-28 00:20:00 local_naive"),
        ("Nov 14, 2023 10:13:20\u202fpm", "2023-11-14 15:13:20 local_naive"),
        ("14. Nov. 2023, 22:13", "2023-11-14 15:13:00 local_naive"),
        ("14 ago 2024", "2024-08-13 17:00:00 date_only"),
        ("2021-05-01 12:00:00 EDT", "2021-05-01 16:00:00 exact_utc"),
        ("30/08/25 18.00", "2025-08-30 11:00:00 local_naive"),
        ("1/29/26, 2:37 PM", "2026-01-29 07:37:00 local_naive"),
        ("2024/02/01 15:02:55 UTC", "2024-02-01 15:02:55 exact_utc"),
        ("1728532800", "2024-10-10 04:00:00 exact_utc"),
        (1728532800000, "2024-10-10 04:00:00 exact_utc"),
        ("45385,5", "2024-04-03 05:00:00 local_naive"),
        (45385, "2024-04-02 17:00:00 date_only"),
        ("20250101", "2024-12-31 17:00:00 date_only"),
        ("14/08/2024 25.61", "2024-08-13 17:00:00 date_only"),
        ("3/9/2024 pukul 1.20 siang", "2024-09-03 06:20:00 local_naive"),
        ("3/9/2024 jam 7 malam", "2024-09-03 12:00:00 local_naive"),
        ("3/9/2024 jam 7", "2024-09-02 17:00:00 date_only"),
        ("3/9/2024 jam 1 malam", "2024-09-02 17:00:00 date_only"),
        ("3/9/2024 09.15 pagi", "2024-09-03 02:15:00 local_naive"),
        ("3/9/2024 4.45 sore", "2024-09-03 09:45:00 local_naive"),
        ("Selasa, 3/9/2024 (19.15 WITA)", "2024-09-03 11:15:00 exact_utc"),
        ("3 Sep 2024 19.15 WIB.", "2024-09-03 12:15:00 exact_utc"),
        ("3 September 2024 / 19.15", "2024-09-03 12:15:00 local_naive"),
        ("3/9/2024 19h15", "2024-09-03 12:15:00 local_naive"),
        ("3/9/2024 19:15:00 PM", "2024-09-03 12:15:00 local_naive"),
        ("3/9/2024 19:15 AM", "2024-09-02 17:00:00 date_only"),
        ("3/9/2024 s/d 5/9/2024", "2024-09-02 17:00:00 date_only"),
        ("19.15 WIB 3/9/2024", "2024-09-03 12:15:00 exact_utc"),
        ("19:15, 3 September 2024", "2024-09-03 12:15:00 local_naive"),
        ("3/9/'24", "2024-09-02 17:00:00 date_only"),
        ("3 Septem 2024", "2024-09-02 17:00:00 date_only"),
        ("9 Agust 2024", "2024-08-08 17:00:00 date_only"),
        ("3 9 2024", "2024-09-02 17:00:00 date_only"),
        ("03092024", "2024-09-02 17:00:00 date_only"),
        ("2 jam yang lalu", "absent"),
        ("kemarin", "absent"),
        ("Mei 2024", "absent"),
        ("-", "absent"),
        ("", "absent"),
        (None, "absent"),
    ],
)
def test_a_time_is_read_as_written_and_its_trust_is_told(written: object, wanted: str) -> None:
    assert shown(written) == wanted


@pytest.mark.parametrize(
    "written", ["31/02/2024", "2024-13-45", "30 Pebruari 2024", "1790000000000000001", "3 Mei 1997"]
)
def test_a_time_that_cannot_be_is_refused(written: str) -> None:
    with pytest.raises(ImpossibleTime):
        moment(written, JAKARTA)


@pytest.mark.parametrize(
    "written", ["bukan tanggal", "14 s.d. 16 Agustus 2024", "minggu depan", "23/9/14", "3 September", "20 24 10"]
)
def test_words_that_are_no_time_are_told_apart_from_impossible_ones(written: str) -> None:
    with pytest.raises(TimeError) as caught:
        moment(written, JAKARTA)
    assert not isinstance(caught.value, ImpossibleTime)


def test_the_raw_words_are_kept() -> None:
    assert moment("03/04/2024 14.30 WIB", JAKARTA).time_raw == "03/04/2024 14.30 WIB"
    assert moment("kemarin", JAKARTA).time_raw == "kemarin"


@pytest.mark.parametrize("nothing", [0, "0", "", None, "abc", -5, float("nan")])
def test_an_empty_epoch_is_no_time(nothing: object) -> None:
    assert epoch(nothing).happened_at is None


def test_epochs_in_any_unit_agree() -> None:
    wanted = datetime(2024, 10, 10, 4, tzinfo=UTC)
    assert {epoch(1728532800 * unit).happened_at for unit in (1, 1000, 1_000_000)} == {wanted}


def test_a_documented_utc_time_is_exact() -> None:
    assert naive_utc("2024-10-10 04:00:00").time_basis == "exact_utc"
    assert naive_utc("rusak") == ABSENT._replace(time_raw="rusak")


def test_serial_days_mind_the_workbooks_epoch() -> None:
    assert serial(43922.0, JAKARTA, date1904=True).happened_at == serial(45384.0, JAKARTA).happened_at


def test_a_day_trusts_no_hour() -> None:
    read = day_only(epoch(1728532800), JAKARTA)
    assert (read.time_basis, read.happened_at) == ("date_only", datetime(2024, 10, 9, 17, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "clock", "wanted"),
    [
        ("03/10/2024", "14.30 WIB", "07:30 exact_utc"),
        ("03/10/2024", "14.30", "07:30 local_naive"),
        ("03/10/2024", "sore", "17:00 date_only"),
        ("03/10/2024", 0.604166666, "07:30 local_naive"),
        (None, "03/10/2024 14.30", "07:30 local_naive"),
        ("03/10/2024", None, "17:00 date_only"),
    ],
)
def test_date_and_time_in_two_cells(day: str | None, clock: object, wanted: str) -> None:
    read = with_clock(day, clock, JAKARTA, "DMY")
    assert f"{read.happened_at:%H:%M} {read.time_basis}" == wanted


@given(st.datetimes(datetime(2005, 1, 1), datetime(2090, 1, 1)))  # noqa: DTZ001
def test_every_minute_survives_writing_it_the_indonesian_way(when: datetime) -> None:
    months = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
    written = f"{when.day} {months[when.month - 1]} {when.year} pukul {when:%H.%M} WIB"
    read = moment(written, JAKARTA).happened_at
    assert read is not None
    assert read.astimezone(JAKARTA).replace(tzinfo=None) == when.replace(second=0, microsecond=0)


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_a_time_error(written: str) -> None:
    for read in (lambda: moment(written, JAKARTA), lambda: clock_of(written)):
        with contextlib.suppress(TimeError):
            read()


@pytest.mark.parametrize(
    ("values", "order", "told"),
    [
        (["03/04/2024", "25/04/2024"], "DMY", ""),
        (["03/04/2024", "04/25/2024"], "MDY/", "dibaca bulan/hari/tahun"),
        (["03-04-2024", "04/25/2024"], "MDY/", "dibaca bulan/hari/tahun"),
        (["25/04/2024", "04/25/2024"], "DMY", "bercampur"),
        ([date(2024, 4, 3), "25/04/2024"], "DMY", "tertukar"),
        ([date(2024, 4, 25), "25/04/2024"], "DMY", ""),
        ([], "DMY", ""),
    ],
)
def test_the_order_of_day_and_month_is_found_per_column(values: list[object], order: str, told: str) -> None:
    found = order_of("Tanggal", values)
    assert found.value == order
    assert told in found.note
