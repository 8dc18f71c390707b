"""A case keeps the knowledge it was assessed with until its owner asks for the newer one, and stays whole under any."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator

import pytest

from advisor.interview import Answer, Answers
from advisor.knowledge import Knowledge, load_knowledge
from advisor.knowledge.load import data_folder
from advisor.web.services import Services
from tests.web.conftest import Visitor, case_of
from tests.web.test_security import addresses

FIRM = "machine_tool_maker"
NOTICE = "has been updated since"


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Knowledge]:
    """Other knowledge: files of ours with some words in them replaced."""

    def make(file: str, before: str, after: str) -> Knowledge:
        folder = tmp_path_factory.mktemp("newer")
        for name in ("rules", "questionnaires"):
            shutil.copytree(data_folder(name), folder / name)
        paths = [path for path in sorted(folder.glob(file)) if before in path.read_text(encoding="utf-8")]
        assert paths, f"{before} is nowhere in {file}"
        for path in paths:
            path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
        return load_knowledge(folder / "rules", folder / "questionnaires")

    return make


@pytest.fixture(scope="module")
def stricter(newer) -> Knowledge:
    """Ability must be higher, by which the sample firm is not feasible even on conditions."""
    return newer("rules/vocabulary/cutoffs.yaml", "ability_too_low: 30", "ability_too_low: 59")


@pytest.fixture
def in_force(services: Services) -> Iterator[Callable[[Knowledge], None]]:
    """Put knowledge in force until the test is over."""
    old = services.live_knowledge.knowledge

    def put(knowledge: Knowledge) -> None:
        services.live_knowledge.knowledge = knowledge

    yield put
    services.live_knowledge.knowledge = old


@pytest.fixture
def assessed(visitor: Visitor, firms: dict[str, Answers], fill) -> Visitor:
    visitor.begin("full")
    fill(visitor, firms[FIRM])
    visitor.get("/en/result/")
    return visitor


def shown_result(visitor: Visitor) -> dict[str, object]:
    assessment = json.loads(visitor.get("/en/result/assessment.json").get_data())
    return {
        "version": assessment["knowledge_version"],
        "verdict": assessment["verdict"]["name"],
        "firm": assessment["firm"]["name"],
    }


def test_a_newer_knowledge_is_announced_with_what_it_would_say_and_taken_only_when_asked(
    assessed: Visitor, in_force, stricter: Knowledge
):
    before = shown_result(assessed)
    assert NOTICE not in assessed.read("/en/result/")
    in_force(stricter)
    page = assessed.read("/en/result/")
    assert NOTICE in page
    assert "By the new version the verdict would be: Not yet" in page
    assert shown_result(assessed) == before
    assessed.post("/en/result/renew")
    assert NOTICE not in assessed.read("/en/result/")
    assert shown_result(assessed) == {**before, "version": stricter.version, "verdict": "not_yet"}


def test_where_the_verdict_would_be_the_same_it_says_so(assessed: Visitor, in_force, newer):
    in_force(newer("rules/vocabulary/cutoffs.yaml", "theme:", "# a remark\ntheme:"))
    assert "the verdict would be the same" in assessed.read("/en/result/")


def test_a_new_name_is_no_reason_to_judge_anew(assessed: Visitor, in_force, stricter: Knowledge, services: Services):
    before = shown_result(assessed)
    in_force(stricter)
    for name in ("Miller Machines", "Miller & Daughters", ""):
        assessed.post("/en/tasks", {"firm": name})
        assert shown_result(assessed) == {**before, "firm": {"zh": name, "en": name} if name else None}
        assert (name or "Unnamed firm") in assessed.read("/en/result/")
        services._saved_assessments.clear()
        assert shown_result(assessed)["version"] == before["version"], "kept, not only at hand"


def test_going_on_without_changing_an_answer_is_no_reason_to_judge_anew(
    assessed: Visitor, in_force, stricter: Knowledge, services: Services
):
    before = shown_result(assessed)
    in_force(stricter)
    assessed.post("/en/next", {"question": "industry"})
    assessed.post("/en/questions/trade_and_size", {"industry": "electromechanical"})
    assert shown_result(assessed) == before
    assessed.post("/en/questions/leadership", {"sponsor_level": "chief"})
    assert shown_result(assessed)["version"] == stricter.version


@pytest.mark.parametrize("shared", [False, True], ids=["own", "shared"])
def test_answers_the_newer_knowledge_no_longer_takes_break_no_page_and_stay_kept(
    app, assessed: Visitor, in_force, newer, services: Services, knowledge: Knowledge, shared: bool
):
    services.store.save_answers(case_of(services, assessed).id, {"field_staff": Answer("known", 320.0)}, knowledge)
    saved = services.store.answers(case_of(services, assessed).id, knowledge).given
    assessed.get("/en/result/")
    in_force(
        newer(
            "questionnaires/a_firm.yaml",
            "max: 500000\n    integer: true\n    text: {zh: 经常",
            "max: 300\n    integer: true\n    text: {zh: 经常",
        )
    )
    if shared:
        assessed.get(f"/en/look/{services.store.create_link(case_of(services, assessed).id, 'share')}")
    part = "shared" if shared else "result"
    chapters = re.findall(rf'"(/en/{part}/chapters/\w+)"', assessed.get(f"/en/{part}/").get_data(as_text=True))
    assert len(chapters) > 12
    for path in [
        *dict.fromkeys(chapters),
        *(a for a in addresses(app, "GET") if a.startswith((f"/en/{part}/", "/en/check"))),
    ]:
        assert assessed.get(path).status_code in (200, 302, 404), path
    assert NOTICE in assessed.read(f"/en/{part}/")
    tried = assessed.post(f"/en/{part}/what-if", {"changed": "sponsor_level", "sponsor_level": "chief"})
    assert tried.status_code == 200
    assert services.store.answers(case_of(services, assessed).id, knowledge).given == saved


def test_an_option_that_is_gone_breaks_no_page(visitor: Visitor, fill, in_force, newer):
    visitor.begin("full")
    fill(visitor, Answers({"buyers": Answer("known", frozenset({"public_bodies"})), "employees": Answer("known", 45.0)}))
    visitor.get("/en/result/")
    in_force(newer("**/*.yaml", "public_bodies", "state_bodies"))
    for path in ("", "what-if", "why-not?what=feasible", "answers.csv", "answers.xlsx", "answers.yaml"):
        assert visitor.get(f"/en/result/{path}").status_code == 200, path
    assert visitor.post("/en/result/renew").status_code == 302
