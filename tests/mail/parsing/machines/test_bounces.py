"""Mail that came back."""

import pytest

from tests.mail.parsing.mails import multipart, read

RETURNED = (
    "From: desk@example.com\r\nTo: kim@example.org\r\nMessage-ID: <our.1@example.com>\r\n\r\nHi"
)


def report(*fields: str) -> tuple[str, bytes]:
    status = "Reporting-MTA: dns; mx.example.org\r\n\r\n" + "\r\n".join(fields)
    return multipart(
        "report; report-type=delivery-status",
        "\r\nSorry.",
        f"Content-Type: message/delivery-status\r\n\r\n{status}\r\n",
        f"Content-Type: message/rfc822\r\n\r\n{RETURNED}",
    )


def test_report_of_a_failure() -> None:
    content_type, body = report(
        "Final-Recipient: rfc822; Kim@example.org",
        "Action: failed",
        "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 5.1.1 No such\r\n user",
    )
    found = read(content_type, body=body, sender="MAILER-DAEMON@mx.example.org")
    assert found.is_bounce
    assert found.must_not_auto_respond
    assert not found.is_auto_reply
    bounce = found.bounce
    assert bounce is not None
    assert (bounce.recipient, bounce.status, bounce.hard) == ("kim@example.org", "5.1.1", True)
    assert (bounce.message_id, bounce.reason) == ("our.1@example.com", "550 5.1.1 No such user")


def test_report_of_several_recipients() -> None:
    content_type, body = report(
        "Final-Recipient: rfc822; kim@example.org\r\nAction: failed\r\nStatus: 5.2.2\r\n",
        "Final-Recipient: rfc822; x@example.org\r\nAction: relayed\r\nStatus: 2.0.0\r\n",
        "Original-Recipient: rfc822; lee@example.org\r\nFinal-Recipient: rfc822; l@x.example",
        "Action: delayed\r\nStatus: 4.4.1",
    )
    found = read(content_type, body=body)
    assert [(b.recipient, b.status, b.hard) for b in found.bounces] == [
        ("kim@example.org", "5.2.2", True),
        ("lee@example.org", "4.4.1", False),
    ]


def test_report_of_success_is_no_bounce() -> None:
    content_type, body = report(
        "Final-Recipient: rfc822; kim@example.org\r\nAction: delivered\r\nStatus: 2.0.0"
    )
    found = read(content_type, body=body, sender="MAILER-DAEMON@mx.example.org")
    assert not found.is_bounce
    assert found.must_not_auto_respond


@pytest.mark.parametrize(
    ("subject", "body", "hard"),
    [
        (
            "failure notice",
            "I'm afraid I wasn't able to deliver your message.\n\n<kim@example.org>:\nUser unknown.\n\n"
            "--- Below this line is a copy of the message.\n\n",
            True,
        ),
        ("Mail delivery failed", "  kim@example.org\n    550 5.1.1 unknown user\n\n", True),
        (
            "Undeliverable: Printer",
            "kim@example.org\nThe e-mail address could not be found.\n\n",
            True,
        ),
        (
            "Unzustellbar: Drucker",
            "Die Nachricht an kim@example.org wurde nicht zugestellt.\n\n",
            True,
        ),
        ("Warning: message delayed", "Your mail to kim@example.org is delayed. 4.4.1\n\n", False),
    ],
)
def test_servers_that_write_in_their_own_words(subject: str, body: str, hard: bool) -> None:
    found = read(
        f"Subject: {subject}", body=body + RETURNED, sender="Mail System <MAILER-DAEMON@x.example>"
    )
    bounce = found.bounce
    assert bounce is not None
    assert (bounce.recipient, bounce.hard) == ("kim@example.org", hard)
    assert bounce.message_id == "our.1@example.com"


def test_header_that_names_who_failed() -> None:
    found = read("X-Failed-Recipients: kim@example.org", body="Sorry.")
    assert found.bounce is not None
    assert found.bounce.recipient == "kim@example.org"


def test_customer_who_quotes_a_failure_is_a_customer() -> None:
    words = (
        "Your mail came back to me:\n\n> 550 5.1.1 User unknown\n> could not be delivered\n\nWhy?"
    )
    assert not read("Subject: Mail problems", body=words).is_bounce
    content_type, body = report("Final-Recipient: rfc822; kim@example.org\r\nAction: failed")
    forwarded_type, forwarded = multipart(
        "mixed",
        "\r\nWhat does this mean?",
        b"Content-Type: message/rfc822\r\n\r\n" + content_type.encode() + b"\r\n\r\n" + body,
        boundary="b9",
    )
    assert not read(forwarded_type, "Subject: Fwd: failure notice", body=forwarded).is_bounce


@pytest.mark.parametrize(
    ("sender", "subject", "body"),
    [
        ("Ana <ana@example.com>", "Delivery failed", "My parcel could not be delivered, why?"),
        ("Ana <ana@example.com>", "Undeliverable parcel 5512", "It was returned to sender."),
        ("Ana <ana@example.com>", "Warning: message on my screen", "Account disabled, it says."),
        (
            "System Administrator <it@example.com>",
            "Warning: mail server down",
            "We move it tomorrow.",
        ),
        ("Mail Server Team <it@example.com>", "Question", "The mailbox is full, what can we do?"),
        (
            "Ana <ana@example.com>",
            "Zustellung am Montag",
            "Das Paket konnte nicht zugestellt werden.",
        ),
    ],
)
def test_customer_who_writes_of_deliveries_is_a_customer(
    sender: str, subject: str, body: str
) -> None:
    found = read(f"Subject: {subject}", body=body, sender=sender)
    assert not found.is_bounce
    assert not found.must_not_auto_respond
