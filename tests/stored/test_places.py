"""Databases, backups and folders of a batch that earlier versions left behind are used today as if nothing had changed."""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import shutil
import tarfile
from datetime import UTC, datetime
from gzip import compress, decompress
from pathlib import Path

import pytest
from click.testing import CliRunner

from advisor.assessment.model import SCHEMA_VERSION
from advisor.cli.main import advisor
from advisor.errors import InputError
from advisor.insight.knowledge_choice import KnowledgeChoice
from advisor.interview import Answer
from advisor.knowledge import Knowledge
from advisor.portfolio.entries_file import read_entries
from advisor.store import AnswerCipher, Store, open_database
from advisor.store.backup import backup, restore
from advisor.store.database import Database
from advisor.store.migrate import SCRIPTS, current_revision, head_revision, migrate
from advisor.store.models import AnswerRow
from advisor.web.app import create_app
from advisor.web.services import get_services
from advisor.web.settings import WebSettings
from tests.conftest import SMALL
from tests.stored.conftest import STORED
from tests.web.conftest import Visitor, text_of

KEYS = {"open": "", "sealed": "YSBrZXkgb2YgdGhlIHRlc3RzLCBub3QgYSBzZWNyZXQ="}
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
VERSIONS = ["10a38ce", "1247f54"]
GIVEN = {"trade", "people", "product", "deciders", "wish", "means", "budget", "sponsor", "tools"}


def store_of(database: Database, kind: str) -> Store:
    return Store(database, AnswerCipher(KEYS[kind]), clock=lambda: NOW)


def tokens(version: str, kind: str) -> list[str]:
    return (STORED / "databases" / f"{version}.{kind}.tokens").read_text().split()


def check_cases(store: Store, version: str, kind: str, small: Knowledge) -> None:
    """Both cases open by their links, with answers, name, and what they were told."""
    shop, few = (store.open(token, "return") for token in tokens(version, kind))
    assert shop and few
    answers = store.answers(shop.case.id, small)
    assert set(answers.given) == GIVEN and answers.firm.name.zh == "小店" and not answers.notes
    assert set(store.answers(few.case.id, small).given) == {"wish"}
    for access, verdict in ((shop, "conditional"), (few, "not_enough_answers")):
        revision, _, told = store.saved_assessment(access.case.id) or pytest.fail("what it was told is lost")
        assert (revision, told.verdict.name) == (access.case.revision, verdict)
        assert told.schema_version == SCHEMA_VERSION and told.upgraded.written_as == "3"


@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize("version", VERSIONS)
def test_an_earlier_database_opens_with_its_cases_and_what_they_were_told(version, kind, tmp_path: Path, small: Knowledge):
    file = tmp_path / "cases.sqlite"
    file.write_bytes(decompress((STORED / "databases" / f"{version}.{kind}.sqlite.gz").read_bytes()))
    database = open_database(file)
    migrate(database)
    assert current_revision(database) == head_revision()
    check_cases(store_of(database, kind), version, kind, small)
    database.close()


@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize("version", VERSIONS)
def test_an_earlier_backup_is_restored_with_its_cases(version, kind, tmp_path: Path, small: Knowledge):
    database = open_database(tmp_path / "cases.sqlite")
    migrate(database)
    restore(database, (STORED / "databases" / f"{version}.{kind}.backup").read_bytes())
    check_cases(store_of(database, kind), version, kind, small)
    again = open_database(tmp_path / "again.sqlite")
    migrate(again)
    restore(again, backup(database))
    check_cases(store_of(again, kind), version, kind, small)
    for one in (database, again):
        one.close()


LATER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9001", {below!r}


def upgrade():
    op.add_column("case", sa.Column("country", sa.String(2), nullable=False, server_default="CN"))
    op.create_table("project", sa.Column("id", sa.String(32), primary_key=True))
"""


@pytest.mark.parametrize("version", VERSIONS)
def test_a_backup_of_an_earlier_revision_is_restored_and_brought_along(
    version: str, tmp_path: Path, small: Knowledge, monkeypatch: pytest.MonkeyPatch
):
    shutil.copytree(SCRIPTS, tmp_path / "migrations")
    (tmp_path / "migrations" / "versions" / "9001_later.py").write_text(
        LATER.format(below=head_revision()), encoding="utf-8"
    )
    monkeypatch.setattr("advisor.store.migrate.SCRIPTS", tmp_path / "migrations")
    database = open_database(tmp_path / "cases.sqlite")
    migrate(database)
    restore(database, (STORED / "databases" / f"{version}.open.backup").read_bytes())
    assert current_revision(database) == "9001"
    check_cases(store_of(database, "open"), version, "open", small)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql('select country from "case"').scalars().all() == ["CN", "CN"]
    with pytest.raises(InputError, match="already holds"):
        restore(database, (STORED / "databases" / f"{version}.open.backup").read_bytes())
    database.close()


def test_a_backup_of_a_later_revision_is_refused_with_both(tmp_path: Path):
    lines = decompress((STORED / "databases" / "1247f54.open.backup").read_bytes()).splitlines(keepends=True)
    body = lines[0].replace(b'"0001"', b'"0417"') + b"".join(lines[1:-1])
    content = compress(body + json.dumps({"sha256": hashlib.sha256(body).hexdigest()}).encode() + b"\n")
    database = open_database(tmp_path / "cases.sqlite")
    migrate(database)
    with pytest.raises(InputError, match=f"0417; this one reads up to {head_revision()}"):
        restore(database, content)
    database.close()


@pytest.fixture
def batch_folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder in which an earlier version made assessments of three firms; a fourth could not be read."""
    content = lzma.decompress((STORED / "batches" / f"{request.param}.tar.xz").read_bytes())
    with tarfile.open(fileobj=io.BytesIO(content)) as packed:
        packed.extractall(tmp_path, filter="data")
    return tmp_path


