"""A MIME entity: headers, and a body or further entities (RFC 2045)."""

from dataclasses import dataclass, field
from functools import cached_property

from app.mail.parsing import transfer
from app.mail.parsing.encoded_words import decoded, one_line, raw_text
from app.mail.parsing.parameters import value_and_parameters

Header = tuple[str, bytes]
"""Name in lower case, value with its folds undone."""


@dataclass
class Entity:
    """One entity; `raw` holds it from its first header to the end of its body.

    `hints` are the character sets that the mail names: raw bytes in its headers may be in one.
    """

    raw: bytes
    headers: list[Header]
    start: int
    body_start: int
    end: int
    default_type: str = "text/plain"
    children: list["Entity"] = field(default_factory=list)
    hints: tuple[str, ...] = ()

    def all(self, name: str) -> list[bytes]:
        """The values of the headers of a name, in order."""
        return [value for each, value in self.headers if each == name]

    def first(self, name: str) -> str | None:
        """The first header of a name as one line of text; None if there is none."""
        value = next((value for each, value in self.headers if each == name), None)
        return None if value is None else one_line(decoded(raw_text(value, hints=self.hints)))

    def structured(self, name: str) -> tuple[str, dict[str, str]]:
        """The first header of a name as value and parameters."""
        value = next((value for each, value in self.headers if each == name), None)
        return (
            ("", {}) if value is None else value_and_parameters(raw_text(value, hints=self.hints))
        )

    @cached_property
    def _content_type(self) -> tuple[str, dict[str, str]]:
        value, parameters = self.structured("content-type")
        if value in ("text", "html"):  # RFC 1049, and programs that never read a standard
            value = f"text/{'html' if value == 'html' else 'plain'}"
        kind, slash, subtype = value.partition("/")
        if not (kind and slash and subtype):
            value = self.default_type
        return value, parameters

    @property
    def content_type(self) -> str:
        """Such as "text/plain", always in lower case."""
        return self._content_type[0]

    @property
    def parameters(self) -> dict[str, str]:
        """Those of Content-Type."""
        return self._content_type[1]

    @property
    def charset(self) -> str | None:
        """What the sender says that the text is in."""
        return self.parameters.get("charset")

    @cached_property
    def disposition(self) -> tuple[str, dict[str, str]]:
        """Content-Disposition (RFC 2183)."""
        return self.structured("content-disposition")

    @property
    def is_attachment(self) -> bool:
        """Whether the sender wants it to be a file."""
        return self.disposition[0] == "attachment"

    @property
    def file_name(self) -> str | None:
        """The name that the sender gave it, as it came: it may be anything."""
        name = self.disposition[1].get("filename") or self.parameters.get("name")
        return name.strip() or None if name else None

    @property
    def content_id(self) -> str | None:
        """Content-ID without its angle brackets."""
        return (self.first("content-id") or "").strip(" <>") or None

    @property
    def body(self) -> bytes:
        """The body as it was carried."""
        return self.raw[self.body_start : self.end]

    @property
    def is_multipart(self) -> bool:
        """Whether it was taken apart."""
        return bool(self.children)

    @cached_property
    def content(self) -> bytes:
        """The body without its transfer encoding; as it is when that is unknown or broken."""
        encoding = raw_text((self.all("content-transfer-encoding") or [b""])[0])
        return transfer.decoded(self.body, encoding)
