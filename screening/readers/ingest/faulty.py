"""Faults of this program while it recognises or reads a file: told as ours, and raised where somebody wants to see them."""

from __future__ import annotations

STRICT = False  # tests and `--debug` set it: a fault of ours is raised instead of told
# The message of an error could quote a post; its type cannot.
OUR_FAULT = (
    "kesalahan program ini, bukan berkas Anda (galat {where} {what}); laporkan kepada pengembang (rinciannya: --debug)"
)
