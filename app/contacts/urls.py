"""The front door of this room."""

from flask import Blueprint

from app.accounts.needs import may
from app.accounts.permissions import Permission
from app.contacts.routes import organisations, people
from app.core.web.routing import get, post

bp = Blueprint("contacts", __name__, template_folder="templates")

READ = may(Permission.TICKETS_READ)
MANAGE = may(Permission.CONTACTS_MANAGE)

get(bp, "/people", people.list_people, needs=READ)
get(bp, "/people/options", people.list_options, needs=READ)
get(bp, "/people/<int:id>", people.show_person, needs=READ)
get(bp, "/tickets/<int:number>/requester", people.show_requester, needs=READ)
post(bp, "/people/<int:id>/organisation", people.change_belonging, needs=MANAGE)
post(bp, "/people/<int:id>/notes", people.create_note, needs=MANAGE)
post(bp, "/people/<int:id>/notes/<int:note_id>/removals", people.remove_note, needs=MANAGE)

get(bp, "/organisations", organisations.list_organisations, needs=READ)
post(bp, "/organisations", organisations.create_organisation, needs=MANAGE)
get(bp, "/organisations/<int:id>", organisations.show_organisation, needs=READ)
post(bp, "/organisations/<int:id>", organisations.change_organisation, needs=MANAGE)
post(bp, "/organisations/<int:id>/members", organisations.add_member, needs=MANAGE)
post(
    bp,
    "/organisations/<int:id>/members/<int:person_id>/removals",
    organisations.remove_member,
    needs=MANAGE,
)
