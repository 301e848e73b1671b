"""Writing into the ledger what became of a mail that came in."""

from app.core import clock
from app.core.uow import verb
from app.mail.inbound import InboundMail, State
from app.mail.receivers import Filed, Ignored, Outcome


@verb
def settle(mail: InboundMail, outcome: Outcome) -> None:
    """It became this, and nothing else needs to become of it until somebody says so."""
    mail.settled_at = clock.now()
    match outcome:
        case Filed(about=about):
            mail.state, mail.about, mail.reason, mail.detail = State.FILED, about, "", ""
        case Ignored(reason=reason, detail=detail):
            mail.state, mail.reason, mail.detail = State.IGNORED, reason[:40], detail[:300]
        case _:
            mail.state = State.QUARANTINED
            mail.reason, mail.detail = outcome.reason[:40], outcome.detail[:300]
