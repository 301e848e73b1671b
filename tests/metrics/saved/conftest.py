"""What tests of saved reports may ask for."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.metrics.desks import level_the_cache
from tests.metrics.saved.desks import NOW, busy_desk
from tests.support.cast import Cast


@pytest.fixture
def desk(cast: Cast) -> Iterator[Cast]:
    """Twelve tickets of three weeks, seen after all of them, on a day when some cases are not settled yet."""
    busy_desk(cast)
    with time_machine.travel(NOW, tick=False):
        level_the_cache()
        yield cast
