"""Telegram and WhatsApp chats, built here; every person is invented. Case name -> files."""

from __future__ import annotations

import json
from typing import Any

Files = dict[str, bytes]
T = 1_728_133_260  # 2024-10-05T13:01:00Z


def message(number: int, sender: str | None, text: Any, **more: Any) -> dict[str, Any]:
    return {"id": number, "type": "message", "date": "2024-10-05T20:01:00", "date_unixtime": str(T + number), "from": sender,
            "from_id": f"user{number}", "text": text, **more}  # fmt: skip


def service(number: int, actor: str, action: str, **more: Any) -> dict[str, Any]:
    return {"id": number, "type": "service", "date": "2024-10-05T20:01:00", "date_unixtime": str(T + number), "actor": actor,
            "actor_id": "user1", "action": action, "text": "", **more}  # fmt: skip


_GROUP = [
    service(1, "Tono Contoh", "join_group_by_link", inviter="Group"),
    service(2, "Tini Contoh", "invite_members", members=["Rina Contoh", "Tini Contoh", None]),
    service(3, "Tini Contoh", "pin_message"),
    message(4, "Tono Contoh", "Siap “bersama”", text_entities=[{"type": "plain", "text": "Siap “bersama”"}]),
    message(5, "Tini Contoh", ["Lihat ", {"type": "link", "text": "https://contoh.test"}, " ya"]),
    message(6, "Tini Contoh", "", photo="(File not included.)"),
    message(7, "Tini Contoh", "Diteruskan", forwarded_from="Kanal Contoh"),
    message(8, "Tini Contoh", "Dari akun terhapus", forwarded_from=None),
    message(9, None, "akun terhapus", reactions=[{"type": "emoji", "count": 2, "emoji": "👍", "recent": [
        {"from": "Tono Contoh", "from_id": "user1", "date": "2024-10-05T21:00:00"}]}, {"emoji": "🤮", "recent": [{"from": "Rina Contoh"}]}]),
    {"id": 10, "type": "unsupported"}, "rusak", {"type": "message", "text": ""},
]  # fmt: skip


def _telegram() -> dict[str, Files]:
    def chat(name: str | None, kind: str, *messages: Any, **more: Any) -> dict[str, Any]:
        return {"name": name, "type": kind, "id": 1, "messages": list(messages), **more}

    private = chat("Teman", "personal_chat", message(1, "Teman", "RAHASIA"), message(2, "Aku", "RAHASIA"))
    full = {
        "about": "x", "personal_information": {"user_id": 1, "first_name": "Contoh", "last_name": "Sepuluh"},
        "chats": {"about": "x", "list": [
            private, chat("Warga Contoh", "private_supergroup", *_GROUP[:4]), chat("bot", "bot_chat", message(1, "bot", "RAHASIA")),
            chat(None, "saved_messages", message(1, "Aku", "RAHASIA")), chat("Kanal Contoh", "public_channel", message(1, "Kanal Contoh", "Siaran")),
            {"messages": [message(3, "Budi Contoh", "nama di belakang")], "name": "Urutan Lain", "type": "private_group", "id": 9}]},
        "left_chats": {"list": [chat("Grup Lama", "private_group", service(1, "Contoh Sepuluh", "join_group_by_request"), message(2, "Contoh Sepuluh", "pamit"))]},
    }  # fmt: skip
    people = ("Satu", "Dua", "Tiga")
    bare = [{"type": "message", "date_unixtime": str(T), "from": name, "text": f"halo {name}"} for name in people]
    return {
        "telegram_group": {"ChatExport/result.json": json.dumps(chat("Warga Contoh", "private_supergroup", *_GROUP), ensure_ascii=False).encode()},
        "telegram_pages": {"ChatExport/messages.html": _TELEGRAM_PAGE},
        "telegram_full": {"DataExport/result.json": json.dumps(full).encode()},
        "telegram_private": {"a/result.json": json.dumps(private).encode(), "b/result.json": json.dumps({"messages": bare[:2]}).encode()},
        "telegram_bare_group": {"result.json": json.dumps({"messages": bare}).encode()},
        "telegram_cut": {"result.json": json.dumps(chat("Warga Contoh", "private_group", *_GROUP[3:6])).encode()[:-90]},
    }  # fmt: skip


