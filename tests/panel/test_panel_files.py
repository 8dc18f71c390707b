"""Reading a panel: what is well formed is read, and every mistake is told with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.errors import InputError, PanelError
from advisor.knowledge import Knowledge
from advisor.panel import read_panel
from advisor.text import LANGS
from tests.conftest import ROOT
from tests.panel.small import LED_BY_NOBODY, write_panel

PANEL = ROOT / "tests" / "panel"


def test_a_firm_is_read_with_its_answers_and_judgements(tmp_path: Path, small: Knowledge):
    first, second = read_panel(write_panel(tmp_path), small)
    assert (first.file.id, first.file.group, second.file.group) == ("A1", "A", "B")
    assert first.answers.value("people") == 50
    assert first.file.met_by["first"][3].by == (("lead", "master"),)
    assert list(second.file.judgements.by_judge()) == ["first", "second"]


MISTAKES = {
    "no verdict": ("    verdict: conditional\n", "", "N102", 6),
    "a verdict there is not": ("verdict: conditional", "verdict: maybe", "N104", 7),
    "a field there is not": ("name: A shop", "nmae: A shop", "N103", 2),
    "a field of a reading there is not": ("{by: [lead], because: it", "{bye: [lead], because: it", "N103", 16),
    "answers that are none": ("answers: {trade: shop", "answers: {trade: circus", "A102", 4),
    "a question there is not": ("answers: {trade: shop", "answers: {trad: shop", "A101", 4),
    "answers that are no mapping": (LED_BY_NOBODY.splitlines()[3], "answers: many", "N104", 4),
    "the name of another file": ("id: A1", "id: A2", "N105", 1),
    "an id that is no id": ("id: A1", "id: shop", "N104", 1),
    "a range that falls": ("users: [10, 20]", "users: [20, 10]", "N104", 13),
    "a range of words": ("users: [10, 20]", "users: [ten, 20]", "N104", 13),
    "a range with a yes": ("users: [10, 20]", "users: [true, 20]", "N104", 13),
    "an item there is not": ("    5: {missing", "    8: {missing", "N106", 20),
    "a judge who said nothing": ("never:\n  first:", "never:\n  second:", "N106", 24),
    "an id the program does not have": ("by: [lead]", "by: [laed]", "N107", 16),
    "an id inside a list of all": ("[[lead, master]]", "[[lead, mastre]]", "N107", 18),
    "ids without a reason": ("{by: [lead], because: it asks for one}", "{by: [lead]}", "N104", 16),
    "a reading that says two things": ("{missing: nothing", "{by: [lead], missing: nothing", "N104", 20),
    "a ban that bans nothing": ("{unchecked: no id is rude}", "{because: it is rude}", "N104", 26),
    "a repeated key": ("    2: {by", "    1: {by", "K002", 17),
    "an alias": ("story: Fifty", "story: *fifty", "K005", 3),
    "an object": ("story: Fifty people, a great", "story: !!python/name:os.system Fifty people, a great", "K006", 3),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_line(mistake: str, tmp_path: Path, small: Knowledge):
    old, new, code, line = MISTAKES[mistake]
    assert LED_BY_NOBODY.count(old) == 1
    (tmp_path / "A1.yaml").write_text(LED_BY_NOBODY.replace(old, new), "utf-8")
    with pytest.raises(PanelError) as raised:
        read_panel(tmp_path, small)
    problem = next((p for p in raised.value.problems if p.code == code), None)
    assert problem, raised.value
    assert (problem.place.file, problem.place.line) == (str(tmp_path / "A1.yaml"), line)
    assert all(problem.message(lang) and problem.hint(lang) for lang in LANGS)


def test_mistakes_of_all_files_are_told_at_once(tmp_path: Path, small: Knowledge):
    write_panel(tmp_path)
    (tmp_path / "C1.yaml").write_text("- a list\n", "utf-8")
    (tmp_path / "C2.yaml").write_bytes(b"name: \xff")
    (tmp_path / "C3.yaml").write_text(LED_BY_NOBODY.replace("lead]", "laed]"), "utf-8")
    with pytest.raises(PanelError) as raised:
        read_panel(tmp_path, small)
    assert [(Path(p.place.file).name, p.code) for p in raised.value.problems] == [
        ("C1.yaml", "N101"),
        ("C2.yaml", "K007"),
        ("C3.yaml", "N105"),
        ("C3.yaml", "N107"),
        ("C3.yaml", "N107"),
    ]


@pytest.mark.parametrize("name", ["nowhere", ""])
def test_a_folder_without_firms_is_refused(name: str, tmp_path: Path, small: Knowledge):
    with pytest.raises(InputError, match="holds no YAML files"):
        read_panel(tmp_path / name, small)


def test_every_firm_of_our_panel_is_read_without_a_mistake(knowledge: Knowledge):
    firms = read_panel(PANEL, knowledge)
    assert [sum(firm.file.group == group for firm in firms) for group in "PQ"] == [20, 20]
    assert all(firm.answers.given and len(firm.file.judgements.by_judge()) == 2 for firm in firms)
    assert not [note for firm in firms for note in firm.answers.notes]


def test_every_item_of_the_handed_over_firms_has_been_read(knowledge: Knowledge):
    for firm in (firm.file for firm in read_panel(PANEL, knowledge) if firm.file.group == "P"):
        for judge, judgement in firm.judgements.by_judge().items():
            assert len(firm.met_by[judge]) == len(judgement.must_raise), firm.id
            assert len(firm.never[judge]) == len(judgement.must_not), firm.id
        assert firm.first_step_by, firm.id
        assert firm.system, firm.id
