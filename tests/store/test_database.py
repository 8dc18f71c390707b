"""The database itself: its tables, its migrations, what it refuses, and that deleted means gone."""

from __future__ import annotations

import base64
import json
import shutil
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData, insert, select

from advisor.errors import InputError
from advisor.interview import Answer
from advisor.knowledge import Knowledge
from advisor.store import AnswerCipher, Store, open_database
from advisor.store.database import Database
from advisor.store.encryption import new_key
from advisor.store.migrate import SCRIPTS, current_revision, head_revision, migrate
from advisor.store.models import Base

SECRET = "某某精密机床有限公司"


def test_migrations_lead_from_nothing_to_exactly_the_tables_the_program_uses(empty: Database):
    assert current_revision(empty) is None
    migrate(empty)
    assert current_revision(empty) == head_revision()
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


RELEASED = sorted((Path(__file__).parent / "released").glob("*.json"))
"""A case as each release kept it, by the revision of its tables."""


def _value(stored: object) -> object:
    if isinstance(stored, dict) and "bytes" in stored:
        return base64.b64decode(stored["bytes"])
    return datetime.fromisoformat(stored["moment"]) if isinstance(stored, dict) else stored


def fill(database: Database, release: Path) -> Any:
    """A database as that release left it; gives what is in it."""
    migrate(database, release.stem)
    release_content = json.loads(release.read_text(encoding="utf-8"))
    tables = MetaData()
    tables.reflect(database.engine)
    with database.write_session() as session:
        for name, stored_rows in release_content["tables"].items():
            for row in stored_rows:
                session.execute(insert(tables.tables[name]), {column: _value(value) for column, value in row.items()})
    return release_content


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """All that is kept, as the present tables see it."""
    with database.read_session() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key.columns))]
            for table in Base.metadata.sorted_tables
        }


@pytest.mark.parametrize("release", RELEASED, ids=[file.stem for file in RELEASED])
def test_a_case_kept_by_a_release_goes_on_after_migrating(release: Path, empty: Database, knowledge: Knowledge):
    release_content = fill(empty, release)
    migrate(empty)
    assert current_revision(empty) == head_revision()
    store = Store(empty, clock=lambda: datetime(2026, 11, 25, 8, 0, tzinfo=UTC))
    access = store.open(release_content["return"], "return")
    assert access is not None
    answers = store.answers(access.case.id, knowledge)
    written = {row["question"] for row in release_content["tables"]["answer"]}
    assert {*answers.given, *knowledge.retired} >= written, "answers to questions of today, or carried over"
    assert answers.firm.name is not None
    assert answers.firm.name.zh == "示例运输公司"
    revision = store.save_answers(access.case.id, {"process_complexity": Answer("known", 4)}, knowledge)
    assert revision == access.case.revision + 1
    store.delete(access.case.id)
    assert store.count() == 0


FURTHER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9001", {below!r}


def upgrade():
    op.add_column("case", sa.Column("country", sa.String(2), nullable=False, server_default="CN"))
    with op.batch_alter_table("answer") as table:
        table.alter_column("question", type_=sa.String(200), existing_type=sa.String(120), existing_nullable=False)
    {then}
