"""The signed links by which somebody stops mails with figures: what they hold (RFC 8058)."""

from dataclasses import dataclass

from app.core import tokens
from app.core.web.addresses import absolute

PURPOSE = "stop figures"
LASTS_S = 3 * 365 * tokens.DAY_S
"""Old mails are opened late, and the button in a mail program must work whenever it is pressed."""


@dataclass(frozen=True)
class Stop:
    """Whose mails stop, and of which subscription."""

    person_id: int
    subscription_id: int


def stop_url(stop: Stop) -> str:
    """The address for the foot of a mail, and for its List-Unsubscribe."""
    held = {"p": stop.person_id, "s": stop.subscription_id}
    return absolute("metrics.show_report_stop", token=tokens.sign(PURPOSE, held))


def stop_of(token: str) -> Stop:
    """What a link stops.  Raises BadToken."""
    held = tokens.read(PURPOSE, token, max_age_s=LASTS_S)
    return Stop(held["p"], held["s"])
