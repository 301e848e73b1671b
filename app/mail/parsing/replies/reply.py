"""The reply in a mail: from its text, or from its HTML where that says more about the history."""

from app.mail.parsing import html_text
from app.mail.parsing.replies import html_cuts
from app.mail.parsing.replies.trimming import Trimmed, trimmed


def reply_of(*, text: str, html: str, is_plain: bool, is_answer: bool) -> str:
    """What the sender wrote now.

    `text` is the whole body, `html` the same as HTML ("" if there is none); `is_plain` when the
    sender's program wrote the text, not we from the HTML; `is_answer` when it answers or forwards
    something.
    """
    from_text = trimmed(text, is_answer=is_answer)
    if not html or (is_plain and from_text.has_history):
        return from_text.text
    from_html = _from_html(html, is_answer=is_answer)
    if not from_html or (is_plain and not _is_shorter_form(from_html, text)):
        return from_text.text
    return from_html.text


def _is_shorter_form(reply: Trimmed, text: str) -> bool:
    """Whether the HTML shows a history that the text does not, and both say the same above it."""
    return reply.has_history and _letters(reply.text) in _letters(text)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _from_html(html: str, *, is_answer: bool) -> Trimmed | None:
    tree = html_text.tree_of(html)
    if tree is None:
        return None
    has_history = html_cuts.cut(tree)
    text = html_text.text_of_tree(tree)
    if not text.strip():
        return None
    rest = trimmed(text, is_answer=is_answer)
    return Trimmed(rest.text, has_history or rest.has_history)
