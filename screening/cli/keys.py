"""Commands about secrets: key (status, rotate), seal and unseal (run folders encrypted for named recipients)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from screening.cli.privacy import By, place_of

KeyPath = Annotated[Path, typer.Argument(metavar="KUNCI", help="Berkas kunci-samaran.key.")]

app = typer.Typer(
    name="key", no_args_is_help=True, rich_markup_mode=None, help="Kunci penyamaran: keadaan dan penggantian."
)


def add_to(program: typer.Typer) -> None:
    """Register these commands."""
    program.add_typer(app, name="key")
    for command in (seal, unseal):
        program.command(no_args_is_help=True)(command)


@app.command()
def status(path: KeyPath) -> None:
    """Menunjukkan tanda pengenal kunci (bukan isinya), sejak kapan berlaku, dan berapa kunci lama yang disimpan."""
    from screening.privacy import key

    found = key.read(path)
    print(
        f"Kunci {found.id}, berlaku sejak {found.since}; {len(found.earlier)} kunci lama disimpan untuk mencari hasil lama."
    )
    if key.open_to_others(path):
        print("PERINGATAN: berkas ini dapat dibaca pengguna lain; batasi haknya (chmod 600).")


@app.command()
def rotate(
    path: KeyPath,
    forget: Annotated[
        bool,
        typer.Option(
            "--forget", help="Buang juga kunci lama: orang dalam hasil lama tidak dapat dicari lagi dengan NIP."
        ),
    ] = False,
    by: By = "",
) -> None:
    """Mengganti kunci: hasil berikutnya memakai nomor samaran baru; putusan lama tetap bertemu temuannya."""
    from screening.privacy import key

    before = key.read(path)
    made = key.rotated(path, forget=forget)
    place_of(path, path, by=by).logged("key rotate", {"before": before.id, "key": made.id, "forgotten": forget})
    print(f"Kunci {before.id} diganti {made.id}. Perbarui cadangannya.")


def seal(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder hasil.")],
    recipient: Annotated[
        list[str],
        typer.Option(
            "--recipient", metavar="AGE1…", help="Kunci umum penerima (age1…) atau berkas berisi itu; boleh diulang."
        ),
    ],
    out: Annotated[Path | None, typer.Option("--out", metavar="BERKAS", help="Bawaan: FOLDER.zip.age.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Hapus folder sesudah berhasil disandikan.")] = False,
    by: By = "",
) -> None:
    """Menyandikan folder hasil untuk penerima tertentu (bentuk age); perlu paket tambahan `encrypt`."""
    import shutil

    from screening.cli.privacy import about
    from screening.folder import opened
    from screening.lifecycle.sealing import recipients, sealed

    run = opened(folder)
    target = sealed(folder, recipients(recipient), out or folder.with_name(f"{folder.name}.zip.age"))
    place_of(None, folder, by=by).logged("seal", {**about(run), "recipients": len(recipient), "removed": remove})
    if remove:
        shutil.rmtree(folder)
    print(target.resolve())


def unseal(
    file: Annotated[Path, typer.Argument(metavar="BERKAS", help="Berkas .zip.age.")],
    identity: Annotated[Path, typer.Option("--identity", metavar="BERKAS", help="Kunci pribadi (AGE-SECRET-KEY-1…).")],
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Folder yang dibuat; harus belum ada.")],
) -> None:
    """Membuka folder hasil yang disandikan, lalu memeriksa keutuhannya."""
    from screening.folder import opened
    from screening.lifecycle.sealing import unsealed

    unsealed(file, identity, out)
    opened(out)
    print(out.resolve())
