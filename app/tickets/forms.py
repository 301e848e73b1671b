"""Forms of tickets: shape and format only."""

from enum import StrEnum

from wtforms import (
    DateTimeLocalField,
    EmailField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.core.web.forms import Form, MarkdownField
from app.core.web.nonsense import LARGEST_ID
from app.tickets.filing import Origin
from app.tickets.ticket import Priority, Status


class Kind(StrEnum):
    """What is written: to the requester, or among staff."""

    REPLY = "reply"
    NOTE = "note"


class Call(StrEnum):
    """Who called, and whether anybody answered."""

    THEY_CALLED = "they_called"
    WE_CALLED = "we_called"
    NOT_REACHED = "not_reached"


class Then(StrEnum):
    """What becomes of the ticket with the reply."""

    KEEP = "keep"
    OPEN = "open"
    WAITING = "waiting"
    SOLVED = "solved"


def _choices(kind: type[StrEnum]) -> list[SelectChoice]:
    return [SelectChoice(value=each.value, label=each.value) for each in kind]


def _or_nothing(kind: type[StrEnum]) -> list[SelectChoice]:
    return [SelectChoice(value="", label="As it is"), *_choices(kind)]


class TicketForm(Form):
    """A new ticket of somebody who is signed in."""

    subject = StringField(
        "What is it about?",
        [
            DataRequired("Say in a few words what it is about"),
            Length(max=300, message="A subject can have 300 characters. Put the rest below."),
        ],
    )
    text = MarkdownField("What happened?", [DataRequired("Tell us what happened")])
    files = MultipleFileField("Files")


class ResendForm(Form):
    """Where a reply goes that did not arrive; nothing for the same address."""

    email = EmailField("To", [Optional(), Length(max=254)])


class VisitorTicketForm(TicketForm):
    """A new ticket of somebody without an account."""

    name = StringField("Your name", [DataRequired("Tell us what to call you"), Length(max=200)])
    email = EmailField(
        "Your email",
        [DataRequired("Add an email address so that we can answer"), Length(max=254)],
    )


class FollowForm(Form):
    """What a requester adds to a ticket."""

    text = MarkdownField("Add to this ticket", [DataRequired("Write a few words first")])
    files = MultipleFileField("Files")


class MessageForm(FollowForm):
    """What staff write on a ticket."""

    kind = RadioField(
        "Kind of message",
        choices=_choices(Kind),
        default=Kind.REPLY.value,
    )
    then = SelectField("Then", choices=_choices(Then), default=Then.WAITING.value)
    seen = IntegerField("Latest message seen", [Optional(), NumberRange(max=LARGEST_ID)])
    send_at = DateTimeLocalField(
        "Send at", [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )


class BulkForm(Form):
    """What to change on several tickets; an empty field changes nothing."""

    ticket = SelectMultipleField("Tickets", coerce=int, validate_choice=False)
    status = SelectField("Status", choices=_or_nothing(Status), default="")
    priority = SelectField("Priority", choices=_or_nothing(Priority), default="")
    assignee = IntegerField("Assignee", [Optional(), NumberRange(min=0, max=LARGEST_ID)])
    team = IntegerField("Team", [Optional(), NumberRange(min=0, max=LARGEST_ID)])
    tags_on = StringField("Add tags", [Optional(), Length(max=500)])
    tags_off = StringField("Remove tags", [Optional(), Length(max=500)])
    back = StringField("Back to", [Optional(), Length(max=1000)])


class Until(StrEnum):
    """How long a ticket is put aside."""

    HOURS = "hours"
    TOMORROW = "tomorrow"
    MONDAY = "monday"
    REPLY = "reply"
    AT = "at"


class SnoozeForm(Form):
    """Until when a ticket is put aside."""

    until = RadioField("Until", choices=_choices(Until), default=Until.TOMORROW.value)
    at = DateTimeLocalField("At", [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


class ViewForm(Form):
    """A search under a name."""

    name = StringField("Name", [DataRequired("Give the view a name.")])
    search = StringField("Search", [Optional(), Length(max=300)])
    team = IntegerField("Share with a team", [Optional(), NumberRange(max=LARGEST_ID)])


class TextForm(Form):
    """What a message is to say."""

    text = MarkdownField("Message", [DataRequired("Write a few words first")])


class SubjectForm(Form):
    """What a ticket is called."""

    subject = StringField(
        "Subject",
        [
            DataRequired("A subject has 1 to 300 characters."),
            Length(max=300, message="A subject has 1 to 300 characters."),
        ],
    )


class DraftForm(Form):
    """What somebody has begun to write."""

    kind = RadioField("Kind of message", choices=_choices(Kind), default=Kind.REPLY.value)
    text = MarkdownField("Message")


class ParticipantForm(Form):
    """Somebody who is to take part in a ticket."""

    email = EmailField(
        "Their email",
        [DataRequired("Add an email address."), Length(max=254, message="That is too long.")],
    )


class FilingForm(Form):
    """A ticket that staff file for somebody."""

    email = EmailField(
        "For whom?",
        [
            DataRequired("Add the email address of the customer."),
            Length(max=254, message="That is too long."),
        ],
    )
    name = StringField("Their name", [Optional(), Length(max=200)])
    origin = RadioField(
        "How did it begin?",
        choices=[
            SelectChoice(value=Origin.THEY_CALLED.value, label="They called us"),
            SelectChoice(value=Origin.IN_PERSON.value, label="They told us in person"),
            SelectChoice(value=Origin.WE_CALLED.value, label="We called them"),
            SelectChoice(value=Origin.WE_WRITE.value, label="We write to them now"),
        ],
        default=Origin.THEY_CALLED.value,
    )
    subject = StringField(
        "Subject",
        [
            DataRequired("Say in a few words what it is about"),
            Length(max=300, message="A subject can have 300 characters. Put the rest below."),
        ],
    )
    text = MarkdownField("What was said", [DataRequired("Write a few words first")])
    files = MultipleFileField("Files")
    priority = SelectField(
        "Priority",
        choices=[
            SelectChoice(value=each.value, label=each.value.capitalize()) for each in Priority
        ],
        default=Priority.NORMAL.value,
    )


class CallForm(Form):
    """A phone call about a ticket."""

    call = RadioField(
        "Who called?",
        choices=[
            SelectChoice(value=Call.THEY_CALLED.value, label="They called us"),
            SelectChoice(value=Call.WE_CALLED.value, label="We called and reached them"),
            SelectChoice(value=Call.NOT_REACHED.value, label="We called, nobody answered"),
        ],
        default=Call.THEY_CALLED.value,
    )
    text = MarkdownField("What was said", [DataRequired("Write a few words first")])
    then = SelectField(
        "The ticket",
        choices=[
            SelectChoice(value=Then.KEEP.value, label="Stays as the call leaves it"),
            SelectChoice(value=Then.OPEN.value, label="Is open"),
            SelectChoice(value=Then.WAITING.value, label="Waits for the customer"),
            SelectChoice(value=Then.SOLVED.value, label="Is solved"),
        ],
        default=Then.KEEP.value,
    )


class PropertiesForm(Form):
    """The side panel of a ticket.

    Beside each field stands, hidden, what it was when the page was made: only what the person
    changed is changed, so two people who save the same ticket do not undo each other.
    """

    status = SelectField("Status", [InputRequired()], choices=_choices(Status))
    assignee = IntegerField(
        "Assignee",
        [Optional(), NumberRange(max=LARGEST_ID, message="Choose somebody from the list.")],
    )
    priority = SelectField("Priority", [InputRequired()], choices=_choices(Priority))
    team = IntegerField(
        "Team", [Optional(), NumberRange(max=LARGEST_ID, message="Choose a team from the list.")]
    )
    tags = StringField("Tags", [Optional(), Length(max=500)])
    was_status = HiddenField()
    was_assignee = HiddenField()
    was_priority = HiddenField()
    was_team = HiddenField()
    was_tags = HiddenField()

    def change(self, name: str) -> tuple[str, str]:
        """What the field was and what the person left in it, as texts."""
        raw, was = self[name].raw_data or [""], self[f"was_{name}"].data
        return was or "", str(raw[0]).strip()

    def changed(self, name: str) -> bool:
        """Whether the person left this field other than it was."""
        was, to = self.change(name)
        return was != to
