"""The forms of macros: shape only."""

from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from app.core.errors import InvalidInput
from app.core.web.forms import Form, MarkdownField
from app.core.web.nonsense import LARGEST_ID
from app.tickets.canned.forms import ShelvedForm
from app.tickets.macros.macro import Changes, Macro, Says, Who
from app.tickets.tag import normal_name
from app.tickets.ticket import WORDS, Priority, Status

LEAVE = SelectChoice("", "Leave as it is")
ASKED_FOR = (Status.OPEN, Status.WAITING_CUSTOMER, Status.WAITING_THIRD, Status.RESOLVED)
"""A ticket is never made new again, and closes by itself."""


class MacroForm(ShelvedForm):
    """A macro: each field says what is to be changed, or nothing."""

    status = SelectField(
        "Status",
        choices=[LEAVE, *(SelectChoice(each.value, WORDS[each]) for each in ASKED_FOR)],
        default="",
    )
    priority = SelectField(
        "Priority",
        choices=[LEAVE, *(SelectChoice(each.value, each.capitalize()) for each in Priority)],
        default="",
    )
    assignee = StringField("Assignee", [Length(max=20)])
    to_team = StringField("Team in charge", [Length(max=20)])
    add_tags = StringField("Tags to add", [Length(max=500)])
    remove_tags = StringField("Tags to take off", [Length(max=500)])
    says = SelectField(
        "Message",
        choices=[
            SelectChoice(Says.NOTHING.value, "None"),
            SelectChoice(Says.REPLY.value, "A reply to the requester"),
            SelectChoice(Says.NOTE.value, "An internal note"),
        ],
        default=Says.NOTHING.value,
    )
    text = MarkdownField("Text of the message")

    @property
    def changes(self) -> Changes:
        """What the form asks for.  Raises InvalidInput (field `add_tags`, `remove_tags`, `assignee`)."""
        return Changes(
            status=Status(self.status.data) if self.status.data else None,
            priority=Priority(self.priority.data) if self.priority.data else None,
            assignee=_who(self.assignee.data or ""),
            team=_number(self.to_team.data or "", field="to_team"),
            add_tags=_tags(self.add_tags.data, field="add_tags"),
            remove_tags=_tags(self.remove_tags.data, field="remove_tags"),
        )

    @classmethod
    def of(cls, macro: Macro) -> "MacroForm":
        """The form, filled with what the macro does."""
        changes = macro.changes
        return cls(
            formdata=None,
            title=macro.title,
            shelf=macro.shelf.value,
            team=macro.team_id,
            status=changes.status.value if changes.status else "",
            priority=changes.priority.value if changes.priority else "",
            assignee="" if changes.assignee is None else str(changes.assignee),
            to_team="" if changes.team is None else str(changes.team),
            add_tags=", ".join(changes.add_tags),
            remove_tags=", ".join(changes.remove_tags),
            says=macro.says.value,
            text=macro.text,
        )


class ApplyForm(Form):
    """What the person had before them when they said yes."""

    shown = HiddenField()
    seen = IntegerField(validators=[Optional(), NumberRange(min=0, max=LARGEST_ID)])


def _who(said: str) -> Who | int | None:
    return Who(said) if said in set(Who) else _number(said, field="assignee")


def _number(said: str, *, field: str) -> int | None:
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and int(said) <= LARGEST_ID):
        raise InvalidInput("Choose from the list.", field=field)
    return int(said)


def _tags(said: str | None, *, field: str) -> tuple[str, ...]:
    try:
        names = {normal_name(name) for name in (said or "").split(",") if name.strip()}
    except InvalidInput as fault:
        raise InvalidInput(fault.message, field=field) from fault
    return tuple(sorted(names))
