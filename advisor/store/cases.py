"""Cases: created without an account, opened by tokens, saved answer by answer, deleted on request or when they expire."""

from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from advisor.assessment import Assessment
from advisor.errors import InputError
from advisor.interview import Answer, Answers, Firm
from advisor.interview.annotations import apart, kept_annotation, record
from advisor.interview.answer_files import kept_answers, with_kept_line
from advisor.interview.answers import Annotation, Lines
from advisor.interview.answers_reader import LINE_B
from advisor.interview.serialization import plain, plain_line
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question
from advisor.store.database import Database
from advisor.store.encryption import AnswerCipher
from advisor.store.models import AccessRow, AnswerRow, AssessmentRow, CaseRow
from advisor.store.records import (
    Access,
    Case,
    CaseLink,
    Order,
    Purpose,
    case_from_row,
    link_name,
    parse_purpose,
    token_digest,
)
from advisor.text import Text

TOKEN_BYTES = 24
RETENTION = timedelta(days=90)
BROWSER_LIFETIME = timedelta(days=7)
"""How long a browser is known after it last changed something; a return link is good as long as the case."""
COMPRESSION_LEVEL = 3
"""zlib's level for assessments: half the time of the default 6, a seventh more bytes."""
MAX_LINKS = 20
"""No case has more links than this at a time."""


def _record(
    question: Question, is_new: bool, answer: Answer | None, annotation: Annotation | None, stored: str | None
) -> str | None:
    """What is kept of a question as JSON: the answer, anew where ``is_new``, with what stands beside it, anew where there is
    an annotation; None where neither is left. The words of an answer go with it."""
    value, parts = apart(json.loads(stored)) if stored else (None, {})
    new_value = (plain(question, answer) if answer else None) if is_new else value
    if annotation is None:
        annotation = kept_annotation(parts)
        annotation = annotation if new_value == value else replace(annotation, words="")
    kept = record(new_value, annotation)
    return None if kept is None else json.dumps(kept, ensure_ascii=False)


