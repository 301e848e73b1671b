"""Forms as a browser would send them back."""

from html.parser import HTMLParser


def form_on(page: str, action: str) -> dict[str, str]:
    """The fields of the form whose action ends so, as they stand; buttons and unticked boxes are left out."""
    reader = _Reader(action)
    reader.feed(page)
    return reader.fields


class _Reader(HTMLParser):
    def __init__(self, action: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._action, self._inside = action, False
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self._inside = given.get("action", "").endswith(self._action)
        elif not self._inside:
            return
        elif tag == "input" and name:
            is_box = given.get("type") in ("checkbox", "radio")
            if given.get("type") != "file" and (not is_box or "checked" in given):
                self.fields[name] = given.get("value", "on")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in given or self._select not in self.fields:
                self.fields[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.fields[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._area:
            text = self.fields[self._area].replace("\r\n", "\n")
            self.fields[self._area] = text.removeprefix("\n")
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data
