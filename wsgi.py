"""The door for a WSGI server: `gunicorn wsgi:app`."""

import ctypes
import gc
import sys
from contextlib import suppress

from app import create_app
from app.core.settings import InvalidSettings

try:
    app = create_app()
except InvalidSettings as faults:
    sys.exit(f"Hearth cannot start with these settings.\n{faults}")

# One heap for all threads: memory that one of them gave back serves the others.  Elsewhere than with the
# GNU C library there is no such setting (M_ARENA_MAX of malloc.h).
with suppress(OSError, AttributeError, TypeError):
    ctypes.CDLL(None).mallopt(-8, 1)

# What lives as long as the process need not be looked through by every collection of garbage.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
