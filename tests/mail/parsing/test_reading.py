"""Oddities of real mails, one by one."""

import base64
import quopri
from datetime import UTC, datetime

import pytest

from app.mail.parsing.reading import parse
from app.mail.parsing.telling import told
from tests.mail.parsing.mails import PICTURE, mail, multipart, read

JAPANESE = "日本語のテキスト"


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("utf-8", "utf-8", "Grüße, 日本"),
        ("iso-8859-1", "cp1252", "It costs 5 €, “cheap”"),
        ("us-ascii", "utf-8", "Grüße"),
        ("gb2312", "gb18030", "镕基 朱鎔基"),
        ("iso-2022-jp", "iso2022_jp", JAPANESE),
        ("iso-2022-jp", "cp932", JAPANESE),
        ("shift_jis", "cp932", "①" + JAPANESE),
        ("utf-7", "utf-7", "Grüße"),
        ("ks_c_5601-1987", "cp949", "한국어"),
        ("koi8-r", "koi8-r", "Привет"),
        ("windows-1251", "cp1251", "Привет"),
        ("x-unknown", "utf-8", "Grüße"),
        ("iso-8859-1", "utf-8", "Grüße aus München"),
        ("utf-8", "cp1252", "Gr\u00fc\u00dfe"),
        ('"utf8"', "utf-8", "Grüße"),
        ("cp-850", "cp850", "Grüße"),
    ],
)
def test_text_in_the_character_set_that_was_meant(declared: str, encoding: str, text: str) -> None:
    found = read(f"Content-Type: text/plain; charset={declared}", body=text.encode(encoding))
    assert found.text == text


def test_text_that_says_nothing_of_its_character_set() -> None:
    assert read(body="Grüße".encode()).text == "Grüße"
    assert read(body="Grüße".encode("cp1252")).text == "Grüße"
    assert read(body=JAPANESE.encode("iso2022_jp")).text == JAPANESE


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=", "Grüße"),
        ("=?UTF-8?B?R3LDvMOf?=\r\n =?UTF-8?B?ZQ==?=", "Grüße"),
        ("=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("Re: =?iso-8859-1?Q?Gr=FC=DFe?= an =?utf-8?Q?=C3=84nne?=", "Re: Grüße an Änne"),
        ("=?utf-8?Q?a b?=", "a b"),
        ("=?iso-2022-jp?B?GyRCLSEbKEI=?=", "①"),
        ("=?x-nobody-knows?Q?abc?=", "abc"),
        ("=?utf-8?Q?broken", "=?utf-8?Q?broken"),
        ("=?utf-8?B?R3LDvMOfZQ?=", "Grüße"),
        ("Grüße", "Grüße"),
        ("a\r\n b\r\n\tc", "a b c"),
        ("a\x00b\x07", "ab"),
    ],
)
def test_subject(subject: str, text: str) -> None:
    assert read(f"Subject: {subject}").subject == text


def test_raw_bytes_in_a_header_are_in_a_character_set_of_the_mail() -> None:
    raw = mail("Subject: X", 'Content-Type: text/plain; charset="gb2312"').replace(
        b"X", "转发".encode("gb18030"), 1
    )
    assert parse(raw).subject == "转发"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="report.pdf"', "report.pdf"),
        ("attachment; filename=my report.pdf", "my report.pdf"),
        ("attachment; filename*=utf-8''%e2%82%ac%20rates.pdf", "€ rates.pdf"),
        ('attachment; filename*0="very ";\r\n filename*1="long.pdf"', "very long.pdf"),
        ("attachment; filename*0*=utf-8''%e2%82;\r\n filename*1*=%ac.pdf", "€.pdf"),
        ('attachment; filename="=?utf-8?Q?Gr=C3=BC=C3=9Fe.pdf?="', "Grüße.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\TEMP\\a.png"', "a.png"),
        ('attachment; filename="php://input"', "input"),
        ('attachment; filename="a\u202egnp.exe"', "agnp.exe"),
        ('attachment; filename="CON.txt"', "_CON.txt"),
        ('attachment; filename=".."', "file.pdf"),
        ("attachment", "file.pdf"),
        (f'attachment; filename="{"x" * 300}.pdf"', "x" * 196 + ".pdf"),
    ],
)
def test_name_of_a_file(header: str, name: str) -> None:
    part = f"Content-Type: application/pdf\r\nContent-Disposition: {header}\r\n\r\nPDF"
    content_type, body = multipart("mixed", "\r\nHello", part)
    found = read(content_type, body=body)
    assert [each.name for each in found.attachments] == [name]
    assert found.attachments[0].content == b"PDF"
    assert found.text == "Hello"


def test_alternative_is_one_body_and_an_invitation_is_a_file() -> None:
    content_type, body = multipart(
        "alternative",
        "Content-Type: text/plain\r\n\r\nHello",
        "Content-Type: text/html\r\n\r\n<p>Hello <b>there</b></p>",
        "Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR",
    )
    found = read(content_type, body=body)
    assert found.text == "Hello"
    assert found.html_sanitized == "<p>Hello <b>there</b></p>"
    assert [(each.name, each.content_type) for each in found.attachments] == [
        ("invite.ics", "text/calendar")
    ]


