"""What people trust the store with: nothing confirmed is lost, nothing deleted stays, no token opens another's case."""

from __future__ import annotations

import random
import threading
import zlib
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from advisor import assess
from advisor.errors import InputError
from advisor.interview import Answer, Answers
from advisor.interview.answers import NOT_APPLICABLE, UNKNOWN, Annotation
from advisor.knowledge import Knowledge
from advisor.knowledge.margins import Margin
from advisor.store import Store
from advisor.store.migrate import migrate
from advisor.store.models import AssessmentRow
from tests.random_firms import random_firm
from tests.store.conftest import Clock

FULL = "full"


def begin(store: Store) -> tuple[str, str]:
    case, token = store.create(FULL)
    return case.id, token


def test_every_answer_comes_back_as_it_was_given(store: Store, knowledge: Knowledge, firms: dict[str, Answers]):
    for answers in [*firms.values(), *(random_firm(knowledge, random.Random(seed)) for seed in range(6))]:
        case, _ = begin(store)
        store.save_answers(case, answers.given, knowledge)
        assert store.answers(case, knowledge).given == answers.given


def test_a_later_answer_takes_the_place_of_an_earlier_and_can_be_taken_back(store: Store, knowledge: Knowledge):
    case, _ = begin(store)
    assert store.save_answers(case, {"employees": Answer("known", 30.0), "industry": UNKNOWN}, knowledge) == 1
    assert store.save_answers(case, {"employees": NOT_APPLICABLE}, knowledge) == 2
    assert store.answers(case, knowledge).given == {"industry": UNKNOWN, "employees": NOT_APPLICABLE}
    assert store.save_answers(case, {"employees": None}, knowledge) == 3
    assert store.answers(case, knowledge).given == {"industry": UNKNOWN}


def test_what_stands_beside_an_answer_stays_until_it_is_replaced_and_outlives_the_answer(store: Store, knowledge: Knowledge):
    case, _ = begin(store)
    about, note = Answer("within", Margin(96, 144, whole=True)), Annotation(note="per HR", by="Wang", words="约120")
    assert store.save_answers(case, {"employees": about}, knowledge, {"employees": note}) == 1
    assert store.save_answers(case, {"employees": about}, knowledge, {"employees": note}) == 1
    assert store.answers(case, knowledge).annotations == {"employees": note}
    store.save_answers(case, {"employees": Answer("known", 30.0)}, knowledge)
    assert store.answers(case, knowledge).annotations == {"employees": replace(note, words="")}
    store.save_answers(case, {"employees": None}, knowledge)
    kept = store.answers(case, knowledge)
    assert (kept.given, kept.annotations) == ({}, {"employees": replace(note, words="")})
    store.save_answers(case, {}, knowledge, {"employees": Annotation()})
    assert store.answers(case, knowledge) == Answers()


def test_a_case_is_asked_in_the_order_it_was_begun_with_until_that_is_changed(store: Store):
    for order in ("sections", "telling"):
        case, token = store.create(FULL, order)
        assert len(case.id) == 32, "128 bits"
        assert (case.order, case.edition, case.revision, case.told_settled) == (order, FULL, 0, False)
        store.configure(case.id, edition="quick", told_settled=True)
        opened = store.open(token, "browser")
        assert opened is not None
        assert (opened.case.order, opened.case.edition, opened.case.told_settled) == (order, "quick", True)
    store.configure(case.id, order="sections", told_settled=False)
    opened = store.open(token, "browser")
    assert opened is not None
    assert (opened.case.order, opened.case.edition, opened.case.told_settled) == ("sections", "quick", False)


def test_the_name_of_the_firm_is_kept_and_can_be_taken_away(store: Store, knowledge: Knowledge):
    case, _ = begin(store)
    store.set_firm_name(case, "某机床厂 & Söhne")
    name = store.answers(case, knowledge).firm.name
    assert name is not None
    assert name.zh == "某机床厂 & Söhne"
    store.set_firm_name(case, "")
    assert store.answers(case, knowledge).firm.name is None


