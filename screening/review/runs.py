"""A run folder as the reviewers' loop needs it: its review rows, its tables and which rules it was judged by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from screening import publish
from screening.errors import IntegrityError, UsageError
from screening.sheets import cell_text
from screening.tables import FINDINGS, HITS, JUDGED, Contract, decode

_TABLES: dict[str, Contract] = {"activities": JUDGED, "hits": HITS, "findings": FINDINGS}


@dataclass(frozen=True)
class ReviewRun:
    """One run: lazily read tables; every file is compared with the manifest's hash before it is used."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def run_id(self) -> str:
        return str(self.manifest.get("run_id") or self.folder.name)

    @property
    def version(self) -> str:
        """The ruleset version of the run ("" when the manifest does not say and there is no finding)."""
        ruleset = self.manifest.get("ruleset")
        named = ruleset.get("version") if isinstance(ruleset, Mapping) else self.manifest.get("ruleset_version")
        if named or self.findings.empty:
            return str(named or "")
        return str(self.findings["ruleset_version"].iloc[0])

    @property
    def facts(self) -> dict[str, str]:
        return ruleset_facts(self.manifest)

    @cached_property
    def findings(self) -> pd.DataFrame:
        return self.table("findings")

    @cached_property
    def activities(self) -> pd.DataFrame:
        return self.table("activities")

    @cached_property
    def hits(self) -> pd.DataFrame:
        return self.table("hits")

    @cached_property
    def rows(self) -> list[dict[str, str]]:
        """The rows of temuan.csv, cells as the report meant them (unguarded text)."""
        from screening.review.arrivals import read_file

        return [dict(row.cells) for row in read_file(self.verified("temuan.csv"), guarded=True).rows]

    def table(self, name: str, columns: list[str] | None = None) -> pd.DataFrame:
        """One of activities, hits, findings (or some of its columns); zero rows when the run has no such file."""
        path = self.folder / f"{name}.parquet"
        if not path.exists():
            empty = _TABLES[name].empty()
            return empty[columns] if columns else empty
        return pd.read_parquet(self.verified(path.name), columns=columns)

    def verified(self, name: str) -> Path:
        """The path of an output whose bytes match the manifest (when it lists the file)."""
        path = self.folder / name
        if not path.is_file():
            raise UsageError(f"{path}: tidak ada; tunjuk folder hasil `screening run` yang utuh.")
        recorded = (self.manifest.get("outputs") or {}).get(name)
        if recorded and recorded != _sha256(path):
            raise IntegrityError(
                f"{path}: isinya tidak lagi sama dengan manifest.json; jalankan ulang `screening run`."
            )
        return path


def read_run(folder: Path) -> ReviewRun:
    """The run in `folder`; raises UsageError when there is none."""
    publish.recover(folder)
    if not folder.is_dir() or not any((folder / name).exists() for name in ("findings.parquet", "temuan.csv")):
        raise UsageError(f"{folder}: bukan folder hasil; sebutkan folder yang ditulis `screening run --out`.")
    manifest = folder / "manifest.json"
    try:
        content = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else {}
    except ValueError as error:
        raise IntegrityError(f"{manifest}: tidak dapat dibaca ({error}).") from error
    return ReviewRun(folder, content if isinstance(content, dict) else {})


def ruleset_facts(manifest: Mapping[str, Any]) -> dict[str, str]:
    """What a run was judged by, as name -> hash, for telling what changed between two runs.

    From `manifest["ruleset"]` as `facts.rule_facts` writes it: `files` (path as in the checkout, `roster`, `accounts`) and,
    if there, `acts`, `contests` and `lexicons` (id -> hash of that part; then a change to another act of the same file
    reopens nothing). From `manifest["model"]["sha256"]` and `manifest["software"]["screening"]`.
    """
    ruleset, model, software = (_mapping(manifest.get(name)) for name in ("ruleset", "model", "software"))
    facts = {str(path).replace("\\", "/"): str(digest) for path, digest in _mapping(ruleset.get("files")).items()}
    for kind, name in (("act:", "acts"), ("contest:", "contests"), ("lexicon:", "lexicons")):
        facts |= {kind + key: str(digest) for key, digest in _mapping(ruleset.get(name)).items()}
    model = model or _mapping(ruleset.get("model"))
    if model.get("sha256"):
        facts["model"] = str(model["sha256"])
    if software.get("screening") or manifest.get("version"):
        facts["software"] = str(software.get("screening") or manifest.get("version"))
    return facts


def basis(finding: Mapping[Any, Any]) -> str:
    """Hash of what a FINDINGS row rests on, without points: equal basis means the matter itself came out the same."""
    facts = ("result", "act_id", "contest", "contestant", "candidate_status", "phase")
    scored = [part for part in decode(finding.get("reasons")) if part.get("code") != "batas_skala"]
    parts = [
        [cell_text(finding.get(name)) for name in facts],
        sorted(f"{part.get('code')}|{part.get('quote') or ''}" for part in scored),
        sorted(str(part.get("element")) for part in decode(finding.get("missing"))),
        sorted(f"{part.get('code')}|{part.get('quote') or ''}" for part in decode(finding.get("mitigating"))),
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()[:16]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
