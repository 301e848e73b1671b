# ruff: noqa: E501
"""What each system writes, and what becomes of it: through the command, as readers see it."""

import json
from pathlib import Path

import pytest

from tests.support.client import FreshClient
from tests.support.library import Library, Load
from tests.support.sources import Files, as_bytes, folder, lost, zipped


@pytest.fixture
def bring(library: Library, tmp_path: Path):  # type: ignore[no-untyped-def]
    """Imports files for everybody and writes them; nothing may be lost on the way."""

    def run(files: Files, *options: str) -> Load:
        source = zipped(tmp_path / "source.zip", files)
        done = library.run("import", str(source), "--visibility", "public", *options)
        assert (
            lost({path: as_bytes(each) for path, each in files.items()}, library.root.parent) == []
        )
        library.sync()
        return done

    return run


def page(client: FreshClient, slug: str) -> str:
    """What readers see of an article."""
    answer = client.get(f"/help/{slug}")
    assert answer.status_code == 200
    return answer.text.partition('class="prose')[2].partition("Something else?")[0]


HUGO = {
    "hugo.toml": "defaultContentLanguage = 'en'\n",
    "content/en/_index.md": "---\ntitle: Docs\n---\n",
    "content/en/guides/_index.md": "---\ntitle: Guides\ndescription: How to.\nweight: 4\n---\n",
    "content/en/guides/start.md": '+++\ntitle = "Start here"\ndescription = "Begin."\nweight = 7\ntags = ["a", "b"]\naliases = ["/old/start/"]\ntheme = "wide"\n+++\n'
    '{{< hint style="warning" >}}\nMind the *gap*.\n{{< /hint >}}\n\n'
    'Read [more]({{< relref "guides/deep" >}}#part) or [this](../deep/) or {{< page-ref page="guides/deep" >}}.\n\n'
    '{{< figure src="shot.png" alt="A shot" caption="How it looks" >}}\n\n'
    "{{< youtube dQw4w9WgXcQ >}}\n\n{{< strange thing=1 >}}\n\n```\n{{< hint >}}\n```\n",
    "content/en/guides/deep/index.md": '{\n"title": "Deep", "draft": false\n}\n\n## Part {#part}\n![pic](pic.png)\n',
    "content/en/guides/deep/pic.png": b"\x89PNG\r\n\x1a\np",
    "content/en/guides/shot.png": b"\x89PNG\r\n\x1a\ns",
    "content/de/guides/start.md": "---\ntitle: Anfang\n---\nHallo.\n",
    "layouts/single.html": "<html></html>",
}


def test_hugo(bring, library: Library, client: FreshClient) -> None:  # type: ignore[no-untyped-def]
    done = bring(HUGO)
    assert "4 new" in done.output or "3 new" in done.output
    text = library.text("guides/start.md")
    assert "title: Start here\n" in text and "order: 7\n" in text and "theme: wide\n" in text
    assert "[more](deep.md#part) or [this](deep.md)" in text
    assert "![A shot](../../assets/en/guides/shot.png)" in text or "/guides/shot.png)" in text
    assert "```\n{{< hint >}}\n```" in text
    seen = page(client, "start")
    assert 'data-tone="warn"' in seen and "Mind the <em>gap</em>" in seen
    assert 'href="/help/deep#h-part"' in seen
    assert "{{&lt; strange thing=1 &gt;}}" in seen
    assert client.get("/help/old/start").location == "/help/start"
    assert [f for f in done.faults if "W301" in f] == [
        "content/en/guides/start.md:19:1: warning W301 The shortcode strange has no equal here; it is kept as it stands."
    ]
    german = library.text("de/guides/start.md")
    assert "lang: de\n" in german and "translation_of: kb_" in german


JEKYLL = {
    "_config.yml": "title: Site\ncollections:\n  docs:\n    permalink: /help/:name/\n",
    "_posts/2020-01-31-hello-world.md": "---\nlayout: post\ntitle: Hello\ncategory: news\npermalink: /hello.html\nredirect_from: [/hi]\n---\n"
    "{% highlight ruby %}\nputs 1\n{% endhighlight %}\n\nSee [setup]({% link _docs/setup.md %}).\n\n{% raw %}{{ x }}{% endraw %}\n\n{% include note.html %}\n",
    "_docs/setup.md": "---\ntitle: Set up\nnav_order: 3\n---\n{: .warning }\nCareful.\n\nBack to [post]({% post_url 2020-01-31-hello-world %}) ![p](/assets/p.png)\n",
    "_drafts/soon.md": "---\ntitle: Soon\n---\nWords.\n",
    "assets/p.png": b"\x89PNG\r\n\x1a\np",
    "_includes/note.html": "note",
}


