"""Draws a second set of pictures with other layouts, fonts and words than `drawing.py`: what rules were not made for.

The words (`later_words.toml`) were written without looking at the rules. Layouts: stacked words, columns, ribbons, billboards
seen from the side, rings around a photo, leaflets, chats, stories, shirts; half of the pictures are worn (turned, blurred, noisy,
small, with a reflection). Fonts: those of the machine and of the packages `font-*` that are installed; without them it looks alike.
"""

from __future__ import annotations

import io
import random
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.pictures.drawing import FONTS, NATIONAL, OFFICES, REGIONAL, Drawn

PEOPLE = ["Yayan Supriatna", "Ratna Komalasari", "Hendra Gunadi", "Maria Tobing", "Slamet Raharjo", "Nurhayati Lubis"]
PARTIES = [("Partai Amanat Nasional", 12), ("Partai Kebangkitan Bangsa", 1), ("Partai Solidaritas Indonesia", 15),
           ("Partai Hanura", 10), ("Partai Persatuan Pembangunan", 17), ("Partai Nasdem", 5)]  # fmt: skip
_GROUNDS = [("#0b3d2e", "#f5d547"), ("#7b1113", "#ffffff"), ("#f7f3e9", "#23120b"), ("#123c69", "#edc7b7"), ("#fff200", "#111111"),
            ("#ffffff", "#0057b7"), ("#2d2d34", "#e7e7e7"), ("#d7263d", "#fdfdfd"), ("#e8f1f2", "#13293d")]  # fmt: skip


@cache
def _fonts() -> list[str]:
    packed = [path for place in sys.path if place for path in Path(place).glob("font_*/files/*.[ot]tf")]
    wanted = [path for path in packed if not any(bad in path.name for bad in ("Thin", "ExtraLight", "Awesome"))]
    return [str(path) for path in sorted(wanted, key=lambda path: path.name)] or [str(path) for path in FONTS]


def drawn(seed: int) -> Iterator[Drawn]:
    """The whole set: 88 campaign and 96 other pictures, every text twice with other people, colours, fonts and wear."""
    luck = random.Random(f"lain {seed}")
    words = tomllib.loads((Path(__file__).parent / "later_words.toml").read_text(encoding="utf-8"))
    pairs, number = [*REGIONAL, *NATIONAL], 0
    for turn in range(2):
        order = luck.sample(words["campaign"], len(words["campaign"]))
        for at, (kind, layout, lines) in enumerate(order):
            yield _made(luck, number := number + 1, True, kind, layout, lines, pairs[(at + turn) % len(pairs)])
        for at, (kind, layout, lines) in enumerate(words["party"] * (2 if not turn else 1)):
            day = "2024-01-10"
            yield _made(luck, number := number + 1, True, kind, layout, lines, (day, *PARTIES[(at + turn) % 6], 0))
        for kind, layout, lines in words["other"]:
            yield _made(luck, number := number + 1, False, kind, layout, lines, luck.choice(pairs))


def _made(
    luck: random.Random, number: int, campaign: bool, kind: str, layout: str, lines: list[str], who: tuple[str, ...]
) -> Drawn:
    day, first, second, at = who
    regional = day > "2024-06"
    values = {
        "a": str(first).title(), "b": str(second).title(), "n": str(at), "o": "Gubernur" if regional else "Presiden",
        "d": "27 November" if regional else "14 Februari", "p": str(first), "pn": str(second),
        "x": luck.choice(PEOPLE), "y": luck.choice(PEOPLE), "office": luck.choice(OFFICES),
    }  # fmt: skip
    values["b"] = values["b"].replace("Mahfud Md", "Mahfud MD")
    values |= {name.upper(): value.upper() for name, value in values.items() if len(name) == 1}
    told = [line.format_map(values) for line in lines]
    wear = luck.random() < 0.5
    return Drawn(
        f"{'k' if campaign else 'b'}{number:03d}.jpg", campaign, kind, day, told, _picture(luck, layout, told, wear)
    )


def _picture(luck: random.Random, layout: str, lines: list[str], wear: bool) -> bytes:
    from PIL import Image, ImageDraw

    width, height = luck.choice([(1080, 1350), (1080, 1920), (1200, 900), (1600, 1066), (828, 1000)])
    if layout in ("billboard", "shirt"):
        width, height = luck.choice([(1600, 1066), (1280, 960)])
    ground, ink = luck.choice(_GROUNDS)
    image = (
        _scene(luck, width, height)
        if layout in ("billboard", "shirt", "ring", "story")
        else Image.new("RGB", (width, height), ground)
    )
    _LAYOUTS[layout](luck, image, ImageDraw.Draw(image), lines, ground, ink)
    if layout == "billboard":
        image = _seen_from_the_side(luck, image)
    if wear:
        image = _worn(luck, image)
    held = io.BytesIO()
    image.save(held, "JPEG", quality=luck.randint(20, 45) if wear else luck.randint(60, 92))
    return held.getvalue()


