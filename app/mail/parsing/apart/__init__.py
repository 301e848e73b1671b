"""Reading mail in a process of its own, which may be killed: one mail never harms another."""

from app.mail.parsing.apart.reader import Unparsable, parse_apart

__all__ = ["Unparsable", "parse_apart"]
