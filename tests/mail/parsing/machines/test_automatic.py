"""Who must not be answered by a machine, and who is a person after all."""

import pytest

from tests.mail.parsing.mails import multipart, read

AUTOMATIC = [
    "Auto-Submitted: auto-replied",
    "Auto-Submitted: auto-generated (rejected)",
    "X-Autoreply: yes",
    "X-Autorespond: yes",
    "X-Auto-Reply-From: ana@example.com",
    "Precedence: auto_reply",
    "X-POST-MessageClass: 9; Autoresponder",
    "Subject: Out of Office: Printer",
    "Subject: Automatic reply: Printer",
    "Subject: Automatische Antwort: Drucker",
    "Subject: Abwesenheitsnotiz",
    "Subject: Réponse automatique : Imprimante",
    "Subject: Respuesta automática: Impresora",
    "Subject: Risposta automatica: Stampante",
    "Subject: Automatisch antwoord: Printer",
    "Subject: Autosvar: Skrivare",
    "Subject: Automaattinen vastaus: Tulostin",
    "Subject: Odpowiedź automatyczna: Drukarka",
    "Subject: Автоматический ответ: Принтер",
    "Subject: =?utf-8?B?6Ieq5YuV5b+c562U?=: x",
    "Subject: =?utf-8?B?6Ieq5Yqo5Zue5aSN?=: x",
]
PEOPLE = [
    "Auto-Submitted: no",
    "X-Autoreply: no",
    "Precedence: normal",
    "X-Auto-Response-Suppress: DR, RN",
    "Subject: Re: Automatic reply: Printer",
    "Subject: Automatic door does not open",
    "Subject: Out of paper",
    "Subject: Vacation request",
    "Subject: Delivery to the office",
    "Subject: Undelivered parcel",
    "Subject: Re: Undelivered Mail Returned to Sender",
    "Subject: Fwd: Mail delivery failed",
    "List-Unsubscribe: <https://example.com/u>",
]
MASS = [
    "Precedence: bulk",
    "Precedence: junk",
    "List-Id: <l.example.com>",
    "X-Auto-Response-Suppress: OOF, AutoReply",
    "X-Loop: desk@example.com",
    "Return-Path: <>",
]


@pytest.mark.parametrize("header", AUTOMATIC)
def test_answering_machine(header: str) -> None:
    found = read(header)
    assert found.is_auto_reply
    assert found.must_not_auto_respond
    assert not found.is_bounce


@pytest.mark.parametrize("header", PEOPLE)
def test_person(header: str) -> None:
    found = read(header)
    assert not found.is_auto_reply
    assert not found.must_not_auto_respond
    assert not found.is_bounce


@pytest.mark.parametrize("header", MASS)
def test_mail_that_wants_no_automatic_answer(header: str) -> None:
    found = read(header)
    assert found.must_not_auto_respond
    assert not found.is_auto_reply
    assert not found.is_bounce


def test_list() -> None:
    assert read("List-Id: <l.example.com>").is_list
    assert read("List-Post: <mailto:l@example.com>").is_list
    assert not read("List-Post: NO").is_list
    assert not read("List-Unsubscribe: <https://example.com/u>").is_list


def test_receipt_is_neither_bounce_nor_to_be_answered() -> None:
    content_type, body = multipart(
        "report; report-type=disposition-notification",
        "\r\nYour mail was read.",
        "Content-Type: message/disposition-notification\r\n\r\nDisposition: manual-action; displayed",
    )
    found = read(content_type, body=body)
    assert found.must_not_auto_respond
    assert not found.is_bounce
