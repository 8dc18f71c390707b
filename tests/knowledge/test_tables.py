"""Tables that sort firms into classes have neither gaps nor overlaps."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from advisor.knowledge.schema import ModelScheme, VerdictScheme


def changed(thing, **fields):
    return type(thing).model_validate(thing.model_dump() | fields)


def test_the_classes_of_a_score_rise_and_the_last_takes_the_rest(knowledge):
    classes = [step.model_dump() for step in knowledge.verdict.classes]
    for wrong in (classes[::-1], classes[:-1], [classes[0], classes[0], classes[-1]]):
        with pytest.raises(ValidationError, match="below"):
            changed(knowledge.verdict, classes=wrong)
    assert isinstance(changed(knowledge.verdict), VerdictScheme)


@pytest.mark.parametrize("fields", [{"need_open": 10}, {"ability_enough": 30}, {"ability_too_low": 90}])
def test_the_cut_offs_of_the_verdict_rise(knowledge, fields):
    with pytest.raises(ValidationError, match="must hold"):
        changed(knowledge.verdict, **fields)


def test_the_four_models_take_four_corners_with_a_middle_between(knowledge):
    scheme = knowledge.models
    kinds = {name: kind.model_dump() for name, kind in scheme.kinds.items()}
    with pytest.raises(ValidationError, match="corners"):
        changed(scheme, kinds=kinds | {"consumer": kinds["project"]})
    with pytest.raises(ValidationError, match="middle"):
        changed(scheme, middle=(65, 35))
    assert isinstance(changed(scheme), ModelScheme)
