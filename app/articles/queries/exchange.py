"""What was sent to be imported, for its pages."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import defer

from app.articles.exchange.intake import Intake
from app.core.db import at_most, db
from app.core.errors import NotFound

MOST = 20


def recent() -> Sequence[Intake]:
    """The last imports, the newest first, without their bytes."""
    rows = select(Intake).options(defer(Intake.data, raiseload=True))
    return db.session.scalars(rows.order_by(Intake.id.desc()).limit(at_most(MOST))).all()


def intake_or_404(id: int) -> Intake:
    """An import.  Whoever enters may see them all.  Raises NotFound."""
    rows = select(Intake).options(defer(Intake.data)).where(Intake.id == id)
    found = db.session.scalar(rows)
    if found is None:
        raise NotFound("There is no such import.")
    return found
