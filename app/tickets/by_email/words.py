"""What a mail says to a ticket: subject, text and files, ready to be kept."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO

from app.attachments import storing
from app.attachments.attachment import Attachment
from app.core import clock
from app.core.written import LONGEST_TEXT
from app.mail.parsing.parsed import ParsedMail, Part
from app.mail.receivers import Incoming
from app.tickets.fact import Match
from app.tickets.mailed import Mailed
from app.tickets.opening import LONGEST_SUBJECT

LONGEST_WHOLE = 200_000
MOST_FILES = 100
LATEST = timedelta(days=7)
_REST = "\n\n[The rest is in the original mail.]"
NO_SUBJECT = "(no subject)"
NO_TEXT = "(no text)"


@dataclass(frozen=True)
class Words:
    """What it says; `mail` is what else is known of it."""

    subject: str
    text: str
    files: list[Attachment]
    mail: Mailed

    def matched(self, match: Match) -> Mailed:
        """What is known of the mail, with how it came to its ticket."""
        return replace(self.mail, match=match)

    @property
    def quiet(self) -> bool:
        """Whether no machine may answer it."""
        return self.mail.quiet

    def quietly(self, quiet: bool) -> Mailed:  # noqa: FBT001 - a value, no switch
        """What is known of the mail, with whether a machine may answer it."""
        return replace(self.mail, quiet=quiet)


def words_of(incoming: Incoming, *, automatic: bool, quiet: bool, doubtful: bool) -> Words:
    """Keep its files and read what it says.  To be called before the write transaction begins.

    What its sender wrote now is the text; with what they quote it is the whole, kept where that is more.
    """
    mail = incoming.mail
    text = mail.reply_text.strip() or mail.text.strip()
    whole = mail.text.strip()
    return Words(
        subject=" ".join(mail.subject.split())[:LONGEST_SUBJECT] or NO_SUBJECT,
        text=_cut(text, LONGEST_TEXT) or NO_TEXT,
        files=_kept(mail),
        mail=Mailed(
            inbound_id=incoming.inbound_id,
            at=_came_at(incoming.received_at),
            match=Match.NEW,
            whole=_cut(whole, LONGEST_WHOLE)
            if "".join(whole.split()) != "".join(text.split())
            else "",
            automatic=automatic,
            quiet=quiet,
            doubtful=doubtful,
        ),
    )


def _came_at(received_at: datetime) -> datetime:
    """When the mail reached us, unless that is in the future or long ago (METRICS.md 2.2)."""
    now = clock.now()
    return received_at if now - LATEST <= received_at <= now else now


def _kept(mail: ParsedMail) -> list[Attachment]:
    """Each file once, a hundred at most: the original holds the rest."""
    kept = [_keep(part) for part in mail.attachments[:MOST_FILES]]
    return list({(each.name, each.sha256): each for each in kept}.values())


def _keep(part: Part) -> Attachment:
    kept = storing.keep(part.name, BytesIO(part.content))
    kept.content_id = part.content_id[:250] if part.content_id else None
    return kept


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - len(_REST)] + _REST
