"""Macros: several changes of a ticket, and a message, in one click."""
