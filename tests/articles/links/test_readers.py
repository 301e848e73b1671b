"""What readers get of a text: nothing that only editors should know, and code as it is."""

import pytest

from app.articles.links.readers import for_readers, led


def lead(target: str) -> str | None:
    return {"b.md": "new.md"}.get(target, target if target.startswith("https:") else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[s](x.md) [b](b.md#) [b](b.md)", "s b [b](new.md)"),
        ("[s `code`](x.md 'T') z", "s `code` z"),
        ("[![alt](x.png)](x.md)", "alt"),
        ("[![alt](https://e/i.png)](x.md)", "![alt](https://e/i.png)"),
        ('[a][r] [r] [R][] ![p][r] [c](b.md)\n\n[r]: x.md "T"\nz', "a r R p [c](new.md)\n\nz"),
        ("[r]\n\n> [r]: x.md\n", "r\n\n"),
        ("[r]\n\n[r]:\n  x.md\n  'T'\n", "r\n\n"),
        ("[r]\n\n[r]: b.md\n", "[r]\n\n[r]: new.md\n"),
        ('<a href="x.md" class="y">s</a>', '<a class="y">s</a>'),
        ("<a HREF = 'x.md'>s</a> <a href=x.md>t</a>", "<a>s</a> <a>t</a>"),
        ("[s](<x y.md>) [t](\nx.md)", "s t"),
        ("a <!-- `b` [s](x.md) --> c", "a  c"),
        ("<!--\n```\nx\n```\n-->\nc", "c"),
        ("`[s](x.md)` `<!-- c -->`", "`[s](x.md)` `<!-- c -->`"),
        ("```\n[s](x.md)\n<!-- c -->\n```\n", "```\n[s](x.md)\n<!-- c -->\n```\n"),
        ("- [ ] task [1] \\[s\\](x.md)", "- [ ] task [1] \\[s\\]()"),
        ("[s](x.md", "[s]("),
    ],
)
def test_links_that_are_not_theirs_are_words(text: str, expected: str) -> None:
    assert for_readers(text, lead) == expected


def test_for_ours_the_remarks_stay() -> None:
    assert led("a <!-- [b](b.md) --> [b](b.md)", lead) == "a <!-- [b](b.md) --> [b](new.md)"
