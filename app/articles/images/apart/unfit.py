"""A file that cannot be shown."""


class Unfit(Exception):
    """Why not, as the end of a sentence that begins with the file's name, and what to do."""
