"""Why and why not: proof trees down to answers and papers, and the premises that failed or are not known."""

from __future__ import annotations

import pytest

from advisor.assessment import Assessment, assess
from advisor.errors import InputError
from advisor.inference import infer
from advisor.insight.examine import examine
from advisor.insight.why import Node, targets, why
from advisor.insight.why_not import near_misses, why_not
from advisor.selection import select


def nodes(node: Node):
    yield node
    for child in node.children:
        yield from nodes(child)


def ask_why_not(knowledge, firm, target):
    return why_not(knowledge, firm, infer(knowledge, [firm])[0].facts, target)


def test_every_statement_of_every_firm_leads_down_to_a_source(knowledge, firms):
    for firm in firms.values():
        assessment = Assessment.from_json(assess(firm, knowledge).to_json())
        for target in targets(assessment):
            proof = why(assessment, target)
            kinds = {node.kind for node in nodes(proof)}
            if not (proof.kind == "score" and assessment.scores[target].points is None):
                assert "source" in kinds, target
            assert all(node.text.zh and node.text.en for node in nodes(proof))


def test_whatever_a_whole_assessment_chooses_answers_back_without_the_knowledge(knowledge, firms):
    for name in ("machine_tool_maker", "small_haulier"):
        firm = firms[name]
        examined = examine(assess(firm, knowledge), firm, knowledge)
        whole = examined.model_copy(update={"selection": select(examined, firm, knowledge)})
        saved = Assessment.from_json(whole.to_json())
        assert saved.selection is not None
        askable = set(targets(saved))
        assert {item.product for item in saved.selection.candidates} <= askable
        assert {option.id for option in saved.selection.options} <= askable
        assert {f"cost_{way.way}" for way in saved.project.ways} <= askable
        for target in askable:
            proof = why(saved, target)
            assert all(node.text.zh and node.text.en for node in nodes(proof))
            assert proof.children or proof.kind == "score", target


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("no_backing_at_all", "finding", "no_backing_at_all"),
        ("No one at the top understands or leads", "finding", "no_backing_at_all"),
        ("the top understands or leads", "finding", "no_backing_at_all"),
        ("f2", "answer", "sponsor_level"),
        ("Ｆ２", "answer", "sponsor_level"),
        ("Need for CRM", "score", "need"),
    ],
)
def test_why_takes_an_id_a_title_or_the_code_of_a_question(knowledge, firms, typed, kind, name):
    proof = why(assess(firms["building_contractor"], knowledge), typed)
    assert (proof.kind, proof.id) == (kind, name)


def test_why_takes_a_title_in_chinese(knowledge, firms):
    title = knowledge.findings["no_backing_at_all"].title.zh
    assert why(assess(firms["building_contractor"], knowledge), f"“{title}”").id == "no_backing_at_all"


def test_part_of_an_id_names_nothing(knowledge, firms):
    with pytest.raises(InputError):
        why(assess(firms["building_contractor"], knowledge), "sponsor_at_the")


def test_the_answer_to_a_question_leads_to_the_findings_and_scores_it_counts_for(knowledge, firms):
    proof = why(assess(firms["building_contractor"], knowledge), "F2")
    assert {"no_backing_at_all", "leadership_factor"} <= {child.id for child in proof.children}


def test_why_offers_the_nearest_by_its_title_and_why_not_says_what_a_code_is(knowledge, firms):
    firm = firms["building_contractor"]
    with pytest.raises(InputError, match=r"the nearest is: no_backing_at_all \(No one at the top understands or leads\)"):
        why(assess(firm, knowledge), "nobody at the top understands or leads")
    with pytest.raises(InputError, match="F2, “Who has been named"):
        ask_why_not(knowledge, firm, "F2")
    assert ask_why_not(knowledge, firm, "可行").target == "feasible"
    assert ask_why_not(knowledge, firm, knowledge.findings["contact_tool"].title.en).target == "contact_tool"


def test_a_step_of_the_path_says_which_hurdle_it_helps_to_lift(knowledge, firms):
    firm = firms["machine_tool_maker"]
    examined = examine(assess(firm, knowledge), firm, knowledge)
    proof = why(examined, "step_name_top_sponsor")
    assert "sponsor_at_the_top" in [child.id for child in proof.children]


