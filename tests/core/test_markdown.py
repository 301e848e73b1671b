"""Markdown: what it shows, what it never lets through, and that it always ends."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.markdown import Heading, Profile, render

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe src=//evil.example></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<p style='position:fixed'>x</p>",
    "<form action=//evil.example><input name=q><button>go</button></form>",
    "<math><mtext><style><img src onerror=alert(1)>",
    "<details ontoggle=alert(1) open>",
    "<h2 id=csrf name=csrf>x</h2>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0>",
    "<object data=x></object><embed src=x><link rel=stylesheet href=x>",
    "<!--><script>alert(1)</script>-->",
    "<div data-behavior=confirm data-tone=evil>x</div>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHN2Zz4=)",
    "[x](vbscript:x)",
    "![x](javascript:alert(1))",
    "![x](//evil.example/x.png)",
    "![x](/\\evil.example/x.png)",
    '[x](http://a "onmouseover=alert(1)")',
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    '```"><script>alert(1)</script>\nx\n```',
    '```sh title="<script>alert(1)</script>"\nx\n```',
    "/// note | <script>alert(1)</script>\nx\n///",
    "/// details | x\n    attrs: {onclick: 'alert(1)', style: 'x'}\n///",
    "> [!NOTE] <script>alert(1)</script>\n> x",
    '# x {#"onclick=alert(1)}',
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "/// tab | <script>alert(1)</script>\nx\n///",
    '![" onload=x](https://youtu.be/dQw4w9WgXcQ)',
    "<details>\n<script>alert(1)\n\nx",
    "*[x]: <script>\n\nx",
    "x[^1]\n\n[^1]: <script>alert(1)</script>",
    "﷒script>alert(1)﷒/script>",
]

TAGS = re.findall(
    r"\S+",
    """
    h2 h3 h4 h5 h6 p div blockquote hr pre figure figcaption ul ol li dl dt dd details summary table
    thead tbody tr th td a abbr b br code del em i img input kbd mark span strong sup
    """,
)
ATTRIBUTES = re.findall(
    r"\S+",
    """
    align alt aria-label checked class data-tone disabled href id loading open rel role src start
    tabindex title type
    """,
)
SCHEMES = frozenset({"http", "https", "mailto", "tel"})


class Gate(HTMLParser):
    """Fails on whatever a page of ours must not hold."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES, name
            if name == "href":
                scheme = re.match(
                    r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", value or ""), re.I
                )
                assert scheme is None or scheme[1].lower() in SCHEMES, value
            if name == "src":
                assert re.match(r"/[^/\\]", value or ""), value
            if name == "id":
                assert (value or "").startswith(("fn", "h-")), value
        if tag == "input":
            assert dict(attrs) | {"type": "checkbox", "disabled": ""} == dict(attrs)


def article(text: str) -> str:
    return str(render(text, profile=Profile.DOCUMENT).html)


def comment(text: str) -> str:
    return str(render(text, profile=Profile.COMMENT).html)


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_active_gets_through(attack: str, profile: Profile) -> None:
    Gate().feed(render(attack, profile=profile).html)


@pytest.mark.parametrize("profile", Profile)
@given(
    pieces=st.lists(
        st.sampled_from(
            [
                *ATTACKS,
                *"[]()<>`*_#-+|~=:!^\\\"'\n",
                "\n\n",
                "    ",
                "- ",
                "1. ",
                "> ",
                "```",
                "///",
                "x",
                "[^1]",
                "[^1]: ",
                "{#x}",
                "&#60;",
                "\t",
                "\0",
                "\x01wzxhzdk:0\x04",
                "\x02wzxhzdk:0\x03",
                "﷐",
                "é",
                "http://a.b/",
            ]
        ),
        max_size=40,
    )
)
@settings(max_examples=150, deadline=None)
def test_no_mixture_of_marks_breaks_it(pieces: list[str], profile: Profile) -> None:
    Gate().feed(render("".join(pieces), profile=profile).html)


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize(
    "unit",
    ["[", "![", "[ some words ", "[^1]", "[a][", "[a](<", "[x](", "<", "<a ", "<!--", "*a ", "> ", "- ",
     "- ```\n", "> ```\n", "  ~~~x\n", "<div>\n", "<b\n", "\\\n", "# a #",
     "1. ", "# a\n", "a\n===\n", "a\n: b\n", "/// note\n", "```\n", "*[x]: y\n", "a  \n"],
)  # fmt: skip
def test_eight_thousand_repeats_end_and_lose_no_word(unit: str, profile: Profile) -> None:
    """How long it may take is measured in bench/, not here; without the guard this is minutes."""
    html = render(unit * 8000 + "\n\nlast words", profile=profile).html
    assert "last words" in html


