"""The night shift of images: copies in several sizes."""

from app.articles.images import making
from app.core.jobs import job


@job(attempts=4)
def make_copies(sha256: str) -> None:
    """Make the smaller copies of a picture, unless they are there."""
    making.make_copies(sha256)
