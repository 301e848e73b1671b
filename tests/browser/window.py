"""Browser windows that notice what goes wrong in them."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    WebError,
)

from app.ops import seeding
from tests.browser.acts import sign_in

DESK = {"width": 1440, "height": 900}
PATIENCE_MS = 15_000
REFUSED = (403, 404, 409, 422)


class Windows:
    """Opens windows of one browser on one desk.  Each has cookies and a cache of its own."""

    def __init__(self, browser: Browser, *, url: str) -> None:
        self._browser = browser
        self._url = url
        self._keys: dict[str, Any] = {}
        self._open: dict[Page, Watch] = {}

    def __call__(self, by: str = "", *, java_script: bool = True) -> Page:
        """A new window, empty; `by` is the address of somebody who is signed in, or nobody."""
        context = self._browser.new_context(
            base_url=self._url,
            viewport=DESK,
            java_script_enabled=java_script,
            storage_state=self._key(by) if by else None,
        )
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        self._open[page] = Watch(self._url).over(context)
        return page

    def loaded(self, page: Page) -> list[Response]:
        """Everything that came into this window, in order."""
        return self._open[page].responses

    def close(self) -> list[str]:
        """Close all; what went wrong in them."""
        faults = [fault for watch in self._open.values() for fault in watch.faults]
        for page in self._open:
            page.context.close()
        self._open.clear()
        return faults

    def _key(self, by: str) -> Any:
        """The session of somebody of the demo company, who signs in once."""
        if by not in self._keys:
            page = self()
            sign_in(page, by, seeding.PASSWORD)
            self._keys[by] = page.context.storage_state()
        return self._keys[by]


@dataclass
class Watch:
    """The faults of every page shown in one window, as sentences; and all that was loaded."""

    origin: str
    faults: list[str] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)

    def over(self, context: BrowserContext) -> "Watch":
        """Begin to watch."""
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("response", self._response)
        return self

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not self._is_refusal(message):
            self.faults.append(f"{message.location['url']}: {message.text}")

    def _is_refusal(self, message: ConsoleMessage) -> bool:
        """Whether the browser only tells that a page came with one of these."""
        url = message.location["url"]
        return message.text.startswith("Failed to load resource") and any(
            each.url == url and each.status in REFUSED and each.request.is_navigation_request()
            for each in self.responses
        )

    def _error(self, error: WebError) -> None:
        self.faults.append(f"{error.page.url if error.page else ''}: {error.error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.faults.append(f"{request.url} is not ours")

    def _response(self, response: Response) -> None:
        self.responses.append(response)
        if response.status >= 500:
            self.faults.append(f"{response.url}: {response.status}")