def _scene(luck: random.Random, width: int, height: int) -> Any:
    """Blurred shapes and grain, as behind a photographed thing."""
    from PIL import Image, ImageDraw, ImageFilter

    image = Image.new("RGB", (width, height), luck.choice(["#7a8f7b", "#b9a88f", "#87a0b8", "#555a60"]))
    pen = ImageDraw.Draw(image)
    for _ in range(40):
        x, y, size = luck.randint(-50, width), luck.randint(-50, height), luck.randint(30, 260)
        shape = luck.choice([pen.ellipse, pen.rectangle])
        shape((x, y, x + size, y + luck.randint(20, 300)), fill=tuple(luck.randint(30, 220) for _ in range(3)))
    return image.filter(ImageFilter.GaussianBlur(14))


def _font(luck: random.Random, face: str, line: str, room: float, most: int, least: int = 24) -> Any:
    from PIL import ImageFont

    font = ImageFont.truetype(face, most)
    wide = max(font.getlength(line), 1)
    return ImageFont.truetype(face, max(least, min(most, int(most * room / wide))))


def _down(
    luck: random.Random, pen: Any, lines: list[str], box: tuple[float, float, float, float], ink: str, middle: bool = True,
    most: int = 120, edge: str = "",
) -> None:  # fmt: skip
    """Lines below each other in a box, each as large as it fits; two fonts, as designers like."""
    faces = [luck.choice(_fonts()), luck.choice(_fonts())]
    left, top, right, bottom = box
    step = (bottom - top) / max(len(lines), 1)
    for at, line in enumerate(lines):
        font = _font(luck, faces[at % 2], line, right - left, int(min(most, step * 0.75)))
        x = (left + right - font.getlength(line)) / 2 if middle else left
        pen.text(
            (x, top + at * step), line, fill=ink, font=font, stroke_width=2 if edge else 0, stroke_fill=edge or None
        )


def _stack(luck: random.Random, image: Any, pen: Any, lines: list[str], ground: str, ink: str) -> None:
    words = [word for line in lines for word in (line.split() if len(line) < 20 else [line])]
    wide, high = image.size
    _down(luck, pen, words, (wide * 0.08, high * 0.05, wide * 0.92, high * 0.95), ink, most=170)


def _columns(luck: random.Random, image: Any, pen: Any, lines: list[str], ground: str, ink: str) -> None:
    wide, high = image.size
    pen.ellipse((wide * 0.03, high * 0.2, wide * 0.4, high * 0.9), fill="#8d7763")
    _down(luck, pen, lines, (wide * 0.44, high * 0.12, wide * 0.97, high * 0.9), ink, middle=False, most=90)


def _ribbons(luck: random.Random, image: Any, pen: Any, lines: list[str], ground: str, ink: str) -> None:
    wide, high = image.size
    step = high * 0.8 / len(lines)
    face = luck.choice(_fonts())
    for at, line in enumerate(lines):
        below, above = (ink, ground) if at % 2 else (ground, ink)
        top = high * 0.1 + at * step
        pen.rectangle((wide * 0.04, top, wide * 0.96, top + step * 0.8), fill=below)
        font = _font(luck, face, line, wide * 0.84, int(step * 0.5))
        pen.text((wide * 0.08, top + step * 0.12), line, fill=above, font=font)


def _billboard(luck: random.Random, image: Any, pen: Any, lines: list[str], ground: str, ink: str) -> None:
    wide, high = image.size
    box = (wide * 0.1, high * 0.1, wide * 0.9, high * 0.66)
    pen.rectangle(box, fill=ground, outline="#444444", width=6)
    _down(luck, pen, lines, (box[0] + 40, box[1] + 30, box[2] - 40, box[3] - 20), ink, most=110)


def _ring(luck: random.Random, image: Any, pen: Any, lines: list[str], ground: str, ink: str) -> None:
    wide, high = image.size
    pen.rectangle((0, 0, wide, high), outline=ground, width=int(wide * 0.05))
    pen.rectangle((0, high * 0.66, wide, high), fill=ground)
    _down(luck, pen, lines, (wide * 0.08, high * 0.69, wide * 0.92, high * 0.96), ink, most=84)


