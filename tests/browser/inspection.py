"""What must be true of every page: DESIGN.md 7, in light and dark, on a desk and on a phone."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

SIZES = ((390, 844), (1440, 900))
THEMES = ("dark", "light")
SERIOUS = ("serious", "critical")
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
RUN_AXE = "options => axe.run(options).then(results => results.violations)"


def faults(page: Page) -> list[str]:
    """What is wrong with the page that is shown, as sentences.  Leaves it wide and light."""
    found = _structure(page)
    page.evaluate(AXE_SCRIPT)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        if (wider := page.evaluate(WIDER)) > 0:
            found.append(f"{width} px: scrolls sideways by {wider} px")
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            found += [f"{width} px, {theme}: {each}" for each in _axe(page, theme)]
    return found


def _structure(page: Page) -> list[str]:
    found = []
    if (heads := page.locator("h1").count()) != 1:
        found.append(f"{heads} h1")
    if not page.title().partition(" · ")[0].strip():
        found.append(f"title {page.title()!r}")
    return found


def _axe(page: Page, theme: str) -> list[str]:
    """What axe finds serious; in the dark it looks at the colours only, all else is as in light."""
    options: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
    if theme == "dark":
        options["runOnly"] = ["color-contrast"]
    return [
        f"{each['id']}: {node['target'][0]} {node['html'][:120]}"
        for each in page.evaluate(RUN_AXE, options)
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]
