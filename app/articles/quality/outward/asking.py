"""Asking a server whether something is still there."""

import ssl
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, InvalidURL
from time import monotonic
from urllib.parse import quote, urljoin, urlsplit

from app.articles.quality.outward.door import PORTS, Closed, Resolve, connection, public_address
from app.articles.quality.outward.web_link import Answer

PATIENCE_S = 8.0
LONGEST_S = 20.0
"""For one address, redirects and all."""
MOST_MOVES = 5
AGENT = "Hearth-Link-Check/1.0 (looks whether links still lead somewhere{})"

_ASK_AGAIN = frozenset({400, 403, 404, 405, 406, 410, 429, 500, 501, 503})
"""Answers to HEAD that some servers give for what they show when it is asked for by GET."""
_SAFE = "/:?#[]@!$&'()*+,;=%~"


@dataclass(frozen=True)
class Outcome:
    """What was learnt about an address."""

    answer: Answer
    said: str = ""


def ask(url: str, *, ours: str = "", resolve: Resolve = public_address) -> Outcome:
    """Whether something is there.  Raises nothing.

    `ours` is the address of this desk, by which its owner can be found.  Bodies are never read.
    """
    until = monotonic() + LONGEST_S
    try:
        for _ in range(MOST_MOVES + 1):
            status, moved_to = _status(url, ours, resolve)
            if not moved_to:
                return _outcome(status)
            if monotonic() > until:
                return Outcome(Answer.TROUBLE, "It took too long to answer.")
            url = urljoin(url, moved_to)
    except Closed:
        return Outcome(Answer.NOT_ASKED, "It leads into a private network, or to an unusual port.")
    except (ValueError, InvalidURL):
        return Outcome(Answer.GONE, "This is no address of the web.")
    except ssl.SSLError:
        return Outcome(Answer.TROUBLE, "Its certificate is not in order.")
    except TimeoutError:
        return Outcome(Answer.TROUBLE, "It took too long to answer.")
    except OSError as fault:
        unknown = type(fault).__name__ == "gaierror"
        return (
            Outcome(Answer.GONE, "There is no site of this name.")
            if unknown
            else Outcome(Answer.TROUBLE, "Nobody answers there.")
        )
    except HTTPException:
        return Outcome(Answer.TROUBLE, "Its answer made no sense.")
    return Outcome(Answer.TROUBLE, "It leads on and on.")


def _status(url: str, ours: str, resolve: Resolve) -> tuple[int, str]:
    status, moved_to = _once("HEAD", url, ours, resolve)
    return _once("GET", url, ours, resolve) if status in _ASK_AGAIN else (status, moved_to)


def _once(method: str, url: str, ours: str, resolve: Resolve) -> tuple[int, str]:
    """The status, and where to go on."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(url)
    host = parts.hostname.encode("idna").decode()
    port = parts.port or PORTS[parts.scheme]
    path = quote(parts.path or "/", safe=_SAFE) + (
        f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    )
    line = connection(parts.scheme, host, port, resolve=resolve, patience_s=PATIENCE_S)
    try:
        headers = {"User-Agent": AGENT.format(f"; {ours}" if ours else ""), "Accept": "*/*"}
        line.request(method, path, headers=headers)
        answer: HTTPResponse = line.getresponse()
        moved = answer.status in (301, 302, 303, 307, 308)
        return answer.status, (answer.getheader("Location") or "") if moved else ""
    finally:
        line.close()


def _outcome(status: int) -> Outcome:
    if status in (404, 410):
        return Outcome(Answer.GONE, f"The page is gone ({status}).")
    if status >= 500:
        return Outcome(Answer.TROUBLE, f"The site is in trouble ({status}).")
    return Outcome(Answer.THERE)  # whoever refuses to show it to machines has it all the same
