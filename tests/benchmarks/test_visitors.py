"""A run of visitors that met errors, or met nothing, does not pass for one that went well."""

from __future__ import annotations

import pytest

from advisor.knowledge import Knowledge
from benchmarks.visitors import Visitor, told


@pytest.mark.parametrize(
    ("times", "errors", "code"), [([0.01, 0.02], [], 0), ([0.01, 0.02], ["GET /: 500"], 1), ([], [], 1)]
)
def test_errors_are_told_by_the_exit_code(
    knowledge: Knowledge, capsys: pytest.CaptureFixture[str], times: list[float], errors: list[str], code: int
):
    visitor = Visitor(0, 0.0, 0, knowledge)
    visitor.errors += errors
    if times:
        visitor.times["start"] += times
    assert told([visitor], 60.0) == code
    assert f"{len(errors)} errors" in capsys.readouterr().out
