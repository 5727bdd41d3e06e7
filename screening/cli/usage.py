"""The option parser's own words in Indonesian: what was used wrongly, and the headings of its help."""

from __future__ import annotations

import re
from typing import Any

_HELP = (
    ("Usage:", "Cara pakai:"), ("[OPTIONS]", "[PILIHAN]"), ("COMMAND [ARGS]...", "PERINTAH …"), ("Options:", "Pilihan:"),
    ("Commands:", "Perintah:"), ("Arguments:", "Masukan:"), ("Show this message and exit.", "Tampilkan bantuan ini."),
    ("[default:", "[bawaan:"), ("[required]", "[wajib]"), ("; required]", "; wajib]"), ("(dynamic)", "(otomatis)"),
)  # fmt: skip
_TYPE = re.compile(r" <(?:list\[)?[A-Za-z]+\]?>")  # Python's name for what a value is, which helps nobody here
_REPEATED = re.compile(r"\{(\w+)\.\.\.\}\.\.\.")
_VALUES = (
    (re.compile(r"valid integer", re.I), "harus bilangan bulat"),
    (re.compile(r"valid number|valid float", re.I), "harus angka"),
    (re.compile(r"greater than or equal to (\S+)", re.I), r"harus \1 atau lebih"),
    (re.compile(r"less than or equal to (\S+)", re.I), r"harus \1 atau kurang"),
    (re.compile(r"does not exist", re.I), "tidak ada; periksa nama dan foldernya"),
    (re.compile(r"is a directory", re.I), "adalah folder, bukan berkas"),
    (re.compile(r"is a file|not a directory", re.I), "adalah berkas, bukan folder"),
    (re.compile(r"not readable", re.I), "tidak boleh dibaca"),
)  # fmt: skip


def help_in_indonesian(command: Any) -> None:
    """Make a command and all below it show its help in Indonesian."""
    for name in ("get_help", "get_usage"):
        setattr(command, name, _translated(getattr(command, name)))
    for inner in getattr(command, "commands", {}).values():
        help_in_indonesian(inner)


def _translated(make: Any) -> Any:
    def made(context: Any) -> str:
        text = str(make(context))
        for english, words in _HELP:
            text = text.replace(english, words)
        return _REPEATED.sub(r"\1…", _TYPE.sub("", text))

    return made


def told(error: Any) -> str:
    """What somebody used wrongly, where and how to mend it, from an error of the option parser."""
    context = getattr(error, "ctx", None)
    kind = type(error).__name__
    message = str(getattr(error, "message", "") or "")
    if kind == "NoArgsIsHelpError":
        return message
    lines = [f"GALAT: {_what(kind, message, error)}"]
    if context is not None:
        lines += [context.command.get_usage(context), f"Bantuan: {context.command_path} -h"]
    return "\n".join(lines)


def _what(kind: str, message: str, error: Any) -> str:
    if kind == "MissingParameter":
        return f"{_hint(error)} wajib diisi."
    if kind == "NoSuchOption":
        near = sorted(getattr(error, "possibilities", None) or ())
        return f"pilihan {error.option_name} tidak dikenal" + (f"; mungkin {' atau '.join(near)}?" if near else ".")
    if found := re.search(r"No such command '([^']*)'", message):
        near = re.findall(r"'([^']+)'", message.partition("Did you mean")[2])
        return f"perintah {found[1]} tidak dikenal" + (f"; mungkin {' atau '.join(near)}?" if near else ".")
    if kind == "BadParameter":
        return f"{_hint(error)}: {value_in_indonesian(message)}"
    if kind == "BadOptionUsage":
        takes = "tidak menerima nilai" if "does not take" in message else "memerlukan nilai"
        return f"pilihan {error.option_name} {takes}."
    if "Missing command" in message:
        return "perintah belum disebut."
    if found := re.search(r"unexpected extra arguments? \((.*)\)", message):
        return f"masukan berlebih: {found[1]}"
    return value_in_indonesian(message)


def value_in_indonesian(message: str) -> str:
    """What is wrong with a value."""
    for pattern, words in _VALUES:
        if found := pattern.search(message):
            return found.expand(words) + "."
    return message


def _hint(error: Any) -> str:
    param = getattr(error, "param", None)
    if param is None:
        return "pilihan"
    names = [name for name in getattr(param, "opts", ()) if name.startswith("-")]
    return "/".join(names) if names else str(getattr(param, "metavar", None) or param.name).upper()
