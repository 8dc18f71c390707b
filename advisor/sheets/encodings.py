"""Which encoding a text is in: marks at its beginning, UTF-8, UTF-16 without a mark, GB 18030; of anything else what a
library takes it for, which is shown and asked, and never taken in silence."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from advisor.errors import Place, Problem, ProblemsError

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
LIKELY = (
    "cp1252", "big5", "cp950", "shift_jis", "euc_jp", "euc_kr", "cp949", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255",
    "cp1256", "koi8_r", "mac_roman",
)  # fmt: skip
"""Encodings that tables still come in; of those that suit a text as well the first is named."""
CLOSE = 0.01
LOOKED_AT = 200_000
TENTH = 10
SURE = 3
"""So many characters at least tell UTF-16 without a mark."""
SHOWN = 60


@dataclass(frozen=True)
class Guess:
    """What an encoding was taken for, and a word of the text as it would read."""

    encoding: str
    sample: str


def marked(start: bytes) -> str:
    """The encoding that the beginning of a file declares; UTF-16 may do without a mark, as every other byte is nought.

    >>> marked(b"a\\x00,\\x00b\\x00"), marked(b"a,b")
    ('utf-16-le', '')
    """
    for mark in sorted(MARKS, key=len, reverse=True):
        if start.startswith(mark):
            return MARKS[mark]
    even, odd = start[:400:2], start[1:400:2]
    if len(odd) < SURE:
        return ""
    if odd.count(0) * TENTH >= len(odd) and b"\0" not in even:
        return "utf-16-le"
    if even.count(0) * TENTH >= len(even) and b"\0" not in odd:
        return "utf-16-be"
    return ""


def is_known(encoding: str) -> bool:
    """Whether a name is that of an encoding of text."""
    try:
        return bool("a".encode(encoding))
    except LookupError:
        return False


def looks_chinese(text: str) -> bool:
    """Whether a text that GB 18030 reads is Chinese: that encoding reads nearly anything, into characters nobody uses.

    >>> looks_chinese("企业名称,甲厂"), looks_chinese(b"M\\xfcller GmbH,\\xe4\\xf6".decode("gb18030", "replace"))
    (True, False)
    """
    outside = [c for c in text if ord(c) > 0x7F]
    common = 0
    for c in outside:
        try:
            common += c.encode("gb2312") is not None
        except UnicodeEncodeError:
            continue
    return not outside or common >= 0.7 * len(outside)


def guess(content: bytes) -> Guess:
    """What a library takes the encoding of a text for."""
    from charset_normalizer import from_bytes

    start = content[:LOOKED_AT]
    matches = from_bytes(start, cp_isolation=list(LIKELY))
    found = {name: match.chaos for match in matches for name in (match.encoding, *match.could_be_from_charset)}
    best = min(found.values(), default=0.0)
    encoding = next((name for name in LIKELY if found.get(name, 1.0) <= best + CLOSE), "cp1252")
    text = start.decode(encoding, "replace")
    first = next((place for place, c in enumerate(text) if ord(c) > 0x7F), 0)
    begin = max(text.rfind("\n", 0, first) + 1, first - SHOWN // 2)
    return Guess(encoding, text[begin : begin + SHOWN].splitlines()[0] if text[begin:].strip() else "")


def unknown_encoding(content: bytes, name: str) -> ProblemsError:
    """The error for a text in no encoding that is read unasked, with what it may be and how it would read."""
    found = guess(content)
    return ProblemsError([Problem("C114", Place(name), {"encoding": found.encoding, "sample": found.sample})])
