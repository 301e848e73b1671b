"""Alembic's environment: on the database of the present application, in one transaction."""

from alembic import context
from sqlalchemy import create_engine, pool

from app.core.db import Model, db
from app.core.engines import prepare_sqlite

config = context.config


def run() -> None:
    """Bring the database to the wanted revision, or leave it as it was."""
    writer = db.engines[None]
    if writer.dialect.name == "sqlite":
        # SQLite changes a table by making it anew: foreign keys must not watch meanwhile.
        engine = create_engine(writer.url, module=writer.dialect.dbapi, poolclass=pool.NullPool)
        prepare_sqlite(engine, read_only=False, foreign_keys="OFF")
    else:
        engine = writer
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Model.metadata,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=False,
            user_module_prefix="",
        )
        with context.begin_transaction():
            context.run_migrations()


run()
