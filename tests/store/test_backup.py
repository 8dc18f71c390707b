"""A backup restores to the same cases, on either database, whatever is written meanwhile."""

from __future__ import annotations

import gzip
import threading
from pathlib import Path

import pytest

from advisor.errors import InputError
from advisor.interview import Answer, Answers
from advisor.interview.answers import UNKNOWN
from advisor.knowledge import Knowledge
from advisor.store import AnswerCipher, Store, open_database
from advisor.store.backup import backup, restore
from advisor.store.database import Database
from advisor.store.encryption import new_key
from advisor.store.migrate import migrate


def fresh(path: Path) -> Database:
    database = open_database(path)
    migrate(database)
    return database


def test_cases_links_and_assessments_come_back_as_they_were(
    empty: Database, tmp_path: Path, knowledge: Knowledge, firms: dict[str, Answers]
):
    from advisor import assess

    migrate(empty)
    key = new_key()
    store = Store(empty, AnswerCipher(key))
    tokens = {}
    for name, answers in firms.items():
        case, token = store.create("full")
        store.save_answers(case.id, answers.given, knowledge)
        store.set_firm_name(case.id, name)
        tokens[name] = (case.id, token, store.create_link(case.id, "share"))
    first = next(iter(tokens.values()))[0]
    store.save_assessment(first, 1, assess(next(iter(firms.values())), knowledge))
    content = backup(empty)
    assert content == backup(empty), "the same database, the same bytes"

    again = Store(fresh(tmp_path / "again.db"), AnswerCipher(key))
    assert restore(again.database, content) > 200
    for name, (case_id, token, share) in tokens.items():
        assert again.open(token, "browser").case.id == case_id  # type: ignore[union-attr]
        assert again.open(share, "share") is not None
        kept = again.answers(case_id, knowledge)
        assert kept.given == firms[name].given
        assert kept.firm.name is not None
    assert again.saved_assessment(first) == store.saved_assessment(first)
    assert backup(again.database) == content


@pytest.mark.slow
def test_sqlite_moves_to_postgresql_by_backup(tmp_path: Path, postgres: str, knowledge: Knowledge):
    from tests.store.conftest import empty_postgres

    store = Store(fresh(tmp_path / "small.db"))
    case, token = store.create("full")
    store.save_answers(case.id, {"employees": Answer("known", 45.0)}, knowledge)
    grown = Store(open_database(empty_postgres(postgres, "advisor_moved")))
    migrate(grown.database)
    restore(grown.database, backup(store.database))
    assert grown.open(token, "browser") is not None
    assert grown.answers(case.id, knowledge) == store.answers(case.id, knowledge)
    grown.database.close()


def test_a_backup_is_of_one_moment_while_others_write(tmp_path: Path, knowledge: Knowledge):
    store = Store(fresh(tmp_path / "busy.db"))
    case, _ = store.create("full")
    names = list(knowledge.questions)
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            store.save_answers(case.id, dict.fromkeys(names[:30], UNKNOWN), knowledge)
            store.save_answers(case.id, dict.fromkeys(names[:30]), knowledge)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        taken = [backup(store.database) for _ in range(12)]
    finally:
        stop.set()
        writer.join()
    for number, content in enumerate(taken):
        again = Store(fresh(tmp_path / f"{number}.db"))
        restore(again.database, content)
        assert len(again.answers(case.id, knowledge).given) in (0, 30), "all thirty answers of one save, or none"
        with again.database.engine.connect() as connection:
            assert connection.exec_driver_sql("pragma integrity_check").scalar() == "ok"


def test_nothing_is_restored_over_cases_that_are_there(tmp_path: Path):
    store = Store(fresh(tmp_path / "one.db"))
    store.create("full")
    with pytest.raises(InputError, match="already holds data"):
        restore(store.database, backup(store.database))
    assert store.count() == 1


def test_what_is_damaged_or_no_backup_restores_nothing(tmp_path: Path):
    store = Store(fresh(tmp_path / "one.db"))
    store.create("full")
    sound = backup(store.database)
    lines = gzip.decompress(sound).splitlines(keepends=True)
    changed = gzip.compress(b"".join([lines[0], lines[1].replace(b"full", b"fool"), *lines[2:]]))
    other = gzip.compress(b"".join(lines).replace(b'"revision": "', b'"revision": "9'))
    into = fresh(tmp_path / "two.db")
    for content in (b"", b"nonsense", sound[:-20], changed, other, gzip.compress(b"[]\n{}\n")):
        with pytest.raises(InputError, match="not a sound backup"):
            restore(into, content)
    assert Store(into).count() == 0
