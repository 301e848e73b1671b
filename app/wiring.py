"""The house plan: the only module that knows every room."""

from flask import Blueprint, Flask

from app.accounts import events as accounts
from app.accounts import jobs as accounts_jobs
from app.accounts import urls as accounts_urls
from app.articles import events as articles
from app.articles import jobs as articles_jobs
from app.articles import searchable as articles_search
from app.articles import urls as articles_urls
from app.articles.related import jobs as related_jobs
from app.articles.related import reactions as related
from app.community import events as community
from app.community import searchable as community_search
from app.community import urls as community_urls
from app.contacts import panels as contacts_panels
from app.contacts import urls as contacts_urls
from app.core.events import Event, Reaction
from app.core.jobs import daily, every
from app.core.jobs.commands import Companion
from app.core.jobs.schedule import Entry
from app.core.settings import Settings
from app.core.web import throttling
from app.mail import composing, proving, receivers
from app.mail import events as mail
from app.mail import jobs as mail_jobs
from app.mail.imap import watching
from app.mail.receivers import Receiver
from app.metrics import jobs as metrics_jobs
from app.metrics import panel as metrics_panel
from app.metrics import reactions as metrics
from app.metrics import urls as metrics_urls
from app.metrics.saved import examples as saved_examples
from app.metrics.saved import jobs as saved_jobs
from app.notifications import articles as notify_articles
from app.notifications import bell, unsubscribing
from app.notifications import community as notify_community
from app.notifications import jobs as notify_jobs
from app.notifications import panel as notify_panel
from app.notifications import tickets as notify
from app.notifications import urls as notifications_urls
from app.notifications.mails import jobs as notify_mails
from app.ops import banner, examples
from app.ops import urls as ops_urls
from app.portal import urls as portal_urls
from app.search import index, sources
from app.search import jobs as search_jobs
from app.search.misses import jobs as misses_jobs
from app.search.sources import Source
from app.surveys import consent
from app.surveys import panel as surveys_panel
from app.surveys import reactions as surveys
from app.surveys import urls as surveys_urls
from app.tickets import events, history, panels
from app.tickets import jobs as tickets_jobs
from app.tickets import reactions as tickets_reactions
from app.tickets import searchable as tickets_search
from app.tickets import urls as tickets_urls
from app.tickets.by_email import reactions as tickets_mail_reactions
from app.tickets.by_email import receiving as tickets_mail
from app.tickets.mentions import mentioning
from app.tickets.panels import Panel
from app.worktime import events as worktime

SUBSCRIPTIONS: dict[type[Event], list[Reaction]] = {
    mail.MailSent: [tickets_reactions.on_mail_sent],
    mail.MailRefused: [tickets_reactions.on_mail_refused],
    mail.MailQuarantined: [tickets_mail_reactions.on_quarantined],
    accounts.OrganisationChanged: [tickets_search.reindex_person],
    events.TicketCreated: [notify.on_created, metrics.refresh],
    events.TicketImported: [metrics.refresh],
    events.StatusChanged: [surveys.on_status_changed, notify.on_status_changed, metrics.refresh],
    events.Snoozed: [tickets_reactions.on_snoozed],
    events.Unsnoozed: [],
    events.ReopenDismissed: [metrics.refresh],
    events.Assigned: [notify.on_assigned, metrics.refresh],
    events.Unassigned: [metrics.refresh],
    events.TeamChanged: [notify.on_team_changed, metrics.refresh],
    events.PriorityChanged: [metrics.refresh],
    events.TagAdded: [metrics.refresh],
    events.TagRemoved: [metrics.refresh],
    events.MessageReceived: [
        notify.on_received,
        notify.on_written,
        metrics.refresh,
        tickets_search.reindex,
    ],
    events.MessageQueued: [mentioning.on_written, notify.on_written, tickets_reactions.on_queued],
    events.MessageReleased: [notify.on_released, metrics.refresh, tickets_search.reindex],
    events.MessageCancelled: [metrics.refresh],
    events.ContactLogged: [metrics.refresh, tickets_search.reindex],
    events.ParticipantAdded: [notify.on_participant_added, tickets_search.reindex],
    events.ParticipantRemoved: [tickets_search.reindex],
    events.ArticleInserted: [],
    events.ArticleLinked: [],
    events.QuestionLinked: [],
    events.MacroApplied: [],
    events.MentionAdded: [notify.on_mentioned],
    events.MessageEdited: [tickets_search.reindex],
    events.MessageRedacted: [
        tickets_search.reindex,
        tickets_reactions.on_redacted,
        notify.on_redacted,
    ],
    events.SubjectChanged: [tickets_search.reindex],
    events.MatchQuarantined: [],
    events.MatchConfirmed: [],
    events.MatchRejected: [],
    events.MessageResent: [notify.on_resent, metrics.refresh],
    events.NoteAdded: [
        mentioning.on_written,
        notify.on_written,
        notify.on_noted,
        tickets_search.reindex,
    ],
    events.DeliverySent: [],
    events.DeliveryBounced: [],
    events.ReplyVoided: [notify.on_voided, metrics.refresh],
    events.SurveySent: [metrics.refresh],
    events.SurveySuppressed: [metrics.refresh],
    events.SurveyAnswered: [notify.on_rated, metrics.refresh],
    events.SurveyRevised: [notify.on_rated, metrics.refresh],
    events.SurveyCommentAdded: [],
    events.HistoryImported: [metrics.refresh_all, tickets_search.reindex_all],
    articles.ArticleChanged: [articles_search.reindex, related.on_changed],
    worktime.CalendarChanged: [metrics.measure_again],
    articles.ConflictFound: [notify_articles.on_conflict],
    articles.ReviewRequested: [notify_articles.on_review_requested],
    articles.ReviewCommented: [notify_articles.on_review_commented],
    articles.ChangesAsked: [notify_articles.on_changes_asked],
    articles.ReviewApproved: [notify_articles.on_review_approved],
    articles.ArticleDue: [notify_articles.on_due],
    community.QuestionAsked: [notify_community.on_asked, community_search.reindex],
    community.AnswerPosted: [notify_community.on_answered, community_search.reindex],
    community.AnswerAccepted: [notify_community.on_accepted],
    community.AnswerUnaccepted: [],
    community.VoteCast: [],
    community.PostHidden: [community_search.reindex],
    community.PostUnhidden: [community_search.reindex],
}

