"""The reference site: everything is on it, in both languages, and every link leads somewhere."""

from __future__ import annotations

import re

import pytest

from advisor.reporting.reference import PAGES, build_site

ANCHOR = re.compile(r'<article id="([^"]+)"')
LINK = re.compile(r'<a href="([^"#]*)#([^"]+)"')


@pytest.fixture(scope="module")
def site(knowledge) -> dict[str, str]:
    return build_site(knowledge)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_in_the_knowledge_has_its_anchor(site, knowledge, lang):
    expected = {
        "rules": set(knowledge.rules_by_id),
        "questions": set(knowledge.questions),
        "scores": set(knowledge.scores),
        "findings": set(knowledge.findings),
        "papers": set(knowledge.claims),
        "works": set(knowledge.external),
        "disagreements": {entry.id for entry in knowledge.disagreements},
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
            assert re.search(r"<dd>\S", article), (page, article[:80])
            if not page.endswith(("papers.html", "works.html")):  # background has no users
                assert 'class="links"' in article, (page, article[:80])


def test_the_site_reaches_nothing_outside(site):
    for text in site.values():
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text)
        assert "<script" not in text
