"""What was read from the database, remembered by this process while a stamp stands still.

For plain values that many people ask for and few change: unlike a kept page it serves signed-in
people too, so the key names everything that the value depends on, such as who may read what.  A
change is seen within a second (`page_cache`).
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import Any, TypeVar

from flask import Flask, current_app, has_request_context, request

SEEN = "hearth.stamps"
"""Where a request keeps the stamps as they were before its read transaction began.

Numbers seen later could be newer than what the transaction reads, and an old value would be
remembered as a new one.
"""

MOST = 300

T = TypeVar("T")


class Memory:
    """Values by their key, with the number their stamp had before they were read."""

    def __init__(self) -> None:
        self._values: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()
        self._lock = Lock()

    def recall(self, key: Hashable, number: int, read: Callable[[], T]) -> T:
        """The value that was read under this number, read now if there is none."""
        with self._lock:
            known = self._values.get(key)
            if known and known[0] == number:
                self._values.move_to_end(key)
                value: T = known[1]
                return value
        value = read()
        with self._lock:
            self._values[key] = number, value
            self._values.move_to_end(key)
            while len(self._values) > MOST:
                self._values.popitem(last=False)
        return value


def init_app(app: Flask) -> None:
    """Give the application an empty memory."""
    app.extensions["memory"] = Memory()


def seen(stamp: str) -> int | None:
    """The number of a stamp before this GET began to read; None when that is not known."""
    numbers: Mapping[str, int] | None = request.environ.get(SEEN) if has_request_context() else None
    return None if numbers is None else numbers.get(stamp, 0)


def remembered(stamp: str, key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives, remembered under the key while the stamp stands still.

    The value is shared by threads, so nobody may change it.  Outside a GET nothing is remembered.
    """
    number = seen(stamp)
    if number is None:
        return read()
    memory: Memory = current_app.extensions["memory"]
    return memory.recall((stamp, key), number, read)
