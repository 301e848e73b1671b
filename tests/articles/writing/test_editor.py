"""The editor over HTTP: who may save what, what becomes of the text and its front matter."""

from collections.abc import Callable
from io import BytesIO

import pytest
from sqlalchemy import select

from app.accounts.user import User
from app.articles.article import Article, Status
from app.articles.revision import Revision
from app.articles.writing.draft import ArticleDraft
from app.core.db import db
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.filled_in import form_on
from tests.support.library import Library
from tests.support.pictures import picture
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
ID = "kb_aaaaaaaaaa"
HEAD = f"""---
# Ours
id: {ID}
title: "Refunds"   # quoted
status: published
visibility: public
mood: calm
tags: [money]
---
"""
BODY = "One.\n\nTwo.\n\nThree.\n"


@pytest.fixture
def guides(library: Library) -> Library:
    library.write("guides/_folder.yml", "title: Guides\nvisibility: public\n")
    library.write("guides/refunds.md", HEAD + BODY)
    library.sync()
    return library


def opened(client: FreshClient, id: str = ID) -> dict[str, str]:
    answer = client.get(f"/content/articles/{id}/edit")
    assert answer.status_code == 200
    return form_on(answer.text, "/edits")


def saved(client: FreshClient, form: dict[str, str], id: str = ID, **more: str) -> int:
    form = {key: value.replace("\n", "\r\n") for key, value in {**form, **more}.items()}
    return client.post(f"/content/articles/{id}/edits", data=form).status_code


def test_saving_a_form_as_it_was_opened_changes_no_byte(
    guides: Library, cast: Cast, as_user: AsUser
) -> None:
    lead = as_user(cast.lead)
    assert saved(lead, opened(lead)) == 303
    assert guides.live(ID).text == HEAD + BODY
    assert len(db.session.scalars(select(Revision)).all()) == 1


def test_only_what_was_changed_is_written_and_the_sync_brings_it_to_the_file(
    guides: Library, cast: Cast, as_user: AsUser
) -> None:
    lead = as_user(cast.lead)
    form = opened(lead) | {"tags": "money, post", "body": BODY.replace("Two", "2")}
    form |= {"synonyms": "chargeback\nmoney back", "order": "3", "review_every": "6m"}
    assert saved(lead, form) == 303
    guides.sync()
    text = guides.text("guides/refunds.md")
    assert "# Ours\n" in text
    assert 'title: "Refunds"   # quoted\n' in text
    assert "mood: calm\n" in text
    assert "tags: [money, post]\n" in text
    assert "synonyms: [chargeback, money back]\n" in text
    assert "order: 3\n" in text
    assert text.endswith("---\nOne.\n\n2.\n\nThree.\n")
    assert guides.the_article(ID).tags == ["money", "post"]


def test_an_agent_writes_a_draft_and_a_lead_publishes_it(
    guides: Library, cast: Cast, as_user: AsUser, client: FreshClient
) -> None:
    agent = as_user(cast.agent)
    form = form_on(agent.get("/content/articles/new?folder=guides").text, "/content/articles")
    assert (form["folder"], form["visibility"], form["status"]) == ("guides", "public", "draft")
    form |= {"title": "A new way", "body": "Words."}
    answer = agent.post("/content/articles", data=form)
    assert answer.status_code == 303
    id = answer.location.split("/")[-2]
    assert guides.the_article(id).status is Status.DRAFT
    assert client.get("/help/a-new-way").status_code == 404
    assert saved(agent, opened(agent, id), id, do="publish") == 403
    assert saved(agent, opened(agent, id), id, body="More words.") == 303
    lead = as_user(cast.lead)
    assert saved(lead, opened(lead, id), id, do="publish") == 303
    assert "More words." in client.get("/help/a-new-way").text
    guides.sync()
    assert "title: A new way\n" in guides.text("guides/a-new-way.md")


def test_an_agent_cannot_change_what_readers_see(
    guides: Library, cast: Cast, as_user: AsUser
) -> None:
    agent = as_user(cast.agent)
    form = opened(agent) | {"body": "Mine."}
    assert saved(agent, form) == 403
    assert saved(agent, form, do="withdraw") == 403
    assert guides.live(ID).body == BODY


