"""What kind of text it is: that decides what Markdown may do in it."""

from enum import Enum


class Profile(Enum):
    """The two kinds of text, with their limits.

    A document is written by staff: headings get anchors, footnotes and plain HTML work.  A comment
    is written by anybody: line breaks stay, HTML is shown as text, links are not vouched for.
    """

    DOCUMENT = (200_000, 2)
    COMMENT = (30_000, 3)

    def __init__(self, longest: int, top_heading: int) -> None:
        self.longest = longest
        """Characters; a longer text is shown as it is, without Markdown."""
        self.top_heading = top_heading
        """The level that `#` becomes: the page's own title stands above."""
