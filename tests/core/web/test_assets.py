"""Static files: fingerprints, caching, compression, and the files we ship."""

import gzip
import hashlib
import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.web import assets
from app.core.web.assets import BRIEFLY, FOREVER, LiveShelf, Shelf

STATIC = Path(assets.__file__).parents[2] / "static"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small `static/` of an application."""
    static = tmp_path / "static"
    files = {
        "css/order.txt": "tokens.css\nbase.css\n",
        "css/tokens.css": '@font-face {\n\tsrc: url("../fonts/plain.woff2");\n}\n',
        "css/base.css": "/* quiet */\nbody {\n\tmargin: 0;\n}\n",
        "fonts/plain.woff2": "not really a font",
        "js/app.js": 'import { two } from "./two.js";\ntwo();\n',
        "js/two.js": "export function two() {}\n",
        "secret.toml": "nobody's business",
    }
    for path, text in files.items():
        (static / path).parent.mkdir(parents=True, exist_ok=True)
        (static / path).write_text(text)
    return static


@pytest.fixture
def small_app(folder: Path) -> Flask:
    app = Flask("small", root_path=str(folder.parent), static_folder=None)
    assets.init_app(app)
    return app


@pytest.fixture
def visitor(small_app: Flask) -> FlaskClient:
    return small_app.test_client()


def fingerprint(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:8]


def test_the_address_changes_with_the_content(folder: Path) -> None:
    before = Shelf(folder).address("css/base.css")
    (folder / "css/base.css").write_text("body {}")
    assert Shelf(folder).address("css/base.css") != before


def test_a_missing_file_is_noticed_where_it_is_named(folder: Path) -> None:
    with pytest.raises(KeyError):
        Shelf(folder).address("css/missing.css")


def test_a_file_under_its_fingerprint_may_be_kept_for_ever(
    small_app: Flask, visitor: FlaskClient
) -> None:
    address = small_app.jinja_env.from_string("{{ asset('fonts/plain.woff2') }}").render()
    answer = visitor.get(address)
    assert address == f"/static/{fingerprint(b'not really a font')}/fonts/plain.woff2"
    assert answer.data == b"not really a font"
    assert answer.headers["Cache-Control"] == FOREVER
    assert answer.content_type == "font/woff2"


def test_an_old_fingerprint_gives_the_present_file_for_a_while(visitor: FlaskClient) -> None:
    answer = visitor.get("/static/00000000/css/base.css")
    assert answer.data.endswith(b"margin: 0;\n}\n")
    assert answer.headers["Cache-Control"] == BRIEFLY


def test_all_sheets_come_as_one_and_find_their_fonts(
    small_app: Flask, visitor: FlaskClient
) -> None:
    (sheet,) = small_app.jinja_env.globals["sheets"]()  # type: ignore[operator]
    text = visitor.get(sheet).text
    font = re.search(r'url\("(.*?)"\)', text)
    assert text.index("@font-face") < text.index("body")
    assert font
    assert visitor.get(font[1]).headers["Cache-Control"] == FOREVER


def test_script_modules_come_as_one(visitor: FlaskClient) -> None:
    assert "import" not in visitor.get("/static/00000000/js/app.js").text


@pytest.mark.parametrize(
    ("accepted", "encoding", "decode"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("", None, bytes),
    ],
)
def test_text_is_compressed_as_the_browser_likes(
    visitor: FlaskClient, accepted: str, encoding: str | None, decode: type[bytes]
) -> None:
    answer = visitor.get("/static/00000000/js/two.js", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert decode(answer.data) == b"export function two() {}\n"


def test_a_browser_that_has_it_is_told_so(visitor: FlaskClient) -> None:
    tag = visitor.get("/static/00000000/js/two.js").headers["ETag"]
    answer = visitor.get("/static/00000000/js/two.js", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")


def test_head_has_the_length_and_no_body(visitor: FlaskClient) -> None:
    answer = visitor.head("/static/00000000/js/two.js")
    assert (answer.content_length, answer.data) == (25, b"")


@pytest.mark.parametrize(
    "path",
    [
        "00000000/secret.toml",
        "00000000/css/order.html",
        "00000000/../static/js/two.js",
        "js/two.js",
    ],
)
def test_nothing_else_is_handed_out(visitor: FlaskClient, path: str) -> None:
    assert visitor.get(f"/static/{path}").status_code == 404


def test_post_is_left_to_the_application(visitor: FlaskClient) -> None:
    assert visitor.post("/static/00000000/js/two.js").status_code == 404


def test_somebody_at_work_gets_each_sheet_by_itself_and_as_it_is_now(folder: Path) -> None:
    shelf = LiveShelf(folder)
    before = shelf.sheets()
    (folder / "css/base.css").write_text("body {}")
    after = shelf.sheets()
    assert len(after) == 2
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_every_sheet_of_ours_is_in_the_order() -> None:
    sheets = [path for path in assets.paths(STATIC) if path.endswith(".css")]
    assert sorted(assets.order(STATIC)) == sheets


def test_our_sheets_and_scripts_can_be_joined() -> None:
    shelf = Shelf(STATIC)
    assert shelf.find(assets.SHEET)
    assert shelf.find(assets.SCRIPT)


def test_vendored_code_is_what_its_readme_says() -> None:
    readme = (STATIC / "vendor/README.md").read_text()
    for file, checksum in re.findall(r"^\| `([^`]+)` .* `([0-9a-f]{64})`", readme, re.M):
        assert hashlib.sha256((STATIC / "vendor" / file).read_bytes()).hexdigest() == checksum
    vendored = {path.name for path in (STATIC / "vendor").glob("*.js")}
    assert vendored == set(re.findall(r"^\| `([^`]+\.js)`", readme, re.M))


def test_colours_are_in_the_tokens_alone() -> None:
    colour = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)\(", re.I)
    others = [path for path in assets.order(STATIC) if path != "css/tokens.css"]
    assert [path for path in others if colour.search((STATIC / path).read_text())] == []


def test_only_hiding_and_paper_insist() -> None:
    insisting = [
        path for path in assets.order(STATIC) if "!important" in (STATIC / path).read_text()
    ]
    assert insisting == ["css/reset.css", "css/utilities.css", "css/print.css"]
