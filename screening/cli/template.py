"""`screening template`: commented workbooks to fill in: a roster, the campaign accounts, a table of observations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from screening.whole import whole

WHAT = ("roster", "accounts", "table")


def add_to(app: typer.Typer) -> None:
    """Register this command."""
    app.command(no_args_is_help=True)(template)


def template(
    what: Annotated[
        str,
        typer.Argument(
            metavar="JENIS", help="roster (daftar pegawai), accounts (akun kampanye), atau table (catatan pemantauan)."
        ),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="BERKAS", help="Bawaan: contoh-JENIS.xlsx di folder ini.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Timpa berkas yang sudah ada.")] = False,
) -> None:
    """Menulis contoh XLSX berketerangan untuk diisi.

    Contoh: screening template roster
    """
    from screening.errors import UsageError

    if what not in WHAT:
        raise UsageError(f"JENIS {what}: pilih {', '.join(WHAT)}.")
    path = out or Path(
        {"roster": "contoh-daftar-pegawai.xlsx", "accounts": "contoh-daftar-akun.xlsx", "table": "contoh-catatan.xlsx"}[
            what
        ]
    )
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"{path}: pilih nama yang berakhir dengan .xlsx.")
    if path.exists() and not overwrite:
        raise UsageError(f"{path}: sudah ada; pilih nama lain atau --overwrite.")
    with whole([path]) as (place,):
        write_template(what, place)
    print(f"Ditulis: {path.resolve()}")


def write_template(what: str, path: Path) -> None:
    """The workbook: a sheet to fill in with invented examples and choices, and a sheet that explains each column."""
    import xlsxwriter

    from screening.cli.template_columns import TEMPLATES

    title, columns, examples, remarks = TEMPLATES[what]
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    head = book.add_format(
        {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top", "border": 1}
    )
    text = book.add_format({"num_format": "@", "valign": "top"})
    sheet = book.add_worksheet("ISI DI SINI")
    for at, column in enumerate(columns):
        sheet.set_column(at, at, max(16, len(column.title) + 4), text)
        sheet.write_string(0, at, column.title, head)
        sheet.write_comment(0, at, column.meaning, {"x_scale": 2.0, "y_scale": 1.4})
        if column.choices:
            sheet.data_validation(
                1,
                at,
                2000,
                at,
                {"validate": "list", "source": list(column.choices), "ignore_blank": True, "error_type": "warning"},
            )
    for line, row in enumerate(examples, 1):
        for at, cell in enumerate(row):
            sheet.write_string(line, at, cell, text)
    sheet.freeze_panes(1, 0)
    _explain(book, title, columns, remarks)
    book.close()


def _explain(book: Any, title: str, columns: Any, remarks: tuple[str, ...]) -> None:
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "font_size": 14})
    sheet = book.add_worksheet("PENJELASAN")
    sheet.set_column(0, 0, 26, wrap)
    sheet.set_column(1, 1, 10, wrap)
    sheet.set_column(2, 2, 100, wrap)
    sheet.write_string(0, 0, title, bold)
    for line, remark in enumerate(remarks, 1):
        sheet.write_string(line, 0, remark)
    start = len(remarks) + 2
    for at, name in enumerate(("Kolom", "Wajib", "Arti")):
        sheet.write_string(start, at, name, bold)
    for line, column in enumerate(columns, start + 1):
        sheet.write_string(line, 0, column.title, wrap)
        sheet.write_string(line, 1, "ya" if column.required else "", wrap)
        sheet.write_string(line, 2, column.meaning, wrap)
