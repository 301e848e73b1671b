"""Mentions: calling a colleague to a ticket by @name in a note."""