def test_the_guard_leaves_no_trace_in_text_and_code() -> None:
    text = "[ " * 80 + "\n\n```js\n" + "a[(<" * 80 + "\n```"
    html = article(text)
    assert html.count("[") == 160
    assert html.count("&lt;") == 80
    assert not re.search("[﷐-﷯]", html)


def test_many_links_in_one_table_stay_links() -> None:
    rows = "\n".join(f"| [number {n}](https://example.org/{n}) | x |" for n in range(300))
    assert article(f"| a | b |\n|---|---|\n{rows}").count("<a ") == 300


def test_a_text_over_the_limit_is_shown_whole_without_its_markdown() -> None:
    html = comment("**bold**\nline\n\n<b>" + "x " * 20_000)
    assert html.startswith("<p>**bold**<br>\nline</p>\n<p>&lt;b&gt;x x")


def test_plain_html_works_in_articles_and_is_text_in_comments() -> None:
    text = "Press <kbd>Esc</kbd>"
    assert article(text) == "<p>Press <kbd>Esc</kbd></p>"
    assert comment(text) == "<p>Press &lt;kbd&gt;Esc&lt;/kbd&gt;</p>"


def test_headings_stand_below_the_title_and_can_be_linked_to() -> None:
    rendered = render(
        "# One\n\n## Zwei & <b>drei</b>\n\n## One\n\n### Own {#mine}", profile=Profile.DOCUMENT
    )
    assert rendered.headings == (
        Heading(2, "h-one", "One"),
        Heading(2, "h-zwei-drei", "Zwei & drei"),
        Heading(2, "h-one_1", "One"),
        Heading(3, "h-mine", "Own"),
    )  # fmt: skip
    assert 'id="h-mine"' in rendered.html
    assert "Link to this section" in rendered.html


def test_headings_of_a_comment_are_small_and_have_no_ids() -> None:
    assert comment("# One") == "<h3>One</h3>"


def test_a_link_inside_the_page_finds_the_prefixed_heading() -> None:
    assert 'href="#h-part-two"' in article("[there](#Part-Two)")


def test_code_is_coloured_in_the_named_language_only() -> None:
    html = article('```python title="app.py"\nreturn "a"  # why\n```')
    assert "<figcaption><span>app.py</span></figcaption>" in html
    assert '<span class="tok-k">return</span> <span class="tok-s">"a"</span>' in html
    assert '<span class="tok-c"># why</span>' in html
    assert "span" not in article('```\nreturn "a"\n```')
    assert "return &lt;a&gt;" in article("```nosuchlanguage\nreturn <a>\n```")


@pytest.mark.parametrize("language", ["console", "python", "pycon", "diff", "json", "http", "html"])
def test_colours_change_no_character_of_the_code(language: str) -> None:
    code = "$ cp -a one two\n>>> x = <b>\n\n- gone\n+ \ttab  \n{"
    shown = re.search(
        r"<code[^>]*>(.*)\n</code>", comment(f"```{language}\n{code}\n```"), re.DOTALL
    )
    assert shown
    assert unescape(re.sub(r"</?span[^>]*>", "", shown[1])) == code


