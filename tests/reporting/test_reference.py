"""The reference site: everything is on it, in both languages, and every link leads somewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from advisor import yaml_source
from advisor.knowledge.due import due_entries
from advisor.knowledge.schema import Task
from advisor.reporting.reference import PAGES, build_site
from tests.conftest import ROOT

UNLINKED = ("papers.html", "works.html", "glossary.html", "models.html", "tasks.html")
"""Pages on which not all is linked: background has no users, words stand alone, some tasks wait for nothing."""
ANCHOR = re.compile(r'<article id="([^"]+)"')
LINK = re.compile(r'<a href="([^"#]*)#([^"]+)"')


@pytest.fixture(scope="module")
def site(knowledge) -> dict[str, str]:
    return build_site(knowledge)


def beside(name: str) -> dict[str, dict]:
    return yaml_source.parse((ROOT / name).read_text("utf-8"), name)


def factors(models: dict[str, dict]) -> list[str]:
    return [*models, *(f"{name}.{factor['id']}" for name, model in models.items() for factor in model["factors"])]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_in_the_knowledge_has_its_anchor(site, knowledge, lang):
    expected = {
        "rules": set(knowledge.rules_by_id),
        "questions": set(knowledge.questions),
        "scores": set(knowledge.scores),
        "checks": {compiled.check.id for compiled in knowledge.checks},
        "findings": {name for name, finding in knowledge.findings.items() if not isinstance(finding, Task)},
        "tasks": {task.id for task in knowledge.tasks},
        "products": set(knowledge.products),
        "papers": set(knowledge.claims),
        "works": set(knowledge.external),
        "disagreements": {entry.id for entry in knowledge.disagreements},
        "glossary": set(beside("docs/glossary.yaml")),
        "models": set(factors(beside("docs/readiness_models.yaml"))),
        "panel": {path.stem for path in (ROOT / "tests" / "panel").glob("*.yaml")},
        "due": {entry.id.replace("/", ".") for entry in due_entries(knowledge)},
    }
    assert set(expected) == set(PAGES)
    for page, names in expected.items():
        anchors = ANCHOR.findall(site[f"{lang}/{page}.html"])
        assert len(anchors) == len(set(anchors)) and set(anchors) == names, page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_link_leads_to_an_anchor(site, lang):
    anchors = {page: set(ANCHOR.findall(site[f"{lang}/{page}.html"])) for page in PAGES}
    for page in PAGES:
        for target, anchor in LINK.findall(site[f"{lang}/{page}.html"]):
            assert anchor in anchors[target.removesuffix(".html") or page], f"{page}: {target}#{anchor}"


def test_links_run_both_ways(site):
    """A claim leads to the rule that cites it, and the rule back to the claim."""
    rules, papers = site["en/rules.html"], site["en/papers.html"]
    block = re.search(r'<article id="blocked_by_no_money">.*?</article>', rules, re.S)
    assert block and 'href="papers.html#P4-29"' in block[0] and 'href="questions.html#initial_budget"' in block[0]
    claim = re.search(r'<article id="P4-29">.*?</article>', papers, re.S)
    assert claim and 'href="rules.html#blocked_by_no_money"' in claim[0]


def test_nothing_is_undocumented(site):
    """Every entry says something, and all but background claims and works are linked."""
    for page, text in site.items():
        for article in re.findall(r"<article.*?</article>", text, re.S):
            assert re.search(r"<dd[^>]*>\S", article), (page, article[:80])
            if not page.endswith(UNLINKED):
                assert 'class="links"' in article, (page, article[:80])


def test_the_site_reaches_nothing_outside(site):
    for page, text in site.items():
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', text), page
        scripts = re.findall(r"<script([^>]*)>", text)
        wanted = {' type="application/json" id="names"', ' type="application/json" id="entries"', ' src="../search.js"'}
        assert set(scripts) == (wanted if page.endswith("search.html") else set()), page


def test_the_root_leads_to_every_page_of_both_languages(site):
    assert set(re.findall(r'href="((?:zh|en)/[a-z]+\.html)"', site["index.html"])) == set(site) - {"index.html"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_search_knows_every_entry_of_every_page(site, lang):
    carried = re.search(r'id="entries">(.*?)</script>', site[f"{lang}/search.html"], re.S)
    assert carried
    found = {(page, anchor) for page, anchor, _, _ in json.loads(carried[1])}
    assert found == {(page, anchor) for page in PAGES for anchor in ANCHOR.findall(site[f"{lang}/{page}.html"])}


def test_a_rule_says_how_far_it_has_come(site):
    rule = re.search(r'<article id="blocked_by_no_money">.*?</article>', site["en/rules.html"], re.S)
    assert rule and "draft, reviewed by nobody but its author" in rule[0]


def test_soonest_comes_first_on_the_page_of_dates(site):
    months = re.findall(r"<h2>Good until ([0-9-]+)</h2>", site["en/due.html"])
    assert months and months == sorted(months)


@pytest.mark.slow
def test_a_search_finds_what_holds_every_word_without_a_connection(site, chromium, tmp_path: Path):
    for name, text in site.items():
        if name in ("en/search.html", "en/rules.html"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, "utf-8")
    for name in ("search.js", "reference.css"):
        (tmp_path / name).write_bytes((ROOT / "templates" / "reference" / name).read_bytes())
    page = chromium.new_page()
    page.goto(f"{(tmp_path / 'en' / 'search.html').as_uri()}?q=blocked_by_no_money")
    first = page.locator("#found a").first
    assert first.get_attribute("href") == "rules.html#blocked_by_no_money"
    page.fill("input[name=q]", "blocked_by_no_money nowhere-at-all")
    assert page.locator("#count").inner_text() == "Nothing found."
    page.close()
