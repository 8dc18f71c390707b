"""One interview: what is asked, what is skipped, and how far along it is."""

from __future__ import annotations

from advisor.interview import Answer, Session, progress


def ids(session: Session) -> str:
    return session.current.id if session.current else "done"


def test_questions_come_in_order_and_skip_logic_leaves_out_what_makes_no_sense(small):
    session = Session(small, "quick")
    seen = []
    for answer in (Answer("known", "shop"), Answer("known", 4), None, Answer("known", frozenset({"phone"}))):
        seen.append(ids(session))
        session.answer(answer)
    assert seen == ["trade", "wish", "means", "tools"]
    assert session.current is None
    assert (session.progress.answered, session.progress.total) == (3, 4)


def test_a_question_is_asked_while_what_it_depends_on_is_missing(small):
    session = Session(small, "quick")
    for _ in range(4):
        session.answer(None)
    assert ids(session) == "online"
    assert session.progress.total == 5


def test_back_returns_to_the_question_before_and_keeps_its_answer(small):
    session = Session(small, "quick")
    assert not session.back()
    session.answer(Answer("known", "shop"))
    assert session.back()
    assert ids(session) == "trade"
    assert session.answers.value("trade") == "shop"
    session.answer(None)
    assert "trade" not in session.answers.given


def test_back_passes_over_what_is_skipped(small):
    session = Session(small, "full")
    while ids(session) != "notes":
        session.answer(Answer("known", frozenset()) if ids(session) == "tools" else None)
    session.back()
    assert ids(session) == "tools"


def test_a_resumed_interview_starts_at_the_first_open_question(small, answers):
    session = Session(small, "quick", answers("trade: shop\nwish: unknown"))
    assert ids(session) == "means"


def test_progress_of_nothing_asked_is_complete(small, answers):
    assert progress([], answers(""), small).share == 1.0
    assert progress(small.edition_questions("quick"), answers("wish: 1"), small).share == 0.2
