"""`flask content …`: the files of the knowledge base."""

from flask.cli import AppGroup

from app.articles import article_commands, quarantine_commands, sync_commands
from app.articles.exchange import commands as exchange_commands

content = AppGroup("content", help="The files of the knowledge base.")

for command in (
    sync_commands.sync_content,
    sync_commands.check_content,
    sync_commands.show_status,
    sync_commands.watch_content,
    article_commands.show_diff,
    article_commands.show_log,
    article_commands.resolve_conflict,
    article_commands.new_file,
    article_commands.move_file,
    article_commands.remove_article,
    quarantine_commands.quarantine,
    exchange_commands.import_content,
    exchange_commands.export_content,
):
    content.add_command(command)
