"""The database itself: its tables, its migrations, what it refuses, and that deleted means gone."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from advisor.errors import InputError
from advisor.interview import Answer
from advisor.knowledge import Knowledge
from advisor.store import Seal, Store, open_database
from advisor.store.database import Database
from advisor.store.migrating import current, head, migrate
from advisor.store.sealing import new_key
from advisor.store.tables import Base

SECRET = "某某精密机床有限公司"


def test_migrations_lead_from_nothing_to_exactly_the_tables_the_program_uses(empty: Database):
    assert current(empty) is None
    migrate(empty)
    assert current(empty) == head()
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_again_changes_nothing_and_many_may_start_at_once(empty: Database):
    failed: list[BaseException] = []

    def start() -> None:
        try:
            migrate(empty)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert current(empty) == head()


def test_a_database_of_a_newer_version_is_left_alone(empty: Database):
    migrate(empty)
    with empty.engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999'")
    with pytest.raises(InputError, match="newer version"):
        migrate(empty)


@pytest.mark.parametrize("where", ["mysql://x/y", "nonsense://", "sqlite://", "sqlite:///:memory:", "://"])
def test_what_is_no_database_is_refused(where: str):
    with pytest.raises(InputError, match="cannot be used"):
        open_database(where)


def held(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("cases.db*"))


def test_a_deleted_case_leaves_no_trace_in_the_files(tmp_path: Path, knowledge: Knowledge):
    database = open_database(tmp_path / "cases.db")
    migrate(database)
    store = Store(database)
    case, _ = store.begin("full")
    store.name(case.id, SECRET)
    store.save(case.id, {"other_business_lines": Answer("known", (SECRET,))}, knowledge)
    assert SECRET.encode() in held(tmp_path)
    store.delete(case.id)
    assert SECRET.encode() not in held(tmp_path)
    assert case.id.encode() not in held(tmp_path)


def test_with_a_key_no_answer_can_be_read_in_the_files(tmp_path: Path, knowledge: Knowledge):
    database = open_database(tmp_path / "cases.db")
    migrate(database)
    key = new_key()
    store = Store(database, Seal(key))
    case, _ = store.begin("full")
    store.name(case.id, SECRET)
    store.save(case.id, {"other_business_lines": Answer("known", (SECRET,))}, knowledge)
    assert SECRET.encode() not in held(tmp_path)
    newer = new_key()
    both = Store(database, Seal(f"{newer},{key}"))
    assert both.answers(case.id, knowledge).given["other_business_lines"].value == (SECRET,)
    for wrong in (Seal(newer), Seal()):
        with pytest.raises(InputError):
            Store(database, wrong).answers(case.id, knowledge)


def test_a_sealed_answer_cannot_be_moved_to_another_case(tmp_path: Path, knowledge: Knowledge):
    database = open_database(tmp_path / "cases.db")
    migrate(database)
    store = Store(database, Seal(new_key()))
    (one, _), (other, _) = store.begin("full"), store.begin("full")
    store.save(one.id, {"employees": Answer("known", 30.0)}, knowledge)
    with database.engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("update answer set case_id = ?", (other.id,))
    with pytest.raises(InputError):
        store.answers(other.id, knowledge)


def test_a_key_that_is_none_is_refused():
    with pytest.raises(InputError, match="new-key"):
        Seal("not a key")
