"""The form of an article: shape only, the verbs check the rules."""

import re
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp

from app.articles.article import Status, Visibility
from app.articles.files.fields import LONGEST_SUMMARY
from app.articles.files.folder import REVIEW_FORM
from app.articles.files.source_file import LARGEST_BYTES, normal_lines
from app.articles.writing.particulars import EMPTY, YES, Said
from app.core.settings import LANGUAGE_FORM
from app.core.web.forms import Form
from app.core.web.nonsense import LARGEST_ID

LONGEST_TITLE = 200
LONGEST_KEY = 40
MOST_TAGS = 10
MOST_SYNONYMS = 20

STATUSES = {
    Status.DRAFT: "Draft",
    Status.REVIEW: "In review",
    Status.PUBLISHED: "Published",
    Status.ARCHIVED: "Archived",
}
AUDIENCES = {
    Visibility.PUBLIC: "Everybody",
    Visibility.SIGNED_IN: "Whoever is signed in",
    Visibility.AGENTS: "Staff only",
}


def _lines(text: str | None) -> str:
    return normal_lines(text or "")


class DraftForm(Form):
    """The form as it stands, to be kept whatever is in it."""

    key = HiddenField(validators=[InputRequired(), Regexp(r"[\w-]+\Z"), Length(max=LONGEST_KEY)])
    base = IntegerField(validators=[Optional()])
    article = HiddenField()
    title = StringField("Title", [Length(max=2_000)])
    slug = StringField("Address")
    summary = StringField("Summary")
    folder = StringField("Folder")
    lang = StringField("Language")
    translation_of = StringField("Translation of")
    tags = StringField("Tags")
    synonyms = TextAreaField("Words people search for", filters=[_lines])
    related = StringField("Related articles")
    aliases = StringField("Old addresses")
    visibility = SelectField(
        "Who reads it", choices=[SelectChoice(key.value, text) for key, text in AUDIENCES.items()]
    )
    status = SelectField(
        "Status", choices=[SelectChoice(key.value, text) for key, text in STATUSES.items()]
    )
    publish_at = StringField("Appears")
    expires_at = StringField("Disappears")
    owner = StringField("Owner")
    review_every = StringField("Look at it again")
    order = StringField("Place in the folder")
    faq = BooleanField("Its headings are questions (FAQ)", false_values=(False, "false", "", "no"))
    body = TextAreaField("Article, in Markdown", filters=[_lines])

    @property
    def said(self) -> Said:
        """What it says, a text for each key."""
        made = {key: str(self._fields[key].data or "") for key in EMPTY if key != "faq"}
        return made | {"faq": YES if self.faq.data else ""}

    def validate_base(self, field: IntegerField) -> None:
        """An id, if anything."""
        if field.data is not None and not 0 < field.data <= LARGEST_ID:
            raise ValidationError("Open the article again.")

    def validate_body(self, field: TextAreaField) -> None:
        """No longer than a file may be."""
        if len((field.data or "").encode()) > LARGEST_BYTES:
            raise ValidationError("That is longer than a file may be (1 MiB). Split it.")


class ArticleForm(DraftForm):
    """An article to be saved."""

    note = StringField(
        "What you changed, for the history",
        [Optional(), Length(max=300, message="A note has at most 300 characters.")],
        filters=[lambda text: " ".join((text or "").split())],
    )

    do = SelectField(
        choices=["save", "publish", "archive", "withdraw", "propose"],
        default="save",
        validate_choice=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title.flags.required = self.folder.flags.required = True

    def validate_title(self, field: StringField) -> None:
        """A line of text."""
        if not (field.data or "").strip():
            raise ValidationError("Give it a title.")
        if len(field.data) > LONGEST_TITLE:
            raise ValidationError(f"A title has at most {LONGEST_TITLE} characters.")

    def validate_slug(self, field: StringField) -> None:
        """The last part of an address."""
        _match(field, r"[a-z0-9-]{1,80}", "An address has small letters, digits and hyphens.")

    def validate_summary(self, field: StringField) -> None:
        """A sentence or two."""
        if len(field.data or "") > LONGEST_SUMMARY:
            raise ValidationError(f"A summary has at most {LONGEST_SUMMARY} characters.")

    def validate_lang(self, field: StringField) -> None:
        """A language code."""
        _match(field, LANGUAGE_FORM, "Write a language code, such as en or pt-BR.")

    def validate_review_every(self, field: StringField) -> None:
        """Days or months."""
        _match(field, REVIEW_FORM, "Write days or months, such as 90d or 6m.")

    def validate_order(self, field: StringField) -> None:
        """A whole number."""
        _match(field, r"[+-]?\d{1,6}", "Write a whole number.")

    def validate_tags(self, field: StringField) -> None:
        """Not too many."""
        if len([each for each in (field.data or "").split(",") if each.strip()]) > MOST_TAGS:
            raise ValidationError(f"An article has at most {MOST_TAGS} tags.")

    def validate_synonyms(self, field: TextAreaField) -> None:
        """Not too many."""
        if len([each for each in (field.data or "").splitlines() if each.strip()]) > MOST_SYNONYMS:
            raise ValidationError(f"An article has at most {MOST_SYNONYMS} of them.")

    def validate_expires_at(self, field: StringField) -> None:
        """After it has appeared."""
        begins, ends = self.publish_at.data or "", field.data or ""
        if begins and ends and ends <= begins:
            raise ValidationError("It would disappear before it appears.")


def _match(field: StringField, form: str, said: str) -> None:
    text = (field.data or "").strip()
    if text and not re.fullmatch(form, text):
        raise ValidationError(said)