@pytest.mark.parametrize(
    ("source", "tone", "title"),
    [
        ("/// note\nBody.\n///", "info", "Note"),
        ("/// warning | Mind *this*\nBody.\n///", "warn", "Mind <em>this</em>"),
        ("> [!TIP]\n> Body.", "ok", "Tip"),
        ("> [!CAUTION] Hot\n> Body.", "warn", "Hot"),
        ("/// danger | No\nBody.\n///", "bad", "No"),
    ],
)
def test_callouts_carry_their_tone(source: str, tone: str, title: str) -> None:
    html = comment(source)
    assert f'data-tone="{tone}"' in html
    assert f'<p class="callout-title">{title}</p>\n<p>Body.</p>' in html


def test_callouts_that_follow_each_other_stay_apart() -> None:
    html = article("> said\n\n> [!NOTE]\n> one\n\n> [!TIP]\n>\n> two")
    assert html.count("<blockquote>") == 1
    assert html.count('class="callout"') == 2


def test_details_open_and_close() -> None:
    assert "<details>\n<summary>More</summary>" in article("/// details | More\nBody.\n///")


def test_tasks_are_boxes_that_cannot_be_ticked() -> None:
    html = comment("- [x] done **well**\n- [ ] open")
    assert '<ul class="tasks">' in html
    assert html.count("disabled") == html.count("<input") == 2
    assert "<div>done <strong>well</strong></div>" in html


def test_tables_align_without_styles_and_can_be_scrolled() -> None:
    html = article("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert '<td align="right">2</td>' in html
    assert 'class="table-wrap"' in html
    assert "style" not in html


def test_footnotes_work_in_articles_only() -> None:
    text = "A[^1].\n\n[^1]: Why."
    assert 'href="#fn:1"' in article(text)
    assert 'id="fn:1"' in article(text)
    assert "fn:1" not in comment(text)


def test_links_are_rewritten_by_the_callable() -> None:
    asked: list[str] = []

    def link(address: str) -> str | None:
        asked.append(address)
        return None if address == "gone.md" else address.replace(".md", "")

    text = "[a](a.md) [b](gone.md) [c](#c) https://example.org/x.md"
    html = str(render(text, profile=Profile.DOCUMENT, link=link).html)
    assert asked == ["a.md", "gone.md", "https://example.org/x.md"]
    assert 'href="a"' in html
    assert ">b</a>" in html
    assert "gone" not in html


def test_links_of_strangers_are_not_vouched_for() -> None:
    assert 'rel="nofollow ugc noopener"' in comment("[a](https://example.org)")
    assert 'rel="noopener"' in article("[a](https://example.org)")


def test_pictures_from_elsewhere_become_links() -> None:
    html = comment("![the cat](https://evil.example/cat.png)")
    assert "<img" not in html
    assert ">the cat</a>" in html


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("I tried:\n- a\n- b", 2),
        ("Steps:\n1. a\n2. b", 2),
        ("In 2020\n2020. was", 0),
        ("- a\n  - b\n    - c\n- d", 4),
        ("1. a\n   - b\n   - c\n2. d", 4),
        ("- a\n\n  more\n- b", 2),
        ("1. a\n   ```sh\n   ls\n   ```\n2. b", 2),
        ("- a\n    - b", 2),
        ("* * *", 0),
    ],
)
def test_lists_are_read_as_people_write_them(source: str, expected: int) -> None:
    html = article(source)
    assert html.count("<li>") == expected
    assert "\n- " not in html


def test_code_between_items_is_a_part_of_its_item() -> None:
    html = article("1. a\n   ```sh\n   ls -l\n   ```\n2. b")
    assert html.count("<ol>") == 1
    assert '<code class="language-sh">ls -l\n</code>' in html


def test_line_breaks_of_a_comment_stay() -> None:
    assert comment("one\ntwo") == "<p>one<br>\ntwo</p>"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("~~~\na\n~~~", "a"),
        ("  ```\n  a\n    b\n  ```", "a\n  b"),
        ("````\na\n```\n``````", "a\n```"),
        ("```\nnever closed\n\n# no heading", "never closed\n\n# no heading"),
        ("> ```\n> a\n> ```\n> said", "a"),
        ("> ```\n> a\n\nafter", "a"),
        ("- x\n  ```\n  a\n\n  b\n  ```\n- y", "a\n\nb"),
        ("- x\n  ```\n  never closed\n\nafter", "never closed\n"),
        ("```python title='x' linenums $%\na\n```", "a"),
        ("```\n    ```\n```", "    ```"),
    ],
)
def test_fences_are_read_as_people_write_them(source: str, code: str) -> None:
    for html in (article(source), comment(source)):
        found = re.findall(r"<code[^>]*>(.*?)\n</code>", html, re.DOTALL)
        assert found == [code]
        assert "```" not in html.replace(found[0], "")
        assert "<p></p>" not in html


