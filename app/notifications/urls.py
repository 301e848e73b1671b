"""The front door of notifications: no pages yet, only the mails' templates."""

from flask import Blueprint

bp = Blueprint("notifications", __name__, template_folder="templates")
