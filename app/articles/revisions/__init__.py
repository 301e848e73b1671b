"""The revisions of an article for people: listing them, comparing any two, taking one back."""