SOURCES: tuple[Source, ...] = (
    articles_search.SOURCE,
    community_search.SOURCE,
    tickets_search.SOURCE,
)

RECEIVERS: tuple[Receiver, ...] = (tickets_mail.take_mail,)

PANELS: tuple[Panel, ...] = (
    (None, notify_panel.show_stance),
    (events.SurveyAnswered, surveys_panel.show_ratings),
    (None, metrics_panel.show_way),
)

PERSON_PANELS: tuple[contacts_panels.Panel, ...] = (surveys_panel.show_ratings_of,)

SCHEDULE: list[Entry] = [
    every(tickets_jobs.close_settled, minutes=60),
    every(tickets_jobs.forget_absent, minutes=60),
    daily(proving.prove_nightly, at="01:40"),
    every(metrics_jobs.look_after, minutes=1),
    every(metrics_jobs.make_ahead, minutes=1),
    daily(metrics_jobs.refresh_all, at="02:10"),
    daily(metrics_jobs.prove_nightly, at="02:40"),
    every(search_jobs.look_after, minutes=1),
    every(mail_jobs.knock, minutes=4),
    every(articles_jobs.open_and_close, minutes=1),
    daily(articles_jobs.empty_trash, at="03:30"),
    daily(articles_jobs.drop_old_sources, at="03:40"),
    daily(articles_jobs.remind_owners, at="06:00"),
    daily(misses_jobs.forget_old_misses, at="03:35"),
    daily(related_jobs.relate, at="03:40"),
    daily(throttling.forget_hits, at="03:20"),
    daily(accounts_jobs.forget_registrations, at="03:25"),
    daily(notify_jobs.forget_old, at="03:30"),
    daily(saved_jobs.forget_old, at="03:35"),
    every(notify_mails.send_due_digests, minutes=5),
    every(saved_jobs.send_due_reports, minutes=5),
]

DEMO_EXAMPLES: tuple[examples.Exemplify, ...] = (saved_examples.keep_examples,)

COMPANIONS: tuple[Companion, ...] = (watching.watch_mailboxes,)
"""What `flask worker` does beside jobs, each in a thread of its own until it is told to stop."""

BLUEPRINTS: tuple[Blueprint, ...] = (
    portal_urls.bp,
    accounts_urls.bp,
    tickets_urls.bp,
    contacts_urls.bp,
    articles_urls.bp,
    articles_urls.desk,
    articles_urls.media,
    articles_urls.machines,
    community_urls.bp,
    metrics_urls.bp,
    notifications_urls.bp,
    surveys_urls.bp,
    ops_urls.bp,
)

COMMANDS = {
    "worker": "app.core.jobs.commands:run_worker",
    "accounts": "app.accounts.commands:accounts",
    "tickets": "app.tickets.commands:tickets",
    "metrics": "app.metrics.commands:metrics",
    "content": "app.articles.commands:content",
    "articles": "app.articles.render_commands:articles",
    "search": "app.search.commands:search",
    "mail": "app.mail.intake_commands:mail",
    "demo": "app.ops.demo_commands:demo",
}


def furnish(app: Flask, settings: Settings) -> None:
    """Install rooms and slots."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    panels.init_app(app, PANELS)
    contacts_panels.init_app(app, PERSON_PANELS)
    consent.init_app(app, unsubscribing.stop_url_of_solved)
    bell.init_app(app)
    history.init_app(app)
    composing.init_app(app)
    receivers.init_app(app, RECEIVERS)
    banner.init_app(app)
    examples.init_app(app, DEMO_EXAMPLES)
    index.init_app(app, settings)
    sources.init_app(app, SOURCES)
