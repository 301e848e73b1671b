"""Trying a mailbox out: what works, and what does not, in words."""

from dataclasses import dataclass

from app.core.web.filters import plural
from app.mail.imap.box import Box
from app.mail.imap.session import Session
from app.mail.imap.trouble import Trouble


@dataclass(frozen=True)
class Trial:
    """How it went, and a sentence about it."""

    works: bool
    words: str


def try_out(box: Box) -> Trial:
    """Sign in and look; nothing is fetched, marked or made."""
    try:
        with Session(box) as session:
            waiting = session.uids_of_late(session.uids())
            made = [
                folder
                for folder in (box.done_folder, box.trouble_folder)
                if folder and not session.folder_is_there(folder)
            ]
            tells = session.tells
    except Trouble as trouble:
        return Trial(False, trouble.words)
    return Trial(True, " ".join([_found(box, len(waiting)), _told(tells=tells), *_to_make(made)]))


def _found(box: Box, count: int) -> str:
    return f"It works: {box.username} is signed in, and {plural(count, 'mail')} in {box.folder} can be taken."


def _told(*, tells: bool) -> str:
    return (
        "New mail is fetched at once."
        if tells
        else "The server does not tell of new mail, so we look at intervals."
    )


def _to_make(folders: list[str]) -> list[str]:
    return (
        [f"The folder {' and '.join(folders)} will be made when it is needed."] if folders else []
    )