"""
"""A revision as a later version might bring: a column more, and a table that SQLite has to copy."""


@pytest.mark.parametrize("release", RELEASED, ids=[file.stem for file in RELEASED])
@pytest.mark.parametrize("then", ["pass", "raise RuntimeError"], ids=["sound", "broken"])
def test_a_later_revision_brings_a_released_case_along_or_leaves_it_as_it_was(
    release: Path, then: str, empty: Database, knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    release_content = fill(empty, release)
    migrate(empty)
    before = rows(empty)
    shutil.copytree(SCRIPTS, tmp_path / "migrations")
    file = tmp_path / "migrations" / "versions" / "9001_later.py"
    file.write_text(FURTHER.format(below=head_revision(), then=then), encoding="utf-8")
    monkeypatch.setattr("advisor.store.migrate.SCRIPTS", tmp_path / "migrations")
    if then == "pass":
        migrate(empty)
        assert current_revision(empty) == head_revision() == "9001"
        assert rows(empty) == before
        with empty.engine.connect() as connection:
            assert connection.exec_driver_sql('select country from "case"').scalars().all() == ["CN"]
    else:
        with pytest.raises(RuntimeError):
            migrate(empty)
        assert current_revision(empty) != head_revision()
        assert rows(empty) == before
    store = Store(empty, clock=lambda: datetime(2026, 11, 25, 8, 0, tzinfo=UTC))
    access = store.open(release_content["return"], "return")
    assert access is not None
    assert len(store.answers(access.case.id, knowledge).given) == len(release_content["tables"]["answer"])
    store.delete(access.case.id)
    assert not any(rows(empty).values()), "rows that hang on a case are still deleted with it"


def test_the_newest_revision_has_a_released_case():
    """Whoever adds a revision adds a case of it, so that the next one is held to it."""
    assert [file.stem for file in RELEASED][-1] == head_revision()


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
    assert current_revision(empty) == head_revision()


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


def test_a_database_that_cannot_be_opened_is_refused_in_words(tmp_path: Path):
    (tmp_path / "noise.db").write_bytes(bytes(range(256)) * 40)
    unreachable = "postgresql://user:hidden@127.0.0.1:1/name"
    for where in (unreachable, str(tmp_path), str(tmp_path / "noise.db")):
        with pytest.raises(InputError, match="cannot be opened") as refused:
            migrate(open_database(where))
        assert "hidden" not in str(refused.value)


def test_a_database_that_others_made_is_left_as_it_is(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute(f'create table "{next(iter(Base.metadata.tables))}" (id text)')
    with pytest.raises(InputError, match="none of this program's"):
        migrate(open_database(tmp_path / "other.db"))


def held(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("cases.db*"))


def test_the_files_of_a_new_database_are_for_its_owner_alone(tmp_path: Path):
    database = open_database(tmp_path / "cases.db")
    migrate(database)
    Store(database).create("full")
    files = list(tmp_path.glob("cases.db*"))
    assert len(files) >= 2, "the log of writes too"
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


def test_a_deleted_case_leaves_no_trace_in_the_files(tmp_path: Path, knowledge: Knowledge):
    database = open_database(tmp_path / "cases.db")
    migrate(database)
    store = Store(database)
    case, _ = store.create("full")
    store.set_firm_name(case.id, SECRET)
    store.save_answers(case.id, {"other_business_lines": Answer("known", (SECRET,))}, knowledge)
    assert SECRET.encode() in held(tmp_path)
    store.delete(case.id)
    assert SECRET.encode() not in held(tmp_path)
    assert case.id.encode() not in held(tmp_path)


def test_with_a_key_no_answer_can_be_read_in_the_files(tmp_path: Path, knowledge: Knowledge):
    database = open_database(tmp_path / "cases.db")
    migrate(database)
    key = new_key()
    store = Store(database, AnswerCipher(key))
    case, _ = store.create("full")
    store.set_firm_name(case.id, SECRET)
    store.save_answers(case.id, {"other_business_lines": Answer("known", (SECRET,))}, knowledge)
    assert SECRET.encode() not in held(tmp_path)
    newer = new_key()
    both = Store(database, AnswerCipher(f"{newer},{key}"))
    assert both.answers(case.id, knowledge).given["other_business_lines"].value == (SECRET,)
    for wrong in (AnswerCipher(newer), AnswerCipher()):
        with pytest.raises(InputError):
            Store(database, wrong).answers(case.id, knowledge)


def test_an_encrypted_answer_cannot_be_moved_to_another_case(tmp_path: Path, knowledge: Knowledge):
    database = open_database(tmp_path / "cases.db")
    migrate(database)
    store = Store(database, AnswerCipher(new_key()))
    (first, _), (second, _) = store.create("full"), store.create("full")
    store.save_answers(first.id, {"employees": Answer("known", 30.0)}, knowledge)
    with database.engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("update answer set case_id = ?", (second.id,))
    with pytest.raises(InputError):
        store.answers(second.id, knowledge)


def test_a_key_that_is_none_is_refused():
    with pytest.raises(InputError, match="new-key"):
        AnswerCipher("not a key")
