"""How long Markdown takes: `python -m bench.rendering`.

Prints the median of uncached renders of a realistic article of 2,000 words beside the parser alone, and
for families of hostile texts how much longer twice as much takes: near 2.0 is linear.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from markdown import markdown

from app.articles.files.manuscript import Manuscript
from app.articles.linking import Links
from app.articles.links.finding import found_in
from app.core.markdown import Profile, render

WORDS = 2_000
ROUNDS = 25
GOAL_MS = 30.0
SIZES = (3_500, 7_000, 14_000, 28_000)
CONTENT = Path(__file__).parent.parent / "content/articles"

FAMILIES: dict[str, Callable[[int], str]] = {
    "open brackets": lambda n: "[" * n,
    "open links": lambda n: "[a](" * (n // 4),
    "open images": lambda n: "![" * (n // 2),
    "nested quotes": lambda n: "\n".join(">" * (i % 300) + " a" for i in range(1, n // 150)),
    "one deep quote": lambda n: ">" * n + " a",
    "ever deeper lists": lambda n: "\n".join("  " * i + "- a" for i in range(int(n**0.5))),
    "long lines": lambda n: "word " * (n // 5),
    "attributes": lambda n: "# a {#" * (n // 6),
    "callouts": lambda n: "> [!NOTE]\n" * (n // 10),
    "stars": lambda n: "*a **b " * (n // 7),
    "underscores": lambda n: "_" * n + "a",
    "back ticks": lambda n: "".join("`" * (i % 60 + 1) + "a" for i in range(n // 31)),
    "open tags": lambda n: "<a " * (n // 3),
    "open pictures": lambda n: "<img " * (n // 5),
    "open comments": lambda n: "<!-- " * (n // 5),
    "deep lists": lambda n: "\n".join("  " * (i % 50) + "- a" for i in range(n // 54)),
    "tables": lambda n: "|a" * (n // 4) + "\n" + "|-" * (n // 4),
    "entities": lambda n: "&" * n,
    "headings": lambda n: "# a\n" * (n // 4),
    "footnotes": lambda n: (
        "".join(f"[^{i}] " for i in range(n // 16))
        + "\n\n"
        + "".join(f"[^{i}]: x\n" for i in range(n // 16))
    ),
    "definitions": lambda n: "".join(f"[r{i}]: /x\n" for i in range(n // 20)) + "[r1] " * (n // 10),
    "blocks": lambda n: "/// note\n" * (n // 9),
    "fences": lambda n: "```\na\n" * (n // 6),
    "addresses": lambda n: "http://a" * (n // 8),
    "mails": lambda n: "a@" * (n // 2),
    "tildes and marks": lambda n: "~~a ==b " * (n // 8),
}


def main() -> int:
    """Print both tables.  Gives 1 when the article takes longer than the goal."""
    text = article()
    ours = median_ms(lambda: render(text, profile=Profile.DOCUMENT))
    plain = median_ms(lambda: markdown(text))
    print(
        f"An article of {len(text.split()):,} words, {len(text):,} characters, median CPU time of {ROUNDS}:"
    )
    print(f"  rendered as an article {ours:6.1f} ms (goal {GOAL_MS:.0f} ms)")
    print(f"  the parser alone       {plain:6.1f} ms (ours takes {ours / plain:.2f} times that)\n")
    print("Hostile texts, CPU ms at each size, and how much longer the last doubling takes:")
    print(f"  {'':18}" + "".join(f"{size:>9,}" for size in SIZES) + "   times")
    for profile in Profile:
        print(f"  {profile.name.lower()}")
        for name, make in FAMILIES.items():
            taken = [_once_ms(make(size), profile) for size in SIZES]
            growth = taken[-1] / max(taken[-2], 0.01)
            print(f"  {name:18}" + "".join(f"{each:>9.1f}" for each in taken) + f"   {growth:.1f}")
    print("  the links in them, for the page of quality")
    for name, make in FAMILIES.items():
        taken = [_links_ms(make(size)) for size in SIZES]
        growth = taken[-1] / max(taken[-2], 0.01)
        print(f"  {name:18}" + "".join(f"{each:>9.1f}" for each in taken) + f"   {growth:.1f}")
    return int(ours > GOAL_MS)


def article() -> str:
    """Our own articles, one after the other, up to 2,000 words."""
    words = 0
    parts: list[str] = []
    for path in sorted(CONTENT.rglob("*.md")):
        body = Manuscript.of(path.read_text(encoding="utf-8")).body
        for block in body.split("\n\n"):
            if words >= WORDS:
                return "\n\n".join(parts)
            parts.append(block)
            words += len(block.split())
    return "\n\n".join(parts)


def median_ms(run: Callable[[], object]) -> float:
    """The median of some rounds after one that does not count."""
    run()
    return statistics.median(_taken_ms(run) for _ in range(ROUNDS))


def _once_ms(text: str, profile: Profile) -> float:
    return min(_taken_ms(lambda: render(text, profile=profile)) for _ in range(2))


def _links_ms(text: str) -> float:
    links = Links("a.md", places={}, files=())
    return min(
        _taken_ms(lambda: list(found_in(Manuscript("", "", "", text), links))) for _ in range(2)
    )


def _taken_ms(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    sys.exit(main())
