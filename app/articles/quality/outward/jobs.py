"""The night shift of links to the web."""

from app.articles.quality.outward.checking import check_links
from app.core.jobs import job


@job(attempts=3)
def look_at_links(check_id: int) -> None:
    """Ask about each address that articles link to."""
    check_links(check_id)
