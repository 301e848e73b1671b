"""Replies in HTML: the history where mail programs put it."""

import pytest

from tests.mail.parsing.mails import multipart, read

WORDS = "It works again, thank you!"

HISTORIES = {
    "Gmail": (
        '<div class="gmail_quote"><div class="gmail_attr">Am Di. schrieb Ana:<br></div>'
        "<blockquote>The printer is silent.</blockquote></div>"
    ),
    "Gmail, forwarded": '<div class="gmail_quote">---------- Forwarded<br>The printer is silent.</div>',
    "Outlook": (
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
        "<p><b>X:</b> Ana<br><b>Y:</b> today</p></div><p>The printer is silent.</p>"
    ),
    "Outlook on the web": (
        '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>X:</b> Ana</div>'
        "<div>The printer is silent.</div>"
    ),
    "Outlook through another": '<div id="x_divRplyFwdMsg">X: Ana</div><p>The printer is silent.</p>',
    "Yahoo": '<div class="yahoo_quoted"><p>The printer is silent.</p></div>',
    "Apple Mail": (
        "<div><blockquote type=cite><div>On 5 May 2026, at 10:01, Ana &lt;ana@example.com&gt; wrote:</div>"
        "<p>The printer is silent.</p></blockquote></div>"
    ),
    "Thunderbird": (
        '<div class="moz-cite-prefix">Am 05.05.26 um 10:01 schrieb Ana Kunde:</div>'
        "<blockquote type=cite>The printer is silent.</blockquote>"
    ),
    "Proton": '<div class="protonmail_quote">The printer is silent.</div>',
    "Zimbra": '<hr id="zwchr" data-marker="__DIVIDER__"><div>The printer is silent.</div>',
    "GMX": '<div name="quote">The printer is silent.</div>',
    "QQ": "<includetail>The printer is silent.</includetail>",
    "a signature": '<div class="gmail_signature">The printer is silent.</div>',
}


@pytest.mark.parametrize("program", HISTORIES)
def test_history_in_html_falls_away(program: str) -> None:
    page = f"<html><body><div>{WORDS}</div>{HISTORIES[program]}</body></html>"
    found = read("Content-Type: text/html; charset=utf-8", "Subject: Re: Printer", body=page)
    assert found.reply_text == WORDS
    assert "The printer is silent." in found.text


def test_answers_between_quotes_in_html_stay() -> None:
    page = (
        "<div>See below.</div><div class=gmail_quote><blockquote>Which printer?</blockquote>"
        "<div>The one in the hall.</div><blockquote>Since when?</blockquote></div>"
    )
    found = read("Content-Type: text/html", "Subject: Re: Printer", body=page)
    assert found.reply_text == "See below.\n\n> Which printer?\n\nThe one in the hall."


def test_html_says_where_the_history_is_when_the_text_does_not() -> None:
    content_type, body = multipart(
        "alternative",
        f"Content-Type: text/plain\r\n\r\n{WORDS}\r\n\r\nThe printer is silent.",
        f"Content-Type: text/html\r\n\r\n<p>{WORDS}</p><div class=gmail_quote>The printer is silent.</div>",
    )
    assert read(content_type, "Subject: Re: Printer", body=body).reply_text == WORDS


def test_page_that_is_history_alone_stays() -> None:
    page = '<div class="gmail_quote">---------- Forwarded message ---------<br>The printer is silent.</div>'
    assert "silent" in read("Content-Type: text/html", body=page).reply_text


def test_html_that_says_something_else_does_not_win_over_the_text() -> None:
    content_type, body = multipart(
        "alternative",
        "Content-Type: text/plain\r\n\r\nPlease call me.",
        "Content-Type: text/html\r\n\r\n<p>Hi</p><div class=gmail_quote>The printer is silent.</div>",
    )
    assert read(content_type, body=body).reply_text == "Please call me."
