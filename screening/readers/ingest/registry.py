"""The list of readers. Adding a platform is one folder and one line here; two readers that claim one file are an error."""

from __future__ import annotations

from screening.readers import facebook, instagram, linkedin, telegram, tiktok, tools, whatsapp, x, youtube
from screening.readers.core.reader import Reader
from screening.readers.meta import private
from screening.readers.tables import analyst, canonical, companions, vendors

# One line each: a package whose READERS are its layouts.
PLATFORMS = (
    facebook,
    instagram,
    linkedin,
    telegram,
    tiktok,
    whatsapp,
    x,
    youtube,
)

# Asked for every file; exactly one may claim it.
READERS: tuple[Reader, ...] = (
    canonical.READER,
    companions.READER,
    *(reader for platform in PLATFORMS for reader in platform.READERS),
    private.READER,
    *tools.READERS,
    *vendors.readers(),  # one per tables/profiles/*.toml
)

# Asked only when none of the above claims the file: free-form tables have no fixed shape.
FALLBACKS: tuple[Reader, ...] = (analyst.READER,)
