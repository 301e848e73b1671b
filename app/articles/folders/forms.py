"""The form of a folder: shape only."""

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, Regexp

from app.articles.article import Visibility
from app.articles.files.folder import REVIEW_FORM
from app.articles.folders.keeping import Described
from app.articles.languages import site_language
from app.articles.writing.forms import AUDIENCES
from app.core.settings import LANGUAGE_FORM
from app.core.web.forms import Form


class FolderForm(Form):
    """A folder."""

    title = StringField(
        "Title",
        [
            DataRequired("Give it a title."),
            Length(max=200, message="A title has at most 200 characters."),
        ],
    )
    above = StringField("In the folder")
    description = StringField(
        "Description", [Length(max=300, message="A description has at most 300 characters.")]
    )
    visibility = SelectField(
        "Who reads its articles",
        choices=[SelectChoice(key.value, text) for key, text in AUDIENCES.items()],
    )
    lang = StringField(
        "Language",
        [Regexp(f"{LANGUAGE_FORM}\\Z", message="Write a language code, such as en or pt-BR.")],
        default=site_language,
    )
    owner = StringField("Owner", [Length(max=254)])
    review_every = StringField(
        "Look at its articles again",
        [
            Optional(),
            Regexp(f"(?:{REVIEW_FORM})\\Z", message="Write days or months, such as 90d or 6m."),
        ],
        filters=[lambda text: (text or "").strip()],
    )

    @property
    def described(self) -> Described:
        """What it says about the folder."""
        return Described(
            title=" ".join((self.title.data or "").split()),
            description=" ".join((self.description.data or "").split()),
            visibility=Visibility(self.visibility.data),
            lang=self.lang.data,
            owner=(self.owner.data or "").strip(),
            review_every=self.review_every.data,
        )
