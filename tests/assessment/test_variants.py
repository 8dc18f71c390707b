"""Variants of a firm judged together say what each of them says alone."""

from __future__ import annotations

import pytest

from advisor.assessment.next_question import likely_verdicts, question_gains
from advisor.assessment.outlook import verdict_outlook
from advisor.assessment.variants import COMPLETIONS, judged, missing_trials, variants_of
from advisor.insight.sensitivity import sensitivity
from advisor.interview import Answers
from advisor.knowledge.model import Knowledge


@pytest.mark.parametrize("name", ["small_haulier", "machine_tool_maker"])
def test_judged_at_once_they_tell_the_same_as_question_by_question(
    name: str, knowledge: Knowledge, firms: dict[str, Answers]
) -> None:
    answers = firms[name]
    now = verdict_outlook(knowledge, answers)
    variants = variants_of(knowledge, answers, now)
    assert len(variants.outlooks) == len(variants.missing) + len(variants.known) + COMPLETIONS
    assert question_gains(knowledge, answers, now, variants=variants) == question_gains(knowledge, answers, now)
    assert likely_verdicts(knowledge, answers, now, variants=variants) == likely_verdicts(knowledge, answers, now)
    assert sensitivity(knowledge, answers, now, variants) == sensitivity(knowledge, answers, now)


def test_a_variant_is_the_sheet_with_one_answer_changed(knowledge: Knowledge, firms: dict[str, Answers]) -> None:
    answers = firms["small_haulier"]
    variants = judged(knowledge, answers, missing_trials(knowledge, answers)[::25], draws=3)
    for place, (question, answer) in enumerate(variants.missing):
        alone = verdict_outlook(knowledge, answers.with_answer(question, answer))
        assert variants.outlooks.names[place] == alone.name
        assert variants.outlooks.possible_names(place) == alone.possible


def test_nothing_to_vary_is_no_variant(knowledge: Knowledge) -> None:
    variants = judged(knowledge, Answers())
    assert (variants.outlooks.names, variants.outlooks.open_dimensions.shape[0]) == ([], 0)
