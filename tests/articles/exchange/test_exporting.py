# ruff: noqa: E501
"""Exports: what an audience may read and no more, the same bytes for the same articles, pages that stand alone."""

import io
import re
from pathlib import Path

import pytest
from lxml import html

from app.articles.assets.image import Image
from app.articles.exchange.leaf import asset_of
from app.core import storage
from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from tests.support.library import Library
from tests.support.pictures import picture
from tests.support.sources import in_zip

PNG = picture()
OTHER = picture(size=(7, 7))


@pytest.fixture
def shelves(library: Library) -> Library:
    library.write(
        "guides/_folder.yml", "title: Guides\nowner: boss@example.com\nvisibility: public\n"
    )
    library.write("inside/_folder.yml", "title: Inside\n")
    library.article(
        "guides/a.md",
        "## Part\n\nSee [the secret](../inside/secret.md), [b](b.md#more) and [us](https://example.com).\n\n"
        "<!-- not for you -->\n\n![Shot](../../assets/p.png)\n\n`<!-- code -->`\n",
        id="kb_aaaaaaaaaa",
        title="A",
        owner="boss@example.com",
        sources="[ticket:12]",
        related="[kb_cccccccccc]",
    )
    library.article(
        "guides/b.md", "## More\n\nx\n", id="kb_bbbbbbbbbb", title="B", visibility="signed_in"
    )
    library.article(
        "inside/secret.md", "s3cret\n", id="kb_cccccccccc", title="Secret", visibility="agents"
    )
    library.article("guides/draft.md", "d\n", id="kb_dddddddddd", title="Draft", status="draft")
    for name in ("p.png", "unused.png"):
        file = library.root.parent / "assets" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(PNG)
    assert library.sync().exit_code == 0
    return library


def export(library: Library, tmp_path: Path, *options: str) -> dict[str, str]:
    out = tmp_path / "out.zip"
    assert library.run("export", str(out), *options).exit_code == 0
    return {
        path: data.decode("latin-1" if path.endswith((".png", ".woff2")) else "utf-8")
        for path, data in in_zip(out.read_bytes()).items()
    }


def test_readers_get_what_they_may_read_without_what_is_ours(
    shelves: Library, tmp_path: Path
) -> None:
    files = export(shelves, tmp_path)
    assert set(files) == {
        "content/articles/guides/a.md",
        "content/articles/guides/_folder.yml",
        "content/assets/p.png",
    }
    text = files["content/articles/guides/a.md"]
    assert "See the secret, b and [us](https://example.com)." in text
    for word in ("boss@", "ticket:12", "kb_cccccccccc", "not for you", "inside/"):
        assert word not in "".join(files.values())
    assert "`<!-- code -->`" in text and "![Shot](../../assets/p.png)" in text


def test_the_signed_in_get_more(shelves: Library, tmp_path: Path) -> None:
    files = export(shelves, tmp_path, "--audience", "signed_in")
    assert "content/articles/guides/b.md" in files
    assert "[b](b.md#more)" in files["content/articles/guides/a.md"]
    assert "s3cret" not in "".join(files.values())


def test_agents_get_the_files_as_they_are(shelves: Library, tmp_path: Path) -> None:
    files = export(shelves, tmp_path, "--audience", "agents")
    for path in ("guides/a.md", "guides/b.md", "inside/secret.md", "guides/_folder.yml"):
        assert files[f"content/articles/{path}"] == shelves.text(path)
    assert "content/articles/guides/draft.md" not in files
    assert "content/articles/guides/draft.md" in export(
        shelves, tmp_path, "--audience", "agents", "--with-drafts"
    )


def test_the_same_articles_give_the_same_bytes(shelves: Library, tmp_path: Path) -> None:
    one, two = tmp_path / "1.zip", tmp_path / "2.zip"
    for target in (one, two):
        shelves.run("export", str(target), "--format", "html")
    assert one.read_bytes() == two.read_bytes()


def test_the_site_stands_alone(shelves: Library, tmp_path: Path) -> None:
    files = export(shelves, tmp_path, "--format", "html")
    pages = {path: html.fromstring(text) for path, text in files.items() if path.endswith(".html")}
    assert set(pages) == {"index.html", "sections/guides.html", "articles/guides/a.html"}
    for path, page in pages.items():
        assert not page.xpath("//script | //style | //*[@style]")
        for address in page.xpath("//link/@href | //img/@src | //a/@href"):
            if address.startswith(("https://example.com", "#")):
                continue
            assert not re.match(r"[a-z]+:|/", address), address
            goal = (Path("/") / Path(path).parent / address.partition("#")[0]).resolve()
            assert str(goal)[1:] in files, address
    assert 'url("http' not in files["style.css"] and "s3cret" not in "".join(files.values())


