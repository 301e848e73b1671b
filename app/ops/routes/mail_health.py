"""How mail is doing, for people."""

from flask import Response
from flask_login import current_user

from app.accounts.permissions import Permission
from app.core.settings import settings
from app.core.web.responses import page
from app.ops.mail_health import troubles_in
from app.ops.queries.signs import last_times, signs


def show_mail_health() -> Response:
    """What is wrong and what to do about it; then what can be seen when all is well."""
    found = signs()
    return page(
        "ops/mail_health.html",
        signs=found,
        found=troubles_in(found),
        last=last_times(),
        mail_leaves=bool(settings().smtp_url),
        may_administer=current_user.may(Permission.MAIL_READ),
        may_manage_jobs=current_user.may(Permission.JOBS_MANAGE),
    )
