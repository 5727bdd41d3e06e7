"""One picture's bytes, checked and decoded: size and format are known from its head before a single pixel is decoded.

Needs Pillow (the extra `pictures`). Whatever a file claims, it costs at most what `limits.toml` allows.
"""

from __future__ import annotations

import io
import re
import warnings
from datetime import datetime
from typing import TYPE_CHECKING, Any

from screening.pictures.limits import limit

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_EXIF_IFD, _TAKEN = 0x8769, 0x9003  # tag of the camera's block; DateTimeOriginal, the moment of the exposure
_MOMENT = re.compile(r"(\d{4}):(\d{2}):(\d{2}) (\d{2}):(\d{2}):(\d{2})")


class Refused(Exception):
    """The picture is not read; the message is Indonesian and stands in the provenance table."""


def decoded(data: bytes) -> tuple[Image, str]:
    """The first frame as RGB, upright and at most `long_side` long, and the day the camera wrote ("" where it wrote none).

    Raises Refused for what is too large, too small, damaged, or no picture.
    """
    from PIL import Image, ImageOps

    if len(data) > limit("bytes"):
        raise Refused("berkas gambar lebih besar daripada batas; tidak dibaca")
    if not data:
        raise Refused("berkas gambar kosong")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image: Any = Image.open(io.BytesIO(data), formats=FORMATS)
            _check(image)
            taken = _taken(image)
            side = int(limit("long_side"))
            image.draft("RGB", (side, side))  # a JPEG is decoded at the smaller size at once
            image.load()
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((side, side), Image.Resampling.BILINEAR)
            return _plain(upright), taken
    except Refused:
        raise
    except MemoryError as error:
        raise Refused("gambar tidak muat di memori; tidak dibaca") from error
    except Exception as error:  # every decoder fails in its own way on a damaged file
        raise Refused("gambar rusak, terpotong, atau bukan gambar yang dikenal") from error


def _check(image: Any) -> None:
    width, height = image.size
    if width * height > limit("pixels"):
        raise Refused(f"gambar {width} x {height} piksel melampaui batas; tidak didekode")
    if min(width, height) < limit("smallest_side"):
        raise Refused("gambar terlalu kecil untuk memuat tulisan")
    if image.format in ("GIF", "WEBP", "PNG") and getattr(image, "is_animated", False):
        if image.n_frames > limit("frames"):
            raise Refused("gambar bergerak terlalu panjang; tidak dibaca")
        image.seek(0)


def _taken(image: Any) -> str:
    """The day of the exposure as ISO text. The time of the file (tag 306) is that of its last edit and tells nothing."""
    try:
        written = image.getexif().get_ifd(_EXIF_IFD).get(_TAKEN)
    except Exception:  # a damaged block of the camera is no reason not to read the words
        return ""
    found = _MOMENT.match(str(written or ""))
    if not found:
        return ""
    try:
        return datetime(*map(int, found.groups())).date().isoformat()  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return ""


def _plain(image: Any) -> Image:
    """On white where it is transparent: dark words on a transparent ground would vanish on black."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        ground.alpha_composite(layer)
        return ground.convert("RGB")
    return image.convert("RGB")


def thumbnail(image: Image, boxes: list[list[float]], masked: bool) -> bytes:
    """A small JPEG without any metadata, the lines that were read framed; `masked`: everything but these lines is coarse.

    Boxes are [left, top, right, bottom] in shares (0–1) of width and height.
    """
    from PIL import ImageDraw

    side = int(limit("thumbnail_side"))
    small = image.copy()
    small.thumbnail((side, side))
    places = [
        (int(x0 * small.width), int(y0 * small.height), int(x1 * small.width) + 1, int(y1 * small.height) + 1)
        for x0, y0, x1, y1 in boxes
    ]
    if masked:
        sharp = small
        small = sharp.resize((max(sharp.width // 24, 1), max(sharp.height // 24, 1))).resize(sharp.size, 0)
        for place in places:
            small.paste(sharp.crop(place), place[:2])
    drawn = ImageDraw.Draw(small)
    for place in places:
        drawn.rectangle(place, outline=(200, 30, 30))
    for quality in (70, 45, 25):
        held = io.BytesIO()
        small.save(held, "JPEG", quality=quality)
        if held.tell() <= limit("thumbnail_bytes"):
            break
    return held.getvalue()