def test_mail_with_only_html_has_text_as_well() -> None:
    page = "<style>p{}</style><p>One<br>two &amp; three</p><blockquote>old</blockquote>"
    found = read("Content-Type: text/html; charset=utf-8", body=page)
    assert found.text == "One\ntwo & three\n\n> old"


def test_page_that_names_its_character_set_itself() -> None:
    page = '<meta http-equiv=Content-Type content="text/html; charset=koi8-r"><p>Привет</p>'
    assert read("Content-Type: text/html", body=page.encode("koi8-r")).text == "Привет"


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain charset=koi8-r",
        "text/plain;charset = koi8-r",
        'TEXT / PLAIN ; x="a;b" CHARSET="koi8-r"',
        "text/plain; charset=koi8-r; charset=utf-8",
        "charset=koi8-r",
        "text; charset=koi8-r",
    ],
)
def test_content_type_with_faults(content_type: str) -> None:
    found = read(f"Content-Type: {content_type}", body="Привет".encode("koi8-r"))
    assert (found.text, found.attachments) == ("Привет", ())


def test_pictures_within_a_page() -> None:
    picture = (
        b"Content-Type: image/png\r\nContent-ID: <p1@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(PICTURE)
    )
    content_type, body = multipart(
        "related", "Content-Type: text/html\r\n\r\n<img src=cid:p1@x>", picture
    )
    found = read(content_type, body=body)
    assert found.attachments[0].inline
    assert found.attachments[0].content_id == "p1@x"
    assert found.attachments[0].content == PICTURE
    assert 'src="cid:p1@x"' in found.html_sanitized


def test_flowed_text_becomes_paragraphs() -> None:
    found = read(
        "Content-Type: text/plain; format=flowed; delsp=yes",
        body="A long \r\nline.\r\n> a quo \r\n> te\r\n-- \r\nAna\r\n",
    )
    assert found.text == "A longline.\n> a quote\n-- \nAna"


def test_uuencoded_file_in_a_text() -> None:
    found = read(body="Here:\n\nbegin 644 hi.txt\n%:&5L;&\\\n`\nend\n\nBye\n")
    assert [(each.name, each.content) for each in found.attachments] == [("hi.txt", b"hello")]
    assert found.text == "Here:\n\nbegin 644 hi.txt\n\nBye"


def test_yenc_file_in_a_text() -> None:
    data = bytes((byte + 42) % 256 for byte in b"hello\xd6").replace(b"\x00", b"=@")
    found = read(
        body=b"Here:\n=ybegin line=128 size=6 name=hi.bin\n" + data + b"\n=yend size=6\nbegin \n"
    )
    assert found.attachments[0].content == b"hello\xd6"


def test_signed_mail_is_read_and_its_signature_kept() -> None:
    content_type, body = multipart(
        'signed; protocol="application/pkcs7-signature"',
        "\r\nHello",
        'Content-Type: application/pkcs7-signature; name="smime.p7s"\r\n\r\nSIGN',
    )
    found = read(content_type, body=body)
    assert found.text == "Hello"
    assert [each.name for each in found.attachments] == ["smime.p7s"]


def test_opaque_signed_mail_is_opened() -> None:
    signed = _signed_data(b"Content-Type: text/plain\r\n\r\nHello from inside")
    found = read(
        'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"',
        "Content-Transfer-Encoding: base64",
        body=base64.encodebytes(signed),
    )
    assert found.text == "Hello from inside"
    assert [each.name for each in found.attachments] == ["smime.p7m"]


def test_mail_within_a_mail_is_a_file_named_after_its_subject() -> None:
    inner = (
        "Content-Type: message/rfc822\r\n\r\nFrom: bo@example.com\r\nSubject: a/b: c\r\n\r\nInside"
    )
    content_type, body = multipart("mixed", "\r\nSee below", inner)
    found = read(content_type, body=body)
    assert found.text == "See below"
    assert [each.name for each in found.attachments] == ["a b: c.eml"]
    assert found.attachments[0].content.endswith(b"Inside")


def test_apple_double_is_one_file() -> None:
    double_type, double = multipart(
        "appledouble",
        "Content-Type: application/applefile; name=a.pdf\r\n\r\nRESOURCES",
        "Content-Type: application/pdf; name=a.pdf\r\n\r\nPDF",
        boundary="b1",
    )
    content_type, body = multipart(
        "mixed", "\r\nHello", double_type.encode() + b"\r\n\r\n" + double
    )
    assert [each.content for each in read(content_type, body=body).attachments] == [b"PDF"]


def test_multipart_without_an_end() -> None:
    content_type, body = multipart("mixed", "\r\nHello", "Content-Type: image/png\r\n\r\nPNG")
    found = read(content_type, body=body.removesuffix(b"--b0--\r\n"))
    assert found.text == "Hello"
    assert len(found.attachments) == 1


