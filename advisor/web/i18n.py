"""The language of a page, which is the first part of its URL. Texts of the pages are in ``advisor/texts/web.yaml``."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from urllib.parse import quote, urlencode

from babel.dates import format_datetime
from flask import Flask, g, request, url_for
from flask.globals import request_ctx

from advisor.assessment.answer_items import answer_in_words
from advisor.reporting.data_tables import data_table
from advisor.text import LANGS, Lang, catalogue, long_date, say
from advisor.web.problem_texts import problem_text, sheet_problem_text
from advisor.web.services import get_services

LANG_PREFIX = "/<any(zh,en):lang>"
LOCALES: dict[Lang, str] = {"zh": "zh_CN", "en": "en_GB"}


def init_app(app: Flask) -> None:
    """Take the language out of every URL and put it into every link; give templates their functions."""

    @app.url_value_preprocessor
    def pull_lang(endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.lang = values.pop("lang") if values and "lang" in values else preferred_lang()

    @app.url_defaults
    def push_lang(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = lang()

    app.jinja_env.globals.update(
        t=t,
        format_day=format_day,
        other_language=other_language,
        cite_href=cite_href,
        answer_text=answer_in_words,
        data_table=lambda chart: data_table(chart, lang()),
        as_table_word=lambda: t("as_table"),
        why_word=lambda: t("why"),
        lang=lang,
        problem_text=lambda problem: problem_text(problem, get_services().knowledge, lang()),
        sheet_problem_text=lambda problem: sheet_problem_text(problem, get_services().knowledge, lang()),
    )


def lang() -> Lang:
    """The language of the page; until the URL is matched, the preferred one."""
    return cast("Lang", g.get("lang") or preferred_lang())


def preferred_lang() -> Lang:
    """The language a URL names, whether or not it leads to a page; else what the browser asks for, else Chinese."""
    for code in LANGS:
        if code in request.path.split("/")[1:3]:
            return code
    best = request.accept_languages.best_match(["zh", "zh-CN", "zh-TW", "zh-HK", "en"]) or "zh"
    return "en" if best == "en" else "zh"


def t(key: str, /, **values: object) -> str:
    """A text of the pages."""
    return say("web", key, lang(), **values)


def has_text(key: str) -> bool:
    """Whether the pages have a text of this key."""
    return key in catalogue("web")


def format_day(moment: datetime) -> str:
    """A day in the language of the page."""
    return long_date(moment.astimezone().date(), lang())


def format_time(moment: datetime) -> str:
    """A time of day in the language of the page."""
    return str(format_datetime(moment.astimezone(), "HH:mm", locale=LOCALES[lang()]))


def other_language() -> tuple[Lang, str]:
    """The other language and the URL of this page in it; where that cannot be opened by a link, the start."""
    other: Lang = "en" if lang() == "zh" else "zh"
    start, path = url_for("case.start", lang=other), f"/{other}{request.path[len(lang()) + 1 :]}"
    adapter = request_ctx.url_adapter
    if not request.path.startswith(f"/{lang()}/") or adapter is None or not adapter.test(path, "GET"):
        return other, start
    query = urlencode([(key, value) for key, value in request.args.items(multi=True)])
    address = f"{request.script_root}{quote(path)}"
    return other, f"{address}?{query}" if query else address


def cite_href(source: str) -> str:
    """The URL that explains a source."""
    page = "papers" if source in get_services().knowledge.claims else "works"
    return url_for("info.reference", site=lang(), page=page, _anchor=source)
