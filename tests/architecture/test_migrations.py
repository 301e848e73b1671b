"""Migrations lead from nothing to the models and back, on both databases."""

from flask import Flask
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import inspect

from app.core.db import db


def test_models_and_head_never_differ(app: Flask) -> None:
    check()


def test_the_way_back_leads_to_nothing_and_up_again(app: Flask) -> None:
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engines[None]).get_table_names()) == {"alembic_version"}
    upgrade()
    assert "ticket_events" in inspect(db.engines[None]).get_table_names()