@pytest.mark.parametrize("batch_folder", ["679058c", "1247f54"], indirect=True)
def test_an_earlier_batch_goes_on_and_its_entries_and_results_are_read(batch_folder: Path):
    out = batch_folder / "out"
    before = {entry.id: entry.verdict for entry in read_entries(out)}
    assert len(before) == 3
    for saved in sorted(out.glob("*.assessment.json")):
        opened = CliRunner().invoke(advisor, ["--lang", "en", "open", str(saved)])
        assert opened.exit_code == 0, opened.output
    knowledge = ["--lang", "en", "--rules", str(SMALL / "rules"), "--questionnaires", str(SMALL / "questionnaires")]
    again = ["batch", str(batch_folder / "firms.csv"), "--out", str(out), "--format", "json", "--resume", "--jobs", "0"]
    done = CliRunner().invoke(advisor, [*knowledge, *again])
    assert done.exit_code == 1, done.output  # the fourth firm still cannot be read
    assert {entry.id: entry.verdict for entry in read_entries(out)} == before
    made = [json.loads(file.read_bytes()) for file in sorted(out.glob("*.assessment.json"))]
    assert [one["schema_version"] for one in made] == [SCHEMA_VERSION] * 3, "made anew by this version"


def test_answers_kept_to_retired_questions_are_carried_over_and_stay_in_the_database(
    tmp_path: Path, small: Knowledge, renewed: Knowledge
):
    database = open_database(tmp_path / "cases.sqlite")
    migrate(database)
    store = store_of(database, "sealed")
    case, _ = store.create("quick")
    store.save_answers(case.id, {"wish": Answer("known", 4)}, small)
    keep_old(store, case.id, {"staff": "30", "complexity": "2", "trade": '"store"', "motto": '["grow"]'})
    answers = store.answers(case.id, renewed)
    assert {name: answer.value for name, answer in answers.given.items()} == {
        "trade": "shop", "people": 30.0, "product": 3, "wish": 4,
    }  # fmt: skip
    assert [note.code for note in answers.notes] == ["A133", "A133", "A135", "A136"]
    store.save_answers(case.id, {"people": Answer("known", 12.0)}, renewed)
    later = store.answers(case.id, renewed)
    assert later.given["people"] == Answer("known", 12.0)
    assert "staff" not in {note.values["name"] for note in later.notes}, "nothing to tell once it is answered itself"
    with database.read_session() as session:
        assert session.query(AnswerRow).count() == 6
    database.close()


def keep_old(store: Store, case: str, answers: dict[str, str]) -> None:
    """Answers as a version that asked other questions left them."""
    with store.database.write_session() as session:
        for name, said in answers.items():
            content = store.cipher.encrypt(said.encode(), f"{case}/{name}")
            session.add(AnswerRow(case_id=case, question=name, content=content, saved_at=NOW))


def test_the_pages_say_what_was_carried_over_from_a_sheet_and_from_a_case(tmp_path: Path, renewed_files: Path):
    settings = WebSettings(database=str(tmp_path / "cases.db"), rate_limits=False)
    app = create_app(settings, KnowledgeChoice(renewed_files / "rules", renewed_files / "questionnaires"))
    services, visitor = get_services(app), Visitor(app)
    sent = {"sheet": (io.BytesIO(b"staff: 30\ncomplexity: 2\n"), "firm.yaml")}
    page = visitor.post("/en/sheet", sent)
    said = text_of(page)
    assert page.status_code == 200 and "2 answers were read" in said
    assert "A13 How many staff?" in said and "carried over to How many people?: 30" in said
    assert "(people)" not in said
    assert "30" in visitor.read("/en/check")
    case = services.store.open(visitor.client.get_cookie("case").value, "browser").case
    keep_old(services.store, case.id, {"boss_leads": '"yes"'})
    assert "老板牵头吗？" in visitor.read("/zh/check")
    assert "carried over from an earlier questionnaire: 1." in visitor.read("/en/result/")
    services.close()