def test_a_token_opens_its_own_case_for_its_own_purpose_only(store: Store):
    (one, first), (other, second) = begin(store), begin(store)
    share = store.create_link(one, "share")
    opened = store.open(first, "browser")
    assert opened is not None
    assert opened.case.id == one
    assert store.open(second, "browser").case.id == other  # type: ignore[union-attr]
    assert store.open(first, "return", "share") is None
    assert store.open(share, "browser", "return") is None
    assert store.open(share, "share").case.id == one  # type: ignore[union-attr]
    assert store.open("", "browser") is None
    assert store.open(first[:-1], "browser") is None


def test_tokens_are_long_and_nowhere_in_the_database(store: Store):
    case, token = begin(store)
    link = store.create_link(case, "return")
    assert len({token, link}) == 2
    assert all(len(word) == 32 for word in (token, link))  # 24 bytes, 192 bits
    with store.database.engine.connect() as connection:
        for table in ("case", "access", "answer", "assessment"):
            stored = repr(connection.exec_driver_sql(f'select * from "{table}"').fetchall())
            assert token not in stored
            assert link not in stored


def test_links_are_listed_without_what_opens_them_and_can_be_withdrawn(store: Store):
    case, browser = begin(store)
    other, _ = begin(store)
    token = store.create_link(case, "return")
    [link] = store.links(case)
    assert (link.purpose, token in repr(link)) == ("return", False)
    opened = store.open(token, "return")
    assert opened is not None
    assert (opened.name, len(link.name)) == (link.name, 12)
    assert not store.revoke(other, link.name), "another's case cannot withdraw it"
    assert store.revoke(case, link.name)
    assert store.open(token, "return") is None
    assert store.open(browser, "browser") is not None
    assert store.links(case) == []


def test_no_case_has_links_without_end(store: Store):
    case, _ = begin(store)
    for _ in range(20):
        store.create_link(case, "share")
    with pytest.raises(InputError, match="20 links"):
        store.create_link(case, "share")


def test_a_case_is_kept_for_its_full_time_from_the_last_change(store: Store, knowledge: Knowledge, clock: Clock):
    case, _ = begin(store)
    clock.pass_(days=89)
    store.save_answers(case, {"industry": UNKNOWN}, knowledge)
    clock.pass_(days=89)
    assert store.purge() == 0
    clock.pass_(days=1)
    assert store.purge() == 1
    assert store.count() == 0
    with pytest.raises(InputError, match="gone"):
        store.save_answers(case, {"industry": UNKNOWN}, knowledge)


def test_a_browser_is_forgotten_before_its_case_and_a_short_link_before_that(store: Store, clock: Clock):
    case, browser = begin(store)
    share = store.create_link(case, "share", timedelta(days=2))
    back = store.create_link(case, "return")
    clock.pass_(days=2)
    assert store.open(share, "share") is None
    clock.pass_(days=5)
    assert store.open(browser, "browser") is None
    assert store.open(back, "return") is not None


def test_a_link_whose_time_is_up_is_purged_with_the_same_second(store: Store, clock: Clock):
    case, browser = begin(store)
    store.create_link(case, "share", timedelta(days=2))
    assert len(store.links(case)) == 1
    clock.pass_(days=2)
    assert store.links(case) == []
    assert store.purge() == 0
    with store.database.engine.connect() as connection:
        assert connection.exec_driver_sql('select count(*) from "access"').scalar_one() == 1
    assert store.open(browser, "browser") is not None


def test_a_browser_that_is_forgotten_is_the_only_one(store: Store):
    case, first = begin(store)
    second = store.create_link(case, "browser")
    access = store.open(first, "browser")
    assert access is not None
    store.forget_browser(access)
    assert store.open(first, "browser") is None
    assert store.open(second, "browser") is not None


def test_what_changes_nothing_counts_as_no_change(store: Store, knowledge: Knowledge):
    case, _ = begin(store)
    assert store.save_answers(case, {"employees": Answer("known", 30.0)}, knowledge) == 1
    assert store.save_answers(case, {"employees": Answer("known", 30.0), "industry": None}, knowledge) == 1
    assert store.save_answers(case, {}, knowledge) == 1
    assert store.set_firm_name(case, "某公司") == 2
    assert store.set_firm_name(case, "某公司") == 2
    assert store.set_firm_name(case, "") == 3
    with pytest.raises(InputError, match="gone"):
        store.save_answers("no such case", {}, knowledge)


