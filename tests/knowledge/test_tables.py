"""Tables that sort firms into classes have neither gaps nor overlaps."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from advisor.knowledge.schema import Band, ModelScheme


def changed(thing, **fields):
    return type(thing).model_validate(thing.model_dump() | fields)


def test_the_steps_of_a_band_rise_and_the_last_takes_the_rest(knowledge):
    band = knowledge.bands["firm_size"]
    steps = [step.model_dump() for step in band.steps]
    for wrong in (steps[::-1], steps[:-1], [steps[0], steps[0], steps[-1]]):
        with pytest.raises(ValidationError, match="below"):
            changed(band, steps=wrong)
    assert isinstance(changed(band), Band)


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
