"""`flask articles render`."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask


def run(app: Flask, *arguments: str, given: str = "") -> Result:
    return app.test_cli_runner().invoke(args=["articles", "render", *arguments], input=given)


def test_a_file_is_printed_as_its_page_shows_it(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("---\ntitle: A\n---\nSome **bold** words.\n")
    assert run(app, str(file)).output == "<p>Some <strong>bold</strong> words.</p>\n"


def test_what_only_looks_like_front_matter_is_text(app: Flask) -> None:
    assert run(app, "-", given="---\n---\nx").output.count("<hr>") == 2
    assert "[never: closed" in run(app, "-", given="---\n[never: closed\n---\n").output


def test_a_comment_shows_html_as_text(app: Flask) -> None:
    said = run(app, "-", "--profile", "comment", given="<b>x</b>\ny").output
    assert said == "<p>&lt;b&gt;x&lt;/b&gt;<br>\ny</p>\n"


def test_a_batch_answers_line_by_line_and_tells_of_those_it_cannot_read(app: Flask) -> None:
    asked = [json.dumps({"id": 7, "markdown": "*a*\n\n# b"}), "no json", json.dumps({"id": "x"})]
    done = run(app, "-", "--batch", given="\n".join(asked))
    first, *others = map(json.loads, done.output.splitlines())
    assert (first["id"], first["html"][:15]) == (7, "<p><em>a</em></")
    assert all("error" in other for other in others)
    assert done.exit_code == 1


@pytest.mark.parametrize("arguments", [["nowhere.md"], ["-", "--profile", "poem"]])
def test_what_cannot_be_done_is_said(app: Flask, arguments: list[str]) -> None:
    assert run(app, *arguments).exit_code == 2