def test_what_follows_code_in_a_list_or_quote_is_not_code() -> None:
    assert "<p>after</p>" in article("> ```\n> a\n\nafter")
    assert "<p>after</p>" in article("- x\n  ```\n  never closed\n\nafter")
    assert "<p>said</p>" in article("> ```\n> a\n> ```\n> said")


@pytest.mark.parametrize("word", ["#5 bolts", "#billing", "####### seven"])
def test_words_with_a_hash_are_no_headings(word: str) -> None:
    assert comment(word) == f"<p>{word}</p>"


@pytest.mark.parametrize(
    ("source", "title"),
    [("# a #", "a"), ("# a#", "a#"), ("  ## a ##", "a"), ("# a \\#", "a #"), ("a\n  ===", "a")],
)
def test_headings_are_read_as_people_write_them(source: str, title: str) -> None:
    assert [each.text for each in render(source, profile=Profile.DOCUMENT).headings] == [title]


@pytest.mark.parametrize("source", ["- a\n---", "> a\n---", "1. a\n---"])
def test_a_line_under_an_item_or_a_quote_is_a_rule(source: str) -> None:
    assert "<hr>" in article(source)
    assert "<h" not in article(source).replace("<hr", "")


def test_a_backslash_hides_a_mark_or_breaks_the_line() -> None:
    assert comment(r"1\. \*a\* \<b\> \$5 \~~x~~") == "<p>1. *a* &lt;b&gt; $5 ~~x~~</p>"
    assert article("a\\\nb") == "<p>a<br>\nb</p>"
    assert article(r"`\*`") == r"<p><code>\*</code></p>"


def test_what_only_looks_like_html_is_shown() -> None:
    html = article("Put <your-name> before <localhost:5000>.\n\n<the-token>\n\n<!-- never closed")
    for words in (
        "&lt;your-name&gt;",
        "&lt;localhost:5000&gt;",
        "&lt;the-token&gt;",
        "never closed",
    ):
        assert words in html


def test_markdown_stands_between_two_tags() -> None:
    html = article("<details>\n<summary>More</summary>\n\nText **b**\n\n</details>\n\nafter")
    assert html.startswith("<details>\n<summary>More</summary>\n<p>Text <strong>b</strong></p>")
    assert html.endswith("</details>\n<p>after</p>")


def test_tabs_stand_below_each_other_under_their_titles() -> None:
    html = article("/// tab | Linux\nrun **x**\n///\n\n/// tab | Mac\ny\n///")
    assert html.count('class="tabset"') == 1
    assert re.findall(r'<p class="tab-title">(.*?)</p>\n<p>(.*?)</p>', html) == [
        ("Linux", "run <strong>x</strong>"),
        ("Mac", "y"),
    ]


@pytest.mark.parametrize(
    ("address", "player"),
    [
        (
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3",
            "youtube-nocookie.com/embed/dQw4w9WgXcQ",
        ),
        ("https://youtu.be/dQw4w9WgXcQ", "youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://vimeo.com/76979871", "player.vimeo.com/video/76979871"),
    ],
)
def test_videos_of_known_places_can_be_played_in_the_page(address: str, player: str) -> None:
    html = article(f"![How it works]({address})")
    assert re.search(rf'<span class="video"><a href="https://[a-z.]*{player}"[^>]*>How', html)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/watch?v=dQw4w9WgXcQ",
        "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
        "http://youtu.be/dQw4w9WgXcQ",
        'https://youtu.be/x"onload=1',
        "https://vimeo.com/../76979871",
        "https://[half",
    ],
)
def test_no_other_video_can(address: str) -> None:
    assert "video" not in article(f"![x]({address})").replace(address, "")
