"""Limits count across requests and processes, and end."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.core import clock
from app.core.errors import TooMany
from app.core.web.throttling import throttle


def test_limit_holds_and_ends(app: Flask) -> None:
    for _ in range(3):
        throttle("knock", "door", limit=3, per_s=60)
    with pytest.raises(TooMany) as refused:
        throttle("knock", "DOOR", limit=3, per_s=60)
    assert refused.value.retry_after_s == 60
    throttle("knock", "window", limit=3, per_s=60)
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        throttle("knock", "door", limit=3, per_s=60)
