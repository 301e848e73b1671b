"""The base of all forms.  The token against forged requests is checked in `forgery.py`."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict
from wtforms import FileField, SelectChoice, TextAreaField
from wtforms.fields.core import Field
from wtforms.validators import Length
from wtforms.widgets import Input, Select
from wtforms.widgets.core import clean_key

from app.core.errors import InvalidInput


class Form(FlaskForm):  # type: ignore[misc]
    """A form that reads the posted fields and files by itself."""

    class Meta:
        """The token is not a field: see `forgery.py`."""

        csrf = False

        def wrap_formdata(self, form: "Form", formdata: Any) -> MultiDict[str, Any] | None:
            """Files for the fields of files, texts for all others; JSON is no form."""
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            if not form.is_submitted():
                return None
            wanted = {name for name, field in form._fields.items() if isinstance(field, FileField)}
            texts = [each for each in request.form.items(multi=True) if each[0] not in wanted]
            files = [each for each in request.files.items(multi=True) if each[0] in wanted]
            return MultiDict([*texts, *files])

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Markup:
            """As WTForms does, which writes each attribute through a format, at ten times the cost."""
            match field.widget:
                case Input():
                    field.widget.html_params = _attributes
                case Select():
                    field.widget = _Select(multiple=field.widget.multiple)
            html: Markup = super().render_field(field, render_kw)  # type: ignore[misc]
            return html

    def refuse(self, fault: InvalidInput) -> None:
        """Show what a verb refused at the field it names, or above the form."""
        field = self._fields.get(fault.field)
        if field is None:
            self.form_errors.append(fault.message)
        else:
            field.errors = [*field.errors, fault.message]


class MarkdownField(TextAreaField):  # type: ignore[misc]
    """A text in Markdown, at most 30,000 characters; the ends are stripped."""

    def __init__(self, label: str, validators: Any = (), **kwargs: Any) -> None:
        limit = Length(
            max=30_000, message="Texts can have 30,000 characters. Attach longer ones as a file."
        )
        super().__init__(label, [*validators, limit], filters=[_strip], **kwargs)


class _Select(Select):  # type: ignore[misc]
    @classmethod
    def render_option(cls, choice: SelectChoice, **kwargs: Any) -> Markup:
        chosen = {"selected": True} if choice.selected else {}
        options = {"value": str(choice.value), **(choice.render_kw or {}), **kwargs, **chosen}
        label = escape(choice.label or choice.value)
        return Markup(f"<option {_attributes(**options)}>{label}</option>")  # noqa: S704 - escaped

    @classmethod
    def _dispatch_render_option(cls) -> Callable[..., Markup]:
        """Without a look at its signature, which takes as long as a list of ten."""
        return cls.render_option


def _attributes(**values: Any) -> str:
    """What `wtforms.widgets.html_params` gives: in order of their names; True stands alone, False nowhere."""
    return " ".join(
        clean_key(name) if value is True else f'{clean_key(name)}="{_quoted(value)}"'
        for name, value in sorted(values.items())
        if value is not False
    )


def _quoted(value: object) -> str:
    return str(escape(value)).replace('"', "&quot;")


def _strip(text: str | None) -> str | None:
    return text.strip().replace("\r\n", "\n") if text else text
