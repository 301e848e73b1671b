"""The front door of tickets."""

from flask import Blueprint

from app.accounts.needs import anyone, may, sign_in
from app.accounts.permissions import Permission
from app.core.web.routing import get, post
from app.tickets.routes import (
    calls,
    canned,
    claims,
    deliveries,
    drafts,
    edits,
    endings,
    files,
    filings,
    followed,
    inbox,
    macros,
    mentions,
    messages,
    originals,
    own,
    participants,
    presences,
    properties,
    proposals,
    resolutions,
    snoozes,
    tickets,
)

bp = Blueprint("tickets", __name__, template_folder="templates")

get(bp, "/inbox", inbox.show_inbox, needs=may(Permission.TICKETS_READ))
get(bp, "/inbox/completions", inbox.complete_search, needs=may(Permission.TICKETS_READ))
post(bp, "/inbox/changes", inbox.change_tickets, needs=may(Permission.TICKETS_TRIAGE))
post(bp, "/inbox/views", inbox.save_view, needs=may(Permission.TICKETS_READ))
post(bp, "/inbox/views/<int:id>", inbox.change_view, needs=may(Permission.TICKETS_READ))
post(bp, "/inbox/views/<int:id>/deletions", inbox.delete_view, needs=may(Permission.TICKETS_READ))

get(bp, "/tickets", own.list_own, needs=may(Permission.TICKETS_OWN))
get(bp, "/tickets/new", own.new_ticket, needs=may(Permission.TICKETS_OPEN))
post(bp, "/tickets", own.create_ticket, needs=may(Permission.TICKETS_OPEN))
get(bp, "/tickets/suggestions", own.list_suggestions, needs=may(Permission.TICKETS_OPEN))
get(bp, "/tickets/received", own.show_received, needs=anyone)

get(bp, "/inbox/new", filings.new_filing, needs=may(Permission.TICKETS_REPLY))
post(bp, "/inbox/new", filings.create_filing, needs=may(Permission.TICKETS_REPLY))
get(bp, "/tickets/<int:number>/calls", calls.new_call, needs=may(Permission.TICKETS_NOTE))
post(bp, "/tickets/<int:number>/calls", calls.create_call, needs=may(Permission.TICKETS_NOTE))
get(bp, "/tickets/<int:number>/participants", participants.list_participants, needs=sign_in)
post(bp, "/tickets/<int:number>/participants", participants.create_participant, needs=sign_in)
post(
    bp,
    "/tickets/<int:number>/participants/<int:id>/removals",
    participants.remove_participant,
    needs=sign_in,
)
post(bp, "/tickets/<int:number>/endings", endings.create_ending, needs=sign_in)
post(bp, "/tickets/<int:number>/continuations", endings.create_continuation, needs=sign_in)

get(bp, "/tickets/<int:number>", tickets.show_ticket, needs=sign_in)
get(
    bp,
    "/tickets/<int:number>/history",
    tickets.show_history,
    needs=may(Permission.TICKETS_READ),
)
post(bp, "/tickets/<int:number>/messages", messages.create_message, needs=sign_in)
post(
    bp,
    "/tickets/<int:number>/messages/<int:id>/releases",
    messages.release_message,
    needs=may(Permission.TICKETS_REPLY),
)
post(
    bp,
    "/tickets/<int:number>/messages/<int:id>/withdrawals",
    messages.withdraw_message,
    needs=may(Permission.TICKETS_REPLY),
)
post(
    bp,
    "/tickets/<int:number>/snoozes",
    snoozes.create_snooze,
    needs=may(Permission.TICKETS_TRIAGE),
)
post(
    bp,
    "/tickets/<int:number>/wakings",
    snoozes.create_waking,
    needs=may(Permission.TICKETS_TRIAGE),
)
get(
    bp,
    "/tickets/<int:number>/messages/<int:id>",
    edits.show_message,
    needs=may(Permission.TICKETS_NOTE),
)
post(
    bp,
    "/tickets/<int:number>/messages/<int:id>/edits",
    edits.edit_message,
    needs=may(Permission.TICKETS_NOTE),
)
post(
    bp,
    "/tickets/<int:number>/messages/<int:id>/redactions",
    edits.redact_message,
    needs=may(Permission.TICKETS_REPLY),
)
post(
    bp,
    "/tickets/<int:number>/subject",
    edits.change_subject,
    needs=may(Permission.TICKETS_TRIAGE),
)
post(
    bp,
    "/tickets/<int:number>/presence",
    presences.attend_ticket,
    needs=may(Permission.TICKETS_NOTE),
)
get(bp, "/inbox/claims", claims.list_claims, needs=may(Permission.TICKETS_READ))
post(
    bp,
    "/inbox/claims/<int:id>/confirmations",
    claims.file_claim,
    needs=may(Permission.TICKETS_TRIAGE),
)
post(
    bp,
    "/inbox/claims/<int:id>/admissions",
    claims.file_claim_and_add,
    needs=may(Permission.TICKETS_TRIAGE),
)
post(bp, "/inbox/claims/<int:id>/tickets", claims.open_claim, needs=may(Permission.TICKETS_TRIAGE))
post(
    bp,
    "/inbox/claims/<int:id>/dismissals",
    claims.ignore_claim,
    needs=may(Permission.TICKETS_TRIAGE),
)
post(
    bp,
    "/tickets/<int:number>/proposals/<int:id>/acceptances",
    proposals.accept_proposal,
    needs=may(Permission.TICKETS_TRIAGE),
)
post(
    bp,
    "/tickets/<int:number>/proposals/<int:id>/dismissals",
    proposals.dismiss_proposal,
    needs=may(Permission.TICKETS_TRIAGE),
)
post(
    bp,
    "/tickets/<int:number>/messages/<int:id>/resendings",
    deliveries.resend_message,
    needs=may(Permission.TICKETS_REPLY),
)
get(
    bp,
    "/tickets/<int:number>/messages/<int:id>/whole",
    deliveries.show_whole,
    needs=may(Permission.TICKETS_READ),
)
get(
    bp,
    "/tickets/<int:number>/messages/<int:id>/mail",
    originals.show_mail,
    needs=may(Permission.TICKETS_READ),
)
get(
    bp,
    "/tickets/<int:number>/messages/<int:id>/mail/frame",
    originals.show_mail_frame,
    needs=may(Permission.TICKETS_READ),
)
get(
    bp,
    "/tickets/<int:number>/messages/<int:id>/mail/original",
    originals.download_mail,
    needs=may(Permission.TICKETS_READ),
)
get(bp, "/inbox/drafts", drafts.list_drafts, needs=may(Permission.TICKETS_NOTE))
post(bp, "/tickets/<int:number>/draft", drafts.keep_draft, needs=may(Permission.TICKETS_NOTE))
post(
    bp,
    "/tickets/<int:number>/draft/discards",
    drafts.discard_draft,
    needs=may(Permission.TICKETS_NOTE),
)
get(bp, "/tickets/<int:number>/files/<int:id>", files.download_file, needs=sign_in)
post(
    bp,
    "/tickets/<int:number>/resolutions",
    resolutions.create_resolution,
    needs=may(Permission.TICKETS_RESOLVE),
)
post(
    bp,
    "/tickets/<int:number>/reopenings",
    resolutions.create_reopening,
    needs=may(Permission.TICKETS_RESOLVE),
)
post(
    bp,
    "/tickets/<int:number>/properties",
    properties.change_properties,
    needs=may(Permission.TICKETS_TRIAGE),
)