def test_multipart_whose_boundary_is_another_one() -> None:
    _, body = multipart("mixed", "Content-Type: text/plain\r\n\r\nHello")
    found = read("Content-Type: multipart/mixed; boundary=other", body=body)
    assert found.text == "Hello"
    assert found.defects


@pytest.mark.parametrize("body", ["", "\r\n", "\0\0"])
def test_empty_mail(body: str) -> None:
    found = read(body=body)
    assert found.text == found.reply_text == found.html_sanitized == ""


def test_nothing_at_all() -> None:
    found = parse(b"")
    assert found.from_address is None
    assert found.message_id is None
    assert not found.sender_verified


def test_text_without_headers() -> None:
    assert parse(b"just some words\nand more\n").text == "just some words\nand more"


def test_old_macintosh_line_ends_and_mbox_line() -> None:
    assert parse(b"From: a@example.com\rSubject: x\r\rHello\rthere").text == "Hello\nthere"
    assert parse(b"From a@b Mon Jan  1 00:00:00 2026\n" + mail()).from_address == "ana@example.com"


def test_a_stray_line_among_headers_does_not_hide_the_others() -> None:
    raw = b"From: a@example.com\nthis is no header\nSubject: x\n\nHello"
    assert parse(raw).subject == "x"
    assert parse(raw).text == "Hello"


def test_quoted_printable_and_base64_with_faults() -> None:
    encoded = quopri.encodestring("Grüße ".encode() * 30) + b"=ZZ"
    found = read(
        "Content-Transfer-Encoding: Quoted-Printable",
        "Content-Type: text/plain; charset=utf-8",
        body=encoded,
    )
    assert found.text.startswith("Grüße Grüße")
    broken = b"SGVs\r\n!bG8=\r\nIHRoZXJl"
    assert read("Content-Transfer-Encoding: base64", body=broken).text == "Hello there"


def test_ids_and_dates() -> None:
    found = read(
        "Message-ID: <a@example.com>",
        "In-Reply-To: Your mail of today <b@example.com>",
        "References: <c@example.com>\r\n <b@example.com> <c@example.com>",
        "Date: Tue, 5 May 2026 10:01:02 +0200 (CEST)",
        "Delivered-To: desk+1@example.com",
        "X-Original-To: desk@example.com",
        "X-Hearth-Desk: d1",
        "Authentication-Results: mx; dkim=pass",
        "Return-Path: <bounce@example.com>",
    )
    assert found.message_id == "a@example.com"
    assert found.in_reply_to == "b@example.com"
    assert found.references == ("c@example.com", "b@example.com")
    assert found.date == datetime(2026, 5, 5, 8, 1, 2, tzinfo=UTC)
    assert found.delivered_to == ("desk+1@example.com", "desk@example.com")
    assert found.hearth_ids == ("d1",)
    assert found.auth_results == ("mx; dkim=pass",)
    assert found.return_path == "bounce@example.com"


@pytest.mark.parametrize(
    "date", ["", "yesterday", "32 Foo 2026", "Tue, 5 May 99999 10:00:00 +9999"]
)
def test_date_that_is_none(date: str) -> None:
    assert read(f"Date: {date}").date is None


def test_two_hundred_thousand_parts_are_cut_with_a_word() -> None:
    body = b"--b0\n\nx\n" * 200_000
    found = read("Content-Type: multipart/mixed; boundary=b0", body=body)
    assert "The mail has more parts than are read." in found.defects


def test_three_thousand_nested_parts_are_cut_with_a_word() -> None:
    nest = "".join(
        f"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n" for i in range(3_000)
    )
    found = parse(b"From: a@example.com\r\n" + nest.encode() + b"\r\nHello")
    assert "The parts of the mail are nested deeper than is read." in found.defects


def _signed_data(content: bytes) -> bytes:
    """A CMS SignedData without signers, as indefinite-length BER for its outer layers."""

    def tlv(tag: int, value: bytes) -> bytes:
        size = len(value)
        length = bytes([size]) if size < 128 else b"\x82" + size.to_bytes(2, "big")
        return bytes([tag]) + length + value

    half = len(content) // 2
    octets = b"\x24\x80" + tlv(4, content[:half]) + tlv(4, content[half:]) + b"\0\0"
    inner = tlv(6, bytes.fromhex("2a864886f70d010701")) + b"\xa0\x80" + octets + b"\0\0"
    signed = tlv(2, b"\1") + tlv(0x31, b"") + b"\x30\x80" + inner + b"\0\0" + tlv(0x31, b"")
    outer = tlv(6, bytes.fromhex("2a864886f70d010702")) + b"\xa0\x80\x30\x80" + signed + b"\0\0\0\0"
    return b"\x30\x80" + outer + b"\0\0"


def test_a_made_up_name_is_not_told_as_the_mails_own() -> None:
    names = [told(mail("Content-Type: application/pdf" + name)) for name in ("", "; name=a.pdf")]
    assert [each["attachments"][0]["name"] for each in names] == ["", "a.pdf"]
