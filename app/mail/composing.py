"""Composing a mail: one Markdown template to subject, text and HTML, so that the two cannot differ.

A template lies in `ROOM/templates/ROOM/mail/NAME.md`, one line a paragraph.  Its blocks: `subject`
and `body`; and if wanted `title` (a headline), `preheader` (the news, shown beside the subject in
lists) and `why` (why this person gets it).  In it, `{{ value }}` is plain text whatever it holds;
`markdown(text)`, `picture(content_id, name)`, `button(label, url)`, `link(label, url)`, `heading(text)`,
`person(name, title)`, `choices(offers)`, `listing(items)`, `small(text)` and `last(text)` write what their
names say (see `pen.py`).  `answerable` says whether somebody reads what is answered.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, current_app, render_template
from jinja2 import StrictUndefined, Template, pass_context
from jinja2.runtime import Context

from app.core.settings import settings
from app.mail.pen import HtmlPen, Pen, Raw, TextPen
from app.mail.reply_line import REPLY_LINE

LONGEST_SUBJECT = 300
_PADDING = "\u2007\ufeff" * 40
"""Behind the preheader, so that mail lists show nothing of the text after it."""

_BLANKS = re.compile(r"[\s\x00-\x1f\x7f]+")
_GAPS = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Composed:
    """A mail without its envelope."""

    subject: str
    text: str
    html: str


def init_app(app: Flask) -> None:
    """Set up the templates of mails: nothing in them is HTML, and a missing value is a fault."""
    app.register_blueprint(Blueprint("mail", __name__, template_folder="templates"))
    app.extensions["mail_templates"] = app.jinja_env.overlay(
        autoescape=False,
        finalize=_written,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def compose(
    template: str,
    /,
    *,
    answerable: bool = False,
    pictures: Mapping[str, str] | None = None,
    **context: Any,
) -> Composed:
    """The mail of a template such as `tickets/mail/reply.md`.

    One that is `answerable` begins with the line above which answers are written.  `pictures` are the
    content ids of those that go with the mail, by their address in the Markdown.
    Slow (a few milliseconds): to be called before the write transaction begins.
    """
    if taken := context.keys() & set(_TOOLS):
        raise TypeError(f"a mail has its own {', '.join(taken)}")
    found: Template = current_app.extensions["mail_templates"].get_template(template)
    text, html = TextPen(), HtmlPen(pictures or {})
    context |= {"answerable": answerable}
    line = REPLY_LINE if answerable else ""
    said = {block: _block(found, block, text, context) for block in _BLOCKS}
    drawn = {block: _block(found, block, html, context) for block in _BLOCKS}
    subject = _BLANKS.sub(" ", said["subject"]).strip()[:LONGEST_SUBJECT]
    return Composed(
        subject=subject,
        text=_as_text(said, line),
        html=render_template(
            "mail/layout.html",
            subject=subject,
            preheader=said["preheader"] and said["preheader"] + _PADDING,
            reply_line=line,
            title=html.finish_line(drawn["title"]),
            body=html.finish(drawn["body"]),
            why=html.finish_line(drawn["why"]),
            desk_name=settings().desk_name,
        ),
    )


_BLOCKS = ("subject", "preheader", "title", "body", "why")


@pass_context
def _written(context: Context, value: object) -> str:
    """How every value in a template reaches the page."""
    pen: Pen = context["pen"]
    return value if isinstance(value, Raw) else pen.plain(value)


def _block(template: Template, name: str, pen: Pen, context: dict[str, Any]) -> str:
    if name not in template.blocks:
        return settings().desk_name if name == "why" else ""
    tools = {each: getattr(pen, each) for each in _TOOLS}
    here = {**context, **tools, "pen": pen, "desk_name": settings().desk_name}
    return "".join(template.blocks[name](template.new_context(here))).strip()


_TOOLS = (
    "markdown", "picture", "button", "link", "heading", "person", "choices", "listing", "small", "last",
)  # fmt: skip


def _as_text(said: dict[str, str], line: str) -> str:
    parts = [line, said["title"], said["body"], f"-- \n{said['why']}"]
    return _GAPS.sub("\n\n", "\n\n".join(part for part in parts if part)) + "\n"
