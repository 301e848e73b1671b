"""How a text will look, before it is sent anywhere."""

from flask import Response

from app.core.markdown import Profile, render
from app.core.web.responses import page
from app.core.web.throttling import throttle_machine
from app.portal.forms import PreviewForm

A_MINUTE = 60


def show_preview() -> Response:
    """The text as a page of its own; a script shows it beside the field instead."""
    throttle_machine("preview", limit=A_MINUTE, per_s=60)
    form = PreviewForm()
    html = render(form.text.data or "", profile=Profile.COMMENT).html if form.validate() else ""
    return page("portal/preview.html", form=form, html=html)
