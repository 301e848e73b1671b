"""What the server of a mailbox says of senders: read as RFC 8601 has it, believed only at the top."""

import pytest

from app.mail.authentication import Verdict, verdict

MX = "mx.example.org"
OF = "corp.example"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ((f"{MX}; dmarc=pass header.from={OF}",), Verdict.PROVED),
        ((f"{MX} 1; DMARC=Pass (p=reject dis=none) header.from={OF}",), Verdict.PROVED),
        ((f"{MX}; dkim=pass header.d={OF} header.s=s1; spf=fail",), Verdict.PROVED),
        ((f'{MX}; dkim=pass (good; "d=x") header.i="@mail.{OF}"',), Verdict.PROVED),
        ((f"{MX}; dkim=pass header.d=mail.{OF}",), Verdict.PROVED),
        ((f"{MX}; dkim=pass header.d=evil.example",), Verdict.UNKNOWN),
        ((f"{MX}; dkim=pass header.d=example",), Verdict.UNKNOWN),
        ((f"{MX}; dkim=pass header.d=notcorp.example",), Verdict.UNKNOWN),
        ((f"{MX}; dmarc=pass header.from=evil.example",), Verdict.UNKNOWN),
        ((f"{MX}; spf=pass smtp.mailfrom={OF}",), Verdict.UNKNOWN),
        ((f"{MX}; none",), Verdict.UNKNOWN),
        ((f"{MX}; dmarc=fail header.from={OF}; dkim=pass header.d={OF}",), Verdict.REFUTED),
        ((f"{MX} (dmarc=pass header.from={OF}); dmarc=fail",), Verdict.REFUTED),
        ((f"evil.example; dmarc=pass header.from={OF}",), Verdict.UNKNOWN),
        ((f"{MX}.evil.example; dmarc=pass header.from={OF}",), Verdict.UNKNOWN),
        ((f"evil.example ({MX}); dmarc=pass header.from={OF}",), Verdict.UNKNOWN),
        (("other.example; none", f"{MX}; dmarc=pass header.from={OF}"), Verdict.UNKNOWN),
        ((f"{MX}; dmarc=fail", f"{MX}; dmarc=pass header.from={OF}"), Verdict.REFUTED),
        ((f"{MX}; spf=none", f"{MX}; dmarc=pass header.from={OF}"), Verdict.UNKNOWN),
        (("((((", ";;;=", f"{MX}"), Verdict.UNKNOWN),
        ((), Verdict.UNKNOWN),
    ],
)
def test_only_the_topmost_word_of_the_trusted_server_counts(
    said: tuple[str, ...], meant: Verdict
) -> None:
    assert verdict(said, authserv="MX.example.org", domain=OF) is meant


def test_where_no_server_is_trusted_nobody_is_believed() -> None:
    said = (f"; dmarc=pass header.from={OF}", f"{MX}; dmarc=fail")
    assert verdict(said, authserv="", domain=OF) is Verdict.UNKNOWN
    assert verdict((f"{MX}; dmarc=fail",), authserv="", domain=OF) is Verdict.UNKNOWN
