"""`screening review serve` and `screening review user`: the desk opened over a run and a ledger, and who may work at it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screening.cli.review import BOOK, Ledger, app

if TYPE_CHECKING:
    from screening.desk.material import Material
    from screening.folder import Run

Role = Annotated[str, typer.Option("--role", metavar="PERAN", help="penelaah, penengah, atau ketua.")]
user = typer.Typer(name="user", no_args_is_help=True, rich_markup_mode=None, help="Pengguna meja telaah untuk --lan.")
app.add_typer(user)


@app.command(no_args_is_help=True)
def serve(
    run: Annotated[Path, typer.Option("--run", metavar="FOLDER", help="Folder hasil yang ditelaah.")],
    ledger: Ledger = BOOK,
    reviewer: Annotated[
        str,
        typer.Option("--reviewer", metavar="NAMA", help="Siapa yang menelaah di komputer ini; bawaan: nama pengguna."),
    ] = "",
    role: Role = "penelaah",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="0: pilihkan yang bebas.")] = 8765,
    lan: Annotated[
        bool, typer.Option("--lan", help="Untuk satu tim di jaringan kantor; perlu TLS dan pengguna.")
    ] = False,
    host: Annotated[
        list[str] | None,
        typer.Option("--host", metavar="NAMA", help="Nama atau alamat IP komputer ini di jaringan; boleh diulang."),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="BERKAS", help="Sertifikat TLS (PEM) untuk --lan.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--tls-key", metavar="BERKAS", help="Kunci TLS (PEM) untuk --lan.")
    ] = None,
) -> None:
    """Membuka meja telaah di peramban: antrean kasus, putusan, draf, penengah. Tanpa --lan hanya untuk komputer ini.

    Contoh: screening review serve --run hasil --ledger buku-telaah.sqlite --reviewer Ani
    """
    from screening.cli import desk as shared
    from screening.cli.options import there
    from screening.cli.privacy import about, place_of
    from screening.desk import serve as serving
    from screening.desk.settings import number, word
    from screening.errors import UsageError

    serving.check_extra()
    address = serving.Address(port, lan, tuple(host or ()), certificate, key)
    serving.check_address(address)
    there("--tls-cert", certificate)
    there("--tls-key", key)
    from screening.desk.app import Desk, application
    from screening.desk.blind import blinded_by
    from screening.desk.book import ROLES, Book, Worker
    from screening.desk.drafts import Drafts
    from screening.desk.guard import Guard, OneTimeToken, Sessions
    from screening.desk.people import Passwords, read_users, users_of
    from screening.folder import opened

    if role not in ROLES:
        raise UsageError(word("people", "role", role=role, roles=", ".join(ROLES)))
    if lan and not read_users(users_of(ledger)):
        raise UsageError(word("serve", "users", ledger=ledger))
    shared.warn_unsealed(ledger)
    with serving.only_one(ledger):
        who = Worker(shared.officer(reviewer), role)
        finished = opened(run)
        place = place_of(None, finished.folder, ledger, who.name)
        place.check()
        book = Book(ledger, material_of(finished), who.name, blinded=blinded_by(shared.blank_queue))
        book.open()
        drafts, sessions = Drafts(ledger), Sessions()
        passwords = Passwords(users_of(ledger)) if lan else None
        desk = Desk(
            book, drafts, shared.provisions([run]), sessions, "", secure=lan, token=None if lan else OneTimeToken(),
            alone=None if lan else who, passwords=passwords, describe=lambda rows: shared.describe(book.material.run)(rows),
        )  # fmt: skip
        place.logged("desk", {**about(finished), "lan": lan})
        if replayed := desk.replay():
            print(word("serve", "replayed", count=replayed))

        def guarded(hosts: Sequence[str]) -> Guard:
            # Browsers share cookies between all ports of one host.
            desk.cookie = "__Host-meja" if lan else f"meja-{hosts[0].rpartition(':')[2]}"
            still = passwords.still if passwords else lambda worker: True
            return Guard(application(desk), frozenset(hosts), sessions, desk.cookie, lan, still)

        def ready(address: str) -> None:
            if lan:
                print(f"{word('serve', 'lan')}\n  {address}/masuk")
            else:
                minutes = number("session", "token_minutes")
                print(
                    f"{word('serve', 'open', minutes=minutes)}\n  {address}/masuk?kunci={desk.token.value if desk.token else ''}"
                )
            print(word("serve", "stop", folder=drafts.folder))

        serving.run(guarded, address, ready)


@user.command("add", no_args_is_help=True)
def add(
    name: Annotated[str, typer.Argument(metavar="NAMA", help="Nama atau kode seperti dalam buku telaah.")],
    role: Role,
    ledger: Ledger = BOOK,
    password: Annotated[
        str,
        typer.Option(
            "--password", prompt="Kata sandi", hide_input=True, confirmation_prompt="Ulangi kata sandi", metavar="SANDI",
            envvar="SCREENING_SANDI", show_envvar=False, help="Ditanyakan bila tidak disebut; jangan ditulis di baris perintah.",
        ),
    ] = "",
) -> None:  # fmt: skip
    """Menambah pengguna, atau mengganti peran dan kata sandinya."""
    from screening.desk.people import set_user, users_of
    from screening.desk.serve import check_extra

    check_extra()
    set_user(users_of(ledger), name, role, password)
    print(f"{name}: {role}, tercatat pada {users_of(ledger)}")


@user.command("list")
def list_(ledger: Ledger = BOOK) -> None:
    """Mendaftar pengguna dan perannya."""
    from screening.desk.people import read_users, users_of
    from screening.desk.serve import check_extra

    check_extra()
    found = read_users(users_of(ledger))
    for one in found.values():
        print(f"{one.name}: {one.role}")
    if not found:
        print("Belum ada pengguna.")


@user.command("remove", no_args_is_help=True)
def remove(
    name: Annotated[str, typer.Argument(metavar="NAMA", help="Nama pengguna yang dihapus.")], ledger: Ledger = BOOK
) -> None:
    """Menghapus pengguna; putusannya tetap tercatat dalam buku telaah."""
    from screening.desk.people import drop_user, users_of
    from screening.desk.serve import check_extra

    check_extra()
    drop_user(users_of(ledger), name)
    print(f"{name}: dihapus; putusannya tetap dalam buku telaah.")


def material_of(finished: Run) -> Material:
    """What the desk shows of an opened run, joined from reports (what may be seen, masked) and review (what is registered)."""
    from screening.cli.memory import with_pictures
    from screening.cli.options import rules_of
    from screening.cli.privacy import shown
    from screening.desk.material import Material
    from screening.desk.settings import number
    from screening.reports.from_rules import context_of
    from screening.reports.queue import queue
    from screening.review.runs import read_run

    ruleset = rules_of(finished)
    seen = shown(finished, ruleset)
    context = with_pictures(context_of(ruleset, finished.timezone), finished, seen)
    waiting = queue(seen.detailed(finished.table("findings")), seen.activities, context)
    return Material(
        read_run(finished.folder), waiting, seen.hits, context, finished.timezone, number("page", "activities")
    )
