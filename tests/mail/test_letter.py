"""The bytes that leave."""

import email
from datetime import timedelta
from email.policy import SMTP
from io import BytesIO
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.core import clock, storage
from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from app.mail.composing import Composed
from app.mail.inbound import InboundMail, Way
from app.mail.letter import letter_of
from app.mail.outbound import Enclosure, Kind, OutboundMail
from tests.mail.conftest import NOON, Post
from tests.support.mails import last_mail


def sent(mail: OutboundMail) -> Any:
    return email.message_from_bytes(letter_of(mail).data, policy=SMTP)


def test_text_comes_first_and_html_second(post: Post) -> None:
    post()
    letter = sent(last_mail())
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert letter.get_body(["html"]).get_content().strip() == "<p>Guten Tag</p>"


def test_it_comes_from_the_desk_by_name(post: Post) -> None:
    post()
    assert sent(last_mail())["From"].addresses[0].display_name == "Tarn, Help"


def test_automatic_mail_says_that_it_is(post: Post) -> None:
    post(automatic=True)
    assert sent(last_mail())["Auto-Submitted"] == "auto-generated"


def test_a_reply_that_a_person_wrote_does_not(post: Post) -> None:
    post()
    assert sent(last_mail())["Auto-Submitted"] is None


def test_a_thread_is_made_by_the_usual_headers(post: Post) -> None:
    post(conversation="ticket:1")
    post(conversation="ticket:1")
    letter = sent(last_mail())
    assert letter["In-Reply-To"] == letter["References"]
    assert letter["Message-ID"] == last_mail().message_id


def test_it_is_the_same_whenever_it_is_asked_for(post: Post) -> None:
    post(about="letter:1")
    assert (
        letter_of(last_mail()).data.split(b"boundary")[0]
        == letter_of(last_mail()).data.split(b"boundary")[0]
    )


def test_no_line_is_too_long_for_a_mail_server(app: Flask) -> None:
    long = Composed(subject="ü" * 300, text="word " * 900 + "x" * 5000, html="<p>" + "y" * 9000)
    mail = OutboundMail(
        id=1, to_address="a@b.example", automatic=False, message_id="<a@b>",
        written_by="", unsubscribe_url="", kind=Kind.TICKET,
    )  # fmt: skip
    mail.subject, mail.text, mail.html = long.subject, long.text, long.html
    mail.created_at = clock.now()
    assert max(len(line) for line in letter_of(mail).data.split(b"\r\n")) <= 998


def test_an_address_in_another_script_is_written_as_servers_know_it(post: Post) -> None:
    post(to="cleo@bücher.example")
    assert letter_of(last_mail()).recipient == "cleo@xn--bcher-kva.example"


def test_a_subject_that_looks_encoded_adds_no_header(post: Post) -> None:
    post()
    mail = last_mail()
    db.session.expunge(mail)
    mail.subject = "Re: =?utf-8?q?a=0D=0AX-Mine:_yes?="
    assert sent(mail)["X-Mine"] is None
    assert sent(mail)["Subject"] == "Re: = ?utf-8?q?a=0D=0AX-Mine:_yes?="


def test_a_word_for_machines_answers_a_mail_only_where_there_was_one(post: Post) -> None:
    """RFC 3834, 5: auto-replied is for responses, auto-generated for all other automatic mail."""
    with unit_of_work():
        begin_writing()
        db.session.add(
            InboundMail(
                way=Way.IMAP, sha256="0" * 64, fingerprint="1", bytes=1, message_id="a@cleo.example"
            )
        )
    post(automatic=True, conversation="ticket:1", theirs=select(InboundMail.id))
    assert sent(last_mail())["Auto-Submitted"] == "auto-replied"
    assert sent(last_mail())["In-Reply-To"] == "<a@cleo.example>"
    post(automatic=True, conversation="ticket:1")
    assert sent(last_mail())["Auto-Submitted"] == "auto-generated"


def test_what_a_person_wrote_is_not_automatic_also_where_nobody_of_us_sent_it(post: Post) -> None:
    post(automatic=True, written_by="Cleo")
    assert sent(last_mail())["Auto-Submitted"] is None


def test_robots_are_told_to_be_quiet_but_may_say_that_it_could_not_be_delivered(post: Post) -> None:
    post(automatic=True)
    quiet = sent(last_mail())["X-Auto-Response-Suppress"].split(", ")
    assert {"OOF", "AutoReply"} <= set(quiet)
    assert not {"All", "NDR"} & set(quiet)


def test_a_notification_can_be_stopped_by_one_click(post: Post) -> None:
    """RFC 8058.  The address arrives letter by letter, however long it is."""
    address = "https://help.tarn.example/unsubscribe/" + "x=y." * 60
    post(automatic=True, unsubscribe_url=address)
    raw = letter_of(last_mail()).data.decode()
    assert f"\r\nList-Unsubscribe: <{address}>\r\n" in raw
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw


def test_a_reply_has_nothing_to_unsubscribe_from(post: Post) -> None:
    post()
    assert sent(last_mail())["List-Unsubscribe"] is None


def test_ids_of_others_arrive_letter_by_letter_however_long(post: Post) -> None:
    long = f"CAJ{'a' * 160}@mail.example"
    with unit_of_work():
        begin_writing()
        for number, message_id in enumerate([long, "b c\r\nBcc: x@y", "<d@cleo.example>"]):
            db.session.add(
                InboundMail(
                    way=Way.IMAP,
                    sha256="0" * 64,
                    fingerprint=str(number),
                    bytes=1,
                    message_id=message_id,
                    received_at=NOON + timedelta(minutes=number),
                )
            )
    post(conversation="ticket:1", theirs=select(InboundMail.id))
    raw = letter_of(last_mail()).data.decode()
    assert f"\r\nReferences: <{long}>\r\n <d@cleo.example>\r\n" in raw
    assert "Bcc" not in raw


def stored(name: str, type: str, content: bytes, content_id: str = "") -> Enclosure:
    kept = storage.put(BytesIO(content))
    return Enclosure(
        name=name, type=type, bytes=kept.bytes, sha256=kept.sha256, content_id=content_id
    )


def test_a_picture_of_the_text_goes_beside_its_html_and_a_file_behind_both(post: Post) -> None:
    files = [
        stored("shot.png", "image/png", b"\x89PNG", "picture.1@desk.example"),
        stored("Übersicht, alt.txt", "text/plain", "naïve\n".encode()),
    ]
    post(enclosures=files)
    letter = sent(last_mail())
    assert letter.get_content_type() == "multipart/mixed"
    alternative, file = letter.iter_parts()
    assert [part.get_content_type() for part in alternative.iter_parts()] == [
        "text/plain", "multipart/related",
    ]  # fmt: skip
    html, picture = list(alternative.iter_parts())[1].iter_parts()
    assert html.get_content_type() == "text/html"
    assert picture["Content-ID"] == "<picture.1@desk.example>"
    assert picture.get_content_disposition() == "inline"
    assert file.get_filename() == "Übersicht, alt.txt"
    assert file.get_content_disposition() == "attachment"
    assert file.get_payload(decode=True) == "naïve\n".encode()


def test_a_file_that_is_gone_does_not_keep_the_words(post: Post) -> None:
    gone = Enclosure(name="a.txt", type="text/plain", bytes=1, sha256="0" * 64)
    post(enclosures=[gone])
    assert sent(last_mail()).get_body(["plain"]).get_content().strip() == "Guten Tag"
