"""For machines: does the process live, and can it do its work."""

from flask import Response, jsonify, make_response

from app.ops import health
from app.ops.mail_health import Signs


def show_health() -> Response:
    """Yes, without asking anybody, not even the database."""
    return make_response("ok\n", {"Content-Type": "text/plain; charset=utf-8"})


def show_readiness() -> Response:
    """What is there and what is missing; 503 when people cannot be served."""
    found = health.look()
    heard_s = found.worker_heard_s
    answer = jsonify(
        ready=found.ready,
        database=found.database,
        schema="current" if found.schema_current else "not current: run `flask db upgrade`",
        worker_heard_s=round(heard_s, 1) if heard_s is not None else None,
        mail=_figures(found.mail) if found.mail else None,
    )
    answer.status_code = 200 if found.ready else 503
    return answer


def _figures(mail: Signs) -> dict[str, float | None]:
    """How mail is doing, in figures that name nobody."""
    waits_s = (mail.at - mail.oldest_at).total_seconds() if mail.oldest_at else None
    return {
        "waiting": mail.waiting,
        "oldest_waits_s": round(waits_s, 1) if waits_s is not None else None,
        "given_up": mail.given_up,
        "quarantined": mail.quarantined,
        "to_confirm": mail.undecided,
        "mailboxes_in_trouble": len(mail.bad_mailboxes),
    }
