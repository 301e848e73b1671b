"""Names of files: what is left of a hostile one."""

import pytest

from app.attachments.naming import clean_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("Schlüssel übergabe.txt", "Schlüssel übergabe.txt"),
        ("Schlu\u0308ssel.txt", "Schlüssel.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\notes.txt", "notes.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"),
        ('a"b<c>.txt', "a_b_c_.txt"),
        (".htaccess", "htaccess"),
        ("trailing. ", "trailing"),
        ("", "file"),
        ("...", "file"),
        ("/", "file"),
        ("x" * 300 + ".tar", "x" * 116 + ".tar"),
        ("x." + "y" * 300, "x." + "y" * 118),
        ("日本.txt", "日本.txt"),
    ],
)
def test_a_name_is_made_fit_for_page_header_and_disk(given: str, kept: str) -> None:
    assert clean_name(given) == kept
