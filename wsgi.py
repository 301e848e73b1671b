"""The door for a WSGI server: `gunicorn wsgi:app`."""

import gc
import sys

from app import create_app
from app.core.settings import InvalidSettings

try:
    app = create_app()
except InvalidSettings as faults:
    sys.exit(f"Hearth cannot start with these settings.\n{faults}")

# What lives as long as the process need not be looked through by every collection of garbage.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