def test_jekyll(bring, library: Library, client: FreshClient) -> None:  # type: ignore[no-untyped-def]
    done = bring(JEKYLL)
    text = library.text("posts/hello-world.md")
    assert "```ruby\nputs 1\n```" in text
    assert "[setup](../docs/setup.md)" in text
    assert "\n{{ x }}\n" in text and "{% include note.html %}" in text
    assert "source_category: news\n" in text and "publish_at: '2020-01-31T" in text
    assert any("tag include" in fault for fault in done.faults)
    assert client.get("/help/hello.html").location == "/help/hello-world"
    assert client.get("/help/hi").location == "/help/hello-world"
    setup = library.text("docs/setup.md")
    assert "/// warning\nCareful.\n///" in setup and "order: 3\n" in setup
    assert "[post](../posts/hello-world.md) ![p](../../assets/p.png)" in setup
    assert "status: draft" in library.text("drafts/soon.md")


DOCUSAURUS = {
    "docusaurus.config.js": "module.exports = {}",
    "docs/_category_.json": '{"label": "All", "position": 1}',
    "docs/01-intro.mdx": "---\nid: intro\nsidebar_position: 2\ntitle: Intro\nslug: /start\n---\nimport Tabs from '@theme/Tabs';\n\n"
    ':::note[Mind this]\nText\n:::\n\n<Tabs>\n<TabItem value="a" label="Apple">\n\nOne\n\n</TabItem>\n<TabItem value="b">\n\nTwo\n\n</TabItem>\n</Tabs>\n\n'
    '<Widget id="1" />\n\nGo [on](./guide/next.md#x) or [up](/start).\n',
    "docs/guide/_category_.yml": "label: Guide\nposition: 3\nlink:\n  description: All guides\n",
    "docs/guide/next.md": "# Next\n\n## X {#x}\n\n![s](/img/s.svg)\n",
    "static/img/s.svg": "<svg/>",
}


def test_docusaurus(bring, library: Library, client: FreshClient) -> None:  # type: ignore[no-untyped-def]
    done = bring(DOCUSAURUS)
    text = library.text("intro.md")
    assert "/// note | Mind this\nText\n///" in text
    assert "/// tab | Apple" in text and "/// tab | b" in text
    assert "import Tabs from" in text and "<Widget" in text
    assert "[on](guide/next.md#x) or [up](intro.md)" in text
    told = [fault for fault in done.faults if "W301" in fault]
    assert len(told) == 2 and "docs/01-intro.mdx:7:1" in told[0]
    assert (
        library.text("guide/_folder.yml")
        == "title: Guide\n".replace("title: Guide\n", "") + "description: All guides\norder: 3\n"
    )
    assert "![s](../../assets/img/s.svg)" in library.text("guide/next.md")
    assert "tabset" in page(client, "start")


ZENDESK = {
    "articles.json": json.dumps(
        {
            "articles": [
                {
                    "id": 11,
                    "title": "Reset your password",
                    "locale": "en-us",
                    "section_id": 2,
                    "draft": False,
                    "position": 1,
                    "label_names": ["password"],
                    "user_segment_id": None,
                    "body": '<h2>How</h2><p>Go <a href="https://x.zendesk.com/hc/en-us/articles/12-Other">on</a>.</p>'
                    '<div class="callout-warning"><p>Careful</p></div><pre><code class="language-sh">ls\n</code></pre>'
                    "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
                    '<table><tr><td colspan="2">wide</td></tr></table>'
                    '<p><img src="/hc/article_attachments/77/shot.png" alt="Shot"></p><script>alert(1)</script>',
                },
                {
                    "id": 12,
                    "title": "Other",
                    "locale": "en-us",
                    "section_id": 2,
                    "draft": True,
                    "body": "<p>O</p>",
                    "user_segment_id": 5,
                },
                {
                    "id": 11,
                    "title": "Passwort",
                    "locale": "de",
                    "section_id": 2,
                    "draft": False,
                    "body": "<p>P</p>",
                },
            ]
        }
    ),
    "sections.json": json.dumps(
        {
            "sections": [
                {
                    "id": 2,
                    "name": "Account",
                    "category_id": 1,
                    "description": "Yours",
                    "position": 2,
                }
            ]
        }
    ),
    "categories.json": json.dumps({"categories": [{"id": 1, "name": "Help", "position": 1}]}),
    "attachments.json": json.dumps({"article_attachments": [{"id": 77, "file_name": "shot.png"}]}),
    "files/shot.png": b"\x89PNG\r\n\x1a\ns",
}


def test_zendesk_guide(bring, library: Library, client: FreshClient) -> None:  # type: ignore[no-untyped-def]
    done = bring(ZENDESK)
    text = library.text("help/account/reset-your-password.md")
    assert "## How\n\nGo [on](other.md)." in text
    assert "/// warning\nCareful\n///" in text
    assert "```sh\nls\n```" in text
    assert "| A | B |" in text and '<td colspan="2">' in text
    assert "![Shot](../../../assets/files/shot.png)" in text
    assert "alert(1)" not in text
    assert len([fault for fault in done.faults if "W308" in fault]) == 2
    other = library.text("help/account/other.md")
    assert "status: draft" in other and "visibility: agents" in other
    assert "lang: de" in library.text("de/help/account/passwort.md")
    assert library.text("help/account/_folder.yml") == "description: Yours\norder: 2\n"
    assert client.get("/help/articles/11").location == "/help/reset-your-password"
    log = library.run("log", _id(text)).output
    assert "as it came" in log and "from zendesk: articles.json#11/en-us" in log


