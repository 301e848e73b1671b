"""A delivery: to whom a reply was mailed, and whether it left."""

from collections import Counter
from dataclasses import dataclass

from app.mail.outbound import State
from app.mail.queries import MailRow


@dataclass(frozen=True)
class Delivery:
    """The mails of one reply: to the requester, and to those in copy; none while they are being written."""

    mails: tuple[MailRow, ...]

    @property
    def failed(self) -> bool:
        """Whether somebody did not get it and will not, unless it is sent again."""
        return any(mail.state is State.FAILED for mail in self.mails)

    @property
    def waiting(self) -> bool:
        """Whether it is still on its way to somebody."""
        return not self.mails or any(mail.state is State.QUEUED for mail in self.mails)

    @property
    def plain(self) -> bool:
        """Whether one line says it all: nobody else, and no trouble."""
        return len(self.mails) < 2 and not any(mail.last_error for mail in self.mails)

    @property
    def in_words(self) -> str:
        """One line: "Sent to cleo@house.example", "Sent to 2 of 3, 1 failed"."""
        if not self.mails:
            return "Queued: the worker has not written the mail yet"
        counts = Counter(mail.state for mail in self.mails)
        if State.KEPT in counts:
            return "Not mailed: this desk has no mail server"
        if len(self.mails) == 1:
            return f"{_ALONE[self.mails[0].state]} {self.mails[0].to_address}"
        if counts[State.SENT] == len(self.mails):
            return f"Sent to {len(self.mails)} people"
        rest = [
            f"{counts[state]} {state}" for state in (State.QUEUED, State.FAILED) if counts[state]
        ]
        return ", ".join([f"Sent to {counts[State.SENT]} of {len(self.mails)}", *rest])


_ALONE = {
    State.SENT: "Sent to",
    State.QUEUED: "Queued for",
    State.FAILED: "Could not be sent to",
}
