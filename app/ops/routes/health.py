"""For machines: does the process live, and can it do its work."""

from flask import Response, jsonify, make_response

from app.ops import health


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
    )
    answer.status_code = 200 if found.ready else 503
    return answer