class Store:
    """The cases of a database."""

    def __init__(
        self,
        database: Database,
        cipher: AnswerCipher | None = None,
        retention: timedelta = RETENTION,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.database, self.cipher, self.retention, self.now = database, cipher or AnswerCipher(), retention, clock

    # --- cases --------------------------------------------------------------------------------------------------------

    def create(self, edition: str, order: Order = "sections", purpose: Purpose = "browser") -> tuple[Case, str]:
        """A new case and the token that opens it, which is stored nowhere."""
        now, token = self.now(), secrets.token_urlsafe(TOKEN_BYTES)
        row = CaseRow(
            id=secrets.token_hex(16),
            edition=edition,
            order=order,
            firm=None,
            revision=0,
            told_settled=False,
            created_at=now,
            changed_at=now,
            expires_at=now + self.retention,
        )
        with self.database.write_session() as session:
            session.add(row)
            session.flush()
            self._grant(session, row.id, token, purpose, row.expires_at)
            case = case_from_row(row)
        return case, token

    def open(self, token: str, *purposes: Purpose) -> Access | None:
        """The case a token opens for any of ``purposes``; None if it is unknown, revoked, expired or for another purpose."""
        now = self.now()
        with self.database.read_session() as session:
            row = session.execute(
                select(AccessRow, CaseRow)
                .join(CaseRow, CaseRow.id == AccessRow.case_id)
                .where(AccessRow.digest == token_digest(token), AccessRow.purpose.in_(purposes))
                .where(AccessRow.expires_at > now, CaseRow.expires_at > now)
            ).one_or_none()
            if row is None:
                return None
            access, case = row
            expires_at = min(access.expires_at, case.expires_at)
            return Access(case_from_row(case), parse_purpose(access.purpose), expires_at, access.digest)

    def extend(self, access: Access) -> None:
        """Extend a browser's access to its full lifetime from now. Links keep the dates they were created with."""
        if access.purpose != "browser":
            return
        with self.database.write_session() as session:
            statement = update(AccessRow).where(AccessRow.digest == access.digest)
            session.execute(statement.values(expires_at=self.now() + BROWSER_LIFETIME))

    def configure(
        self, case_id: str, edition: str | None = None, order: Order | None = None, told_settled: bool | None = None
    ) -> None:
        """Change how a case is asked; None leaves a setting as it is."""
        settings = {"edition": edition, "order": order, "told_settled": told_settled}
        values = {name: value for name, value in settings.items() if value is not None}
        with self.database.write_session() as session:
            session.execute(update(CaseRow).where(CaseRow.id == case_id).values(**values))

    def delete(self, case_id: str) -> None:
        """Delete a case with everything that belongs to it."""
        with self.database.write_session() as session:
            session.execute(delete(CaseRow).where(CaseRow.id == case_id))
        self.database.checkpoint()

    def purge(self) -> int:
        """Delete every expired case and link. Returns the number of cases."""
        now = self.now()
        with self.database.write_session() as session:
            deleted = session.scalars(delete(CaseRow).where(CaseRow.expires_at <= now).returning(CaseRow.id)).all()
            session.execute(delete(AccessRow).where(AccessRow.expires_at <= now))
        self.database.checkpoint()
        return len(deleted)

    def count(self) -> int:
        """How many cases there are."""
        with self.database.read_session() as session:
            return session.execute(select(func.count()).select_from(CaseRow)).scalar_one()

    # --- answers ------------------------------------------------------------------------------------------------------

    def answers(self, case_id: str, knowledge: Knowledge) -> Answers:
        """The answers of a case in the order of the questions, those of earlier versions carried over. Values that are no
        longer valid are skipped; they stay in the database."""
        with self.database.read_session() as session:
            firm = session.execute(select(CaseRow.firm).where(CaseRow.id == case_id)).scalar_one_or_none()
            rows = session.execute(select(AnswerRow.question, AnswerRow.content).where(AnswerRow.case_id == case_id)).all()
        stored = {name: json.loads(self.cipher.decrypt(content, f"{case_id}/{name}")) for name, content in rows}
        second = stored.pop(LINE_B, None)
        answers = kept_answers(stored, knowledge)
        if second:
            answers = with_kept_line(answers, second, knowledge)
        name = self.cipher.decrypt(firm, f"{case_id}/firm").decode() if firm else ""
        return replace(answers, firm=Firm(Text(zh=name, en=name) if name else None))

    def save_answers(
        self,
        case_id: str,
        changes: Mapping[str, Answer | None],
        knowledge: Knowledge,
        annotations: Mapping[str, Annotation] | None = None,
    ) -> int:
        """Save answers, and delete those that are None; ``annotations`` take the place of what stood beside their answers,
        and what stands beside others stays. Returns the new revision, once everything is committed.
        Saving the same answer again is no change: a result depends on its answers, not on how often they were sent.

        Raises :class:`~advisor.errors.InputError` where the case no longer exists.
        """
        now, beside = self.now(), annotations or {}
        with self.database.write_session() as session:
            row = self._locked_row(session, case_id)
            stored = self._stored_answers(session, case_id, {**changes, **beside})
            new_values = {
                name: _record(
                    knowledge.questions[name], name in changes, changes.get(name), beside.get(name), stored.get(name)
                )
                for name in dict.fromkeys((*changes, *beside))
            }
            changed = {name: value for name, value in new_values.items() if value != stored.get(name)}
            if changed:
                self._touch(session, row, now)
            for name, value in changed.items():
                self._write_answer(session, case_id, name, value, now)
            return row.revision

    def save_second_line(self, case_id: str, lines: Lines | None, knowledge: Knowledge) -> int:
        """Save what a second line of business answers otherwise, in place of what was kept of one; None deletes it. Returns
        the revision, a new one where it is another.

        Raises :class:`~advisor.errors.InputError` where the case no longer exists.
        """
        value = json.dumps(plain_line(lines, knowledge), ensure_ascii=False, sort_keys=True) if lines else None
        with self.database.write_session() as session:
            row = self._locked_row(session, case_id)
            if value != self._stored_answers(session, case_id, {LINE_B: value}).get(LINE_B):
                self._touch(session, row, self.now())
                self._write_answer(session, case_id, LINE_B, value, self.now())
            return row.revision

    def _stored_answers(self, session: Session, case_id: str, names: Mapping[str, object]) -> dict[str, str]:
        """The answers to some questions as JSON."""
        wanted = (AnswerRow.case_id == case_id, AnswerRow.question.in_(names))
        rows = session.execute(select(AnswerRow.question, AnswerRow.content).where(*wanted))
        return {name: self.cipher.decrypt(content, f"{case_id}/{name}").decode() for name, content in rows}

    def _write_answer(self, session: Session, case_id: str, name: str, value: str | None, now: datetime) -> None:
        if value is None:
            session.execute(delete(AnswerRow).where(AnswerRow.case_id == case_id, AnswerRow.question == name))
            return
        columns = {"content": self.cipher.encrypt(value.encode(), f"{case_id}/{name}"), "saved_at": now}
        insert = (sqlite if self.database.is_sqlite else postgresql).insert(AnswerRow)
        session.execute(
            insert.values(case_id=case_id, question=name, **columns).on_conflict_do_update(
                index_elements=["case_id", "question"], set_=columns
            )
        )

    def set_firm_name(self, case_id: str, firm: str) -> int:
        """Set the firm's name as it appears on the report; an empty string removes it. Returns the revision, a new one if
        the name changed."""
        with self.database.write_session() as session:
            row = self._locked_row(session, case_id)
            current = self.cipher.decrypt(row.firm, f"{case_id}/firm").decode() if row.firm else ""
            if firm != current:
                row.firm = self.cipher.encrypt(firm.encode(), f"{case_id}/firm") if firm else None
                self._touch(session, row, self.now())
            return row.revision

    def _locked_row(self, session: Session, case_id: str) -> CaseRow:
        """The case, locked until the session ends. Raises :class:`~advisor.errors.InputError` where it no longer exists."""
        row = session.execute(select(CaseRow).where(CaseRow.id == case_id).with_for_update()).scalar_one_or_none()
        if row is None:
            raise InputError("case_gone")
        return row

    def _touch(self, session: Session, row: CaseRow, now: datetime) -> None:
        """Raise the revision and extend the case, and its return links with it, to the full retention from now."""
        row.revision, row.changed_at, row.expires_at = row.revision + 1, now, now + self.retention
        session.flush()
        return_links = update(AccessRow).where(AccessRow.case_id == row.id, AccessRow.purpose == "return")
        session.execute(return_links.values(expires_at=row.expires_at))

    # --- links --------------------------------------------------------------------------------------------------------

    def create_link(self, case_id: str, purpose: Purpose, lifetime: timedelta | None = None) -> str:
        """A new token for a case. Raises :class:`~advisor.errors.InputError` where it has too many links or is gone."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        with self.database.write_session() as session:
            row = self._locked_row(session, case_id)
            access_count = select(func.count()).select_from(AccessRow).where(AccessRow.case_id == case_id)
            links = session.execute(access_count.where(AccessRow.purpose != "browser")).scalar_one()
            if purpose != "browser" and links >= MAX_LINKS:
                raise InputError("too_many_links", limit=MAX_LINKS)
            self._grant(session, case_id, token, purpose, row.expires_at, lifetime)
        return token

    def links(self, case_id: str) -> list[CaseLink]:
        """The links in force, without their tokens, oldest first."""
        with self.database.read_session() as session:
            rows = session.execute(
                select(AccessRow, CaseRow.expires_at)
                .join(CaseRow, CaseRow.id == AccessRow.case_id)
                .where(AccessRow.case_id == case_id, AccessRow.purpose != "browser", AccessRow.expires_at > self.now())
                .order_by(AccessRow.created_at, AccessRow.digest)
            )
            return [
                CaseLink(link_name(row.digest), parse_purpose(row.purpose), row.created_at, min(row.expires_at, case_expiry))
                for row, case_expiry in rows
            ]

    def revoke(self, case_id: str, name: str) -> bool:
        """Revoke a link of a case; False where it has none of that name."""
        with self.database.write_session() as session:
            rows = session.execute(select(AccessRow).where(AccessRow.case_id == case_id)).scalars().all()
            for row in (row for row in rows if link_name(row.digest) == name):
                session.delete(row)
                return True
        return False

    def forget_browser(self, access: Access) -> None:
        """End a browser's access."""
        with self.database.write_session() as session:
            session.execute(delete(AccessRow).where(AccessRow.digest == access.digest))

    def _grant(
        self,
        session: Session,
        case_id: str,
        token: str,
        purpose: Purpose,
        case_expiry: datetime,
        lifetime: timedelta | None = None,
    ) -> None:
        """Store a token's access. A lifetime of its own counts from now; without one it expires with the case."""
        now = self.now()
        lifetime = lifetime or (BROWSER_LIFETIME if purpose == "browser" else None)
        expires_at = now + lifetime if lifetime else case_expiry
        digest = token_digest(token)
        session.add(AccessRow(digest=digest, case_id=case_id, purpose=purpose, created_at=now, expires_at=expires_at))

    # --- assessments --------------------------------------------------------------------------------------------------

    def save_assessment(self, case_id: str, revision: int, assessment: Assessment) -> None:
        """Save the assessment a case was shown, in place of an earlier one."""
        compressed = zlib.compress(assessment.to_json().encode(), COMPRESSION_LEVEL)
        with self.database.write_session() as session:
            if session.get(CaseRow, case_id) is not None:
                session.merge(
                    AssessmentRow(
                        case_id=case_id,
                        revision=revision,
                        knowledge=assessment.knowledge_version,
                        content=self.cipher.encrypt(compressed, f"{case_id}/assessment"),
                        made_at=self.now(),
                    )
                )

    def saved_assessment(self, case_id: str) -> tuple[int, str, Assessment] | None:
        """The assessment a case was last shown, with the revision and knowledge it belongs to. None where there is none yet,
        or where a version of the program wrote it whose assessments this one does not read."""
        with self.database.read_session() as session:
            row = session.get(AssessmentRow, case_id)
            if row is None:
                return None
            revision, knowledge, content = row.revision, row.knowledge, row.content
        try:
            compressed = self.cipher.decrypt(content, f"{case_id}/assessment")
            return revision, knowledge, Assessment.from_json(zlib.decompress(compressed))
        except InputError:
            return None
