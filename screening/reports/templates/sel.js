"use strict";
// Cells of the decisions file: the same reversible guard as screening/sheets/guard.py (a test compares both).
const Sel = (() => {
  const MARK = "␦", QUOTE = "'";
  const BLANK = /^[\p{Cf}\p{Cc}\p{Zs}\p{Zl}\p{Zp}\p{Mn}\p{Me}\u115f\u1160\u2800\u3164\uffa0]$/u;
  const TRIGGERS = new Set(["=", "+", "-", "@", "\u2212", "\u2010", "\u2011", "\u2013", "\u2014"]);
  const MONTHS = "jan(?:uari|uary)?|[fp]eb(?:ruari|ruary)?|mar(?:et|ch)?|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?|ag(?:u|us|t|ustus)|" +
    "aug(?:ust)?|sep(?:t|tember)?|o[kc]t(?:ober)?|no[vp](?:ember)?|de[sc](?:ember)?|am|pm|rp|e";
  const NUMBERISH = new RegExp(`^(?=.*\\p{Nd})(?:\\p{Nd}|[\\s.,:/\\\\%()$€£¥'+-]|${MONTHS})+$`, "iu");
  const TRUTH = new Set(["true", "false", "benar", "salah"]);
  const isTrigger = (c) => c !== "" && (TRIGGERS.has(c) || "=+-@".includes(c.normalize("NFKC").charAt(0) || "\0"));
  const firstVisible = (text) => { for (const c of text) if (!BLANK.test(c)) return c; return ""; };

  function escapeOne(c) {
    const code = c.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return "␡";
    if ((code >= 0xd800 && code <= 0xdfff) || code >= 0xfffe) return MARK + code.toString(16).toUpperCase().padStart(4, "0");
    return MARK + c;
  }
  function breakInner(cell) {
    const parts = cell.split(/([,;\t\n|])/);
    for (let at = 2; at < parts.length; at += 2) {
      const first = firstVisible(parts[at]);
      const runs = parts[at + 1] === "|" || first.normalize("NFKC") === "=" || /[(!|]/.test(parts[at]);
      if (isTrigger(first) && runs) parts[at] = MARK + parts[at];
    }
    return parts.join("");
  }
  function needsQuote(cell) {
    if (cell === "") return false;
    if ("'\t\n".includes(cell[0]) || isTrigger(firstVisible(cell))) return true;
    if ([...cell].length > 40) return false;
    return TRUTH.has(cell.trim().toLowerCase()) || NUMBERISH.test(cell);
  }
  function guard(text) {
    const safe = text.replace(/[\u0000-\u0008\u000b-\u001f\u007f\u2400-\u241f\u2421\u2426\ufffe\uffff]|\p{Cs}|(?<=_)x(?=[0-9A-Fa-f]{4}_)/gu, escapeOne);
    const cell = breakInner(safe);
    return needsQuote(cell) ? QUOTE + cell : cell;
  }
  const line = (cells) => cells.map((cell) => '"' + guard(String(cell ?? "")).replaceAll('"', '""') + '"').join(";") + "\r\n";
  return { guard, csv: (rows) => "\ufeff" + rows.map(line).join("") };
})();
