"""What a release of the knowledge changes, in words."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

from advisor.cli.main import advisor
from advisor.knowledge import load_knowledge
from advisor.reporting.release_notes import changes_between, release_notes
from tests.conftest import SMALL

RELEASE = 'release: {version: "1.0", about: {zh: 一, en: One}}\n'


def test_nothing_changes_between_a_knowledge_and_itself(knowledge):
    for lang in ("zh", "en"):
        assert list(changes_between(knowledge, knowledge, lang)) == []
    assert "Nothing has changed." in release_notes(knowledge, knowledge, "en")


def test_what_is_new_and_what_is_retired_is_named_in_words(knowledge):
    gone, kept = knowledge.rules[0], knowledge.rules[1:]
    product, *_ = knowledge.products
    fewer = replace(knowledge, rules=kept, products={n: p for n, p in knowledge.products.items() if n != product})
    title = knowledge.titles[gone.rule.then[0].target]["en"]
    notes = release_notes(knowledge, fewer, "en")
    assert "## Rules: retired (1)" in notes and f"- **{gone.id}** {title}" in notes
    assert f"## Products: new (1)\n\n- **{product}**" in release_notes(fewer, knowledge, "en")


def test_a_change_is_told_by_its_field_as_it_was_and_is(knowledge):
    product = knowledge.products["pipedrive"]
    facts = product.facts.model_copy(update={"sizes": product.facts.sizes.model_copy(update={"value": ("large",)})})
    changed = knowledge.with_products("x", {product.id: product.model_copy(update={"facts": facts})})
    (noted,) = changes_between(knowledge, changed, "en")
    assert (noted.kind, noted.change, list(noted.fields)) == ("products", "changed", ["Size of firm"])
    assert noted.fields["Size of firm"][1] == "large"


def test_both_languages_tell_the_same_changes(knowledge):
    fewer = replace(knowledge, rules=knowledge.rules[5:])
    both = [[(c.kind, c.change, c.id) for c in changes_between(knowledge, fewer, lang)] for lang in ("zh", "en")]
    assert both[0] == both[1] and len(both[0]) == 5


def test_the_command_compares_two_checkouts_and_says_that_the_number_did_not_move(tmp_path: Path):
    old, new = tmp_path / "old", tmp_path / "new"
    for place in (old, new):
        shutil.copytree(SMALL, place)
        (place / "rules" / "release.yaml").write_text(RELEASE, "utf-8")
    rule = load_knowledge(old / "rules", old / "questionnaires").rules_by_id["stall_leaderless"].rule
    file = new / "rules" / "all.yaml"
    text = file.read_text("utf-8")
    assert rule.text.en in text and rule.text.zh in text
    file.write_text(text.replace(rule.text.en, "Nobody leads it.").replace(rule.text.zh, "无人负责。"), "utf-8")
    result = CliRunner().invoke(advisor, ["--lang", "en", "rules", "release-notes", str(old), str(new)])
    assert result.exit_code == 0, result.output
    english, chinese = result.output.split("# 知识库：从1.0")
    assert "Rules: changed (1)" in english and f"{rule.text.en} → Nobody leads it." in english
    assert "改动的规则（1）" in chinese and f"{rule.text.zh} → 无人负责。" in chinese
    assert "raise it in rules/release.yaml" in result.output
    (new / "rules" / "release.yaml").write_text(RELEASE.replace("1.0", "1.1"), "utf-8")
    out = tmp_path / "notes.md"
    raised = CliRunner().invoke(advisor, ["--lang", "zh", "rules", "release-notes", str(old), str(new), "--out", str(out)])
    assert raised.output.strip() == str(out) and out.read_text("utf-8").startswith("# 知识库：从1.0")
