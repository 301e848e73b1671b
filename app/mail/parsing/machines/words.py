"""The words by which machines are known that write mail, in the languages that they speak (`words.toml`)."""

from app.mail.parsing.word_lists import any_of, compiled, read

_LISTS = read(__file__, "words.toml")

AUTOMATIC_SUBJECT = compiled(any_of(_LISTS["automatic_subjects"]))
FAILURE_SUBJECT = compiled(rf"\W{{0,3}}{any_of(_LISTS['failure_subjects'])}")
FAILURE = compiled(any_of(_LISTS["failures"]))
DELAY = compiled(any_of(_LISTS["delays"]))
DAEMON = compiled(rf"{any_of(_LISTS['daemons'])}(?:@|\Z)")
DAEMON_NAME = compiled(any_of(_LISTS["daemon_names"]))