_TELEGRAM_PAGE = b"""<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class="page_wrap"><div class="page_header"></div>
<div class="page_body chat_page"><div class="history"><div class="message default clearfix" id="message1">RAHASIA</div></div></div></body></html>"""
_ANDROID_ID = """30/08/25 18.00 - Pesan dan panggilan terenkripsi secara end-to-end. Ketuk untuk info selengkapnya.
30/08/25 18.00 - Budi Contoh membuat grup "Warga Contoh"
30/08/25 18.00 - Budi Contoh menambahkan Siti Contoh dan Rina Contoh
30/08/25 18.01 - +62 812-0000-0001 bergabung menggunakan tautan undangan grup ini
30/08/25 18.02 - Budi Contoh: Selamat malam: semua
baris kedua
01/09/25 07.00 - Siti Contoh: <Media tidak disertakan>
01/09/25 07.01 - Siti Contoh: IMG-20250901-WA0001.jpg (file terlampir)
keterangan gambar
01/09/25 07.02 - Siti Contoh: Pesan ini telah dihapus
01/09/25 07.03 - +62 812-0000-0001: Rina bergabung
01/09/25 07.04 - Anda bergabung menggunakan tautan undangan grup ini
01/09/25 07.05 - Rina Contoh keluar
01/09/25 07.06 - Budi Contoh mengubah subjek dari "Warga: lama" menjadi "Warga: baru"
01/09/25 07.07 - Rina Contoh: sudah <Pesan ini diedit>
"""
_IOS_ID = """[30/08/25 18.00.05] Relawan Contoh: \u200ePesan dan panggilan dienkripsi secara end-to-end.
[30/08/25 18.00.05] Relawan Contoh: \u200eRina Contoh bergabung menggunakan tautan undangan grup ini
[30/08/25 18.00.06] Budi Contoh: \u200eSelamat malam
\u200e[30/08/25 18.01.00] Siti Contoh: \u200egambar tidak disertakan
[30/08/25 18.01.01] Siti Contoh: lihat \u200e<terlampir: 00000012-PHOTO.jpg>
[30/08/25 18.02.00] ~\u202fRina Contoh: saya bergabung hari ini
"""
_ENGLISH = (
    "8/30/25, 6:00\u202fPM - Messages and calls are end-to-end encrypted. Tap to learn more.\n"
    '8/30/25, 6:00\u202fPM - Budi Contoh created group "Warga Contoh"\n'
    "8/30/25, 6:01\u202fPM - Budi Contoh added you\n"
    "8/30/25, 6:02\u202fPM - Budi Contoh: <Media omitted>\n"
    "9/1/25, 12:00\u202fAM - Siti Contoh: ok\n"
    "9/1/25, 12:00\u202fPM - Siti Contoh left\n"
)
_PRIVATE = """30/08/25 18.00 - Pesan dan panggilan terenkripsi secara end-to-end.
30/08/25 18.02 - Budi Contoh: RAHASIA
30/08/25 18.03 - Aku: RAHASIA
30/08/25 18.03 - Kode keamanan Anda dengan Budi Contoh berubah. Ketuk untuk info selengkapnya.
"""


def _whatsapp() -> dict[str, Files]:
    def chatter(*days: str) -> bytes:
        return "".join(
            f"{day}, 6:00 PM - {name} Contoh: {name}\n" for day in days for name in ("Satu", "Dua", "Tiga")
        ).encode()

    return {
        "whatsapp_android_id": {"Chat WhatsApp dengan Warga Contoh.txt": _ANDROID_ID.encode()},
        "whatsapp_ios_id": {"_chat.txt": _IOS_ID.replace("\n", "\r\n").encode("utf-8-sig")},
        "whatsapp_english": {"WhatsApp Chat with Warga Contoh.txt": _ENGLISH.encode()},
        "whatsapp_private": {"Chat WhatsApp dengan Budi Contoh.txt": _PRIVATE.encode()},
        "whatsapp_open_order": {
            "a.txt": chatter("1/2/25"),
            "b.txt": chatter("1/2/25", "2/2/25", "1/3/25"),
            "c.txt": chatter("5/5/25"),
        },
    }


def cases() -> dict[str, Files]:
    """Every chat case by name."""
    return {**_telegram(), **_whatsapp()}
