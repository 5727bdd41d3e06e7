"""What one picture says: its lines of words with box and confidence, its codes, the day the camera wrote.

Runs in a worker process (`workers.py`). Needs the extra `pictures`; the weights lie inside the packages, so nothing is
fetched from anywhere. No face, no person, no gesture is looked for (docs/pictures.md).
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from screening.pictures.decoding import Refused, decoded, thumbnail
from screening.pictures.limits import limit

VERSION = 1  # of what is made of the engine's answer; a change makes cached readings old
_TALL = 1.6  # a box so many times higher than wide holds a line that stands upright


@cache
def engine_name() -> str:
    """Engine and weights, as one short hash: readings of another engine are never mixed in."""
    import rapidocr
    import zxingcpp

    digest = hashlib.sha256(f"{VERSION} {getattr(zxingcpp, '__version__', '')}".encode())
    for weights in sorted((Path(rapidocr.__file__).parent / "models").glob("*.onnx")):
        digest.update(f"{weights.name} {weights.stat().st_size}".encode())
    return digest.hexdigest()[:16]


@cache
def _engine() -> Any:
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)  # the processes share the processors; threads within them only cost time
    one = "EngineConfig.onnxruntime."
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": float(limit("least_confidence")),
            "Global.max_side_len": int(limit("long_side")),
            "Det.limit_type": "max",
            "Det.limit_side_len": int(limit("detection_side")),
            one + "intra_op_num_threads": 1,
            one + "inter_op_num_threads": 1,
        }
    )


def recognised(data: bytes, masked: bool = False) -> dict[str, Any]:
    """The picture as plain values: `lines` [[text, confidence, [left, top, right, bottom]]] in reading order, boxes in shares
    of width and height; `codes` [[address, box]]; `taken` ISO day or ""; `size`; `small` JPEG bytes or b"".

    A picture that is not read gives {"refused": why} (Indonesian).
    """
    try:
        image, taken = decoded(data)
    except Refused as error:
        return {"refused": str(error)}
    lines, image = _best(image)
    codes = _codes(image)
    boxes = [line[2] for line in lines] + [code[1] for code in codes]
    return {
        "lines": lines, "codes": codes, "taken": taken, "size": list(image.size),
        "small": thumbnail(image, boxes, masked) if boxes else b"",
    }  # fmt: skip


def _best(image: Any) -> tuple[list[list[Any]], Any]:
    """The lines of the picture, turned by a quarter where most of them stand upright."""
    lines, tall = _lines(image)
    if not tall:
        return lines, image
    told = [(_weight(lines), lines, image)]
    for degrees in (90, 270):
        turned = image.rotate(degrees, expand=True)
        other, _ = _lines(turned)
        told.append((_weight(other), other, turned))
    _, lines, image = max(told, key=lambda each: each[0])
    return lines, image


def _weight(lines: list[list[Any]]) -> float:
    return sum(len(text) * score for text, score, _ in lines if score >= limit("confidence"))


def _lines(image: Any) -> tuple[list[list[Any]], bool]:
    width, height = image.size
    answer = _engine()(np.ascontiguousarray(np.asarray(image)[:, :, ::-1]))
    if answer.txts is None or answer.boxes is None:
        return [], False
    found, tall = [], 0
    for text, score, corners in zip(answer.txts, answer.scores, answer.boxes, strict=True):
        x, y = np.asarray(corners)[:, 0], np.asarray(corners)[:, 1]
        box = [x.min() / width, y.min() / height, x.max() / width, y.max() / height]
        wide, high = np.hypot(*(corners[1] - corners[0])), np.hypot(*(corners[3] - corners[0]))
        tall += (y.max() - y.min()) > _TALL * (x.max() - x.min()) and max(wide, high) > 0
        words = " ".join(str(text).split())
        if words:
            found.append([words, round(float(score), 3), [round(float(min(max(one, 0.0), 1.0)), 4) for one in box]])
    return _in_order(found), tall * 2 > len(found)


def _in_order(lines: list[list[Any]]) -> list[list[Any]]:
    """Rows from above, each from the left: pieces of one line that the engine found apart stand in one row."""
    rows: list[list[list[Any]]] = []
    for line in sorted(lines, key=lambda each: (each[2][1] + each[2][3]) / 2):
        middle = (line[2][1] + line[2][3]) / 2
        last = rows[-1][0][2] if rows else None
        if last is not None and last[1] < middle < last[3] and line[2][1] < (last[1] + last[3]) / 2 < line[2][3]:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda each: each[2][0])]


def _codes(image: Any) -> list[list[Any]]:
    """The addresses in the picture's QR codes."""
    import zxingcpp

    width, height = image.size
    found = []
    for code in zxingcpp.read_barcodes(np.asarray(image)):
        place = code.position
        points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        x, y = [point.x / width for point in points], [point.y / height for point in points]
        words = " ".join(str(code.text).split())[:500]
        if words and "QR" in str(code.format):
            found.append([words, [round(min(max(one, 0.0), 1.0), 4) for one in (min(x), min(y), max(x), max(y))]])
    return sorted(found)