get(bp, "/canned", canned.list_canned, needs=may(Permission.TICKETS_NOTE))
get(bp, "/canned/new", canned.new_canned, needs=may(Permission.TICKETS_NOTE))
post(bp, "/canned", canned.create_canned, needs=may(Permission.TICKETS_NOTE))
get(bp, "/canned/<int:id>", canned.edit_canned, needs=may(Permission.TICKETS_NOTE))
post(bp, "/canned/<int:id>", canned.change_canned, needs=may(Permission.TICKETS_NOTE))
post(bp, "/canned/<int:id>/deletion", canned.delete_canned, needs=may(Permission.TICKETS_NOTE))
get(bp, "/tickets/<int:number>/canned", canned.propose_canned, needs=may(Permission.TICKETS_NOTE))
post(bp, "/tickets/<int:number>/canned", canned.insert_canned, needs=may(Permission.TICKETS_NOTE))
get(
    bp,
    "/tickets/<int:number>/canned/<int:id>",
    canned.show_filled,
    needs=may(Permission.TICKETS_NOTE),
)
get(bp, "/mentions", mentions.list_mentions, needs=may(Permission.TICKETS_NOTE))
get(bp, "/mentions/people", mentions.propose_people, needs=may(Permission.TICKETS_NOTE))
post(bp, "/mentions/readings", mentions.read_mentions, needs=may(Permission.TICKETS_NOTE))
post(bp, "/mentions/<int:id>/readings", mentions.read_mention, needs=may(Permission.TICKETS_NOTE))
get(bp, "/macros", macros.list_macros, needs=may(Permission.TICKETS_TRIAGE))
get(bp, "/macros/new", macros.new_macro, needs=may(Permission.TICKETS_TRIAGE))
post(bp, "/macros", macros.create_macro, needs=may(Permission.TICKETS_TRIAGE))
get(bp, "/macros/<int:id>", macros.edit_macro, needs=may(Permission.TICKETS_TRIAGE))
post(bp, "/macros/<int:id>", macros.change_macro, needs=may(Permission.TICKETS_TRIAGE))
post(bp, "/macros/<int:id>/deletion", macros.delete_macro, needs=may(Permission.TICKETS_TRIAGE))
get(
    bp, "/tickets/<int:number>/macros", macros.list_macros_for, needs=may(Permission.TICKETS_TRIAGE)
)
get(
    bp,
    "/tickets/<int:number>/macros/<int:id>",
    macros.show_macro_on,
    needs=may(Permission.TICKETS_TRIAGE),
)
post(
    bp,
    "/tickets/<int:number>/macros/<int:id>",
    macros.apply_macro,
    needs=may(Permission.TICKETS_TRIAGE),
)

get(bp, "/follow/<token>", followed.show_followed, needs=anyone)
post(bp, "/follow/<token>/messages", followed.reply_followed, needs=anyone)
post(bp, "/follow/<token>/endings", followed.end_followed, needs=anyone)
post(bp, "/follow/<token>/continuations", followed.continue_followed, needs=anyone)
post(bp, "/follow/<token>/departures", followed.leave_followed, needs=anyone)
get(bp, "/follow/<token>/files/<int:id>", followed.download_followed_file, needs=anyone)
