"""Tickets: what people ask of the desk, and everything that happens to it."""
