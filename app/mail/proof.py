"""A proof: what a look at the whole ledger found, kept so that anybody can see when it was last true."""

from sqlalchemy import JSON
from sqlalchemy.dialects.postgresql import JSONB

from app.core.db import CreatedAt, Id, Line, Mapped, Model, mapped_column


class Proof(Model):
    """One look: the line of figures, and a sentence for each thing that is missing."""

    __tablename__ = "mail_proofs"

    id: Mapped[Id]
    at: Mapped[CreatedAt]
    said: Mapped[Line]
    findings: Mapped[list[str]] = mapped_column(JSON().with_variant(JSONB(), "postgresql"))
