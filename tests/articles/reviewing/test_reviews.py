"""Proposed changes: who proposes, comments and publishes; what readers see; and that nothing is lost."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.accounts.permissions import Role
from app.accounts.user import User
from app.articles.article import Status
from app.articles.editing import change
from app.articles.reviewing.review import Review, ReviewComment, ReviewState
from app.articles.revision import Revision, RevisionSource
from app.articles.trashing import trash
from app.core.db import db
from app.core.uow import unit_of_work
from app.mail.outbound import OutboundMail
from app.notifications.notice import Notice
from app.notifications.occasion import Occasion
from tests.support.cast import Cast, person
from tests.support.client import FreshClient
from tests.support.library import Library
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
ID = "kb_aaaaaaaaaa"
BODY = "Open the small box.\n\nTake out the paper.\n\nThen close it.\n"


@pytest.fixture
def guide(library: Library) -> Library:
    """A published article."""
    library.article("guides/a.md", BODY, id=ID, title="Refunds")
    library.sync()
    return library


def the_review() -> Review:
    db.session.rollback()
    return db.session.scalars(select(Review).order_by(Review.id.desc())).first() or pytest.fail()


def propose(
    client: FreshClient, library: Library, old: str = "small", new: str = "big", **more: object
) -> int:
    """Propose the live text with other words in it."""
    form = {"text": library.live(ID).text.replace(old, new), "note": "It grew", **more}
    return client.post(f"/content/articles/{ID}/reviews", data=form).status_code


def act(client: FreshClient, what: str, **form: object) -> int:
    review = the_review()
    said = {"proposed": review.proposed_revision_id, **form}
    return client.post(f"/content/reviews/{review.id}/{what}", data=said).status_code


def told(user: User, drain: Callable[[], int]) -> list[Occasion]:
    drain()
    rows = select(Notice.occasion).where(Notice.user_id == user.id).order_by(Notice.id)
    return list(db.session.scalars(rows))


def test_a_change_goes_to_and_fro_until_it_is_published(
    guide: Library, cast: Cast, as_user: AsUser, drain: Callable[[], int]
) -> None:
    agent, lead = as_user(cast.agent), as_user(cast.lead)
    assert propose(agent, guide) == 303
    assert "small" in guide.live(ID).body
    assert told(cast.lead, drain) == [Occasion.REVIEW_ASKED]
    assert "Refunds" in lead.get("/content/reviews").text
    line = guide.live(ID).body_line
    assert act(lead, "comments", text="How *big*?", line=line) == 303
    assert told(cast.agent, drain) == [Occasion.REVIEW_COMMENTED]
    assert act(lead, "returns", text="Say how big.") == 303
    assert told(cast.agent, drain) == [Occasion.REVIEW_COMMENTED, Occasion.REVIEW_RETURNED]
    assert "Refunds" in agent.get("/content/reviews").text
    assert propose(agent, guide, new="wide") == 303
    assert len(db.session.scalars(select(Review)).all()) == 1
    page = lead.get(f"/content/reviews/{the_review().id}").text
    assert "of an earlier text" in page
    assert "<em>big</em>" in page
    assert act(lead, "approvals") == 303
    assert guide.live(ID).body == BODY.replace("small", "wide")
    live = db.session.get_one(Revision, guide.the_article(ID).live_revision_id)
    assert (live.author, live.note) == ("Ben Agent", "It grew")
    assert told(cast.agent, drain)[-1] is Occasion.REVIEW_APPROVED
    assert the_review().state is ReviewState.APPROVED
    assert guide.sync().exit_code == 0
    assert "wide" in guide.text("guides/a.md")


def test_a_comment_stands_at_its_line_and_cannot_carry_markup(
    guide: Library, cast: Cast, as_user: AsUser
) -> None:
    agent, lead = as_user(cast.agent), as_user(cast.lead)
    propose(agent, guide)
    line = guide.live(ID).body_line
    act(lead, "comments", text="<script>x</script> Here.", line=line)
    act(lead, "comments", text="In general.")
    page = agent.get(f"/content/reviews/{the_review().id}").text
    row = page.split('<tr class="said-row">')[1].split("</tr>")[0]
    assert "&lt;script&gt;x" in row
    assert "In general." not in row
    assert "In general." in page
    assert act(lead, "comments", text="Where?", line=400) == 422
    assert act(lead, "comments", text=" ") == 422


def test_nobody_publishes_their_own_change_and_agents_publish_none(
    guide: Library, cast: Cast, as_user: AsUser
) -> None:
    lead = as_user(cast.lead)
    propose(lead, guide)
    page = lead.get(f"/content/reviews/{the_review().id}").text
    assert "Approve and publish" not in page
    assert act(lead, "approvals") == 403
    assert act(lead, "returns") == 403
    assert act(as_user(cast.agent), "approvals") == 403
    assert act(as_user(cast.agent), "comments", text="Fine.") == 303
    assert "small" in guide.live(ID).body


def test_customers_and_visitors_have_no_part_in_it(
    guide: Library, client: FreshClient, cast: Cast, as_user: AsUser
) -> None:
    propose(as_user(cast.agent), guide)
    number = the_review().id
    for path in ("/reviews", f"/reviews/{number}", f"/articles/{ID}/reviews/new", "/articles/due"):
        assert client.get(f"/content{path}").status_code in (302, 303)
        assert as_user(cast.customer).get(f"/content{path}").status_code == 403
    assert propose(as_user(cast.customer), guide) == 403
    assert act(as_user(cast.customer), "comments", text="Hm") == 403
    assert "big" not in as_user(cast.customer).get("/help/a").text


def test_a_draft_waits_in_its_text_and_is_published_when_approved(
    library: Library, cast: Cast, as_user: AsUser
) -> None:
    library.article("guides/a.md", BODY, id=ID, title="Refunds", status="draft")
    library.sync()
    assert propose(as_user(cast.agent), library) == 303
    article = library.the_article(ID)
    assert article.status is Status.REVIEW
    assert library.live(ID).front["status"] == "review"
    assert "small" in library.live(ID).body
    assert act(as_user(cast.lead), "approvals") == 303
    article = library.the_article(ID)
    assert article.status is Status.PUBLISHED
    assert article.shown
    assert library.live(ID).body == BODY.replace("small", "big")


def test_a_draft_can_be_proposed_as_it_is_and_withdrawn(
    library: Library, cast: Cast, as_user: AsUser
) -> None:
    library.article("guides/a.md", BODY, id=ID, title="Refunds", status="draft")
    library.sync()
    agent = as_user(cast.agent)
    assert propose(agent, library, new="small") == 303
    assert "No words differ" in agent.get(f"/content/reviews/{the_review().id}").text
    assert act(agent, "withdrawals") == 303
    assert library.the_article(ID).status is Status.DRAFT
    assert act(agent, "withdrawals") == 409
    assert propose(agent, library, new="small") == 303
    assert act(as_user(cast.lead), "approvals") == 303
    assert library.the_article(ID).status is Status.PUBLISHED


def test_what_was_edited_meanwhile_stays(guide: Library, cast: Cast, as_user: AsUser) -> None:
    propose(as_user(cast.agent), guide)
    guide.edit(ID, body=BODY.replace("close", "shut"), title="Money back")
    lead = as_user(cast.lead)
    page = lead.get(f"/content/reviews/{the_review().id}").text
    assert "both changes go together" in page
    assert "<ins>big</ins>" in page
    against_live = lead.get(f"/content/reviews/{the_review().id}?against=live").text
    assert "Then shut it." in against_live
    assert "<del>close</del>" not in against_live
    assert act(lead, "approvals") == 303
    assert guide.live(ID).body == BODY.replace("small", "big").replace("close", "shut")
    assert guide.live(ID).front["title"] == "Money back"
    live = db.session.get_one(Revision, guide.the_article(ID).live_revision_id)
    assert live.source is RevisionSource.MERGE
    assert live.other_parent_id == the_review().proposed_revision_id


def test_a_change_that_contradicts_what_readers_see_is_told_and_nothing_is_lost(
    guide: Library, cast: Cast, as_user: AsUser
) -> None:
    agent, lead = as_user(cast.agent), as_user(cast.lead)
    propose(agent, guide)
    guide.edit(ID, body=BODY.replace("small", "tiny"))
    before = guide.the_article(ID).live_revision_id
    page = lead.get(f"/content/reviews/{the_review().id}").text
    assert "has changed in the same place since" in page
    answer = lead.post(
        f"/content/reviews/{the_review().id}/approvals",
        data={"proposed": the_review().proposed_revision_id, "text": "Good words."},
    )
    assert answer.status_code == 409
    assert "the text" in answer.text
    assert "Good words." in answer.text
    assert guide.the_article(ID).live_revision_id == before
    assert the_review().state is ReviewState.OPEN
    proposed = db.session.get_one(Revision, the_review().proposed_revision_id)
    assert "big" in proposed.body


def test_a_text_that_was_replaced_meanwhile_is_not_published(
    guide: Library, cast: Cast, as_user: AsUser
) -> None:
    agent, lead = as_user(cast.agent), as_user(cast.lead)
    propose(agent, guide)
    seen = the_review().proposed_revision_id
    propose(agent, guide, new="huge")
    assert act(lead, "approvals", proposed=seen) == 409
    assert act(lead, "returns", proposed=seen) == 409
    assert "small" in guide.live(ID).body


def test_two_people_propose_and_the_second_change_is_merged(
    guide: Library, cast: Cast, as_user: AsUser
) -> None:
    with unit_of_work():
        other = person("Zoe Agent", Role.AGENT)
    propose(as_user(cast.agent), guide)
    first = the_review()
    propose(as_user(other), guide, old="Then close", new="Now close")
    lead = as_user(cast.lead)
    assert act(lead, "approvals") == 303
    done = lead.post(
        f"/content/reviews/{first.id}/approvals", data={"proposed": first.proposed_revision_id}
    )
    assert done.status_code == 303
    assert guide.live(ID).body == BODY.replace("small", "big").replace("Then", "Now")


def test_only_somebody_else_who_may_publish_can_be_asked(
    guide: Library, cast: Cast, as_user: AsUser, drain: Callable[[], int]
) -> None:
    agent = as_user(cast.agent)
    page = agent.get(f"/content/articles/{ID}/reviews/new").text
    assert f'<option value="{cast.lead.id}">Ada Lead</option>' in page
    for nobody in (cast.agent.id, cast.customer.id, 4000, "x"):
        assert propose(agent, guide, reviewer=nobody) == 422
    with unit_of_work():
        other = person("Lou Lead", Role.LEAD)
    assert propose(agent, guide, reviewer=cast.lead.id) == 303
    assert told(cast.lead, drain) == [Occasion.REVIEW_ASKED]
    assert told(other, drain) == []
    assert "Refunds" not in as_user(other).get("/content/reviews").text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write the text first."),
        ("---\ntitle: [\n---\n", "YAML syntax"),
        ("---\ntitle: A\nstatus: gone\n---\nText.\n", "status"),
        (None, "the one that readers see already"),
    ],
)
def test_a_text_that_cannot_be_proposed_is_shown_again(
    guide: Library, cast: Cast, as_user: AsUser, text: str | None, said: str
) -> None:
    form = {"text": guide.live(ID).text if text is None else text}
    answer = as_user(cast.agent).post(f"/content/articles/{ID}/reviews", data=form)
    assert answer.status_code == 422
    assert said in answer.text
    assert db.session.scalars(select(Review)).all() == []


def test_an_article_in_the_trash_takes_no_change(
    guide: Library, cast: Cast, as_user: AsUser
) -> None:
    propose(as_user(cast.agent), guide)
    with unit_of_work():
        trash(guide.the_article(ID))
    assert act(as_user(cast.lead), "approvals") == 409
    assert propose(as_user(cast.agent), guide) == 409


def test_approving_brings_back_no_article_that_was_archived(
    guide: Library, cast: Cast, as_user: AsUser
) -> None:
    propose(as_user(cast.agent), guide)
    with unit_of_work():
        change(guide.the_article(ID), front={"status": "archived"}, by=cast.lead)
    assert act(as_user(cast.lead), "approvals") == 409
    assert guide.the_article(ID).status is Status.ARCHIVED


def test_a_draft_that_was_published_meanwhile_can_still_be_approved(
    library: Library, cast: Cast, as_user: AsUser
) -> None:
    library.article("guides/a.md", BODY, id=ID, title="Refunds", status="draft")
    library.sync()
    propose(as_user(cast.agent), library)
    with unit_of_work():
        change(library.the_article(ID), front={"status": "published"}, by=cast.lead)
    assert act(as_user(cast.lead), "approvals") == 303
    assert library.live(ID).body == BODY.replace("small", "big")
    assert library.the_article(ID).status is Status.PUBLISHED


@pytest.mark.parametrize(
    "said",
    ["related: [nothing]", "translation_of: kb_zzzzzzzzzz", "aliases: [a]"],
)
def test_what_a_sync_would_refuse_is_not_proposed(
    guide: Library, cast: Cast, as_user: AsUser, said: str
) -> None:
    assert propose(as_user(cast.agent), guide, "---\n", f"---\n{said}\n") == 422


def test_a_category_that_is_not_there_is_made_when_the_change_is_published(
    guide: Library, cast: Cast, as_user: AsUser
) -> None:
    said = guide.live(ID).text.replace("---\n", "---\ncategory: Billing/New\n", 1)
    assert propose(as_user(cast.agent), guide, guide.live(ID).text, said) == 303
    assert act(as_user(cast.lead), "approvals") == 303
    assert guide.the_article(ID).section_path == "Billing/New"


def test_whoever_proposed_goes_on_with_their_own_text(
    guide: Library, cast: Cast, as_user: AsUser
) -> None:
    agent = as_user(cast.agent)
    propose(agent, guide)
    assert "Open the big box" in agent.get(f"/content/articles/{ID}/reviews/new").text
    assert (
        "Open the small box" in as_user(cast.lead).get(f"/content/articles/{ID}/reviews/new").text
    )


def test_only_its_author_or_a_publisher_withdraws_a_change(
    guide: Library, cast: Cast, as_user: AsUser
) -> None:
    with unit_of_work():
        other = person("Zoe Agent", Role.AGENT)
    propose(as_user(cast.agent), guide)
    assert act(as_user(other), "withdrawals") == 403
    assert act(as_user(cast.lead), "withdrawals") == 303
    assert "Approve" not in as_user(cast.lead).get(f"/content/reviews/{the_review().id}").text


def test_the_pages_ask_no_more_with_more_to_show(
    guide: Library, cast: Cast, as_user: AsUser
) -> None:
    lead = as_user(cast.lead)
    propose(as_user(cast.agent), guide)
    paths = ["/content/reviews?pile=all", f"/content/reviews/{the_review().id}"]

    def asked() -> list[int]:
        numbers = []
        for path in paths:
            with counted() as statements:
                lead.get(path)
            numbers.append(len(statements))
        return numbers

    for _ in range(2):
        act(lead, "comments", text="Hm", line=guide.live(ID).body_line)
    few = asked()
    for number in range(18):
        with unit_of_work():
            other = person(f"P{number} Agent", Role.AGENT)
        propose(as_user(other), guide, new=f"size {number}")
    with unit_of_work():
        first = db.session.scalars(select(Review).order_by(Review.id)).first()
    assert first
    for _ in range(18):
        lead.post(f"/content/reviews/{first.id}/comments", data={"text": "Hm", "proposed": 1})
    assert len(db.session.scalars(select(ReviewComment)).all()) == 20
    assert asked() == few


def test_whoever_is_asked_gets_a_mail_with_the_way_there_and_no_word_of_the_text(
    guide: Library, cast: Cast, as_user: AsUser, drain: Callable[[], int]
) -> None:
    propose(as_user(cast.agent), guide, new="unheard-of")
    drain()
    mails = db.session.scalars(
        select(OutboundMail).where(OutboundMail.to_address == cast.lead.email)
    ).all()
    assert [mail.subject for mail in mails] == ["Ben Agent asks you to look at a change: Refunds"]
    assert f"/content/reviews/{the_review().id}" in mails[0].text
    assert "It grew" in mails[0].text
    assert "unheard-of" not in mails[0].text


def test_what_was_withdrawn_is_not_told_of(
    guide: Library, cast: Cast, as_user: AsUser, drain: Callable[[], int]
) -> None:
    agent = as_user(cast.agent)
    propose(agent, guide)
    act(agent, "withdrawals")
    assert told(cast.lead, drain) == []


class TestWhereFilesWin:
    """Articles are edited in files only."""

    @pytest.fixture
    def settings_for_test(self, settings_for_test: dict[str, object]) -> dict[str, object]:
        return {**settings_for_test, "content_mode": "import"}

    def test_nothing_is_proposed(self, guide: Library, cast: Cast, as_user: AsUser) -> None:
        agent = as_user(cast.agent)
        assert propose(agent, guide) == 403
        assert agent.get(f"/content/articles/{ID}/reviews/new").status_code == 403
