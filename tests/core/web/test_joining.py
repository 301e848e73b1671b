"""Joining style sheets and script modules."""

import pytest

from app.core.web.joining import CannotJoin, join_modules, join_sheets, point_at


def test_sheets_are_joined_in_order_without_comments() -> None:
    sheets = {"b.css": "/* b */\n\n.b {\n\tcolor: red;\n}\n", "a.css": ".a {\n}\n"}
    assert join_sheets(["b.css", "a.css"], sheets.__getitem__) == ".b {\ncolor: red;\n}\n.a {\n}"


@pytest.mark.parametrize(
    ("sheet", "written", "served"),
    [
        ("css/tokens.css", "../fonts/a.woff2", "/cafe/fonts/a.woff2"),
        ("css/rooms/map.css", "../../icons/pin.svg", "/cafe/icons/pin.svg"),
    ],
)
def test_addresses_in_sheets_lead_to_fingerprints(sheet: str, written: str, served: str) -> None:
    text = point_at(sheet, f'src: url("{written}")', lambda path: f"/cafe/{path}")
    assert text == f'src: url("{served}")'


def test_an_address_of_the_sheet_itself_is_left_alone() -> None:
    text = 'background: url("data:image/png;base64,AAAA")'
    assert point_at("css/a.css", text, lambda path: f"/cafe/{path}") == text


def test_modules_keep_their_scopes_and_come_before_those_who_import_them() -> None:
    modules = {
        "js/app.js": 'import * as copy from "./parts/copy.js";\ncopy.connect();\n',
        "js/parts/copy.js": (
            'import { within } from "../lib/dom.js";\n\nexport function connect() {\n  within();\n}\n'
        ),
        "js/lib/dom.js": "// A remark.\nexport const within = () => 1;\n",
    }
    joined = join_modules("js/app.js", modules.__getitem__)
    assert joined == (
        "const module0 = (() => {\nconst within = () => 1;\nreturn { within };\n})();\n"
        "const module1 = (() => {\nconst { within } = module0;\n"
        "\nfunction connect() {\n  within();\n}\nreturn { connect };\n})();\n"
        "const module2 = (() => {\nconst copy = module1;\ncopy.connect();\nreturn {  };\n})();\n"
    )


@pytest.mark.parametrize(
    "text", ["export default 3;\n", 'import a from "./b.js";\n', 'import { a } from "htmx";\n']
)
def test_forms_that_are_not_understood_stop_the_start(text: str) -> None:
    with pytest.raises(CannotJoin, match=r"js/app\.js"):
        join_modules("js/app.js", {"js/app.js": text}.__getitem__)


def test_modules_that_import_each_other_stop_the_start() -> None:
    modules = {"a.js": 'import * as b from "./b.js";\n', "b.js": 'import * as a from "./a.js";\n'}
    with pytest.raises(CannotJoin, match="imports itself"):
        join_modules("a.js", modules.__getitem__)
