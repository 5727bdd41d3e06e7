"""The readers of what people download themselves from a platform, and of chats handed over as evidence."""

from __future__ import annotations

from screening.readers import (
    facebook,
    facebook_html,
    instagram,
    instagram_2020,
    instagram_html,
    linkedin,
    meta_private,
    takeout,
    takeout_activity,
    telegram,
    threads,
    tiktok,
    tiktok_txt,
    whatsapp,
    x_archive,
    x_grailbird,
)
from screening.readers.reader import Reader

READERS: tuple[Reader, ...] = (
    instagram.READER,
    instagram_2020.READER,
    instagram_html.READER,
    threads.READER,
    facebook.READER,
    facebook_html.READER,
    meta_private.READER,
    x_archive.READER,
    x_grailbird.READER,
    tiktok.READER,
    tiktok_txt.READER,
    takeout.READER,
    takeout_activity.READER,
    linkedin.READER,
    telegram.READER,
    whatsapp.READER,
)