def test_the_verdict_rests_on_need_ability_and_what_stands_in_the_way(knowledge, firms):
    assessment = assess(firms["machine_tool_maker"], knowledge)
    proof = why(assessment)
    ids = [child.id for child in proof.children]
    assert ids[0] == "need" and "ability" in ids
    assert set(ids[2:]) == {c.id for c in assessment.conditions}
    condition = next(child for child in proof.children if child.id == "sponsor_at_the_top")
    (rule,) = condition.children
    assert (rule.children[0].kind, rule.children[0].id) == ("answer", "sponsor_level")
    assert any(n.kind == "source" and "P4-73" in n.text.en for n in rule.children)


def test_a_firm_that_needs_none_is_told_of_need_and_the_lighter_way(knowledge, firms):
    proof = why(assess(firms["small_haulier"], knowledge))
    assert [c.kind for c in proof.children] == ["score", *["finding"] * (len(proof.children) - 1)]
    assert "between the cut-offs of 30 and 75" in proof.children[0].text.en


def test_a_finding_that_rests_on_the_model_shows_how_the_model_was_read(knowledge, firms):
    assessment = assess(firms["machine_tool_maker"], knowledge)
    resting = next(s for s in assessment.trace if "model" in s.answers)
    model = next(n for n in why(assessment, resting.rule).children if n.kind == "model")
    assert [child.id for child in model.children] == ["product_complexity", "decision_complexity"]


def test_what_was_not_concluded_is_answered_with_why_not(knowledge, firms):
    with pytest.raises(InputError, match="nothing this assessment says") as caught:
        why(assess(firms["city_bank"], knowledge), "no_money")
    assert "why-not" in caught.value.message("en")
    with pytest.raises(InputError, match="was concluded"):
        ask_why_not(knowledge, firms["machine_tool_maker"], "sponsor_at_the_top")
    with pytest.raises(InputError, match="the nearest is: feasible"):
        ask_why_not(knowledge, firms["city_bank"], "feasable")


def test_the_premise_that_failed_is_named_with_the_answer_as_it_is(small, answers):
    reason = ask_why_not(small, answers("people: 3\nwish: 4"), "sheet")
    (rule,) = reason.rules
    (short,) = rule.shortfalls
    assert not short.unknown
    assert "at most 2" in short.premise.en
    assert short.stands is not None


def test_a_premise_not_known_is_told_from_one_that_failed(small, answers):
    reason = ask_why_not(small, answers("people: 30"), "sheet")
    assert [(s.unknown, s.stands.en) for s in reason.rules[0].shortfalls] == [(False, "30 people"), (True, "not answered")]


def test_a_finding_wanting_leads_on_to_its_own_rules(small, answers):
    reason = ask_why_not(small, answers("trade: shop\nwish: 1"), "master")
    wanting = [s for s in reason.rules[0].shortfalls if s.because]
    assert [r.rule for s in wanting for r in s.because] == ["files_needed"]


def test_the_nearest_of_several_ways_is_taken(small, answers):
    reason = ask_why_not(small, answers("sponsor: yes\nbudget: 1M\npeople: 500"), "stall")
    assert [r.rule for r in reason.rules] == ["stall_leaderless", "stall_small"]
    assert len(reason.rules[0].shortfalls) == 1


@pytest.mark.parametrize(
    ("name", "target", "words"),
    [
        ("machine_tool_maker", "feasible", ("under 60", "Conditions are still open")),
        ("building_contractor", "feasible", ("A blocker still stands", "under 60")),
        ("small_haulier", "feasible", ("under 60", "A simpler alternative fits")),
        ("system_integrator", "not_needed_now", ("not under 30", "No simpler alternative")),
        ("system_integrator", "conditional", ("No condition is open",)),
        ("system_integrator", "not_yet", ("Nothing blocks it",)),
    ],
)
def test_why_not_another_verdict(knowledge, firms, name, target, words):
    hindrances = " ".join(text.en for text in ask_why_not(knowledge, firms[name], target).hindrances)
    assert all(word in hindrances for word in words), hindrances


def test_near_misses_lack_one_premise_and_were_not_concluded(knowledge, firms):
    count = 0
    for firm in firms.values():
        inference = infer(knowledge, [firm])[0]
        for near in near_misses(knowledge, firm, inference.facts):
            count += 1
            assert not inference.facts.found(near.finding)
            assert (len(near.failed), len(near.unknown)) == (1, 0)
            assert near.sources
    assert count > 3
