"""What somebody is told of, and how: their own choices."""

from flask import Response
from flask_login import current_user

from app.accounts.user import User
from app.core.errors import InvalidInput
from app.core.settings import settings
from app.core.web.responses import invalid, moved_to, page, say
from app.notifications import choosing
from app.notifications.choice import Every
from app.notifications.choosing import concerning
from app.notifications.forms import ChoicesForm, choices_form
from app.notifications.occasion import CATALOGUE, Side


def show_choices() -> Response:
    """The form, as this person has it."""
    user = current_user._get_current_object()
    times = choosing.digest_times(user)
    ways = {each.value: way.value for each, way in choosing.ways_for(user).items()}
    form = choices_form(user, **ways, every=times.every.value, hour=times.hour, zone=times.zone)
    return page("notifications/choices.html", **_context(user, form))


def change_choices() -> Response:
    """Save it."""
    user = current_user._get_current_object()
    form = choices_form(user)
    if form.validate():
        try:
            choosing.time_digest(
                user, every=Every(form.every.data), hour=form.hour.data, zone=form.zone.data
            )
            choosing.choose(user, form.ways, source="page")
        except InvalidInput as fault:
            form.refuse(fault)
        else:
            say("Saved.")
            return moved_to("notifications.show_choices")
    return invalid("notifications/choices.html", **_context(user, form))


def _context(user: User, form: ChoicesForm) -> dict[str, object]:
    groups = {
        side: [each for each in concerning(user) if CATALOGUE[each].side is side] for side in Side
    }
    return {
        "form": form,
        "groups": {side: occasions for side, occasions in groups.items() if occasions},
        "catalogue": CATALOGUE,
        "zone": settings().reporting_zone,
    }
