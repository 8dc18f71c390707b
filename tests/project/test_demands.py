"""What projects ask of many firms, worked out once for those that are alike."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np

from advisor.inference.project_steps import pricing_of
from advisor.knowledge import load_knowledge
from advisor.project import demands as module
from advisor.project.demands import DemandTable, demands
from tests.project.firms import WrittenFirms, firm

PRICING = pricing_of(load_knowledge())
FIRMS = [firm(), firm(crm_users=3), firm(crm_users=None, employees=None), firm(process_specificity=5), firm(crm_users=3)]


def test_a_firm_among_others_is_asked_the_same_as_alone() -> None:
    (among,) = DemandTable(PRICING).of([WrittenFirms(tuple(FIRMS))])
    for place, one in enumerate(FIRMS):
        alone = demands(PRICING, WrittenFirms((one,)))
        of_one = among.of(np.array([place]))
        for figure in ("first_year", "later_year", "own_days"):
            np.testing.assert_allclose(getattr(of_one, figure), getattr(alone, figure), rtol=1e-12)


def test_firms_that_are_alike_are_priced_once_whenever_they_are_asked_about() -> None:
    table = DemandTable(PRICING)
    with patch.object(module, "demands", wraps=demands) as priced:
        table.of([WrittenFirms(tuple(FIRMS))])
        (again,) = table.of([WrittenFirms((FIRMS[4], firm(crm_users=9)))])
    assert [call.args[1].size for call in priced.call_args_list] == [4, 1]
    np.testing.assert_array_equal(
        again.first_year[:, :, 1:], demands(PRICING, WrittenFirms((firm(crm_users=9),))).first_year
    )


def test_no_firms_are_asked_nothing() -> None:
    (nothing,) = DemandTable(PRICING).of([WrittenFirms(())])
    assert nothing.own_days.shape[1] == 0
