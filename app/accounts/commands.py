"""`flask accounts`: people, from the command line of the machine."""

import click
from flask.cli import AppGroup

from app.accounts import inviting, links, people
from app.accounts.permissions import STORED_ROLES, Permission, Role
from app.core.errors import Refusal
from app.core.uow import unit_of_work

accounts = AppGroup("accounts", help="People and their roles.")

roles = click.Choice([role.value for role in STORED_ROLES])


@accounts.command("invite")
@click.argument("address")
@click.option("--role", "named", type=roles, multiple=True, help="A role to give; may be repeated.")
@click.option("--name", default="", help="How the person is called until they say so.")
@click.option(
    "--first", is_flag=True, help="Make the first administrator, unless somebody can do it already."
)
def invite(address: str, named: tuple[str, ...], name: str, first: bool) -> None:  # noqa: FBT001 - click hands over flags as such
    """Admit the person at ADDRESS and print a link, good once, to set a password.

    For somebody who has an account it gives the roles, and the link sets another password.
    """
    if first and people.names_with(Permission.PEOPLE_MANAGE):
        return
    wanted = {Role(each) for each in named} | ({Role.ADMIN} if first else set())
    try:
        with unit_of_work():
            user = inviting.admit(email=address, name=name, roles=wanted, by=None)
            link = links.password_link(user, lasts=links.INVITATION_LASTS)
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo(f"For {address}, works once, for seven days:\n{link}")