def test_nothing_typed_is_lost_to_a_refusal(guides: Library, cast: Cast, as_user: AsUser) -> None:
    agent = as_user(cast.agent)
    refused = agent.post(
        f"/content/articles/{ID}/edits", data=opened(agent) | {"body": "Mine, and long."}
    )
    assert refused.status_code == 403
    assert "Mine, and long." in form_on(refused.text, "/edits")["body"]
    lead = as_user(cast.lead)
    form = opened(lead) | {"body": "Mine, too."}
    lead.post(f"/content/articles/{ID}/deletions")
    refused = lead.post(f"/content/articles/{ID}/edits", data=form)
    assert refused.status_code == 409
    assert "in the trash" in refused.text
    assert "Mine, too." in form_on(refused.text, "/edits")["body"]


@pytest.mark.parametrize("order", ["--1", "+-1", "9" * 5000])
def test_a_draft_with_nonsense_in_it_can_be_opened_again(
    guides: Library, cast: Cast, as_user: AsUser, order: str
) -> None:
    lead = as_user(cast.lead)
    form = opened(lead) | {"order": order}
    assert lead.post("/content/drafts", data=form).status_code == 204
    assert lead.get(f"/content/articles/{ID}/edit").status_code == 200
    assert lead.post(f"/content/articles/{ID}/edits", data=form).status_code == 422


@pytest.mark.parametrize("base", ["99999999999", "-99999999999", "0"])
def test_a_base_that_is_no_text_of_the_article_is_told(
    guides: Library, cast: Cast, as_user: AsUser, base: str
) -> None:
    lead = as_user(cast.lead)
    form = opened(lead) | {"base": base, "body": "Mine."}
    answer = lead.post(f"/content/articles/{ID}/edits", data=form)
    assert answer.status_code in (409, 422)
    assert "Mine." in answer.text
    assert lead.post("/content/pictures", data=form).status_code == 200


def test_the_history_says_what_was_changed(guides: Library, cast: Cast, as_user: AsUser) -> None:
    lead = as_user(cast.lead)
    assert saved(lead, opened(lead), body="One.\n", note="Shorter  now") == 303
    assert "Shorter now" in lead.get(f"/content/articles/{ID}/history").text


def test_marks_of_two_texts_are_not_proposed(guides: Library, cast: Cast, as_user: AsUser) -> None:
    agent = as_user(cast.agent)
    marks = "<<<<<<< your text\na\n=======\nb\n>>>>>>> the text that was saved meanwhile\n"
    form = opened(agent) | {"body": marks, "do": "propose"}
    assert agent.post(f"/content/articles/{ID}/edits", data=form).status_code == 422


def test_an_agent_proposes_what_they_changed_in_the_editor(
    guides: Library, cast: Cast, as_user: AsUser
) -> None:
    agent = as_user(cast.agent)
    form = {**opened(agent), "body": BODY + "Four.\n", "do": "propose"}
    asked = agent.post(f"/content/articles/{ID}/edits", data=form)
    assert asked.status_code == 200
    proposal = form_on(asked.text, "/reviews")
    assert agent.post(f"/content/articles/{ID}/reviews", data=proposal).status_code == 303
    assert guides.live(ID).text == HEAD + BODY
    waiting = as_user(cast.lead).get("/content/reviews").text
    assert "Refunds" in waiting


