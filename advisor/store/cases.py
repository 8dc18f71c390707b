"""Cases: begun without an account, reached by tokens, saved answer by answer, forgotten on request or by date."""

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
from advisor.interview.plain import plain
from advisor.interview.reading import kept_answers
from advisor.knowledge.model import Knowledge
from advisor.store.database import Database
from advisor.store.records import Access, Case, Link, Order, Purpose, case_of, digest_of, name_of, purpose_of
from advisor.store.sealing import Seal
from advisor.store.tables import AccessRow, AnswerRow, AssessmentRow, CaseRow
from advisor.text import Text

TOKEN_BYTES = 24
RETENTION = timedelta(days=90)
BROWSER = timedelta(days=7)
"""How long a browser is known after it last changed something; a return link is good as long as the case."""
PACKED = 3
"""How hard an assessment is packed: half the time of the usual 6, a seventh more bytes."""
MAX_LINKS = 20
"""No case has more links than this at a time."""


class Store:
    """All cases of a database."""

    def __init__(
        self,
        database: Database,
        seal: Seal | None = None,
        retention: timedelta = RETENTION,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.database, self.seal, self.retention, self.now = database, seal or Seal(), retention, clock

    # --- cases --------------------------------------------------------------------------------------------------------

    def begin(self, edition: str, order: Order = "sections", purpose: Purpose = "browser") -> tuple[Case, str]:
        """A new case and the token of whoever began it, which is nowhere else."""
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
        with self.database.writing() as session:
            session.add(row)
            session.flush()
            self._grant(session, row.id, token, purpose, row.expires_at)
            case = case_of(row)
        return case, token

    def open(self, token: str, *purposes: Purpose) -> Access | None:
        """The case a token opens for any of ``purposes``; None where it is unknown, revoked, out of date or for others."""
        now = self.now()
        with self.database.reading() as session:
            found = session.execute(
                select(AccessRow, CaseRow)
                .join(CaseRow, CaseRow.id == AccessRow.case_id)
                .where(AccessRow.digest == digest_of(token), AccessRow.purpose.in_(purposes))
                .where(AccessRow.expires_at > now, CaseRow.expires_at > now)
            ).one_or_none()
            if found is None:
                return None
            access, row = found
            return Access(case_of(row), purpose_of(access.purpose), min(access.expires_at, row.expires_at), access.digest)

    def stay(self, access: Access) -> None:
        """Know a browser for its full time from now: it is at work. Links keep the dates they were made with."""
        if access.purpose != "browser":
            return
        with self.database.writing() as session:
            mine = update(AccessRow).where(AccessRow.digest == access.digest)
            session.execute(mine.values(expires_at=self.now() + BROWSER))

    def configure(self, case: str, edition: str | None = None, order: Order | None = None, told: bool | None = None) -> None:
        """Change how a case is asked; None leaves a setting as it is."""
        wanted = {"edition": edition, "order": order, "told_settled": told}
        values = {name: value for name, value in wanted.items() if value is not None}
        with self.database.writing() as session:
            session.execute(update(CaseRow).where(CaseRow.id == case).values(**values))

    def delete(self, case: str) -> None:
        """Everything about a case, at once and for good."""
        with self.database.writing() as session:
            session.execute(delete(CaseRow).where(CaseRow.id == case))
        self.database.forget()

    def purge(self) -> int:
        """Delete every case, and every link, past its date. Returns the number of cases."""
        now = self.now()
        with self.database.writing() as session:
            gone = session.scalars(delete(CaseRow).where(CaseRow.expires_at <= now).returning(CaseRow.id)).all()
            session.execute(delete(AccessRow).where(AccessRow.expires_at <= now))
        self.database.forget()
        return len(gone)

    def count(self) -> int:
        """How many cases there are."""
        with self.database.reading() as session:
            return session.execute(select(func.count()).select_from(CaseRow)).scalar_one()

    # --- answers ------------------------------------------------------------------------------------------------------

    def answers(self, case: str, knowledge: Knowledge) -> Answers:
        """The answers of a case, in the order of the questions, those of earlier versions carried over. What can be no
        answer any more is passed over; it stays in the database."""
        with self.database.reading() as session:
            firm = session.execute(select(CaseRow.firm).where(CaseRow.id == case)).scalar_one_or_none()
            rows = session.execute(select(AnswerRow.question, AnswerRow.content).where(AnswerRow.case_id == case)).all()
        kept = {name: json.loads(self.seal.open(content, f"{case}/{name}")) for name, content in rows}
        answers = kept_answers(kept, knowledge)
        said = self.seal.open(firm, f"{case}/firm").decode() if firm else ""
        return replace(answers, firm=Firm(Text(zh=said, en=said) if said else None))

    def save(self, case: str, changes: Mapping[str, Answer | None], knowledge: Knowledge) -> int:
        """Keep some answers, and take back those that are None. Returns the new revision; when it returns, they are kept.
        Answers that are kept already are no change: a result rests on its answers, not on how often they were sent.

        Raises :class:`~advisor.errors.InputError` where the case is gone.
        """
        now = self.now()
        written = {
            name: None if answer is None else json.dumps(plain(knowledge.questions[name], answer), ensure_ascii=False)
            for name, answer in changes.items()
        }
        with self.database.writing() as session:
            row = self._row(session, case)
            kept = self._kept(session, case, written)
            fresh = {name: said for name, said in written.items() if said != kept.get(name)}
            if fresh:
                self._touch(session, row, now)
            for name, said in fresh.items():
                self._write(session, case, name, said, now)
            return row.revision

    def _kept(self, session: Session, case: str, names: Mapping[str, object]) -> dict[str, str]:
        """The answers to some questions as they are written."""
        held = select(AnswerRow.question, AnswerRow.content).where(AnswerRow.case_id == case, AnswerRow.question.in_(names))
        return {name: self.seal.open(content, f"{case}/{name}").decode() for name, content in session.execute(held)}

    def _write(self, session: Session, case: str, name: str, said: str | None, now: datetime) -> None:
        if said is None:
            session.execute(delete(AnswerRow).where(AnswerRow.case_id == case, AnswerRow.question == name))
            return
        values = {"content": self.seal.seal(said.encode(), f"{case}/{name}"), "saved_at": now}
        insert = (sqlite if self.database.is_sqlite else postgresql).insert(AnswerRow)
        session.execute(
            insert.values(case_id=case, question=name, **values).on_conflict_do_update(
                index_elements=["case_id", "question"], set_=values
            )
        )

    def name(self, case: str, firm: str) -> int:
        """The firm's name as it stands on the report; empty takes it away. Returns the revision, a new one where the name
        is another than before."""
        with self.database.writing() as session:
            row = self._row(session, case)
            before = self.seal.open(row.firm, f"{case}/firm").decode() if row.firm else ""
            if firm != before:
                row.firm = self.seal.seal(firm.encode(), f"{case}/firm") if firm else None
                self._touch(session, row, self.now())
            return row.revision

    def _row(self, session: Session, case: str) -> CaseRow:
        """The case, held until the session ends. Raises :class:`~advisor.errors.InputError` where it is gone."""
        row = session.execute(select(CaseRow).where(CaseRow.id == case).with_for_update()).scalar_one_or_none()
        if row is None:
            raise InputError("case_gone")
        return row

    def _touch(self, session: Session, row: CaseRow, now: datetime) -> None:
        """Count a change and keep the case for its full time from now, and the links by which one returns to it as long."""
        row.revision, row.changed_at, row.expires_at = row.revision + 1, now, now + self.retention
        session.flush()
        back = update(AccessRow).where(AccessRow.case_id == row.id, AccessRow.purpose == "return")
        session.execute(back.values(expires_at=row.expires_at))

    # --- links --------------------------------------------------------------------------------------------------------

    def link(self, case: str, purpose: Purpose, lasts: timedelta | None = None) -> str:
        """A new token for a case. Raises :class:`~advisor.errors.InputError` where it has too many, or is gone."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        with self.database.writing() as session:
            row = self._row(session, case)
            held = select(func.count()).select_from(AccessRow).where(AccessRow.case_id == case)
            links = session.execute(held.where(AccessRow.purpose != "browser")).scalar_one()
            if purpose != "browser" and links >= MAX_LINKS:
                raise InputError("too_many_links", limit=MAX_LINKS)
            self._grant(session, case, token, purpose, row.expires_at, lasts)
        return token

    def links(self, case: str) -> list[Link]:
        """The links in force, without their tokens, oldest first."""
        with self.database.reading() as session:
            found = session.execute(
                select(AccessRow, CaseRow.expires_at)
                .join(CaseRow, CaseRow.id == AccessRow.case_id)
                .where(AccessRow.case_id == case, AccessRow.purpose != "browser", AccessRow.expires_at > self.now())
                .order_by(AccessRow.created_at, AccessRow.digest)
            )
            return [
                Link(name_of(row.digest), purpose_of(row.purpose), row.created_at, min(row.expires_at, ends))
                for row, ends in found
            ]

    def revoke(self, case: str, name: str) -> bool:
        """Take a link of a case out of force; False where it has none of that name."""
        with self.database.writing() as session:
            rows = session.execute(select(AccessRow).where(AccessRow.case_id == case)).scalars().all()
            for row in (row for row in rows if name_of(row.digest) == name):
                session.delete(row)
                return True
        return False

    def leave(self, access: Access) -> None:
        """Forget a browser."""
        with self.database.writing() as session:
            session.execute(delete(AccessRow).where(AccessRow.digest == access.digest))

    def _grant(
        self, session: Session, case: str, token: str, purpose: Purpose, until: datetime, lasts: timedelta | None = None
    ) -> None:
        """Let a token in. What has a time of its own keeps it, however long the case is kept; none outlives its case."""
        now = self.now()
        lasts = lasts or (BROWSER if purpose == "browser" else None)
        ends = now + lasts if lasts else until
        session.add(AccessRow(digest=digest_of(token), case_id=case, purpose=purpose, created_at=now, expires_at=ends))

    # --- assessments --------------------------------------------------------------------------------------------------

    def keep_assessment(self, case: str, revision: int, assessment: Assessment) -> None:
        """Keep what a case was told, in place of what it was told before."""
        packed = zlib.compress(assessment.to_json().encode(), PACKED)
        with self.database.writing() as session:
            if session.get(CaseRow, case) is not None:
                session.merge(
                    AssessmentRow(
                        case_id=case,
                        revision=revision,
                        knowledge=assessment.knowledge_version,
                        content=self.seal.seal(packed, f"{case}/assessment"),
                        made_at=self.now(),
                    )
                )

    def kept_assessment(self, case: str) -> tuple[int, str, Assessment] | None:
        """What a case was last told: of which revision, by which knowledge, and the assessment. None where it was not yet,
        or by a version of the program whose assessments this one does not read."""
        with self.database.reading() as session:
            row = session.get(AssessmentRow, case)
            if row is None:
                return None
            revision, knowledge, content = row.revision, row.knowledge, row.content
        try:
            return revision, knowledge, Assessment.from_json(zlib.decompress(self.seal.open(content, f"{case}/assessment")))
        except InputError:
            return None
