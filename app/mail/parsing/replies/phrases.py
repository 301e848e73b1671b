"""What mail programs write around quotes, in the languages that they speak (`phrases.toml`)."""

from app.mail.parsing import word_lists

_LISTS = word_lists.read(__file__, "phrases.toml")

HEADERS = {kind: word_lists.any_of(words) for kind, words in _LISTS["headers"].items()}
WROTE = word_lists.any_of(_LISTS["wrote"])
ORIGINAL = word_lists.any_of(_LISTS["original"])
FORWARDED = word_lists.any_of(_LISTS["forwarded"])
SENT_FROM = word_lists.any_of(_LISTS["sent_from"])
ABOVE_THIS_LINE = word_lists.any_of(_LISTS["above_this_line"])