def test_pictures_are_added_without_a_script(guides: Library, cast: Cast, as_user: AsUser) -> None:
    lead = as_user(cast.lead)
    form = {**opened(lead), "pictures": (BytesIO(picture()), "the_shelf.png")}
    answer = lead.post("/content/pictures", data=form, content_type="multipart/form-data")
    assert answer.status_code == 200
    shown = form_on(answer.text, "/edits")
    assert "Three.\n\n![the shelf](" in shown["body"].replace("\r\n", "\n")
    assert saved(lead, shown) == 303
    form = {**opened(lead), "pictures": (BytesIO(b"no picture"), "x.png")}
    answer = lead.post("/content/pictures", data=form, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "x.png" in answer.text


def test_an_agent_who_has_a_draft_open_cannot_save_it_once_it_is_published(
    guides: Library, cast: Cast, as_user: AsUser
) -> None:
    guides.edit(ID, status="draft")
    agent = as_user(cast.agent)
    form = opened(agent) | {"body": "Mine."}
    guides.edit(ID, status="published")
    assert saved(agent, form) == 403
    assert guides.live(ID).body == BODY


@pytest.mark.parametrize("path", ["", "/new", f"/{ID}/edit", f"/{ID}/deletion"])
def test_customers_and_visitors_see_none_of_it(
    guides: Library, cast: Cast, as_user: AsUser, client: FreshClient, path: str
) -> None:
    assert client.get(f"/content/articles{path}").status_code in (302, 303)
    assert as_user(cast.customer).get(f"/content/articles{path}").status_code == 403
    assert as_user(cast.moderator).get(f"/content/articles{path}").status_code == 403


def test_two_who_change_different_places_both_get_their_way(
    guides: Library, cast: Cast, as_user: AsUser
) -> None:
    lead = as_user(cast.lead)
    form = opened(lead) | {"body": BODY.replace("One", "1"), "summary": "Money back."}
    guides.edit(ID, body=BODY.replace("Three", "3"), title="Getting money back")
    assert saved(lead, form) == 303
    live = guides.live(ID)
    assert live.body == "1.\n\nTwo.\n\n3.\n"
    assert live.front["title"] == "Getting money back"
    assert live.front["summary"] == "Money back."


def test_two_who_change_the_same_place_lose_nothing(
    guides: Library, cast: Cast, as_user: AsUser
) -> None:
    lead = as_user(cast.lead)
    form = opened(lead) | {"body": BODY.replace("Two", "Mine"), "title": "My title"}
    guides.edit(ID, body=BODY.replace("Two", "Theirs").replace("Three", "3"), title="Theirs")
    answer = lead.post(f"/content/articles/{ID}/edits", data=form)
    assert answer.status_code == 409
    both = form_on(answer.text, "/edits")
    assert "Mine.\n=======\nTheirs.\n" in both["body"]
    assert "3." in both["body"]
    assert both["title"] == "My title"
    assert saved(lead, both) == 422
    assert saved(lead, both, body="One.\n\nMine and theirs.\n\n3.\n") == 303
    assert guides.live(ID).body == "One.\n\nMine and theirs.\n\n3.\n"
    assert guides.live(ID).front["title"] == "My title"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", " ", "Give it a title."),
        ("slug", "Not An Address", "small letters, digits and hyphens"),
        ("folder", "../../etc", "Choose a folder from the list."),
        ("lang", "english!", "Write a language code"),
        ("review_every", "soon", "Write days or months"),
        ("order", "first", "Write a whole number."),
        ("publish_at", "tomorrow", "must be a time"),
        ("related", "nowhere", 'There is no article "nowhere".'),
        ("translation_of", "kb_cccccccccc", "There is no article with this id."),
        ("translation_of", ID, "in the same language"),
        ("aliases", "refunds", "This is its address already."),
        ("tags", ",".join(map(str, range(11))), "at most 10 tags"),
        ("visibility", "everybody", "Not a valid choice"),
    ],
)
def test_what_cannot_be_saved_is_shown_again_with_the_text(
    guides: Library, cast: Cast, as_user: AsUser, field: str, value: str, said: str
) -> None:
    lead = as_user(cast.lead)
    form = opened(lead) | {"body": "Not lost.", field: value}
    answer = lead.post(f"/content/articles/{ID}/edits", data=form)
    assert answer.status_code == 422
    assert said in answer.text.replace("&#34;", '"')
    assert "Not lost." in answer.text
    assert guides.live(ID).body == BODY


def test_times_are_those_of_the_reporting_zone(
    guides: Library, cast: Cast, as_user: AsUser, client: FreshClient
) -> None:
    lead = as_user(cast.lead)
    form = opened(lead) | {"publish_at": "2199-12-01T09:00"}
    assert saved(lead, form) == 303
    assert guides.live(ID).front["publish_at"] == "2199-12-01T09:00+00:00"
    assert client.get("/help/refunds").status_code == 404
    assert "Readers see it from" in lead.get("/content/articles?view=scheduled").text
    assert opened(lead)["publish_at"] == "2199-12-01T09:00"


def test_another_folder_becomes_the_category_and_its_own_needs_none(
    guides: Library, cast: Cast, as_user: AsUser
) -> None:
    guides.write("billing/_folder.yml", "title: Billing\n")
    guides.article("billing/other.md", "Other.", title="Other")
    guides.sync()
    lead = as_user(cast.lead)
    assert saved(lead, opened(lead) | {"folder": "billing"}) == 303
    assert guides.the_article(ID).section_path == "billing"
    assert guides.live(ID).front["category"] == "billing"
    assert saved(lead, opened(lead) | {"folder": "guides"}) == 303
    assert guides.live(ID).text == HEAD + BODY


def test_archived_articles_leave_their_readers_and_come_back(
    guides: Library, cast: Cast, as_user: AsUser, client: FreshClient
) -> None:
    lead = as_user(cast.lead)
    assert saved(lead, opened(lead), do="archive") == 303
    assert client.get("/help/refunds").status_code == 404
    assert saved(lead, opened(lead), do="publish") == 303
    assert client.get("/help/refunds").status_code == 200


