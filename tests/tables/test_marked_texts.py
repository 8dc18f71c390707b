"""Texts of which parts are struck out, raised or lowered."""

from __future__ import annotations

import pytest
import xlsxwriter

from advisor.batch.readers import read_firms
from advisor.errors import AnswersError
from advisor.interview import read_answers

RAISED, STRUCK = {"font_script": 1}, {"font_strikeout": True}


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (["120", (RAISED, "1"), " "], "120^1"),
        ([(STRUCK, "80"), " 120"], "~~80~~ 120"),
        (["1", (STRUCK, "2"), "0"], "1~~2~~0"),
    ],
)
@pytest.mark.parametrize("inline", [False, True])
def test_a_number_with_a_raised_or_struck_out_part_is_asked(tmp_path, knowledge, parts, shown, inline):
    book = xlsxwriter.Workbook(str(tmp_path / "x.xlsx"), {"constant_memory": inline})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["企业名称", "A2", "G1"])
    sheet.write(1, 0, "甲")
    sheet.write_rich_string(
        1, 1, *(x for part in parts for x in ([book.add_format(part[0]), part[1]] if isinstance(part, tuple) else [part]))
    )
    sheet.write(1, 2, 4)
    book.close()
    (firm,) = read_firms(tmp_path / "x.xlsx", knowledge).rows
    assert [(problem.place.cell, problem.values["value"]) for problem in firm.problems] == [("B2", shown)]
    with pytest.raises(AnswersError) as caught:
        read_answers(tmp_path / "x.xlsx", knowledge)
    assert [problem.place.cell for problem in caught.value.problems] == ["B2"]


def test_a_unit_with_a_raised_part_and_words_in_bold_are_as_before(tmp_path, knowledge):
    book = xlsxwriter.Workbook(str(tmp_path / "x.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_rich_string(0, 0, "面积（m", book.add_format(RAISED), "2", "）")
    sheet.write_row(0, 1, ["企业名称", "A2"])
    sheet.write(1, 0, "甲")
    sheet.write_rich_string(1, 1, "甲", book.add_format({"bold": True}), "厂")
    sheet.write_rich_string(1, 2, "1", book.add_format({"bold": True}), "20")
    book.close()
    (firm,) = read_firms(tmp_path / "x.xlsx", knowledge).rows
    assert firm.answers.firm.name.zh == "甲厂" and firm.answers.value("employees") == 120
