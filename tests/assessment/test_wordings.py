"""A finding is told in the words meant for the firm: by what it answered, and by its verdict."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from advisor.assessment.wordings import worded
from advisor.interview import Answer, Answers
from advisor.knowledge import Knowledge
from advisor.knowledge.schema import Risk
from advisor.knowledge.schema.findings import Wording
from advisor.text import Text

SPEND_NOTHING = "Spend nothing on a system now"


def test_under_not_yet_no_system_is_chosen_against_a_risk(knowledge: Knowledge) -> None:
    risk = knowledge.findings["thin_means"]
    assert isinstance(risk, Risk)
    firm = Answers()
    assert SPEND_NOTHING in worded(risk, firm, knowledge.facts, "not_yet").measure.en
    assert worded(risk, firm, knowledge.facts, "conditional") is risk


def test_a_wording_is_told_only_where_its_premise_is_known_to_hold(knowledge: Knowledge) -> None:
    wording = Wording(when={"employees": {"at_least": 100}}, title=Text(zh="大", en="Large"))
    risk = knowledge.findings["thin_means"].model_copy(update={"wordings": [wording]})
    for firm, title in (({"employees": 100.0}, "Large"), ({"employees": 99.0}, "Thin financial means"), ({}, risk.title.en)):
        answers = Answers({name: Answer("known", value) for name, value in firm.items()})
        assert worded(risk, answers, knowledge.facts, "feasible").title.en == title


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": {"zh": "甲", "en": "A"}}, "for whom"),
        ({"verdicts": ["not_yet"]}, "words of its own"),
        ({"when": {"found": "thin_means"}, "title": {"zh": "甲", "en": "A"}}, "not about what was"),
    ],
)
def test_a_wording_for_nobody_or_without_words_is_refused(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Wording.model_validate(wrong)


def test_a_wording_replaces_only_what_a_finding_has() -> None:
    entry = {
        "id": "any_need", "kind": "need", "scope": "base", "title": {"zh": "甲", "en": "A"}, "text": {"zh": "乙", "en": "B"},
        "wordings": [{"verdicts": ["not_yet"], "measure": {"zh": "丙", "en": "C"}}],
    }  # fmt: skip
    from advisor.knowledge.schema import Need

    with pytest.raises(ValidationError, match="has no measure"):
        Need.model_validate(entry)