def test_the_trash_gives_back_and_lets_go(
    guides: Library, cast: Cast, as_user: AsUser, client: FreshClient
) -> None:
    lead, agent = as_user(cast.lead), as_user(cast.agent)
    assert agent.post(f"/content/articles/{ID}/deletions").status_code == 403
    assert lead.post(f"/content/articles/{ID}/purges").status_code == 409
    assert lead.post(f"/content/articles/{ID}/deletions").status_code == 303
    assert client.get("/help/refunds").status_code == 404
    assert "Refunds" in agent.get("/content/articles?view=trash").text
    assert agent.get(f"/content/articles/{ID}/edit").status_code == 303
    assert lead.post(f"/content/articles/{ID}/recoveries").status_code == 303
    assert client.get("/help/refunds").status_code == 200
    lead.post(f"/content/articles/{ID}/deletions")
    assert lead.post(f"/content/articles/{ID}/purges").status_code == 303
    assert db.session.scalars(select(Article)).all() == []


def test_what_lies_in_the_trash_comes_back_only_to_a_free_address(
    guides: Library, cast: Cast, as_user: AsUser
) -> None:
    lead = as_user(cast.lead)
    lead.post(f"/content/articles/{ID}/deletions")
    guides.sync()
    guides.article("guides/other.md", "Other.", slug="refunds", title="Other")
    guides.sync()
    answer = lead.post(f"/content/articles/{ID}/recoveries")
    assert answer.status_code == 422
    assert "is that of" in answer.text


def test_a_draft_is_kept_for_its_writer_alone_and_goes_when_it_is_saved(
    guides: Library, cast: Cast, as_user: AsUser
) -> None:
    agent, lead = as_user(cast.agent), as_user(cast.lead)
    form = opened(agent) | {"body": "Half a", "title": "", "publish_at": "nonsense"}
    assert agent.post("/content/drafts", data=form).status_code == 204
    assert opened(agent)["body"].strip() == "Half a"
    assert opened(lead)["body"] == BODY
    assert "You keep a draft" in agent.get("/content/articles?view=mine").text
    assert agent.post("/content/drafts", data={**form, "asked": "yes"}).status_code == 303
    assert agent.post("/content/drafts/deletions", data=form).status_code == 303
    assert opened(agent)["body"] == BODY
    lead.post("/content/drafts", data=opened(lead) | {"body": "Whole.\n"})
    assert saved(lead, opened(lead)) == 303
    assert guides.live(ID).body == "Whole.\n"
    assert db.session.scalars(select(ArticleDraft)).all() == []


def test_a_draft_over_an_older_text_is_put_together_with_what_was_saved_since(
    guides: Library, cast: Cast, as_user: AsUser
) -> None:
    lead = as_user(cast.lead)
    lead.post("/content/drafts", data=opened(lead) | {"body": BODY.replace("One", "1")})
    guides.edit(ID, body=BODY.replace("Three", "3"))
    assert (
        "Somebody has saved the article since you began"
        in lead.get(f"/content/articles/{ID}/edit").text
    )
    assert saved(lead, opened(lead)) == 303
    assert guides.live(ID).body == "1.\n\nTwo.\n\n3.\n"


def test_the_draft_of_a_new_article_is_offered_again(
    guides: Library, cast: Cast, as_user: AsUser
) -> None:
    agent = as_user(cast.agent)
    form = form_on(agent.get("/content/articles/new").text, "/content/articles") | {
        "title": "Begun",
        "body": "Half",
    }
    assert agent.post("/content/drafts", data=form).status_code == 204
    assert "Begun" in agent.get("/content/articles?view=mine").text
    again = form_on(
        agent.get(f"/content/articles/new?draft={form['key']}").text, "/content/articles"
    )
    assert (again["title"], again["body"].strip()) == ("Begun", "Half")
    other = form_on(
        as_user(cast.lead).get(f"/content/articles/new?draft={form['key']}").text,
        "/content/articles",
    )
    assert other["title"] == ""


def test_the_editor_asks_no_more_with_more_articles(
    guides: Library, cast: Cast, as_user: AsUser
) -> None:
    agent = as_user(cast.agent)
    counts = []
    for number in (2, 20):
        for each in range(number):
            guides.article(f"guides/{number}-{each}.md", "Words.", title=f"No {number}-{each}")
        guides.sync()
        agent.get("/content/articles")
        with counted() as statements:
            agent.get("/content/articles")
            agent.get(f"/content/articles/{ID}/edit")
        counts.append(len(statements))
    assert counts[0] == counts[1]