def test_a_single_json_file_is_enough(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "articles.json"
    file.write_text(str(ZENDESK["articles.json"]))
    assert library.run("import", str(file)).exit_code == 0
    assert lost({"articles.json": file.read_bytes()}, library.root.parent) == []


def test_each_translation_comes_once(bring, library: Library) -> None:  # type: ignore[no-untyped-def]
    def said(id: int, locale: str, about: int, title: str, **more: str) -> dict[str, object]:
        return {
            "id": id,
            "locale": locale,
            "source_id": about,
            "title": title,
            "body": "<p>x</p>",
            **more,
        }

    things = [
        said(101, "en-us", 11, "Reset your password"),  # the article itself
        said(102, "de", 11, "Passwort"),  # there as an article
        said(103, "fr", 11, "Même titre"),
        said(104, "fr", 12, "Même titre"),  # looks like the one before, and is another's
        said(105, "fr", 12, "Encore"),  # a second one of the same
        said(106, "fr", 2, "Compte", source_type="Section"),
        said(107, "es", 99, "De nada"),
    ]
    done = bring({**ZENDESK, "translations.json": json.dumps({"translations": things})})
    assert done.exit_code == 0
    found = sorted(path.name for path in (library.root / "fr").rglob("*.md"))
    assert found == ["meme-titre-2.md", "meme-titre.md"]
    assert not (library.root / "es").exists()
    assert len(list((library.root / "de").rglob("*.md"))) == 1
    assert len(list((library.root / "help").rglob("*.md"))) == 2


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("data.json", {"book": {"name": "B", "chapters": ["one"]}}),
        ("data.json", {"page": {"name": "P", "tags": 3}}),
        ("articles.json", {"articles": [{"id": 1, "title": "T", "body": "x", "label_names": 3}]}),
    ],
)
def test_data_of_another_shape_is_refused_in_words(
    library: Library, tmp_path: Path, name: str, data: object
) -> None:
    source = folder(tmp_path / "odd", {name: json.dumps(data)})
    done = library.run("import", str(source))
    assert done.exit_code == 5
    assert "is not written as such exports are" in "".join([*done.faults, done.output])


BOOKSTACK = {
    "data.json": json.dumps(
        {
            "instance": {"id": "x", "version": "v24.12"},
            "exported_at": "2024-12-01T10:00:00+00:00",
            "book": {
                "id": 1,
                "name": "Handbook",
                "description_html": "<p>All of it</p>",
                "chapters": [
                    {
                        "id": 2,
                        "name": "First",
                        "priority": 1,
                        "pages": [
                            {
                                "id": 3,
                                "name": "Welcome",
                                "priority": 4,
                                "markdown": "Hi, see [it]([[bsexport:page:4]]), [[bsexport:page:4]].\n\n![p]([[bsexport:image:9]])",
                                "tags": [{"name": "topic", "value": "hello"}],
                                "images": [{"id": 9, "file": "p.png", "name": "p"}],
                            }
                        ],
                    }
                ],
                "pages": [
                    {
                        "id": 4,
                        "name": "Rules",
                        "html": '<p>Be <b>kind</b>, <a href="[[bsexport:page:3]]">see</a>.</p>',
                        "attachments": [{"id": 5, "name": "Site", "link": "https://example.com"}],
                    }
                ],
            },
        }
    ),
    "files/p.png": b"\x89PNG\r\n\x1a\np",
}


def test_bookstack(bring, library: Library) -> None:  # type: ignore[no-untyped-def]
    bring(BOOKSTACK)
    welcome = library.text("handbook/first/welcome.md")
    assert (
        "see [it](../rules.md), [[bsexport:page:4]]." in welcome
        and "![p](../../../assets/files/p.png)" in welcome
    )
    assert "tags: ['topic: hello']" in welcome
    rules = library.text("handbook/rules.md")
    assert (
        "Be **kind**, [see](first/welcome.md)." in rules and "[Site](https://example.com)" in rules
    )
    assert library.text("handbook/_folder.yml") == "description: All of it\n"


def test_a_folder_of_plain_files_and_html(library: Library, tmp_path: Path) -> None:
    files = {
        "a.md": "# A\n\n[b](b.html)\n",
        "b.html": "<html><head><title>The B</title></head><body><p>x</p></body></html>",
    }
    source = folder(tmp_path / "plain", files)
    assert (
        library.run("import", str(source), "--into", "from/there", "--status", "draft").exit_code
        == 0
    )
    library.sync()
    assert "[b](b.md)" in library.text("from/there/a.md")
    assert "title: The B\nstatus: draft\n" in library.text("from/there/b.md")


def test_what_nobody_knows_is_refused(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "x.bin"
    file.write_bytes(b"\0\1\2")
    done = library.run("import", str(file))
    assert done.exit_code == 5
    assert "Nobody knows what x.bin is" in done.faults[0]


def _id(text: str) -> str:
    return text.partition("id: ")[2][:13]
