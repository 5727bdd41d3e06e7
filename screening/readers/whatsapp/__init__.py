"""WhatsApp: exported group chats as text."""

from screening.readers.core.reader import Reader
from screening.readers.whatsapp import download

READERS: tuple[Reader, ...] = (download.READER,)
