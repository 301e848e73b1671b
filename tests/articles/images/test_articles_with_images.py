"""From files below content/assets/ to what readers see."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.accounts.user import User
from app.articles.article import Article
from app.articles.assets.image import Asset, Image
from app.articles.links.link import ArticleLink, LinkKind
from app.articles.revision import Revision
from app.core.db import db
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library
from tests.support.pictures import moving, noise, photo, picture
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
Drain = Callable[[], int]
ID = "kb_aaaaaaaaaa"


def html(id: str = ID) -> str:
    db.session.rollback()
    article = db.session.get_one(Article, id)
    return db.session.get_one(Revision, article.live_revision_id).html


def the_image() -> Image:
    db.session.rollback()
    return db.session.scalars(select(Image)).one()


def put(library: Library, name: str, data: bytes) -> None:
    library.write(f"../assets/{name}", data)


def show(
    library: Library, text: str = "![A grey field](/content/assets/a.png)", **front: str
) -> str:
    library.article("guides/a.md", text, id=ID, **front)
    load = library.sync()
    assert load.exit_code == 0, load
    return html()


def test_a_picture_is_shown_in_the_sizes_there_are(library: Library) -> None:
    put(library, "shots/a.png", noise(size=(1000, 500)))
    made = show(library, "![Noise](../../assets/shots/a.png)\n\n![Again](../../assets/shots/a.png)")
    sha = the_image().sha256
    sizes = 'sizes="(min-width: 40rem) 36rem, 94vw"'
    webp = ", ".join(f"/media/{sha}/{width}.webp {width}w" for width in (480, 960, 1000))
    png = f"/media/{sha}/480.png 480w, /media/{sha}/960.png 960w, /media/{sha}/original.png 1000w"
    assert made.startswith(
        f'<p><picture><source type="image/webp" srcset="{webp}" {sizes}>'
        f'<img alt="Noise" src="/media/{sha}/original.png" width="1000" height="500"'
        f' decoding="async" srcset="{png}" {sizes}></picture></p>'
    )
    assert made.count('loading="lazy"') == 1


def test_all_ways_to_name_a_file_lead_to_it(library: Library) -> None:
    put(library, "a b.png", picture())
    text = (
        "![1](/content/assets/a%20b.png)\n![2](../../assets/a%20b.png)\n"
        '![3](<../../assets/a%20b.png> "Title")\n\n'
        '<img src="/content/assets/a%20b.png" alt="4" width="10">\n\n'
        "![5][ref] [6](../../assets/a%20b.png)\n\n[ref]: /content/assets/a%20b.png\n"
    )
    made = show(library, text)
    url = f"/media/{the_image().sha256}/original.png"
    assert made.count(f'src="{url}"') == 5
    assert made.count(f'href="{url}"') == 1
    assert 'width="10"' in made
    assert 'width="10" width=' not in made


def test_a_document_is_a_link_that_says_how_large_it_is(library: Library) -> None:
    put(library, "manual.pdf", b"%PDF-1.7\n" + b"x" * 1_234_567)
    made = show(library, "[The *manual*](../../assets/manual.pdf)")
    assert made.endswith(">The <em>manual</em></a> (PDF, 1.2 MB)</p>")
    assert f'href="/media/{the_image().sha256}/original.pdf"' in made


def test_what_moves_and_what_is_drawn_have_no_copies(library: Library) -> None:
    put(library, "a.gif", moving("GIF") + b" " * 20_000)
    put(library, "b.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"/>')
    made = show(library, "![a](../../assets/a.gif)\n\n![b](../../assets/b.svg)")
    assert "srcset" not in made
    assert 'width="60" height="40"' in made
    assert 'width="20" height="10"' in made


def test_pictures_that_are_missing_or_say_nothing_are_told_of(library: Library) -> None:
    put(library, "a.png", picture())
    library.article("a.md", "![](../assets/a.png)\n![x](https://elsewhere.example/a.png)\n", id=ID)
    library.article("b.md", "Words.\n\nSee ![gone](../assets/gone.png)\n")
    library.article("c.md", "`![](no.png)`\n\n```\n![](no.png)\n```\n")
    load = library.sync()
    assert load.codes("a.md") == ["7:1 W206", "8:1 W208"]
    assert load.codes("b.md") == ["8:13 E121"]
    assert load.codes("c.md") == []
    assert 'src="https' not in html()


def test_the_check_without_a_database_knows_what_is_there(library: Library) -> None:
    put(library, "a.png", picture())
    library.article("a.md", "![x](../assets/a.png) ![y](/content/assets/b.png)")
    assert library.run("check").codes() == ["6:28 E121"]


def test_files_that_cannot_be_shown_are_told_of_each_time_until_they_are_mended(
    library: Library,
) -> None:
    put(library, "run.exe", b"MZ\x90\0\0")
    put(library, "half.png", picture()[:60])
    library.article("a.md", "Words.", id=ID)
    for _ in range(2):
        load = library.sync()
        assert load.exit_code == 4
        assert load.codes() == ["1:1 E114", "1:1 E114"]
        assert "assets/half.png:1:1: error E114 The file is damaged" in load.faults[0]
    put(library, "half.png", picture())
    (library.root.parent / "assets" / "run.exe").unlink()
    load = library.sync()
    assert (load.exit_code, load.faults) == (0, [])
    assert "Pictures: 1 changed, 1 gone." in load.output


def test_staff_see_which_files_cannot_be_shown(
    library: Library, cast: Cast, as_user: AsUser
) -> None:
    put(library, "run.exe", b"MZ\x90\0\0")
    library.sync()
    assert "assets/run.exe" in as_user(cast.agent).get("/content").text


def test_another_picture_at_the_same_path_is_shown_at_another_address(library: Library) -> None:
    put(library, "a.png", picture())
    before = show(library)
    put(library, "a.png", picture(size=(32, 32)))
    load = library.sync("--dry-run")
    assert (load.exit_code, "changed: ../assets/a.png" in load.output) == (2, True)
    assert html() == before
    assert library.sync().summary == "Articles: 1 changed."
    assert html() != before
    assert 'width="32"' in html()
    assert library.sync().output == "Articles: 1 unchanged.\n"


def test_a_picture_that_broke_leaves_the_old_one(library: Library) -> None:
    put(library, "a.png", picture())
    before = show(library)
    put(library, "a.png", picture()[:50])
    assert library.sync().exit_code == 4
    assert html() == before


def test_a_picture_that_is_gone_stays_where_readers_see_it(
    library: Library, client: FreshClient
) -> None:
    put(library, "a.png", picture())
    show(library)
    (library.root.parent / "assets" / "a.png").unlink()
    load = library.sync()
    assert load.codes("a.md") == ["7:17 E121"]
    assert client.get(f"/media/{the_image().sha256}/original.png").status_code == 200
    assert db.session.scalars(select(Asset)).all() == []


def test_unchanged_files_are_not_read_again(library: Library) -> None:
    put(library, "a.png", picture())
    show(library)
    with counted() as statements:
        assert library.sync().output == "Articles: 1 unchanged.\n"
    assert not [each for each in statements if not each.startswith(("SELECT", "BEGIN"))]


def test_nothing_that_a_camera_tells_is_served(library: Library, client: FreshClient) -> None:
    put(library, "a.jpg", photo())
    show(library, "![A](/content/assets/a.jpg)")
    answer = client.get(f"/media/{the_image().sha256}/original.jpg")
    assert answer.status_code == 200
    assert b"SECRET" not in answer.data


def test_pictures_of_public_articles_are_kept_for_ever_without_asking_who_looks(
    library: Library, client: FreshClient, drain: Drain
) -> None:
    put(library, "a.png", noise())
    show(library)
    sha = the_image().sha256
    early = client.get(f"/media/{sha}/480.webp")
    assert (early.status_code, early.headers["Cache-Control"]) == (302, "no-store")
    assert early.headers["Location"] == f"/media/{sha}/original.png"
    drain()
    for name, kind in (
        ("original.png", "image/png"), ("480.png", "image/png"), ("480.webp", "image/webp"),
        ("1200.webp", "image/webp"),
    ):  # fmt: skip
        answer = client.get(f"/media/{sha}/{name}")
        assert (answer.status_code, answer.content_type) == (200, kind)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        etag = answer.headers["ETag"]
        again = client.get(f"/media/{sha}/{name}", headers={"If-None-Match": etag})
        assert again.status_code == 304
    for name in ("1200.png", "1440.webp", "481.png", "original.jpg", "..", "x"):
        assert client.get(f"/media/{sha}/{name}").status_code == 404
    assert client.get(f"/media/{'0' * 64}/original.png").status_code == 404


def test_drawings_are_served_so_that_nothing_in_them_runs(
    library: Library, client: FreshClient
) -> None:
    put(library, "b.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"/>')
    put(library, "m.pdf", b"%PDF-1.7\n")
    show(library, "![b](../../assets/b.svg) [m](../../assets/m.pdf)")
    urls = re.findall(r'"(/media/[^"]+)"', html())
    drawing, document = (client.get(url) for url in urls)
    policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert drawing.headers["Content-Security-Policy"] == policy
    assert document.headers["Content-Disposition"] == "attachment; filename=m.pdf"


@pytest.mark.parametrize(
    ("visibility", "status", "seen_by"),
    [
        ("public", "published", {"visitor", "customer", "agent"}),
        ("signed_in", "published", {"customer", "agent"}),
        ("agents", "published", {"agent"}),
        ("public", "draft", {"agent"}),
        ("public", "archived", {"agent"}),
    ],
)
def test_a_picture_is_seen_by_those_who_may_read_an_article_with_it(
    library: Library,
    cast: Cast,
    client: FreshClient,
    as_user: AsUser,
    visibility: str,
    status: str,
    seen_by: set[str],
) -> None:
    put(library, "a.png", picture())
    show(library, visibility=visibility, status=status)
    path = f"/media/{the_image().sha256}/original.png"
    people = {"visitor": client, "customer": as_user(cast.customer), "agent": as_user(cast.agent)}
    answers = {name: person.get(path) for name, person in people.items()}
    assert {name for name, each in answers.items() if each.status_code == 200} == seen_by
    assert {each.status_code for each in answers.values()} <= {200, 404}
    public = "visitor" in seen_by
    caching = answers["agent"].headers["Cache-Control"]
    assert caching == ("public, max-age=31536000, immutable" if public else "private, no-cache")


def test_a_picture_is_hidden_as_soon_as_its_article_is(
    library: Library, client: FreshClient
) -> None:
    put(library, "a.png", picture())
    show(library)
    path = f"/media/{the_image().sha256}/original.png"
    assert client.get(path).status_code == 200
    library.edit(ID, visibility="agents")
    assert client.get(path).status_code == 404


def test_links_are_noted_with_their_places(library: Library) -> None:
    put(library, "a.png", picture())
    library.article("b.md", "# B\n\n## Soon\n")
    text = (
        "## Here\n[b](b.md#soon) [here](#here) ![](../assets/a.png)\n"
        "https://one.example/a(b). [two](https://two.example/x#y), `https://no.example`\n"
    )
    library.article("a.md", text, id=ID)
    assert library.sync().exit_code == 0
    rows = db.session.scalars(
        select(ArticleLink)
        .where(ArticleLink.article_id == ID)
        .order_by(ArticleLink.line, ArticleLink.column)
    )
    assert [
        (row.kind, row.target, row.to_path, row.fragment, row.line, row.column, row.described)
        for row in rows
    ] == [
        (LinkKind.ARTICLE, "b.md#soon", "b.md", "h-soon", 8, 5, True),
        (LinkKind.PLACE, "#here", "", "h-here", 8, 23, True),
        (LinkKind.PICTURE, "../assets/a.png", "../assets/a.png", "", 8, 30, False),
        (LinkKind.WEB, "https://one.example/a(b)", "", "", 9, 1, True),
        (LinkKind.WEB, "https://two.example/x", "", "", 9, 33, True),
    ]


def test_pictures_that_are_all_gone_at_once_are_not_forgotten(library: Library) -> None:
    assets = library.root.parent / "assets"
    assets.mkdir(exist_ok=True)
    for number in range(8):
        (assets / f"{number}.png").write_bytes(picture(size=(8 + number, 8)))
    assert library.sync().exit_code == 0
    assets.rename(library.root.parent / "unmounted")
    assert library.sync().exit_code == 5
    assert db.session.scalar(select(func.count()).select_from(Asset)) == 8
    (library.root.parent / "unmounted").rename(assets)
    (assets / "1.png").unlink()
    assert library.sync().exit_code == 0
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Asset)) == 7


def test_a_file_with_a_name_that_is_no_text_is_told_of_and_stops_nothing(library: Library) -> None:
    assets = library.root.parent / "assets"
    assets.mkdir(exist_ok=True)
    (assets / "good.png").write_bytes(picture())
    Path(os.fsdecode(os.fsencode(assets) + b"/bad\xff.png")).write_bytes(picture())
    done = library.sync()
    assert any("E114" in fault for fault in done.faults)
    assert db.session.scalars(select(Asset.path)).all() == ["good.png"]


def test_an_edit_in_the_browser_keeps_links_and_pictures_with_blanks(library: Library) -> None:
    assets = library.root.parent / "assets"
    assets.mkdir(exist_ok=True)
    (assets / "ä b.png").write_bytes(picture())
    library.article("guides/my file.md", "There.", title="There", slug="there")
    library.article(
        "guides/a.md", "[x](my%20file.md?y=1) ![p](../../assets/%C3%A4%20b.png)\n", id=ID, title="A"
    )
    library.sync()
    before = html()
    assert "/help/there" in before
    assert "/media/" in before
    library.edit(ID, summary="Other.")
    assert html() == before
