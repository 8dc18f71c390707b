"""The questionnaire: the whole catalogue, in words, in both languages."""

from __future__ import annotations

import random
import re

import pytest

from advisor.assessment import assess
from advisor.interview import Answer, Answers, form
from advisor.interview.answer_files import parse_answers

CATALOGUE = {"A": 11, "B": 11, "C": 22, "D": 3, "E": 21, "F": 21, "G": 8, "H": 8, "I": 7, "J": 9, "K": 12}
OWN_CODES = {f"F6{part}" for part in "abcde"} | {"F17a", "F17b"}
CORE = [
    "A1",
    "A2",
    "A15",
    "A4",
    "A6",
    "A9",
    "A10",
    "A14",
    "B1",
    "B2",
    "B3",
    "B5",
    "B6",
    "B7",
    "B18",
    "C1",
    "C2",
    "C23",
    "C4",
    "C6",
    "C26",
    "E6",
    "E18",
    "F1",
    "F2",
    "F3",
    "F4",
    "F5",
    "F6e",
    "F7",
    "F10",
    "F12",
    "G1",
    "G2",
    "G3",
    "G4",
    "G5",
    "H1",
    "H2",
    "H4",
    "H9",
    "I1",
    "I2",
    "I4",
    "I6",
    "I8",
    "J12",
    "J10",
    "J11",
    "L1",
    "L3",
    "L5",
    "L6",
    "L12",
    "L13",
    "L14",
]
CHINESE = re.compile(r"[一-鿿]")


def catalogue_code(code: str) -> str:
    return code if code in OWN_CODES else code.rstrip("abc")


ADDED = {
    *("A15", "A16", "B16", "B17", "B18", "B19", "C29", "C30", "C31", "E28", "E29", "E30"),
    *("F22", "H9", "I8", "I9", "I10", "I11", "J10", "J11", "J16", *(f"L{number}" for number in range(1, 20))),
}
"""Questions of our own: home and languages, whose data it is and where it goes, for law and choice; how many users and whose
suite is in place, for choosing a system; which function leads, who still
has to approve, what became of an earlier system and whether it is known why, for the gates; how far the choice of a
supplier has got, for what can be asked about one; ways to market and forms of income, volumes of calls, use in the field,
uses of AI and where to begin, why the firm asks, what is there and who could stop it, which the papers do not know."""
IN_PLACE_OF = {
    *("A12", "A13", "A14", "B12", "B13", "B14", "C13d", "C23", "C24", "C25", "C26", "C27", "C28"),
    *("D4", "D5", "E22", "E23", "E24", "E25", "E26", "E27", "F23", "H10", "J12", "J13", "J14", "J15"),
}
"""What is asked in place of catalogue questions that asked two things, or in a unit that did not fit, and beside them."""


def test_all_138_catalogue_questions_are_there(knowledge):
    listed = {f"{letter}{n}" for letter, count in CATALOGUE.items() for n in range(1, count + 1)} - {"F6", "F17"}
    asked = {catalogue_code(q.code) for q in (*knowledge.questions.values(), *knowledge.retired.values())}
    assert asked == listed | OWN_CODES | ADDED | IN_PLACE_OF
    assert len(listed | OWN_CODES) == 138


def test_the_quick_edition_asks_the_core(knowledge):
    asked = {catalogue_code(q.code) for q in knowledge.edition_questions("quick")}
    assert asked == set(CORE)
    assert len(knowledge.edition_questions("quick")) <= 57
    assert len(knowledge.edition_questions("full")) == len(knowledge.questions)


def test_every_text_is_chinese_in_chinese_and_english_in_english(knowledge):
    texts = [t for q in knowledge.questions.values() for t in (q.text, q.help, q.why, q.evidence) if t]
    texts += [step for scale in knowledge.scales.values() for step in scale.steps.values()]
    texts += [t for finding in knowledge.findings.values() for t in (finding.title, finding.text)]
    texts += [compiled.rule.text for compiled in knowledge.rules] + [claim.text for claim in knowledge.claims.values()]
    for text in texts:
        assert CHINESE.search(text.zh) or not re.search(r"[a-z]{12}", text.zh), text.zh
        assert not re.search(r"[，；：？！]", text.en), text.en


def test_every_step_of_every_scale_is_anchored_in_words_of_its_own(knowledge):
    for name, scale in knowledge.scales.items():
        for lang in ("zh", "en"):
            words = [text[lang] for text in scale.steps.values()]
            assert len(set(words)) == len(words), name
            assert all(re.search(r"[A-Za-z一-鿿]", word) for word in words), name


@pytest.mark.parametrize("edition", ["quick", "full"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_form_of_each_edition_comes_back(knowledge, firms, edition, lang):
    assert parse_answers(form(knowledge, edition, lang).encode(), "form.yaml", knowledge) == Answers()
    for answers in firms.values():
        assert parse_answers(form(knowledge, edition, lang, answers).encode(), "form.yaml", knowledge) == answers


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_unknown_and_not_applicable_answers_never_break_an_assessment(knowledge, firms, seed):
    draw = random.Random(seed)
    for answers in firms.values():
        given = dict(answers.given)
        for name in draw.sample(sorted(knowledge.questions), 40):
            given[name] = Answer(draw.choice(["unknown", "not_applicable"]))
        a = assess(Answers(given), knowledge)
        assert a.verdict.name in a.verdict.possible or a.verdict.name == "not_enough_answers"


def test_an_edition_says_of_itself_how_many_questions_it_has(knowledge):
    counts = {
        "quick": {len(knowledge.edition_questions("quick"))},
        "full": {
            sum((question.code[0] == "K") == construction for question in knowledge.edition_questions("full"))
            for construction in (False, True)
        },
    }
    for name, expected in counts.items():
        for lang in ("zh", "en"):
            said = {int(number) for number in re.findall(r"\d+", knowledge.editions[name].about[lang])}
            assert expected <= said, (name, lang)
