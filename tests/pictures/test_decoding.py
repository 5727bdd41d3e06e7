"""What a picture may cost: told from its head, before a pixel is decoded. Needs Pillow."""

from __future__ import annotations

import io
import random
import struct
import zlib

import pytest

Image = pytest.importorskip("PIL.Image", reason="paket tambahan `pictures` tidak terpasang")

from screening.pictures.decoding import Refused, decoded, thumbnail  # noqa: E402


def made(form: str = "JPEG", size: tuple[int, int] = (300, 200), **more: object) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", size, "#4466aa").save(held, form, **more)
    return held.getvalue()


def huge(width: int, height: int) -> bytes:
    """A PNG that says it is that large; its pixels would be one packed row of zeros."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(width * 3 + 1)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(12_000, 12_000), (30_000, 30_000), (25_000_001, 1), (1, 1)])
def test_too_large_or_small_is_refused_undecoded(size: tuple[int, int]) -> None:
    with pytest.raises(Refused):
        decoded(huge(*size))


def test_twenty_broken_files_cost_nothing() -> None:
    luck, whole = random.Random(3), made() + b""
    broken = [
        b"",
        b"\xff\xd8",
        b"bukan gambar",
        b"%PDF-1.4",
        b"GIF89a",
        b"RIFF....WEBP",
        b"<svg/>",
        whole[:200],
        made("PNG")[:60],
        made("GIF")[:12],
    ]
    for _ in range(10):
        cut = bytearray(made("PNG"))
        for _ in range(40):
            cut[luck.randrange(8, len(cut))] ^= luck.randrange(1, 256)
        broken.append(bytes(cut))
    refused = 0
    for data in broken:
        try:
            image, _ = decoded(data)
        except Refused:
            refused += 1
        else:
            assert max(image.size) <= 960  # a decoder may forgive a flipped byte, never cost more for it
    assert refused >= 15


def test_the_day_of_the_camera_and_no_other() -> None:
    exif = Image.Exif()
    exif[306] = "2024:11:05 10:00:00"  # of the last edit
    assert decoded(made(exif=exif))[1] == ""
    exif.get_ifd(0x8769)[0x9003] = "2021:05:03 09:08:07"
    assert decoded(made(exif=exif))[1] == "2021-05-03"
    exif.get_ifd(0x8769)[0x9003] = "2021:15:33 09:08:07"
    assert decoded(made(exif=exif))[1] == ""


def test_a_small_picture_carries_nothing_but_itself() -> None:
    exif = Image.Exif()
    exif[315] = "Nama Pembuat"
    image, _ = decoded(made(size=(900, 700), exif=exif))
    for masked in (False, True):
        small = thumbnail(image, [[0.1, 0.1, 0.5, 0.2]], masked)
        assert b"Pembuat" not in small
        opened = Image.open(io.BytesIO(small))
        assert max(opened.size) <= 320
        assert not opened.getexif()


def test_masked_hides_all_but_the_lines() -> None:
    image = Image.effect_noise((320, 320), 120).convert("RGB")
    sharp = Image.open(io.BytesIO(thumbnail(image, [[0.0, 0.0, 1.0, 0.25]], False))).convert("L")
    coarse = Image.open(io.BytesIO(thumbnail(image, [[0.0, 0.0, 1.0, 0.25]], True))).convert("L")

    def busy(picture: Image.Image, box: tuple[int, int, int, int]) -> float:
        from PIL import ImageStat

        return ImageStat.Stat(picture.crop(box)).stddev[0]

    assert busy(coarse, (10, 150, 310, 310)) < 0.3 * busy(sharp, (10, 150, 310, 310))
    assert busy(coarse, (10, 10, 310, 70)) > 0.6 * busy(sharp, (10, 10, 310, 70))


def test_only_one_frame_of_a_moving_picture() -> None:
    frames = [Image.new("RGB", (60, 60), (n % 255, 0, 0)) for n in range(310)]
    held = io.BytesIO()
    frames[0].save(held, "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(Refused):
        decoded(held.getvalue())
    held = io.BytesIO()
    frames[0].save(held, "GIF", save_all=True, append_images=frames[1:4])
    assert decoded(held.getvalue())[0].size == (60, 60)