def test_who_works_on_a_case_every_day_is_never_shut_out_of_it(store: Store, knowledge: Knowledge, clock: Clock):
    case, browser = begin(store)
    back, idle = store.create_link(case, "return"), store.create_link(case, "browser")
    share = store.create_link(case, "share", timedelta(days=30))
    for day in range(120):
        clock.pass_(days=1)
        access = store.open(browser, "browser")
        assert access is not None, f"shut out on day {day}"
        store.extend(access)
        store.save_answers(case, {"employees": Answer("known", float(day + 1))}, knowledge)
        until = store.open(browser, "browser").case.expires_at  # type: ignore[union-attr]
        assert until == clock() + timedelta(days=90)
        assert store.open(back, "return").expires_at == until, "a return link is good as long as the case"  # type: ignore[union-attr]
        assert (store.open(share, "share") is not None) == (day < 29), "a share link keeps its own date"
        assert (store.open(idle, "browser") is not None) == (day < 6), "a browser nobody works at is forgotten"
    assert [(link.purpose, link.expires_at) for link in store.links(case)] == [("return", until)]


def test_a_share_link_may_outlast_the_date_its_case_had_when_it_was_made_and_never_the_case(
    empty, knowledge: Knowledge, clock: Clock
):
    migrate(empty)
    store = Store(empty, retention=timedelta(days=10), clock=clock)
    case, _ = begin(store)
    share = store.create_link(case, "share", timedelta(days=30))
    assert [link.expires_at for link in store.links(case)] == [clock() + timedelta(days=10)]
    clock.pass_(days=9)
    store.save_answers(case, {"industry": UNKNOWN}, knowledge)
    clock.pass_(days=9)
    assert store.open(share, "share") is not None
    clock.pass_(days=1)
    assert store.open(share, "share") is None


def test_an_expired_case_is_closed_even_before_it_is_purged(store: Store, clock: Clock):
    _, token = begin(store)
    clock.pass_(days=90)
    assert store.open(token, "browser") is None
    assert store.count() == 1


def test_deleting_leaves_other_cases_alone(store: Store, knowledge: Knowledge):
    (one, token), (other, second) = begin(store), begin(store)
    for case in (one, other):
        store.save_answers(case, {"industry": UNKNOWN}, knowledge)
    store.delete(one)
    assert store.open(token, "browser") is None
    assert store.answers(one, knowledge).given == {}
    assert store.open(second, "browser") is not None
    assert store.answers(other, knowledge).given == {"industry": UNKNOWN}


def test_an_assessment_is_kept_with_the_knowledge_it_was_made_by(store: Store, knowledge: Knowledge, firms):
    case, _ = begin(store)
    assert store.saved_assessment(case) is None
    answers = firms["seed_company"] if "seed_company" in firms else next(iter(firms.values()))
    assessment = assess(answers, knowledge)
    store.save_assessment(case, 4, assessment)
    assert store.saved_assessment(case) == (4, knowledge.version, assessment)
    store.delete(case)
    store.save_assessment(case, 5, assessment)
    assert store.saved_assessment(case) is None, "what was deleted is not brought back by a late report"


def test_an_assessment_this_version_does_not_read_counts_as_none(store: Store, knowledge: Knowledge, firms):
    case, _ = begin(store)
    store.save_assessment(case, 4, assess(next(iter(firms.values())), knowledge))
    later = store.cipher.encrypt(zlib.compress(b'{"schema_version": 999}'), f"{case}/assessment")
    with store.database.write_session() as session:
        session.execute(update(AssessmentRow).values(content=later))
    assert store.saved_assessment(case) is None


def test_answers_to_what_is_no_longer_asked_are_passed_over(store: Store, knowledge: Knowledge, small: Knowledge):
    case, _ = begin(store)
    store.save_answers(case, {"employees": Answer("known", 30.0)}, knowledge)
    assert store.answers(case, small).given == {}
    assert store.answers(case, knowledge).given == {"employees": Answer("known", 30.0)}


def test_eight_writers_at_once_lose_nothing(store: Store, knowledge: Knowledge):
    case, _ = begin(store)
    names = list(knowledge.questions)[:40]

    def write(part: int) -> None:
        for name in names[part::8]:
            store.save_answers(case, {name: UNKNOWN}, knowledge)

    threads = [threading.Thread(target=write, args=(part,)) for part in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(store.answers(case, knowledge).given) == set(names)
    assert store.save_answers(case, {}, knowledge) == 40
