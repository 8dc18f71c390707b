"""The language of a page: first part of every address. Texts of the pages are in ``advisor/texts/web.yaml``."""

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
from advisor.web.mistakes import told, told_of_sheet
from advisor.web.services import services

PREFIX = "/<any(zh,en):lang>"
LOCALES: dict[Lang, str] = {"zh": "zh_CN", "en": "en_GB"}


def attach(app: Flask) -> None:
    """Take the language out of every address and put it into every link; give templates their words."""

    @app.url_value_preprocessor
    def take(endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.lang = values.pop("lang") if values and "lang" in values else preferred()

    @app.url_defaults
    def put(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = lang()

    app.jinja_env.globals.update(
        t=t,
        said=lambda text: text[lang()],
        day=day,
        other_language=other_language,
        cite_href=cite_href,
        in_words=answer_in_words,
        data_table=lambda chart: data_table(chart, lang()),
        as_table_word=lambda: t("as_table"),
        why_word=lambda: t("why"),
        lang=lang,
        mistake=lambda problem: told(problem, services().knowledge, lang()),
        mistake_in_sheet=lambda problem: told_of_sheet(problem, services().knowledge, lang()),
    )


def lang() -> Lang:
    """The language of the page being made; before an address is read, that of the browser."""
    return cast("Lang", g.get("lang") or preferred())


def preferred() -> Lang:
    """The language an address names, be there a page or not; else what the browser asks for, else Chinese."""
    for code in LANGS:
        if code in request.path.split("/")[1:3]:
            return code
    best = request.accept_languages.best_match(["zh", "zh-CN", "zh-TW", "zh-HK", "en"]) or "zh"
    return "en" if best == "en" else "zh"


def t(key: str, /, **values: object) -> str:
    """A text of the pages."""
    return say("web", key, lang(), **values)


def has(key: str) -> bool:
    """Whether the pages have a text."""
    return key in catalogue("web")


def day(moment: datetime) -> str:
    """A day as the language writes it."""
    return long_date(moment.astimezone().date(), lang())


def clock(moment: datetime) -> str:
    """A time of day."""
    return str(format_datetime(moment.astimezone(), "HH:mm", locale=LOCALES[lang()]))


def other_language() -> tuple[Lang, str]:
    """The other language and the address of this very page in it; where that cannot be opened by a link, the start."""
    other: Lang = "en" if lang() == "zh" else "zh"
    start, path = url_for("pages.start", lang=other), f"/{other}{request.path[len(lang()) + 1 :]}"
    adapter = request_ctx.url_adapter
    if not request.path.startswith(f"/{lang()}/") or adapter is None or not adapter.test(path, "GET"):
        return other, start
    query = urlencode([(key, value) for key, value in request.args.items(multi=True)])
    address = f"{request.script_root}{quote(path)}"
    return other, f"{address}?{query}" if query else address


def cite_href(source: str) -> str:
    """Where a source is explained."""
    page = "papers" if source in services().knowledge.claims else "works"
    return url_for("reading.reference", site=lang(), page=page, _anchor=source)
