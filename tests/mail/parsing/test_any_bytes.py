"""Whatever the bytes are: the parser says something, and soon."""

import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.mail.parsing.reading import parse
from tests.mail.parsing.mails import PICTURE, mail, multipart

_TYPE, _BODY = multipart(
    "mixed",
    "Content-Type: text/plain; charset=iso-2022-jp; format=flowed\r\n\r\nHello \r\n> quoted\r\n-- \r\nAna",
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    "<p>=C3=BC</p>",
    b"Content-Type: image/png; name*0*=utf-8''%C3; name*1*=%BC.png\r\nContent-Disposition: attachment\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=",
    b"Content-Type: application/pkcs7-mime\r\n\r\n0\x80\x06\x09*\x86H\x86\xf7\r\x01\x07\x02\xa0\x80",
    b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx\x9f>\x22\x01\x00\x01\x06\x90\x08\x00",
    "Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: failed",
    "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nbegin 644 a\r\n%:&5L;&\\\r\n`\r\nend\r\n",
)
SEEDS = [
    mail(
        'To: "Kunde, Ana" <ana@example.com>, =?utf-8?Q?J=C3=B6rg?= <j@example.com>',
        "Subject: =?iso-2022-jp?B?GyRCLSEbKEI=?= (x",
        "Date: Tue, 5 May 2026 10:01:02 +0200",
        "References: <a@b.example> <c@d.example>",
        _TYPE,
        body=_BODY,
    ),
    mail(
        "Subject: failure notice",
        body=b"<a@b.example>:\n550 5.1.1 unknown\n" + PICTURE,
        sender="MAILER-DAEMON",
    ),
    mail("Subject: Re: x", body="Yes\n\nOn 5 May 2026 at 10:01, A <a@b.example> wrote:\n> no\n"),
]
_SIGNS = [
    b"\r\n",
    b"\n\n",
    b"--b0",
    b"--",
    b"=?utf-8?B?",
    b"?=",
    b'"',
    b"(",
    b"<",
    b">",
    b";",
    b"\0",
    b"\x1b$B",
    b"\xff",
]

mutation = st.tuples(
    st.integers(0, 4_000),
    st.integers(0, 200),
    st.one_of(st.binary(max_size=30), st.sampled_from(_SIGNS)),
)


@given(seed=st.sampled_from(SEEDS), mutations=st.lists(mutation, max_size=12))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_mutated_mail_is_read(seed: bytes, mutations: list[tuple[int, int, bytes]]) -> None:
    raw = bytearray(seed)
    for at, length, new in mutations:
        at %= len(raw) + 1
        raw[at : at + length] = new
    _read_soon(bytes(raw))


@given(raw=st.binary(max_size=2_000))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read(raw: bytes) -> None:
    _read_soon(raw)


@given(
    piece=st.binary(min_size=1, max_size=12),
    head=st.sampled_from([b"", b"From: ", b"To: ", b"Content-Type: text/html\n\n", b"\n"]),
)
@settings(max_examples=60, deadline=None)
def test_anything_repeated_is_read_in_time(piece: bytes, head: bytes) -> None:
    _read_soon(head + piece * 8_000)


def _read_soon(raw: bytes) -> None:
    started = time.process_time()
    found = parse(raw)
    assert time.process_time() - started < 3
    for words in (
        found.subject,
        found.from_name,
        found.text,
        found.reply_text,
        found.html_sanitized,
    ):
        words.encode()
        assert "\0" not in words
