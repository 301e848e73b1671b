"""The bell that wakes the worker."""

from flask import Flask

from app.core import doorbell


def test_rings_that_nobody_hears_do_not_pile_up(app: Flask) -> None:
    for _ in range(3 * doorbell.ENOUGH):
        doorbell.ring()
    assert len(doorbell.bell().huey) == doorbell.ENOUGH


def test_after_the_worker_came_it_can_be_called_again(app: Flask) -> None:
    heard: list[bool] = []
    bell = doorbell.bell()
    bell.answer = lambda: heard.append(True)
    for _ in range(2):
        doorbell.ring()
        bell.huey.execute(bell.huey.dequeue())
    assert heard == [True, True]
