"""Cases with their answers, accesses and assessment."""

import sqlalchemy as sa
from alembic import op

from advisor.store.models import UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Four tables, from nothing."""
    op.create_table(
        "case",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("edition", sa.String(60), nullable=False),
        sa.Column("asked_in", sa.String(20), nullable=False),
        sa.Column("firm", sa.LargeBinary()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("told_settled", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case"),
    )
    op.create_index("ix_case_expires_at", "case", ["expires_at"])
    op.create_table(
        "answer",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("question", sa.String(120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "question", name="pk_answer"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_answer_case_id", ondelete="CASCADE"),
    )
    op.create_table(
        "access",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_access"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_access_case_id", ondelete="CASCADE"),
    )
    op.create_index("ix_access_case_id", "access", ["case_id"])
    op.create_index("ix_access_expires_at", "access", ["expires_at"])
    op.create_table(
        "assessment",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("knowledge", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_assessment"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_assessment_case_id", ondelete="CASCADE"),
    )


def downgrade() -> None:
    """Nothing is left."""
    for table in ("assessment", "access", "answer", "case"):
        op.drop_table(table)
