"""Every URL says who may enter; the matrix of routes and roles is a file that is reviewed."""

import os
from pathlib import Path

from flask import Flask

from app.accounts.permissions import Role, permissions_of
from app.accounts.user import Visitor

MATRIX = Path(__file__).with_name("access_matrix.txt")
COLUMNS = (Role.VISITOR, Role.LINK, Role.USER, Role.MODERATOR, Role.AGENT, Role.LEAD, Role.ADMIN)


class Somebody:
    """A person with one role, as a need sees people."""

    def __init__(self, role: Role) -> None:
        self.permissions = permissions_of([role])
        self.is_authenticated = role not in (Role.VISITOR, Role.LINK)

    def may(self, permission: object) -> bool:
        return permission in self.permissions


def test_matrix_is_what_the_reviewed_file_says(app: Flask) -> None:
    """After a reviewed change: HEARTH_TEST_WRITE=1 bin/test tests/architecture/test_urls.py."""
    found = matrix(app)
    if os.environ.get("HEARTH_TEST_WRITE"):
        MATRIX.write_text(found)
    assert found == MATRIX.read_text()


def test_every_route_has_a_need(app: Flask) -> None:
    without = [
        rule.rule for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], "needs")
    ]  # fmt: skip
    assert without == []


def test_visitor_without_account_is_a_visitor_by_role() -> None:
    assert Visitor().roles == {Role.VISITOR}


def matrix(app: Flask) -> str:
    head = f"{'method':<7}{'rule':<46}{'needs':<32}" + "".join(
        f"{role.value:<11}" for role in COLUMNS
    )
    rows = sorted(
        (rule.rule, method, app.view_functions[rule.endpoint].needs)  # type: ignore[attr-defined]
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    )
    lines = [
        f"{method:<7}{rule:<46}{needs.name:<32}"
        + "".join(f"{'yes' if needs(Somebody(role)) else '-':<11}" for role in COLUMNS)
        for rule, method, needs in rows
    ]
    return "\n".join(line.rstrip() for line in [head, *lines]) + "\n"
