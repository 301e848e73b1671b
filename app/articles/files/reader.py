"""Typed reading of entries; what cannot be read is noted as a fault with its place."""

import difflib
import re
from collections.abc import Collection, Mapping
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import TypeVar

from app.articles.files.fault import Fault, Faulty
from app.articles.files.mapping import Entry

E = TypeVar("E", bound=StrEnum)


class Reader:
    """Reads the entries of one file one by one and gathers what is wrong with them."""

    def __init__(self, entries: Mapping[str, Entry], *, path: str) -> None:
        self.entries = entries
        self.path = path
        self.faults: list[Fault] = []

    def text(self, key: str, *, longest: int) -> str | None:
        """A line of text; None when it is missing or empty."""
        value = self._scalar(key)
        if value and len(value) > longest:
            self.refuse(key, f"is {len(value)} characters long; {longest} are allowed.")
            return None
        return value

    def pattern(self, key: str, form: str, *, says: str) -> str | None:
        """A text of the given form; `says` describes the form to people."""
        value = self._scalar(key)
        if value and not re.fullmatch(form, value):
            self.refuse(key, f'is "{value}"; it must be {says}.')
            return None
        return value

    def choice(self, key: str, kind: type[E]) -> E | None:
        """A member of the enum."""
        value = self._scalar(key)
        if not value:
            return None
        try:
            return kind(value)
        except ValueError:
            allowed = ", ".join(kind)
            self.refuse(key, f'is "{value}"; allowed are {allowed}.')
            return None

    def integer(self, key: str) -> int | None:
        """A whole number of at most six digits."""
        value = self.pattern(key, r"[+-]?\d{1,6}", says="a whole number")
        return int(value) if value else None

    def texts(self, key: str, *, most: int) -> list[str]:
        """A list of texts."""
        entry = self.entries.get(key)
        if entry is None or entry.value == "":
            return []
        if not isinstance(entry.value, list) or not all(isinstance(v, str) for v in entry.value):
            self.refuse(key, "must be a list, such as [one, two].")
            return []
        if len(entry.value) > most:
            self.refuse(key, f"has {len(entry.value)} entries; {most} are allowed.")
        return [" ".join(value.split()) for value in entry.value if value.strip()]

    def each(self, key: str, form: str, *, says: str) -> list[str]:
        """A list of texts of the given form."""
        found = self.texts(key, most=50)
        if not all(re.fullmatch(form, value) for value in found):
            self.refuse(key, f"has an entry that is not {says}.")
        return found

    def boolean(self, key: str) -> bool:
        """Yes or no; no when it is missing."""
        value = self.pattern(key, r"(?i)true|false|yes|no|on|off", says="true or false")
        return (value or "").lower() in ("true", "yes", "on")

    def instant(self, key: str, *, zone: tzinfo) -> datetime | None:
        """A time as in ISO 8601; without an offset it is of the zone, with a warning."""
        value = self._scalar(key)
        if not value:
            return None
        try:
            said = datetime.fromisoformat(value)
        except ValueError:
            self.refuse(key, f'is "{value}"; it must be a time, such as 2026-12-01T09:00+01:00.')
            return None
        if said.tzinfo:
            return said
        self._note(self.entries[key], "W202", f'"{key}" has no offset: taken as {zone}.')
        return said.replace(tzinfo=zone)

    def refuse(self, key: str, message: str, *, code: str = "E105") -> None:
        """Note that the value of a key cannot be used."""
        self._note(self.entries[key], code, f'"{key}" {message}')

    def warn_of_unknown(self, known: Collection[str]) -> None:
        """Warn of keys that mean nothing, with the known key that looks like them."""
        for key, entry in self.entries.items():
            if key in known:
                continue
            near = difflib.get_close_matches(key, known, n=1)
            hint = f', did you mean "{near[0]}"?' if near else "."
            self._note(entry, "W201", f'Unknown key "{key}"{hint}')

    def done(self) -> list[Fault]:
        """The warnings.  Raises Faulty when there was an error."""
        if any(fault.is_error for fault in self.faults):
            raise Faulty(self.faults)
        return self.faults

    def _scalar(self, key: str) -> str | None:
        entry = self.entries.get(key)
        if entry is None:
            return None
        if not isinstance(entry.value, str):
            self.refuse(key, "must be a text.")
            return None
        return " ".join(entry.value.split()) or None

    def _note(self, entry: Entry, code: str, message: str) -> None:
        self.faults.append(Fault(self.path, entry.line, entry.column, code, message))
