"""The words people use for yes, no, none and for having no answer, and how much they may write."""

from __future__ import annotations

import re

from advisor.text import normalized

MAX_TEXT = 500
"""Characters a line of free text may have."""
NONE = "none"
UNKNOWN_WORDS = {
    "unknown", "don't know", "dont know", "i don't know", "not known", "not sure", "?", "??", "???",
    "不知道", "不清楚", "未知", "不详", "不确定", "待定", "待确认", "待核实", "说不清",
    "tbd", "to be decided", "to be confirmed",
}  # fmt: skip
NOT_APPLICABLE_WORDS = {"not_applicable", "not applicable", "n/a", "na", "n.a", "n. a", "不适用"}
LEFT_OPEN = {"-", "--", "---", "–", "—", "——", "/", "\\", "null", "nan", "<na>", "(空)", "(跳过)", "(未填)", "(blank)"}
"""What people and programs write into a cell that holds no answer."""
NOTHING_WORDS = {
    "none", "nothing", "nil", "none yet", "none so far", "none at present",
    "无", "没有", "暂无", "暂时没有", "暂时无", "目前没有", "目前无", "现在没有", "还没有", "尚无", "尚没有",
}  # fmt: skip
"""What says that there is none of something."""
YES_WORDS = {"yes", "y", "true", "是", "有", "是的", "对", "1", "√", "✓", "✔", "☑", "✅", "ja", "wahr", "oui", "vrai"}
NO_WORDS = NOTHING_WORDS | {"no", "n", "false", "否", "不是", "0", "×", "✗", "✘", "❌", "nein", "falsch", "non", "faux"}
NONE_WORDS = NOTHING_WORDS | {"none of these", "都没有", "以上都没有", "以下都没有"}
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0f\ufeff]")
_QUOTES = str.maketrans({**dict.fromkeys("‘’‚‛＇", "'"), **dict.fromkeys("“”„‟＂", '"')})


def seen(text: str) -> str:
    """A text without the signs that nobody sees, such as blanks of no width and marks of the direction of writing.

    >>> seen("4" + chr(0x200B)), seen(chr(0x202D) + "120" + chr(0x202C))
    ('4', '120')
    """
    return text if text.isascii() else _UNSEEN.sub("", text)


def word_of(text: str) -> str:
    """A text as it is compared with words of a list: in small letters, half width and straight quotes, without a full stop.

    >>> word_of("Don’t know."), word_of("Ｎ．Ａ．"), word_of("Yes.")
    ("don't know", 'n.a', 'yes')
    """
    return normalized(seen(text).translate(_QUOTES)).rstrip(".。!").rstrip()
