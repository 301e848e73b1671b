"""The commands of the rooms, each imported when somebody asks for it: a web process needs none of them."""

from collections.abc import Mapping
from importlib import import_module

from click import Command, Context
from flask import Flask
from flask.cli import AppGroup


class RoomCommands(AppGroup):
    """What `flask` can do beside Flask's own; `places` gives each command's name a `module:attribute`."""

    def __init__(self, places: Mapping[str, str]) -> None:
        super().__init__()
        self.places = places

    def list_commands(self, ctx: Context) -> list[str]:
        """The names of all of them."""
        return sorted({*super().list_commands(ctx), *self.places})

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """The command of that name, if there is one."""
        if cmd_name not in self.places:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self.places[cmd_name].partition(":")
        command: Command = getattr(import_module(module), attribute)
        return command


def init_app(app: Flask, places: Mapping[str, str]) -> None:
    """Give the application these commands."""
    app.cli = RoomCommands(places)
    app.cli.name = app.name
