"""The commands with pictures: the clear message without the extra, and the whole way with it."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from screening.cli.app import app
from screening.pictures import stage

HAVE = all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime", "zxingcpp", "PIL"))
needs_extra = pytest.mark.skipif(
    not HAVE, reason="paket tambahan `pictures` tidak terpasang (pip install 'screening[pictures]')"
)
TABLE = (
    "platform,kind,actor,happened_at,text,visibility,media_files\n"
    "instagram,post,asn_0001,2024-11-05T08:00:00+07:00,,public,satu.png\n"
    "instagram,post,asn_0002,2024-11-05T08:00:01+07:00,rapat,public,dua.png\n"
    "instagram,post,asn_0002,2024-11-05T08:00:02+07:00,rusak,public,tiga.png\n"
)


def placed(folder: Path) -> Path:
    from PIL import Image, ImageDraw, ImageFont

    folder.mkdir()
    for name, words in {
        "satu.png": "COBLOS NOMOR 3\nPRAMONO ANUNG\nRANO KARNO",
        "dua.png": "RAPAT KERJA\nDINAS PENDIDIKAN",
    }.items():
        image = Image.new("RGB", (800, 500), "white")
        ImageDraw.Draw(image).text((40, 40), words, fill="black", font=ImageFont.load_default(60))
        image.save(folder / name)
    (folder / "tiga.png").write_bytes(b"\x89PNG\r\n\x1a\nrusak")
    (folder / "unggahan.csv").write_text(TABLE, encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", ["run", "read"])
def test_without_the_extra_the_way_out_is_told(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    (tmp_path / "unggahan.csv").write_text(TABLE, encoding="utf-8")
    out = tmp_path / ("hasil" if command == "run" else "hasil.csv")
    done = CliRunner().invoke(app, [command, str(tmp_path / "unggahan.csv"), "--out", str(out), "--pictures"])
    assert done.exit_code != 0
    assert stage.MISSING in f"{done.output} {done.exception}"
    assert not out.exists()


@needs_extra
def test_the_whole_way(tmp_path: Path) -> None:
    where = placed(tmp_path / "masuk")
    outs = [tmp_path / "a" / "hasil", tmp_path / "b" / "hasil"]
    for out in outs:
        out.parent.mkdir()
        done = CliRunner().invoke(app, ["run", str(where), "--out", str(out), "--pictures", "--json"])
        assert done.exit_code == 0, done.output
        told = json.loads(done.stdout)
        assert told["results"] == {"clear": 2, "needs_clarification": 1}
        assert any(gap["code"] == "gambar_gagal_dibaca" for gap in told["completeness"])
    for name in (
        "findings.parquet",
        "pictures.parquet",
        "pictures_shown.parquet",
        "laporan.html",
        "temuan.xlsx",
        "temuan.csv",
    ):
        assert (outs[0] / name).read_bytes() == (outs[1] / name).read_bytes(), name
    page = (outs[0] / "laporan.html").read_text(encoding="utf-8")
    assert "data:image/jpeg;base64," in page
    assert "img-src data:" in page
    number = CliRunner().invoke(app, ["list", "--run", str(outs[0]), "--json"])
    case = json.loads(number.stdout)[0]["nomor"]
    assert CliRunner().invoke(app, ["dossier", case, "--run", str(outs[0])]).exit_code == 0
    assert "data:image/jpeg;base64," in next(outs[0].glob("berkas_*.html")).read_text(encoding="utf-8")


def test_a_run_without_pictures_has_none(tmp_path: Path) -> None:
    (tmp_path / "unggahan.csv").write_text(TABLE, encoding="utf-8")
    assert (
        CliRunner().invoke(app, ["run", str(tmp_path / "unggahan.csv"), "--out", str(tmp_path / "hasil")]).exit_code
        == 0
    )
    assert not list((tmp_path / "hasil").glob("pictures*"))
    page = (tmp_path / "hasil" / "laporan.html").read_text(encoding="utf-8")
    assert "img-src &#39;none&#39;" in page
    assert "MutationObserver" not in page


@needs_extra
def test_no_connection_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine works in this process here, where every socket to elsewhere is refused."""
    import socket

    from screening.pictures.recognising import recognised

    def refused(*_: object) -> None:
        raise AssertionError("sambungan jaringan")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    read = recognised((placed(tmp_path / "masuk") / "satu.png").read_bytes())
    assert "PRAMONO ANUNG" in [line[0] for line in read["lines"]]
