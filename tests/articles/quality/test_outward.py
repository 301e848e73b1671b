"""Links to the web: what is asked, what never is, and what is told."""

import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest
from sqlalchemy import select

from app.accounts.user import User
from app.articles.quality.outward import asking_all, checking
from app.articles.quality.outward.asking import Outcome, ask
from app.articles.quality.outward.asking_all import ask_all
from app.articles.quality.outward.door import Closed, public_address
from app.articles.quality.outward.web_link import Answer, LinkCheck
from app.core.db import db
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.library import Library

AsUser = Callable[[User], FreshClient]
PUBLIC = "93.184.216.34"


class Site(BaseHTTPRequestHandler):
    """A site on this machine, which stands for all others."""

    asked: ClassVar[list[tuple[str, str, str]]] = []

    def do_HEAD(self) -> None:
        self.asked.append((self.command, self.path, self.headers["User-Agent"]))
        name = self.path.strip("/")
        if name.startswith("to-"):
            self.send_response(302)
            self.send_header("Location", MOVES.get(name, f"/{name.removeprefix('to-')}"))
        elif name == "no-head":
            self.send_response(405 if self.command == "HEAD" else 200)
        else:
            self.send_response(int(name) if name.isdigit() else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


MOVES = {
    "to-inside": "http://inside.example/secret",
    "to-file": "file:///etc/passwd",
    "to-port": "http://site.example:8080/",
    "to-loop": "/to-loop",
}


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, str, str]]]:
    """Names on the web, all of which lead to one server here, or inside."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    Site.asked.clear()

    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        if host == "nowhere.example":
            raise socket.gaierror(-2, "Name or service not known")
        address = "10.0.0.7" if host == "inside.example" else PUBLIC
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect_here(address: tuple[str, int], timeout: Any = None) -> socket.socket:
        assert address == (PUBLIC, 80), "only what was looked at is connected to"
        made = socket.socket()
        made.settimeout(timeout)
        made.connect(("127.0.0.1", server.server_port))
        return made

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect_here)
    yield Site.asked
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/", Answer.THERE),
        ("/page?q=ä", Answer.THERE),
        ("/403", Answer.THERE),
        ("/429", Answer.THERE),
        ("/no-head", Answer.THERE),
        ("/to-page", Answer.THERE),
        ("/404", Answer.GONE),
        ("/410", Answer.GONE),
        ("/to-404", Answer.GONE),
        ("/500", Answer.TROUBLE),
        ("/to-loop", Answer.TROUBLE),
        ("/to-inside", Answer.NOT_ASKED),
        ("/to-port", Answer.NOT_ASKED),
        ("/to-file", Answer.GONE),
    ],
)
def test_what_a_site_answers_is_understood(web: object, path: str, answer: Answer) -> None:
    assert ask(f"http://site.example{path}").answer is answer


def test_sites_that_are_not_there_or_make_no_sense(web: object) -> None:
    assert ask("http://nowhere.example").said == "There is no site of this name."
    for url in ("http://", "http://[", "http://a b", "ftp://site.example", "http://x:99999999"):
        assert ask(url).answer in (Answer.GONE, Answer.NOT_ASKED), url


def test_who_asks_says_so(web: list[tuple[str, str, str]]) -> None:
    ask("http://site.example/x", ours="https://desk.example")
    ((method, path, agent),) = web
    assert (method, path) == ("HEAD", "/x")
    assert agent.startswith("Hearth-Link-Check/1.0 (")
    assert agent.endswith("; https://desk.example)")


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1"),
        *("2002:7f00:1::", "255.255.255.255"),
    ],
)
def test_no_machine_of_ours_is_ever_asked(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    found = [(0, 0, 0, "", (PUBLIC, 80)), (0, 0, 0, "", (address, 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(Closed):
        public_address("site.example", 80)


def test_a_public_machine_is_asked_at_the_ports_of_the_web_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (PUBLIC, 443))])
    assert public_address("site.example", 443) == PUBLIC
    with pytest.raises(Closed):
        public_address("site.example", 22)


def test_a_server_is_asked_one_thing_after_the_other() -> None:
    at_work: list[str] = []
    both: list[tuple[str, ...]] = []

    def busy(url: str) -> Outcome:
        at_work.append(url)
        both.append(tuple(at_work))
        at_work.remove(url)
        return Outcome(Answer.THERE)

    urls = [f"http://{host}.example/{n}" for n in range(5) for host in "ab"]
    found = dict(ask_all([*urls, *urls], ask=busy, pause_s=0))
    assert sorted(found) == sorted(urls)
    for one in both:
        servers = [url.split("/")[2] for url in one]
        assert len(set(servers)) == len(servers)


def test_links_are_looked_at_when_somebody_wants_to_know(
    library: Library,
    cast: Cast,
    as_user: AsUser,
    web: object,
    drain: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "[good](http://site.example/) [bad](http://site.example/404#x) http://inside.example/\n"
    library.article("a.md", text, id="kb_aaaaaaaaaa")
    library.article("b.md", "http://site.example/500", status="archived")
    library.sync()
    drain()
    monkeypatch.setattr(asking_all, "PAUSE_S", 0)
    agent = as_user(cast.agent)
    assert agent.post("/content/quality/link-checks").status_code == 303
    assert "are about to be looked at" in agent.get("/content/quality").text
    agent.post("/content/quality/link-checks")
    drain()
    assert [(each.total, each.done) for each in db.session.scalars(select(LinkCheck))] == [(3, 3)]
    page = agent.get("/content/quality").text
    assert "Looked at last" in page
    assert "3 addresses" in page
    found = list(checking.web())
    assert [(each.place, each.sentence.split(". ")[0]) for each in found] == [
        ("a.md:7:36", "The page is gone (404)")
    ]
    assert "a.md:7:36" in page


def test_the_check_of_files_asks_other_sites_only_when_told_to(
    library: Library, web: list[tuple[str, str, str]]
) -> None:
    library.article("a.md", "Words.\n\nSee http://site.example/404 and http://site.example/.\n")
    assert library.run("check").codes() == []
    assert web == []
    load = library.run("check", "--external")
    assert (load.exit_code, load.codes("a.md")) == (0, ["8:5 W210"])
    assert "The page is gone (404). http://site.example/404" in load.faults[0]
    assert library.run("check", "--external", "--strict").exit_code == 4
