"""Settings: read whole, refused whole, and described in the README."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from app.core.settings import DEVELOPMENT_KEY, ROOT, InvalidSettings, Settings, variable

SECRET = "s" * 32


def faults(**environ: str) -> list[str]:
    with pytest.raises(InvalidSettings) as refused:
        Settings.from_environment(environ)
    return str(refused.value).splitlines()


def test_all_faults_are_told_at_once() -> None:
    told = faults(
        HEARTH_ENV="live",
        HEARTH_UPLOAD_LIMIT_BYTES="much",
        HEARTH_SMTP_URL="mail",
        HEARTH_COLOUR="red",
    )
    assert [line.split(":")[0] for line in told] == [
        "HEARTH_UPLOAD_LIMIT_BYTES",
        "HEARTH_COLOUR",
        "HEARTH_ENV",
        "HEARTH_SMTP_URL",
    ]


def test_production_refuses_what_is_for_development() -> None:
    told = faults(HEARTH_ENV="production")
    assert [line.split(":")[0] for line in told] == ["HEARTH_SECRET_KEY", "HEARTH_PUBLIC_URL"]
    Settings.from_environment(
        {
            "HEARTH_ENV": "production",
            "HEARTH_SECRET_KEY": SECRET,
            "HEARTH_PUBLIC_URL": "https://help.example",
        }
    )


def test_production_refuses_the_key_of_development_among_older_keys() -> None:
    told = faults(
        HEARTH_ENV="production",
        HEARTH_SECRET_KEY=SECRET,
        HEARTH_PUBLIC_URL="https://help.example",
        HEARTH_SECRET_KEY_FALLBACKS=f"{'o' * 40},{DEVELOPMENT_KEY}",
    )
    assert [line.split(":")[0] for line in told] == ["HEARTH_SECRET_KEY_FALLBACKS"]


@pytest.mark.parametrize("url", ["http://[x", "http://a.example:x", "https://a.example:99999"])
def test_an_address_that_cannot_be_read_is_a_fault(url: str) -> None:
    assert [line.split(":")[0] for line in faults(HEARTH_PUBLIC_URL=url)] == ["HEARTH_PUBLIC_URL"]


def test_variables_of_other_programs_and_of_tests_are_left_alone() -> None:
    assert Settings.from_environment({"PATH": "/bin", "HEARTH_TEST_DATA": "x"}) == Settings()


def test_readme_describes_every_setting_and_no_other() -> None:
    table = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", Path(ROOT / "README.md").read_text(), re.M))
    assert set(table) == {variable(each.name) for each in fields(Settings)}
    assert table == {variable(each.name): each.metadata["help"] for each in fields(Settings)}
