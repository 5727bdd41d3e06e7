"""Self-contained HTML: templates with autoescape, a content policy by hashes, and JSON that cannot end its script."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

from markupsafe import Markup

from screening.reports import labels

_PIECE = 100  # items of embedded JSON in one piece of a page
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
json_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def asset(name: str) -> str:
    """A style sheet, script or template of this package as text."""
    return files("screening.reports").joinpath("templates", name).read_text(encoding="utf-8")


def template(name: str) -> Any:
    """A template of this package, compiled once."""
    return _environment().get_template(name)


def render(name: str, *, styles: tuple[str, ...], scripts: tuple[str, ...] = (), **values: Any) -> str:
    """A page from a template; `styles` and `scripts` name assets, put inline and allowed by their hash alone."""
    return "".join(stream(name, styles=styles, scripts=scripts, **values))


def stream(name: str, *, styles: tuple[str, ...], scripts: tuple[str, ...] = (), **values: Any) -> Iterator[str]:
    """The page of `render` piece by piece: a long one never lies in memory as one text."""
    pictures = "gambar.css" in styles
    style = "\n".join(asset(one) for one in styles)
    script = "\n".join(asset(one) for one in scripts)
    for piece in template(name).generate(
        style=Markup(style), script=Markup(script), policy=_policy(style, script, pictures), **values
    ):
        yield _SURROGATE.sub("\ufffd", piece) if _has_surrogates(piece) else piece


def embedded(value: Any) -> Markup:
    """JSON for `<script type="application/json">`: no `</script>`, no `<!--`, lone surrogates kept as escapes."""
    return Markup(_safe(json_text(value)))


def _safe(text: str) -> str:
    for character, escape in _UNSAFE.items():
        text = text.replace(character, escape)
    if _has_surrogates(text):
        text = _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
    return text


def embedded_items(value: Mapping[str, Any], name: str, items: Iterable[str]) -> Iterator[Markup]:
    """The pieces of `embedded({**value, name: [*items]})`; the items come as JSON texts."""
    yield embedded({**value, name: []})[:-2]
    texts, start = map(_safe, items), ""
    while some := [*islice(texts, _PIECE)]:
        yield Markup(start + ",".join(some))
        start = ","
    yield Markup("]}")


def _has_surrogates(text: str) -> bool:
    """Encoding tells it much sooner than a search."""
    if text.isascii():
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def visible(text: Any) -> Markup:
    """Escaped text whose invisible and direction-changing characters are shown by number, isolated from its context."""
    if not isinstance(text, str):
        return Markup("")
    out = Markup("")
    at = 0
    for match in _INVISIBLE.finditer(text):
        out += text[at : match.start()] + Markup('<span class="ctl">U+{}</span>').format(f"{ord(match.group()):04X}")
        at = match.end()
    return Markup("<bdi>{}</bdi>").format(out + text[at:])


def _policy(style: str, script: str, pictures: bool = False) -> str:
    """Nothing may be loaded; only these very style and script texts may work, and pictures that lie in the page itself."""
    scripts = f"'sha256-{_hash(script)}'" if script else "'none'"
    return (
        f"default-src 'none'; style-src 'sha256-{_hash(style)}'; script-src {scripts}; "
        f"base-uri 'none'; form-action 'none'; img-src {'data:' if pictures else chr(39) + 'none' + chr(39)}; connect-src 'none'"
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("screening.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"count": labels.count, "visible": visible, "long_date": labels.long_date}
    return environment
