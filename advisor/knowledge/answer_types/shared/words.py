"""The words people use for yes, no, none and for having no answer, and how much they may write."""

from __future__ import annotations

MAX_TEXT = 500
"""Characters a line of free text may have."""
NONE = "none"
UNKNOWN_WORDS = {"unknown", "don't know", "dont know", "i don't know", "?", "不知道", "不清楚"}
NOT_APPLICABLE_WORDS = {"not_applicable", "not applicable", "n/a", "na", "不适用"}
YES_WORDS = {"yes", "y", "true", "是", "有"}
NO_WORDS = {"no", "n", "false", "否", "没有", "无"}
NONE_WORDS = {"none", "none of these", "无", "没有", "都没有", "以上都没有", "以下都没有"}