def _paper(luck: random.Random, image: Any, pen: Any, lines: list[str], ground: str, ink: str) -> None:
    wide, high = image.size
    pen.rectangle((0, 0, wide, high), fill="#fbfaf5")
    _down(
        luck,
        pen,
        lines,
        (wide * 0.09, high * 0.1, wide * 0.92, high * 0.1 + 110 * len(lines)),
        "#1b1b1b",
        middle=False,
        most=54,
    )


def _chat(luck: random.Random, image: Any, pen: Any, lines: list[str], ground: str, ink: str) -> None:
    wide, high = image.size
    pen.rectangle((0, 0, wide, high), fill="#efe7dd")
    pen.rectangle((0, 0, wide, 120), fill="#075e54")
    face, top = luck.choice(_fonts()), 170
    pen.text(
        (110, 36),
        luck.choice(["Warga RW 07", "Keluarga Besar", "Alumni 98"]),
        fill="white",
        font=_font(luck, face, "Warga", 400, 44),
    )
    for line in lines:
        mine, words = line.startswith(">"), line.lstrip(">")
        font = _font(luck, face, words, wide * 0.7, 40, 26)
        left = wide - font.getlength(words) - 120 if mine else 40
        pen.rounded_rectangle(
            (left, top, left + font.getlength(words) + 60, top + 110), 18, fill="#dcf8c6" if mine else "#ffffff"
        )
        pen.text((left + 24, top + 16), words, fill="#111111", font=font)
        pen.text(
            (left + 24, top + 72),
            f"{luck.randint(10, 20)}.{luck.randint(10, 59)}",
            fill="#777777",
            font=_font(luck, face, "00.00", 90, 24),
        )
        top += 140


def _story(luck: random.Random, image: Any, pen: Any, lines: list[str], ground: str, ink: str) -> None:
    wide, high = image.size
    face, top = luck.choice(_fonts()), high * luck.uniform(0.2, 0.5)
    for line in lines:
        font = _font(luck, face, line, wide * 0.76, 78)
        long = font.getlength(line)
        pen.rounded_rectangle(
            ((wide - long) / 2 - 26, top, (wide + long) / 2 + 26, top + font.size * 1.5), 20, fill=ground
        )
        pen.text(((wide - long) / 2, top + font.size * 0.15), line, fill=ink, font=font)
        top += font.size * 1.75


def _shirt(luck: random.Random, image: Any, pen: Any, lines: list[str], ground: str, ink: str) -> None:
    wide, high = image.size
    pen.rounded_rectangle((wide * 0.27, high * 0.12, wide * 0.73, high), 60, fill=ground)
    _down(luck, pen, lines, (wide * 0.33, high * 0.3, wide * 0.67, high * 0.75), ink, most=110)


_LAYOUTS = {
    "stack": _stack, "columns": _columns, "ribbons": _ribbons, "billboard": _billboard, "ring": _ring, "paper": _paper, "chat": _chat,
    "story": _story, "shirt": _shirt,
}  # fmt: skip


def _seen_from_the_side(luck: random.Random, image: Any) -> Any:
    from PIL import Image

    wide, high = image.size
    near, far = luck.uniform(0, 0.06), luck.uniform(0, 0.16)
    if luck.random() < 0.5:
        near, far = far, near
    corners = (0, -high * near, 0, high * (1 + near), wide, high * (1 + far), wide, -high * far)
    return image.transform(image.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)


def _worn(luck: random.Random, image: Any) -> Any:
    from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

    image = image.rotate(luck.uniform(-10, 10), expand=True, fillcolor="#6b6b6b", resample=Image.Resampling.BICUBIC)
    side = luck.choice([540, 640, 900])
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    image = ImageEnhance.Contrast(image).enhance(luck.uniform(0.65, 1.1))
    if luck.random() < 0.4:
        image = image.filter(ImageFilter.GaussianBlur(luck.uniform(0.5, 1.0)))
    if luck.random() < 0.4:  # a reflection
        glare = Image.new("RGB", image.size)
        x, y = luck.randint(0, image.width), luck.randint(0, image.height)
        ImageDraw.Draw(glare).ellipse((x - 120, y - 60, x + 120, y + 60), fill=(90, 90, 80))
        image = ImageChops.add(image, glare.filter(ImageFilter.GaussianBlur(40)))
    if luck.random() < 0.5:
        dots = luck.randbytes(image.width * image.height)
        grain = Image.frombytes("L", image.size, dots).point(lambda level: level // 10)
        image = ImageChops.subtract(
            ImageChops.add(image, Image.merge("RGB", [grain] * 3)), Image.new("RGB", image.size, (12, 12, 12))
        )
    return image
