# ruff: noqa: E501
"""A collection of hostile texts, rendered as articles and as comments in a real browser: nothing runs."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, Request, Route

from app.core.markdown import Profile, render
from app.core.web.security import POLICY
from tests.browser.payloads import payloads

HOME = "http://127.0.0.1:9/page"
_HOOKS = """
for (const name of ["alert", "confirm", "prompt", "print", "open"])
  window[name] = () => { console.log("ran " + name); };
"""
_POKE = """
() => {
  const kinds = ["mouseover", "mouseenter", "pointerenter", "mousemove", "focus", "focusin", "blur", "toggle", "wheel",
    "scroll", "keydown", "input", "change", "copy", "paste", "drag", "animationstart", "transitionend", "load", "error"];
  document.addEventListener("click", event => event.preventDefault());
  for (const each of document.body.querySelectorAll("*")) {
    for (const kind of kinds) each.dispatchEvent(new Event(kind, {bubbles: true}));
    if (each.tagName === "DETAILS") each.open = true;
    if (each.focus) each.focus();
    if (each.click) each.click();
  }
}
"""
_ODD = """
() => {
  const odd = [];
  for (const each of document.querySelectorAll("section *")) {
    if (["SCRIPT", "STYLE", "IFRAME", "OBJECT", "EMBED", "LINK", "META", "BASE", "FORM", "SVG", "MATH"].includes(each.tagName.toUpperCase()))
      odd.push(each.outerHTML);
    for (const {name, value} of each.attributes) {
      if (name.startsWith("on") || ["style", "srcdoc", "formaction", "ping", "srcset"].includes(name)) odd.push(each.outerHTML);
      if (["href", "src"].includes(name) && !["http:", "https:", "mailto:", "tel:"].includes(new URL(value, location).protocol)) odd.push(each.outerHTML);
      if (name === "src" && new URL(value, location).origin !== location.origin) odd.push(each.outerHTML);
      if (name === "id" && !value.startsWith("h-") && !value.startsWith("fn")) odd.push(each.outerHTML);
    }
  }
  return odd;
}
"""


@dataclass
class Seen:
    """What a page did that it must not do."""

    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def show(browser: Browser, body: str, *, policy: str) -> tuple[list[str], Seen]:
    """A page with the body, poked at everywhere: odd elements, and what it did."""
    context = browser.new_context()
    page, seen = context.new_page(), Seen()
    headers = {"content-type": "text/html; charset=utf-8"} | (
        {"content-security-policy": policy} if policy else {}
    )

    def answer(route: Route, request: Request) -> None:
        if request.url == HOME:
            route.fulfill(
                status=200, headers=headers, body=f"<!doctype html><meta charset=utf-8>{body}"
            )
            return
        if not request.url.startswith("http://127.0.0.1:9/") or request.resource_type != "image":
            seen.asked.append(request.url)
        route.abort()

    context.route("**", answer)
    page.add_init_script(_HOOKS)
    page.on("console", lambda said: seen.said.append(said.text) if "ran " in said.text else None)
    page.on("dialog", lambda dialog: dialog.dismiss())
    context.on("page", lambda other: seen.said.append(f"opened {other.url}"))
    page.goto(HOME)
    page.evaluate(_POKE)
    page.wait_for_function("() => document.readyState === 'complete'")
    odd = page.evaluate(_ODD)
    if _moved(page):
        seen.said.append(f"went to {page.url}")
    context.close()
    return odd, seen


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("policy", [POLICY, ""], ids=["with our policy", "without a policy"])
def test_no_hostile_text_runs(chromium: Browser, profile: Profile, policy: str) -> None:
    texts = payloads()
    assert len(texts) > 150
    body = "".join(
        f"<section>{render(text, profile=profile, link=lambda target: target).html}</section>"
        for text in texts
    )
    assert body.count("<section>") == len(texts)
    odd, seen = show(chromium, body, policy=policy)
    assert (odd, seen.said, seen.asked) == ([], [], [])


def test_the_same_texts_run_where_nobody_renders_them(chromium: Browser) -> None:
    body = "<section><img src=x onerror=alert(1)><a href='javascript:alert(1)'>x</a></section>"
    odd, seen = show(chromium, body, policy="")
    assert len(odd) == 2
    assert "ran alert" in seen.said


def _moved(page: Page) -> bool:
    return page.url.partition("#")[0] != HOME
