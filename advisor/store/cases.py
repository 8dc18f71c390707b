"""Cases: begun without an account, reached by tokens, saved answer by answer, forgotten on request or by date."""

from __future__ import annotations

import hashlib
import json
import secrets
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from advisor.assessment import Assessment
from advisor.errors import InputError, Place
from advisor.interview import Answer, Answers, Firm, parse_answer
from advisor.interview.plain import plain
from advisor.knowledge.model import Knowledge
from advisor.store.database import Database
from advisor.store.sealing import Seal
from advisor.store.tables import AccessRow, AnswerRow, AssessmentRow, CaseRow
from advisor.text import Text

Purpose = Literal["browser", "return", "share"]
"""What a token is for: the browser that began a case, a link to go on with it, a link to read its result."""
Order = Literal["sections", "telling"]
"""Questions asked section by section, or the most telling first."""
TOKEN_BYTES = 24
RETENTION = timedelta(days=90)
BROWSER = timedelta(days=7)
"""How long a browser is known; a return link is good as long as the case."""
PACKED = 3
"""How hard an assessment is packed: half the time of the usual 6, a seventh more bytes."""
MAX_LINKS = 20
"""No case has more links than this at a time."""


@dataclass(frozen=True)
class Case:
    """A case as the database has it; ``revision`` grows with every change of its answers."""

    id: str
    edition: str
    order: Order
    revision: int
    told_settled: bool
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Access:
    """An open way into a case: which, what for, and until when."""

    case: Case
    purpose: Purpose
    expires_at: datetime
    digest: bytes


@dataclass(frozen=True)
class Link:
    """A link that is in force; ``name`` tells it from others and opens nothing."""

    name: str
    purpose: Purpose
    created_at: datetime
    expires_at: datetime


def digest_of(token: str) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


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
            case = _case(row)
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
            return Access(_case(row), _purpose(access.purpose), min(access.expires_at, row.expires_at), access.digest)

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
            gone = session.execute(delete(CaseRow).where(CaseRow.expires_at <= now)).rowcount  # type: ignore[attr-defined]
            session.execute(delete(AccessRow).where(AccessRow.expires_at <= now))
        self.database.forget()
        return int(gone)

    def count(self) -> int:
        """How many cases there are."""
        with self.database.reading() as session:
            return session.execute(select(func.count()).select_from(CaseRow)).scalar_one()

    # --- answers ------------------------------------------------------------------------------------------------------

    def answers(self, case: str, knowledge: Knowledge) -> Answers:
        """The answers of a case, in the order of the questions. What the knowledge no longer asks, or no longer takes as an
        answer, is passed over; it stays in the database."""
        with self.database.reading() as session:
            firm = session.execute(select(CaseRow.firm).where(CaseRow.id == case)).scalar_one_or_none()
            rows = session.execute(select(AnswerRow.question, AnswerRow.content).where(AnswerRow.case_id == case)).all()
        kept = {name: json.loads(self.seal.open(content, f"{case}/{name}")) for name, content in rows}
        given: dict[str, Answer] = {}
        for name, question in knowledge.questions.items():
            answer = parse_answer(question, kept[name], knowledge, Place(question.code)) if name in kept else None
            if isinstance(answer, Answer):
                given[name] = answer
        said = self.seal.open(firm, f"{case}/firm").decode() if firm else ""
        return Answers(given, Firm(Text(zh=said, en=said) if said else None))

    def save(self, case: str, changes: Mapping[str, Answer | None], knowledge: Knowledge) -> int:
        """Keep some answers, and take back those that are None. Returns the new revision; when it returns, they are kept.

        Raises :class:`~advisor.errors.InputError` where the case is gone.
        """
        now = self.now()
        with self.database.writing() as session:
            revision = self._touch(session, case, now)
            for name, answer in changes.items():
                if answer is None:
                    session.execute(delete(AnswerRow).where(AnswerRow.case_id == case, AnswerRow.question == name))
                    continue
                written = json.dumps(plain(knowledge.questions[name], answer), ensure_ascii=False).encode()
                values = {"content": self.seal.seal(written, f"{case}/{name}"), "saved_at": now}
                insert = (sqlite if self.database.is_sqlite else postgresql).insert(AnswerRow)
                session.execute(
                    insert.values(case_id=case, question=name, **values).on_conflict_do_update(
                        index_elements=["case_id", "question"], set_=values
                    )
                )
        return revision

    def name(self, case: str, firm: str) -> None:
        """The firm's name as it stands on the report; empty takes it away."""
        sealed = self.seal.seal(firm.encode(), f"{case}/firm") if firm else None
        with self.database.writing() as session:
            self._touch(session, case, self.now())
            session.execute(update(CaseRow).where(CaseRow.id == case).values(firm=sealed))

    def _touch(self, session: Session, case: str, now: datetime) -> int:
        """Count a change and keep the case for its full time from now."""
        row = session.execute(select(CaseRow).where(CaseRow.id == case).with_for_update()).scalar_one_or_none()
        if row is None:
            raise InputError("case_gone")
        row.revision, row.changed_at, row.expires_at = row.revision + 1, now, now + self.retention
        session.flush()
        return row.revision

    # --- links --------------------------------------------------------------------------------------------------------

    def link(self, case: str, purpose: Purpose, lasts: timedelta | None = None) -> str:
        """A new token for a case. Raises :class:`~advisor.errors.InputError` where it has too many, or is gone."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        with self.database.writing() as session:
            row = session.get(CaseRow, case)
            if row is None:
                raise InputError("case_gone")
            held = select(func.count()).select_from(AccessRow).where(AccessRow.case_id == case)
            if session.execute(held.where(AccessRow.purpose != "browser")).scalar_one() >= MAX_LINKS:
                raise InputError("too_many_links", limit=MAX_LINKS)
            self._grant(session, case, token, purpose, row.expires_at, lasts)
        return token

    def links(self, case: str) -> list[Link]:
        """The links in force, without their tokens, oldest first."""
        with self.database.reading() as session:
            found = session.execute(
                select(AccessRow)
                .where(AccessRow.case_id == case, AccessRow.purpose != "browser", AccessRow.expires_at > self.now())
                .order_by(AccessRow.created_at, AccessRow.digest)
            ).scalars()
            return [Link(_name(row.digest), _purpose(row.purpose), row.created_at, row.expires_at) for row in found]

    def revoke(self, case: str, name: str) -> bool:
        """Take a link of a case out of force; False where it has none of that name."""
        with self.database.writing() as session:
            rows = session.execute(select(AccessRow).where(AccessRow.case_id == case)).scalars().all()
            for row in (row for row in rows if _name(row.digest) == name):
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
        now = self.now()
        lasts = lasts or (BROWSER if purpose == "browser" else None)
        ends = min(until, now + lasts) if lasts else until
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


def _case(row: CaseRow) -> Case:
    order: Order = "telling" if row.order == "telling" else "sections"
    return Case(row.id, row.edition, order, row.revision, row.told_settled, row.created_at, row.expires_at)


def _purpose(word: str) -> Purpose:
    return "share" if word == "share" else "return" if word == "return" else "browser"


def _name(digest: bytes) -> str:
    return hashlib.sha256(digest).hexdigest()[:12]
