"""What to read next, and the way through a section."""

import re
from collections.abc import Callable

from sqlalchemy import func, select

from app.accounts.user import User
from app.articles.related.likeness import alike
from app.articles.related.relating import relate
from app.core.db import db
from app.core.jobs.model import Job
from app.core.uow import unit_of_work
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
WORDS = "Words that say nothing in particular, only more of them. "


def next_on(page: str) -> list[str]:
    """The titles below "Read next", in their order."""
    part = page.partition('<h2 id="next">')[2].partition("</ul>")[0]
    return re.findall(r">([^<]+)</a>", part)


def related(library: Library) -> None:
    library.sync()
    with unit_of_work():
        relate()


def test_the_authors_choice_comes_first_then_links_then_likeness(
    library: Library, client: FreshClient
) -> None:
    library.article(
        "a/zebra.md", "About the gyroscope and the sextant.", title="Zebra", related="[named]"
    )
    library.article("a/alike.md", "The sextant and the gyroscope again.", title="Alike")
    library.article("a/linking.md", f"{WORDS} [z](zebra.md)", title="Linking")
    library.article("a/named.md", "Else.", title="Named")
    library.article("a/far.md", "Unlike anything.", title="Far")
    related(library)
    assert next_on(client.get("/help/zebra").text) == ["Named", "Linking", "Alike"]
    assert next_on(client.get("/help/linking").text) == ["Zebra"]
    assert next_on(client.get("/help/far").text) == []


def test_everybody_is_shown_what_they_may_read(
    three: Library, client: FreshClient, cast: Cast, as_user: AsUser
) -> None:
    three.article("guides/more.md", "The flux capacitor, and [agents](agents.md).", title="More")
    related(three)
    assert next_on(client.get("/help/more").text) == ["For public"]
    assert set(next_on(as_user(cast.customer).get("/help/more").text)) == {
        "For public",
        "For signed-in",
    }
    assert next_on(as_user(cast.agent).get("/help/more").text)[0] == "For agents"


def test_what_is_closed_is_no_longer_recommended(three: Library, client: FreshClient) -> None:
    three.article("guides/more.md", "The flux capacitor.", title="More")
    related(three)
    three.article("guides/more.md", "The flux capacitor.", title="More", visibility="agents")
    three.sync()
    assert next_on(client.get("/help/public").text) == []


def test_a_second_look_writes_nothing(three: Library) -> None:
    related(three)
    with counted() as statements, unit_of_work():
        relate()
    assert not [each for each in statements if each.startswith(("INSERT", "DELETE", "UPDATE"))]


def test_a_sync_asks_for_one_look_however_much_changed(library: Library) -> None:
    for number in range(5):
        library.article(f"{number}.md", title=f"Number {number}")
    library.sync()
    asked = select(func.count()).select_from(Job).where(Job.name == "articles.related.jobs.relate")
    assert db.session.scalar(asked) == 1


def test_previous_and_next_lead_through_the_section(library: Library, client: FreshClient) -> None:
    for number, title in enumerate(("One", "Two", "Three"), start=1):
        library.article(f"guides/{title.lower()}.md", title=title, order=str(number))
    library.sync()
    first, second, third = (client.get(f"/help/{each}").text for each in ("one", "two", "three"))
    assert 'rel="prev"' not in first and 'href="/help/two" rel="next"' in first
    assert 'href="/help/one" rel="prev"' in second and 'href="/help/three" rel="next"' in second
    assert 'rel="next"' not in third


def test_texts_are_alike_by_their_rare_words() -> None:
    texts = {
        "a": "gyroscope sextant the and of",
        "b": "sextant gyroscope and the",
        "c": "the and of sundial",
        "d": "of the and nothing",
    } | {str(number): "the and of" for number in range(30)}
    found = {key: [other for other, _ in others] for key, others in alike(texts.items)}
    assert found["a"] == ["b"] and found["b"] == ["a"]
    assert found["c"] == [] and found["d"] == []


def test_no_texts_are_not_alike() -> None:
    assert list(alike(list)) == []
