"""The front door of this room."""

from flask import Blueprint

from app.accounts.needs import anyone, either, may, signature
from app.accounts.permissions import Permission
from app.core.web.routing import get, post
from app.ops.routes import (
    calendars,
    deliveries,
    health,
    incoming,
    jobs,
    mail_health,
    mailboxes,
    mails,
    people,
    person,
    teams,
)

bp = Blueprint("ops", __name__, template_folder="templates")

MANAGE = may(Permission.PEOPLE_MANAGE)
READ_MAIL = may(Permission.MAIL_READ)
READ_TICKETS = may(Permission.TICKETS_READ)
MANAGE_MAIL = may(Permission.MAIL_MANAGE)
MANAGE_JOBS = may(Permission.JOBS_MANAGE)
MANAGE_CALENDARS = may(Permission.CALENDARS_MANAGE)

get(bp, "/admin", people.show_admin, needs=MANAGE)
get(bp, "/admin/people", people.list_people, needs=MANAGE)
post(bp, "/admin/people", people.invite_person, needs=MANAGE)
get(bp, "/admin/people/<int:id>", person.show_person, needs=MANAGE)
post(bp, "/admin/people/<int:id>/roles", person.change_roles, needs=MANAGE)
post(bp, "/admin/people/<int:id>/invitations", person.invite_again, needs=MANAGE)
post(bp, "/admin/people/<int:id>/deactivations", person.deactivate_person, needs=MANAGE)
post(bp, "/admin/people/<int:id>/reactivations", person.reactivate_person, needs=MANAGE)

get(bp, "/admin/teams", teams.list_teams, needs=MANAGE)
post(bp, "/admin/teams", teams.create_team, needs=MANAGE)
get(bp, "/admin/teams/<int:id>", teams.show_team, needs=MANAGE)
post(bp, "/admin/teams/<int:id>", teams.change_team, needs=MANAGE)

get(bp, "/admin/calendars", calendars.show_calendars, needs=MANAGE_CALENDARS)
post(bp, "/admin/calendars", calendars.change_hours, needs=MANAGE_CALENDARS)

get(bp, "/admin/mail", mails.list_mail, needs=READ_MAIL)
get(bp, "/admin/mail/health", mail_health.show_mail_health, needs=either(READ_MAIL, READ_TICKETS))
get(bp, "/admin/mail/<int:id>", mails.show_mail, needs=READ_MAIL)
post(bp, "/admin/mail/<int:id>/sendings", mails.send_again, needs=READ_MAIL)

get(bp, "/admin/incoming", incoming.list_incoming, needs=READ_MAIL)
get(bp, "/admin/incoming/<int:id>", incoming.show_incoming, needs=READ_MAIL)
get(bp, "/admin/incoming/<int:id>/original", incoming.show_original, needs=READ_MAIL)
post(bp, "/admin/incoming/<int:id>/readings", incoming.read_again, needs=MANAGE_MAIL)
post(bp, "/admin/incoming/readings", incoming.read_all_again, needs=MANAGE_MAIL)

get(bp, "/admin/mailboxes", mailboxes.list_mailboxes, needs=READ_MAIL)
post(bp, "/admin/mailboxes", mailboxes.create_mailbox, needs=MANAGE_MAIL)
get(bp, "/admin/mailboxes/new", mailboxes.new_mailbox, needs=MANAGE_MAIL)
get(bp, "/admin/mailboxes/<int:id>", mailboxes.show_mailbox, needs=MANAGE_MAIL)
post(bp, "/admin/mailboxes/<int:id>", mailboxes.change_mailbox, needs=MANAGE_MAIL)
post(bp, "/admin/mailboxes/<int:id>/trials", mailboxes.try_mailbox, needs=MANAGE_MAIL)
post(bp, "/admin/mailboxes/<int:id>/pauses", mailboxes.pause_mailbox, needs=MANAGE_MAIL)
post(bp, "/admin/mailboxes/<int:id>/resumptions", mailboxes.resume_mailbox, needs=MANAGE_MAIL)

get(bp, "/admin/jobs", jobs.list_jobs, needs=MANAGE_JOBS)
post(bp, "/admin/jobs/<int:id>/retries", jobs.retry_job, needs=MANAGE_JOBS)

bp.url_value_preprocessor(deliveries.allow_whole_mails)
post(bp, "/mail/deliveries", deliveries.take_delivery, needs=signature)

get(bp, "/healthz", health.show_health, needs=anyone)
get(bp, "/readyz", health.show_readiness, needs=anyone)
