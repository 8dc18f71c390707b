"""The tables: a case has answers, accesses (hashes of tokens) and at most one assessment, all deleted with it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, ForeignKey, Index, LargeBinary, MetaData, String, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """A time in UTC; SQLite stores it without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC. Raises ``ValueError`` for a time without a zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Declarative base; constraints have names, so that a migration can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, bytes: LargeBinary}  # noqa: RUF012 (SQLAlchemy's own protocol)


CASE_ID = "case.id"


class CaseRow(Base):
    """A firm that assesses itself. ``revision`` counts changes of its answers; ``firm`` is its name, encrypted."""

    __tablename__ = "case"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    edition: Mapped[str] = mapped_column(String(60))
    order: Mapped[str] = mapped_column("asked_in", String(20))
    firm: Mapped[bytes | None]
    revision: Mapped[int]
    told_settled: Mapped[bool]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class AnswerRow(Base):
    """One answer with what stands beside it, encrypted: a value, or ``{"value": …, "note": …, "by": …}``."""

    __tablename__ = "answer"

    case_id: Mapped[str] = mapped_column(ForeignKey(CASE_ID, ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(String(120), primary_key=True)
    content: Mapped[bytes]
    saved_at: Mapped[datetime]


class AccessRow(Base):
    """Access to a case: the hash of a token, its purpose and when it expires."""

    __tablename__ = "access"
    __table_args__ = (Index("ix_access_case_id", "case_id"),)

    digest: Mapped[bytes] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey(CASE_ID, ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class AssessmentRow(Base):
    """The assessment a case was last shown, compressed and encrypted, with the revision and knowledge it belongs to."""

    __tablename__ = "assessment"

    case_id: Mapped[str] = mapped_column(ForeignKey(CASE_ID, ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int]
    knowledge: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes]
    made_at: Mapped[datetime]
