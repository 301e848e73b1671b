"""Fetching mail from IMAP servers: signing in, looking, taking, tidying up, waiting for more."""
