"""The ledger's tables, triggers and views in SQL (SQLite 3.38 or newer)."""

from __future__ import annotations

APPLICATION_ID = 0x54454C41  # "TELA": tells a ledger from any other SQLite file

_HUMAN = "('putusan', 'undur', 'penengah')"

SCHEMA = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    """CREATE TABLE entries (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL, why TEXT NOT NULL,
        body TEXT NOT NULL, id TEXT NOT NULL UNIQUE, prev TEXT NOT NULL, hash TEXT NOT NULL UNIQUE)""",
    """CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries
        BEGIN SELECT RAISE(ABORT, 'buku telaah hanya dapat ditambah'); END""",
    """CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries
        BEGIN SELECT RAISE(ABORT, 'buku telaah hanya dapat ditambah'); END""",
    # INSERT OR REPLACE deletes without firing a delete trigger: a row that is not the next one is refused here.
    """CREATE TRIGGER entries_in_line BEFORE INSERT ON entries
        WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM entries)
          OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.id OR hash = NEW.hash)
          OR NEW.prev IS NOT COALESCE((SELECT hash FROM entries ORDER BY seq DESC LIMIT 1), printf('%064d', 0))
        BEGIN SELECT RAISE(ABORT, 'catatan tidak menyambung rantai'); END""",
    f"""CREATE VIEW putusan_manusia AS SELECT seq, at, who AS penelaah, kind AS jenis, why AS alasan_catat,
        json_extract(body, '$.activity_id') AS activity_id, json_extract(body, '$.act_id') AS act_id,
        json_extract(body, '$.ruleset_version') AS ruleset_version, json_extract(body, '$.round') AS putaran,
        json_extract(body, '$.verdict') AS putusan, json_extract(body, '$.provision') AS butir,
        json_extract(body, '$.note') AS catatan, json_extract(body, '$.decided_on') AS tanggal
        FROM entries WHERE kind IN {_HUMAN}""",
    """CREATE VIEW hasil_mesin AS SELECT entries.seq, entries.at, json_extract(body, '$.run_id') AS run_id,
        json_extract(item.value, '$.activity_id') AS activity_id, json_extract(item.value, '$.act_id') AS act_id,
        json_extract(body, '$.ruleset_version') AS ruleset_version, json_extract(item.value, '$.finding_id') AS finding_id,
        json_extract(item.value, '$.result') AS hasil_mesin
        FROM entries, json_each(body, '$.items') AS item WHERE kind = 'daftar'""",
    """CREATE VIEW perkara AS SELECT seq, at, who AS petugas, why AS alasan_catat, json_extract(body, '$.case_id') AS id_kasus,
        json_extract(body, '$.stage') AS tahap, json_extract(body, '$.on') AS tanggal,
        json_extract(body, '$.known_on') AS diketahui, json_extract(body, '$.letter') AS nomor_surat
        FROM entries WHERE kind = 'perkara'""",
)


def made() -> dict[tuple[str, str], str]:
    """(type, name) -> SQL text of every trigger and view of a ledger."""
    found = {}
    for statement in SCHEMA:
        words = statement.split()
        if words[0] == "CREATE" and words[1] in ("TRIGGER", "VIEW"):
            found[words[1].lower(), words[2]] = plain(statement)
    return found


def plain(statement: str) -> str:
    """SQL text with single blanks, as statements are compared."""
    return " ".join(statement.split())
