"""Folders of articles: as a tree, made, described, put in order."""

from typing import Any

from flask import Response, request
from flask_login import current_user

from app.accounts.permissions import Permission
from app.articles.article import Section
from app.articles.folders import keeping
from app.articles.folders.forms import FolderForm
from app.articles.folders.keeping import folder_or_404
from app.articles.folders.tree import tree
from app.articles.routes.manuscripts import around
from app.articles.writing.desk import owners
from app.articles.writing.forms import AUDIENCES
from app.core.errors import InvalidInput
from app.core.web.responses import invalid, moved_to, page, say


def list_folders() -> Response:
    """All folders."""
    return page("articles/folders/list.html", form=FolderForm(formdata=None), **_around())


def create_folder() -> Response:
    """Make one."""
    form = FolderForm()
    if form.validate():
        try:
            section = keeping.make_folder(form.above.data or "", form.described)
            say(f"The folder {section.title} is there.")
            return moved_to("content.list_folders")
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("articles/folders/list.html", form=form, **_around())


def edit_folder(slug: str) -> Response:
    """Its form."""
    section = folder_or_404(slug)
    form = FolderForm(formdata=None, obj=section)
    return page("articles/folders/edit.html", section=section, form=form, **_around())


def change_folder(slug: str) -> Response:
    """Say something else about it."""
    section, form = folder_or_404(slug), FolderForm()
    if form.validate():
        try:
            keeping.describe(section, form.described)
            say("Saved.")
            return moved_to("content.list_folders")
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("articles/folders/edit.html", section=section, form=form, **_around())


def move_folder(slug: str) -> Response:
    """Put it one place up or down."""
    section = folder_or_404(slug)
    if request.form.get("to") == "up":
        keeping.move_up(section)
    else:
        keeping.move_down(section)
    return moved_to("content.list_folders", _anchor=section.slug)


def remove_folder(slug: str) -> Response:
    """Take an empty one away."""
    section: Section = folder_or_404(slug)
    keeping.remove_folder(section)
    say("The folder is gone.")
    return moved_to("content.list_folders")


def _around() -> dict[str, Any]:
    return {
        "rows": tree(),
        "may_change": current_user.may(Permission.ARTICLES_WRITE),
        "audiences": AUDIENCES,
        "owners": owners(),
        **around(),
    }
