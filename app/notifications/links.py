"""The signed links by which somebody stops mails: what they hold (RFC 8058)."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core import tokens
from app.core.web.addresses import absolute
from app.notifications.occasion import Occasion, Way

PURPOSE = "unsubscribe"
LASTS_S = 3 * 365 * tokens.DAY_S
"""Old mails are opened late, and the button in a mail program must work whenever it is pressed."""


@dataclass(frozen=True)
class Stop:
    """Whose mails stop, and of which occasions; of none in particular means the whole digest.

    `ticket_id` names the ticket that can be muted instead.
    """

    person_id: int
    occasions: tuple[Occasion, ...] = ()
    ticket_id: int | None = None

    @property
    def way(self) -> Way:
        """Whether it stops mails that leave at once, or the digest."""
        return Way.MAIL if self.occasions else Way.DIGEST


def stop_url(stop: Stop) -> str:
    """The address for the foot of a mail, and for its List-Unsubscribe."""
    held = {"p": stop.person_id, "o": " ".join(stop.occasions), "t": stop.ticket_id}
    return absolute("notifications.show_unsubscription", token=tokens.sign(PURPOSE, held))


def stop_of(token: str) -> Stop:
    """What a link stops.  Raises BadToken."""
    held = tokens.read(PURPOSE, token, max_age_s=LASTS_S)
    return Stop(held["p"], tuple(Occasion(each) for each in held["o"].split()), held["t"])


def choices_url() -> str:
    """The page on which somebody with an account chooses."""
    return absolute("notifications.show_choices")


def distinct(occasions: Sequence[Occasion]) -> tuple[Occasion, ...]:
    """Each of them once, in the order of the catalogue."""
    return tuple(each for each in Occasion if each in occasions)
