"""The stored model: weights as NPZ, everything readable as JSON, no pickle, and a hash that must fit.

Three questions: is the text about politics at all (`political`); if so, is it an attack, a neutral mention or support; and if it
takes sides, against or for (`against`). All weights of one feature stand in one row: political, attack, political_neutral,
support, against.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from screening.classifier.features import BLOCKS, CUES
from screening.errors import IntegrityError
from screening.remembering import Remembering
from screening.shipped import shipped

LABELS = ("support", "attack", "political_neutral", "non_political")
DIRECTIONS = ("attack", "political_neutral", "support")
OUTPUTS = ("political", *DIRECTIONS, "against")
FORMAT = 2

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Block:
    """Features of one block: item -> row; per row the weights of OUTPUTS (times idf) and the squared idf."""

    rows: Mapping[str, int]
    weights: Floats  # n × OUTPUTS
    squares: Floats  # n


@dataclass(frozen=True)
class Model(Remembering):
    """Weights, thresholds and where they come from; see docs/model.md."""

    blocks: Mapping[str, Block]
    cues: Floats  # cues × OUTPUTS
    bias: Floats  # OUTPUTS
    calibration: Mapping[str, float]
    thresholds: Mapping[str, float]
    about: Mapping[str, Any]
    sha256: str


def save(model: Model, folder: Path) -> str:
    """Write `model.npz` and `model.json` into `folder`; the same model gives the same bytes. Returns its hash."""
    arrays: dict[str, npt.NDArray[Any]] = {"cues": model.cues.astype(np.float32), "bias": model.bias.astype(np.float32)}
    for name, block in model.blocks.items():
        items = sorted(block.rows, key=block.rows.__getitem__)
        arrays[f"{name}_items"] = np.frombuffer("\n".join(items).encode("utf-8"), np.uint8)
        arrays[f"{name}_weights"] = block.weights.astype(np.float32)
        arrays[f"{name}_squares"] = block.squares.astype(np.float32)
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    data = buffer.getvalue()
    page: dict[str, Any] = {
        "format": FORMAT,
        "outputs": list(OUTPUTS),
        "cues": list(CUES),
        "calibration": dict(model.calibration),
        "thresholds": dict(model.thresholds),
        "about": dict(model.about),
    }
    page["sha256"] = _digest(data, page)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.npz").write_bytes(data)
    (folder / "model.json").write_text(json.dumps(page, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    return str(page["sha256"])


def _digest(data: bytes, page: Mapping[str, Any]) -> str:
    """One hash over the weights and everything the page says about them."""
    rest = json.dumps({k: v for k, v in page.items() if k != "sha256"}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(data + rest.encode("utf-8")).hexdigest()


def load(folder: Path | None = None) -> Model:
    """The model stored in `folder` (default: the bundled one); IntegrityError when it is absent, changed or of another format."""
    folder = shipped("data/model") if folder is None else folder
    try:
        page = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        data = (folder / "model.npz").read_bytes()
    except (OSError, ValueError) as error:
        raise IntegrityError(f"{folder}: model tidak dapat dibaca. Latih ulang dengan `screening train`.") from error
    if not isinstance(page, dict) or _digest(data, page) != page.get("sha256"):
        raise IntegrityError(
            f"{folder}: isi model tidak cocok dengan sidiknya. "
            "Pulihkan berkasnya, atau latih ulang dengan `screening train`."
        )
    if page.get("format") != FORMAT or page.get("outputs") != list(OUTPUTS) or page.get("cues") != list(CUES):
        raise IntegrityError(
            f"{folder / 'model.json'}: model dibuat oleh versi lain. Latih ulang dengan `screening train`."
        )
    blocks, cues, bias = _weights(data)
    return Model(blocks, cues, bias, page["calibration"], page["thresholds"], page["about"], page["sha256"])


@lru_cache(maxsize=1)  # a run reads the same model more than once
def _weights(data: bytes) -> tuple[dict[str, Block], Floats, Floats]:
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        blocks = {name: _block(arrays, name) for name in BLOCKS}
        return blocks, arrays["cues"].astype(np.float64), arrays["bias"].astype(np.float64)


def _block(arrays: Mapping[str, npt.NDArray[Any]], name: str) -> Block:
    text = arrays[f"{name}_items"].tobytes().decode("utf-8")
    items = text.split("\n") if text else []
    return Block(
        dict(zip(items, range(len(items)), strict=True)),
        arrays[f"{name}_weights"].astype(np.float64),
        arrays[f"{name}_squares"].astype(np.float64),
    )
