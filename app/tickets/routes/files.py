"""Files of messages."""

from flask import Response
from flask_login import current_user

from app.accounts.user import Person
from app.attachments import serving
from app.core.errors import NotFound
from app.tickets import access, queries
from app.tickets.ticket import Ticket


def download_file(number: int, id: int) -> Response:
    """Download a file of a message that the person may read."""
    return file_answer(access.ticket_or_404(number, current_user), id, current_user)


def file_answer(ticket: Ticket, file_id: int, user: Person) -> Response:
    """The file, to be saved.  Raises NotFound for a file of another ticket or of a note."""
    attachment = queries.file_of(ticket, file_id, user)
    if attachment is None:
        raise NotFound
    return serving.download(attachment)
