"""Markdown to HTML that is safe to show: the one place where people's text becomes markup."""

from app.core.markdown.as_written import as_written
from app.core.markdown.profile import Profile
from app.core.markdown.rendering import RENDERER_VERSION, Heading, Rendered, render, trusted

__all__ = [
    "RENDERER_VERSION", "Heading", "Profile", "Rendered", "as_written", "render", "trusted",
]  # fmt: skip
