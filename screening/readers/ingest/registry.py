"""The list of readers. Adding a platform is one folder with `READERS` and one line in `screening/platforms.toml`; two readers that
claim one file are an error."""

from __future__ import annotations

from importlib import import_module

from screening.platforms import platforms
from screening.readers import tools
from screening.readers.core.reader import Reader
from screening.readers.meta import private
from screening.readers.tables import analyst, canonical, companions, vendors

# The packages of platforms; each has its layouts in READERS.
PLATFORMS = tuple(import_module(f"screening.readers.{each.readers}") for each in platforms() if each.readers)

# Asked for every file; exactly one may claim it.
READERS: tuple[Reader, ...] = (
    canonical.READER,
    companions.READER,
    *(reader for platform in PLATFORMS for reader in platform.READERS),
    *tools.READERS,
    *vendors.readers(),  # one per tables/profiles/*.toml
)

# Asked only when none of the above claims the file: free-form tables have no fixed shape, and a Meta file that holds a list
# that is read may hold a private one beside it.
FALLBACKS: tuple[Reader, ...] = (analyst.READER, private.READER)
