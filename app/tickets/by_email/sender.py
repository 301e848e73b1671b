"""Who sent a mail, and how sure that is (RELIABILITY.md D4)."""

from dataclasses import dataclass

from app.accounts import people
from app.accounts.user import User
from app.core.errors import InvalidInput
from app.mail.authentication import Verdict, verdict
from app.mail.receivers import Incoming
from app.tickets.access import RULES, Act
from app.tickets.ticket import Ticket


@dataclass(frozen=True)
class Sender:
    """The one address of the From header, and whose it is, if we know them.

    `vouched` says that a server is named for the mailbox whose word counts.
    """

    address: str
    name: str
    trust: Verdict
    person: User | None
    vouched: bool

    @property
    def is_staff(self) -> bool:
        """Whether it is the address of somebody who works here."""
        return self.person is not None and self.person.is_staff

    @property
    def is_proved(self) -> bool:
        """Whether one may act in their name who holds what we sent to this address.

        The word of the mailbox's server counts, where it has one.
        """
        return self.trust is (Verdict.PROVED if self.vouched else Verdict.UNKNOWN)

    def may_write_on(self, ticket: Ticket) -> bool:
        """Whether they write there as one of the customers' side: never as staff."""
        if self.person is None:
            return False
        if self.person.is_staff:
            return self.person.id == ticket.requester_id
        return RULES[Act.REPLY](self.person, ticket)


def sender_of(incoming: Incoming) -> Sender | None:
    """Who it is from; nobody, where that cannot be answered.  Reply-To says nothing about who wrote."""
    mail = incoming.mail
    try:
        address = people.normal_address(mail.from_address or "")
    except InvalidInput:
        return None
    return Sender(
        address=address,
        name=mail.from_name,
        trust=_trust(incoming, address),
        person=people.with_address(address),
        vouched=bool(incoming.trusted_authserv),
    )


def _trust(incoming: Incoming, address: str) -> Verdict:
    if not incoming.mail.sender_verified:
        return Verdict.REFUTED
    return verdict(
        incoming.mail.auth_results,
        authserv=incoming.trusted_authserv,
        domain=address.rpartition("@")[2],
    )
