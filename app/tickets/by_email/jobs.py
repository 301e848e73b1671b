"""The night shift of mail to tickets."""

from app.core.jobs import job
from app.tickets.by_email import oversized


@job()
def tell_of_size(inbound_id: int) -> None:
    """Tell the sender that their mail was too large to be read."""
    oversized.tell_sender(inbound_id)
