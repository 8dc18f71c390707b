"""The two languages of the product, which of them a user's locale asks for, and how the user calls the program.

Loads nothing but the standard library.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal, get_args

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)
CALLED_AS = "ADVISOR_COMMAND"
"""The variable in which ``./run`` leaves the name it was called by, for messages that name a command."""


def called_as() -> str:
    """The command as the user typed it: ``./run``, or ``advisor`` once it is installed."""
    return os.environ.get(CALLED_AS) or "advisor"


def locale_language(environ: Mapping[str, str] | None = None) -> Lang:
    """Chinese where the POSIX locale is Chinese, English otherwise.

    >>> locale_language({"LANG": "zh_CN.UTF-8"})
    'zh'
    >>> locale_language({"LANG": "C"})
    'en'
    """
    env = os.environ if environ is None else environ
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := env.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
