"""A panel of two firms that answer the tiny questionnaire; what comes of them can be worked out by hand."""

from __future__ import annotations

from pathlib import Path

LED_BY_NOBODY = """\
id: A1
name: A shop nobody leads
story: Fifty people, a great wish, ample means, and no sponsor.
answers: {trade: shop, people: 50, product: 1, deciders: 1, wish: 5, means: 5, budget: 1000000, sponsor: "no"}
judgements:
  first:
    verdict: conditional
    need: high
    why: Somebody has to lead.
    must_raise: [a sponsor, a customer file, both, money, a holiday, the weather, the moon]
    must_not: [go ahead, ask for a sponsor, be rude, shout]
    first_step: Build the file.
    users: [10, 20]
met_by:
  first:
    1: {by: [lead], because: it asks for one}
    2: {by: [no_money, master], because: the master file is one}
    3: {by: [[lead, master]], because: one and the other}
    4: {by: [no_money], because: it says so}
    5: {missing: nothing speaks of holidays}
    6: {outside: no question asks about the weather}
never:
  first:
    1: {ids: [feasible], because: that would be it}
    2: {ids: [no_money, lead], because: that would be it}
    3: {unchecked: no id is rude}
first_step_by: {by: [build_files], because: it builds the file}
"""
"""Need is (3 * 100 + 0) / 4 = 75: high. A condition holds (``lead``), so the verdict is conditional."""

READY = """\
id: B2
name: A shop that is ready
story: The same with a sponsor.
answers: {trade: shop, people: 50, product: 1, deciders: 1, wish: 5, means: 5, budget: 1000000, sponsor: "yes"}
judgements:
  first: {verdict: not_yet, also_acceptable: [conditional], need: low, why: Too early., must_raise: []}
  second: {verdict: conditional, also_acceptable: [feasible], need: medium, why: A little early., must_raise: [nothing yet]}
dispute: It is ready.
"""
"""Readiness is (3 * 100 + 100) / 4 = 100 and nothing stands in the way: feasible, which only the second would accept."""


def write_panel(folder: Path) -> Path:
    """The two firms as files."""
    (folder / "A1.yaml").write_text(LED_BY_NOBODY, "utf-8")
    (folder / "B2.yaml").write_text(READY, "utf-8")
    return folder
