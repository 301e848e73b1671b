"""Keeping mail: without a mail server, what would leave lies in a folder, to be read."""

import os
import tempfile
from pathlib import Path

from app.core.settings import settings
from app.mail.letter import letter_of
from app.mail.outbound import State
from app.mail.queries import whole_mail


def keep(mail_id: int) -> None:
    """Write `mail/<id>.eml` in the instance folder; whole, or not at all."""
    mail = whole_mail(mail_id)
    if mail is None or mail.state is not State.KEPT:
        return
    folder = settings().instance / "mail"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
        try:
            part.write(letter_of(mail).data)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(folder / f"{mail_id}.eml")
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
