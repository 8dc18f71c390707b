"""Assessments and documents are made once, and kept up to a limit."""

from __future__ import annotations

from advisor.interview import Answers
from advisor.web.cache import AssessmentCache
from advisor.web.services import Services
from tests.web.conftest import Visitor


def test_the_cache_drops_what_was_used_longest_ago(knowledge, firms):
    cache, names = AssessmentCache(2), ("machine_tool_maker", "city_bank", "seed_company")
    first = cache.assessment(firms[names[0]], knowledge, None)
    assert cache.assessment(Answers(dict(firms[names[0]].given), firms[names[0]].firm), knowledge, None) is first
    for name in names[1:]:
        cache.assessment(firms[name], knowledge, None)
    again = cache.assessment(firms[names[0]], knowledge, None)
    assert again is not first
    assert again == first
    assert cache.document(again, "zh") is cache.document(first, "zh"), "the same result makes one document"


def test_a_saved_assessment_is_read_back_after_a_restart(services: Services, visitor: Visitor, firms, fill):
    visitor.begin()
    case = fill(visitor, firms["city_bank"])
    before = services.result(services.store.open(visitor.client.get_cookie("case").value, "browser").case)  # type: ignore[union-attr]
    services._saved_assessments.clear()
    again = services.result(services.store.open(visitor.client.get_cookie("case").value, "browser").case)  # type: ignore[union-attr]
    assert again == before
    assert again.assessment is not before.assessment
    assert services.store.saved_assessment(case) is not None
