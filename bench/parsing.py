"""Mails parsed in a second, here and in a process of its own: `python -m bench.parsing FILE…`."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from app.mail.parsing.apart import Unparsable, parse_apart
from app.mail.parsing.parsed import ParsedMail
from app.mail.parsing.reading import parse

ROUNDS = 3


def main(files: list[str]) -> None:
    """Print the best of three rounds for each way, and their ratio."""
    mails = [Path(file).read_bytes() for file in files]
    here, apart = _rate(mails, parse), _rate(mails, parse_apart)
    print(f"{len(mails)} mails: {here:.0f}/s here, {apart:.0f}/s apart ({here / apart:.2f} times)")


def _rate(mails: list[bytes], read: Callable[[bytes], ParsedMail]) -> float:
    return max(_round(mails, read) for _ in range(ROUNDS))


def _round(mails: list[bytes], read: Callable[[bytes], ParsedMail]) -> float:
    started = time.perf_counter()
    for mail in mails:
        try:
            read(mail)
        except Unparsable as fault:
            print(fault, file=sys.stderr)
    return len(mails) / (time.perf_counter() - started)


if __name__ == "__main__":
    main(sys.argv[1:])
