"""The base of all forms.  The token against forged requests is checked in `forgery.py`."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import FileField, TextAreaField
from wtforms.validators import Length

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


def _strip(text: str | None) -> str | None:
    return text.strip().replace("\r\n", "\n") if text else text
