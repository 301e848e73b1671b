"""Mails as they came: shown as they were sent, and the original to save."""

from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO

import pytest
from sqlalchemy import select

from app.accounts.user import User
from app.core import storage
from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from app.mail.inbound import InboundMail, Way
from app.tickets import access, editing, participating
from app.tickets.message import Message
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

Browser = Callable[[User], FreshClient]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154"
    "789c6360606060000000050001a5f645400000000049454e44ae426082"
)
HTML = """<style>body{background:url(https://spy.example/1)}</style>
<script>alert(1)</script><form action="https://evil.example"><input name=p></form>
<p onclick="x()" style="color: red">It is <b>blank</b>.</p>
<img src="cid:knob@cleo.example" alt="the knob">
<img src="https://spy.example/pixel.gif" alt="a pixel"><img src="cid:other" alt="lost">
<a href="https://shop.example/x">shop</a><a href="javascript:x()">no</a>"""


def html_mail() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "cleo@house.example", "help@x.example", "Blank"
    mail["X-Odd"] = "<i>odd</i>"
    mail.set_content("It is *blank*.")
    mail.add_alternative(HTML, subtype="html")
    html = mail.get_body(["html"])
    assert isinstance(html, EmailMessage)
    html.add_related(PNG, "image", "png", cid="<knob@cleo.example>")
    return bytes(mail)


@pytest.fixture
def came(cast: Cast) -> Callable[[bytes], str]:
    """A ticket whose first message is this mail; gives the address of the mail's page."""

    def file(raw: bytes) -> str:
        number = make.ticket(cast.customer).id
        kept = storage.put(BytesIO(raw))
        with unit_of_work():
            begin_writing()
            mail = InboundMail(
                way=Way.IMAP, sha256=kept.sha256, fingerprint="1", bytes=kept.bytes,
                from_address="cleo@house.example", subject="Blank",
            )  # fmt: skip
            db.session.add(mail)
            db.session.flush()
            message = db.session.scalars(select(Message).where(Message.ticket_id == number)).one()
            message.inbound_mail_id = mail.id
        return f"/tickets/{number}/messages/{message.id}/mail"

    return file


def test_the_ticket_leads_to_it_and_reads_no_mail_itself(
    cast: Cast, came: Callable[[bytes], str], as_user: Browser
) -> None:
    path = came(html_mail())
    assert f'href="{path}">Show as sent</a>' in as_user(cast.agent).get(path.split("/mess")[0]).text
    storage.path(db.session.scalars(select(InboundMail.sha256)).one()).unlink()
    assert as_user(cast.agent).get(path.split("/mess")[0]).status_code == 200
    assert as_user(cast.agent).get(path).status_code == 404


def test_it_stands_in_a_frame_that_can_do_nothing(
    cast: Cast, came: Callable[[bytes], str], as_user: Browser
) -> None:
    path = came(html_mail())
    page = as_user(cast.agent).get(path).text
    assert f'<iframe class="mail-frame mt-2" src="{path}/frame" sandbox="allow-popups ' in page
    for forbidden in ("allow-scripts", "allow-same-origin", "allow-forms", "allow-top"):
        assert forbidden not in page
    policy = as_user(cast.agent).get(f"{path}/frame").headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'; "
        "sandbox allow-popups allow-popups-to-escape-sandbox"
    )


def test_what_runs_loads_or_asks_is_not_in_it(
    cast: Cast, came: Callable[[bytes], str], as_user: Browser
) -> None:
    frame = as_user(cast.agent).get(f"{came(html_mail())}/frame").text
    assert "It is <b>blank</b>." in frame
    for gone in ("alert", "onclick", "<form", "<input", "spy.example", "javascript:"):
        assert gone not in frame
    assert '<a target="_blank" href="https://shop.example/x"' in frame
    assert 'rel="nofollow noopener noreferrer"' in frame


def test_pictures_of_the_mail_are_there_and_those_from_the_web_when_asked_for(
    cast: Cast, came: Callable[[bytes], str], as_user: Browser
) -> None:
    path, browser = came(html_mail()), as_user(cast.agent)
    frame = browser.get(f"{path}/frame").text
    assert 'src="data:image/png;base64,' in frame
    assert 'alt="a pixel"' in frame
    page = browser.get(path).text
    assert "1 picture from the web is left out" in page
    assert f'href="{path}?pictures=web"' in page
    answer = browser.get(f"{path}/frame?pictures=web")
    assert 'src="https://spy.example/pixel.gif"' in answer.text
    assert "img-src data: https:;" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_original_is_saved_byte_for_byte_and_never_run(
    cast: Cast, came: Callable[[bytes], str], as_user: Browser
) -> None:
    raw = html_mail()
    answer = as_user(cast.agent).get(f"{came(raw)}/original")
    assert answer.data == raw
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="mail-')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_header_lines_can_be_read(
    cast: Cast, came: Callable[[bytes], str], as_user: Browser
) -> None:
    page = as_user(cast.agent).get(came(html_mail())).text
    assert "X-Odd: &lt;i&gt;odd&lt;/i&gt;" in page


def test_a_mail_without_html_is_shown_as_text(
    cast: Cast, came: Callable[[bytes], str], as_user: Browser
) -> None:
    frame = as_user(cast.agent).get(
        f"{came(b'From: a@b.example' + bytes(2 * [10]) + b'1 < 2')}/frame"
    )
    assert "<pre>1 &lt; 2" in frame.text


@pytest.mark.parametrize("part", ["", "/frame", "/frame?pictures=web", "/original"])
def test_customers_and_others_never_get_it(
    cast: Cast, came: Callable[[bytes], str], as_user: Browser, client: FreshClient, part: str
) -> None:
    path = came(html_mail())
    with unit_of_work():
        ticket = make.ticket_numbered(int(path.split("/")[2]))
        participating.add_participant(ticket, cast.other_customer, by=cast.customer)
    for person in (cast.customer, cast.other_customer, cast.stranger, cast.moderator, cast.admin):
        assert as_user(person).get(path + part).status_code == 403
    assert client.get(path + part).status_code == 302
    own = as_user(cast.customer).get(path.split("/mess")[0]).text
    link = client.get(f"/follow/{access.follow_token(ticket)}").text
    assert "Show as sent" not in own + link


@pytest.mark.parametrize("part", ["", "/frame", "/original"])
def test_what_was_removed_for_good_is_not_there_either(
    cast: Cast, came: Callable[[bytes], str], as_user: Browser, part: str
) -> None:
    path = came(html_mail())
    with unit_of_work():
        message = db.session.scalars(select(Message)).one()
        editing.redact_message(message, by=cast.agent)
    assert as_user(cast.agent).get(path + part).status_code == 404
    assert "Show as sent" not in as_user(cast.agent).get(path.split("/mess")[0]).text


def test_a_mail_is_found_on_its_own_ticket_alone(
    cast: Cast, came: Callable[[bytes], str], as_user: Browser
) -> None:
    path = came(html_mail())
    other = make.ticket(cast.other_customer).id
    wrong = path.replace(path.split("/mess")[0], f"/tickets/{other}")
    assert as_user(cast.agent).get(wrong).status_code == 404