def test_links_to_what_is_not_shown_are_words(shelves: Library, tmp_path: Path) -> None:
    page = export(shelves, tmp_path, "--format", "html")["articles/guides/a.html"]
    assert "See the secret, b and <a" in page
    assert 'src="../../assets/p.png"' in page and 'alt="Shot"' in page
    more = export(shelves, tmp_path, "--format", "html", "--audience", "signed_in")
    assert '<a href="b.html#h-more"' in more["articles/guides/a.html"]


def test_a_folder_with_something_in_it_is_not_written_into(
    shelves: Library, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("x")
    assert shelves.run("export", str(tmp_path / "full")).exit_code == 6
    assert shelves.run("export", str(tmp_path / "new/one"), "--format", "html").exit_code == 0
    assert (tmp_path / "new/one/index.html").is_file()


def test_articles_of_one_language_alone(shelves: Library, tmp_path: Path) -> None:
    shelves.article("guides/c.md", "Hallo\n", id="kb_eeeeeeeeee", title="C", lang="de")
    shelves.sync()
    files = export(shelves, tmp_path, "--lang", "de")
    assert [path for path in files if path.endswith(".md")] == ["content/articles/guides/c.md"]


LINKED = (
    "[i](kb_cccccccccc) [r][r] <a href='../inside/secret.md'>h</a> [u](/help/secret) "
    "[`code`](../inside/secret.md) <!-- hush `x` -->"
)


@pytest.fixture
def linked(shelves: Library) -> Library:
    """Links by id and address, and pictures as the browser puts them in, one of which is no file."""
    with unit_of_work():
        begin_writing()
        kept = storage.put(io.BytesIO(OTHER))
        db.session.add(
            Image(sha256=kept.sha256, name="o.png", type="image/png", width=1, height=1, bytes=9)
        )
    shelves.article(
        "guides/links.md",
        f"{LINKED}\n\n[a](kb_aaaaaaaaaa#part) [A](/help/a)\n\n![f](/content/assets/p.png)\n\n"
        f"![m](/media/{kept.sha256}/original.png)\n\n"
        "[r]: ../inside/secret.md\n",
        id="kb_eeeeeeeeee",
        title="Links",
    )
    assert shelves.sync().faults == []
    return shelves


def test_readers_get_pictures_of_the_browser_and_links_by_id(
    linked: Library, tmp_path: Path
) -> None:
    files = export(linked, tmp_path)
    text = files["content/articles/guides/links.md"]
    assert "i r <a>h</a> u `code` \n\n[a](kb_aaaaaaaaaa#part) [A](/help/a)" in text
    assert "![f](/content/assets/p.png)" in text and "content/assets/p.png" in files
    (media,) = re.findall(r"!\[m\]\(/(content/assets/media/[0-9a-f]{64}\.png)\)", text)
    assert files[media].encode("latin-1") == OTHER
    for word in ("hush", "secret", "kb_cccccccccc", "[r]"):
        assert word not in text


@pytest.mark.parametrize(
    ("target", "asset"),
    [
        ("/content/assets/a%20b.png?x#y", "a b.png"),
        ("/content/assets/../../x.png", None),
        ("/content/assets//etc/x.png", "etc/x.png"),
        ("../../../x.png", None),
        ("/x.png", None),
        (f"/media/{'a' * 64}/original.png", f"media/{'a' * 64}.png"),
        (f"/media/{'a' * 64}/../x.png", None),
    ],
)
def test_an_asset_lies_below_the_folder_of_assets(target: str, asset: str | None) -> None:
    assert asset_of(target, "guides/a.md") == asset


def test_ours_go_with_pictures_that_are_no_files(linked: Library, tmp_path: Path) -> None:
    files = export(linked, tmp_path, "--audience", "agents")
    text = files["content/articles/guides/links.md"]
    assert LINKED in text and "/media/" not in text.replace("assets/media/", "")
    assert len([path for path in files if path.startswith("content/assets/media/")]) == 1


def test_the_site_has_them_too(linked: Library, tmp_path: Path) -> None:
    page = export(linked, tmp_path, "--format", "html")["articles/guides/links.html"]
    assert page.count('href="a.html#h-part"') == 1 and 'href="a.html"' in page
    assert 'src="../../assets/p.png"' in page
    assert re.search(r'src="../../assets/media/[0-9a-f]{64}\.png"', page)
    for word in ("kb_", "hush", "secret", "/help/"):
        assert word not in page
