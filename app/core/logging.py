"""Log lines: readable in development, one JSON object a line in production, ids and no texts."""

import json
import logging
import secrets
import sys
from typing import Any

from flask import Flask, Response, g, has_request_context, request

from app.core import clock
from app.core.settings import Settings

PLAIN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request id and the extras."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "at": clock.now().isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context():
            line["request_id"] = request_id()
        line |= {key: value for key, value in record.__dict__.items() if key not in PLAIN}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)


def init_app(app: Flask, settings: Settings) -> None:
    """Set up the log and give every answer its request id."""
    if settings.production and not logging.getLogger().handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        logging.basicConfig(level=logging.INFO, handlers=[handler])
    app.after_request(_name_request)


def request_id() -> str:
    """A short id of the present request, in its log lines, its answer and the error page."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(6)
    found: str = g.request_id
    return found


def _name_request(response: Response) -> Response:
    if response.status_code >= 400:
        response.headers["X-Request-ID"] = request_id()
        logging.getLogger("hearth.request").info(
            "request refused",
            extra={"endpoint": request.endpoint, "status": response.status_code},
        )
    return response
