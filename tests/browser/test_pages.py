"""Every page, as the people who may see it: fit for everybody's eyes, and light."""

import gzip
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page, Response

from tests.browser import inspection
from tests.browser.people import ADMIN, AGENT, CUSTOMER, LEAD, MODERATOR, VISITOR
from tests.browser.two_texts import VERSIONS_ID
from tests.browser.window import Windows

MOST_REQUESTS = 8
HEAVIEST_LIST_BYTES = 110_000

ELSEWHERE = {
    "tickets.show_followed": "test_main_line",
    "notifications.show_unsubscription": "test_notifications",
    "metrics.show_report_stop": "test_notifications",
    "surveys.show_rating": "test_rating",
    "surveys.show_thanks": "test_rating",
    "accounts.show_confirmation": "test_accounts",
    "accounts.edit_password": "test_accounts",
    "ops.show_mailbox": "test_administration",
    "content.show_review": "test_reviews",
    "content.list_feedback": "test_reading",
}
NO_PAGES = {
    "content.download_revision",
    "articles.show_moved",
    "content.show_export",
    "media.show_image",
    "articles.show_markdown",
    "articles.show_markdown_in",
    "articles.show_feed",
    "machines.show_robots",
    "machines.show_sitemap",
    "machines.show_sitemap_from",
    "portal.show_feed",
    "tickets.complete_search",
    "contacts.list_options",
    "contacts.show_requester",
    "tickets.list_suggestions",
    "ops.show_admin",
    "ops.show_health",
    "ops.show_readiness",
    "ops.show_original",
    "tickets.download_file",
    "tickets.download_mail",
    "tickets.show_mail_frame",
    "tickets.download_followed_file",
    "content.list_link_choices",
    "portal.propose_insertions",
    "portal.show_palette",
    "tickets.propose_canned",
    "tickets.propose_people",
    "tickets.show_filled",
    "metrics.download_figures_csv",
    "metrics.download_figures_json",
    "metrics.download_cases_csv",
    "metrics.download_cases_json",
    "metrics.download_report_csv",
    "metrics.download_report_json",
    "metrics.download_dashboard_csv",
    "metrics.download_dashboard_json",
    "metrics.show_panel",
    "metrics.list_options",
}


@dataclass(frozen=True)
class Shown:
    """A page: who looks, where they start, and through which links they come to it."""

    endpoint: str
    by: str
    path: str
    links: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((self.by.partition("@")[0] or "visitor", self.path, *self.links))


SUBJECT = ".t-subject a"
TITLE = ".item-title a"
ARTICLE = f"/content/articles/{VERSIONS_ID}"
HISTORY = f"{ARTICLE}/history"
INBOX = Shown("tickets.show_inbox", AGENT, "/inbox?view=resolved")

PAGES = (
    Shown("portal.show_home", VISITOR, "/"),
    Shown("portal.show_home", CUSTOMER, "/"),
    Shown("portal.show_home", ADMIN, "/"),
    Shown("portal.show_results", VISITOR, "/search"),
    Shown("portal.show_results", VISITOR, "/search?q=mail"),
    Shown("portal.show_results", VISITOR, "/search?q=zeppelin"),
    Shown("portal.show_results", CUSTOMER, "/search?q=mail"),
    Shown("portal.show_results", AGENT, "/search?q=mail"),
    Shown("articles.show_section", VISITOR, "/", (".cats h3 a",)),
    Shown("articles.show_article", VISITOR, "/help/open-a-ticket"),
    Shown("articles.show_article", VISITOR, "/help/format-your-text"),
    Shown("articles.show_article", VISITOR, "/help/run-in-production"),
    Shown("articles.show_article", AGENT, "/help/reply-or-note"),
    Shown("articles.show_article", VISITOR, "/help/common-questions"),
    Shown("articles.show_translation", VISITOR, "/help/de/ticket-eroeffnen"),
    Shown("articles.show_thanks", VISITOR, "/help/votes/kb_ejwwmdeit7"),
    Shown("portal.list_releases", VISITOR, "/changelog"),
    Shown("content.show_content", AGENT, "/content"),
    Shown("content.show_conflict", AGENT, "/content", (TITLE,)),
    Shown("content.show_conflict", LEAD, "/content", (TITLE,)),
    Shown("content.list_articles", AGENT, "/content/articles"),
    Shown("content.list_articles", LEAD, "/content/articles?view=trash"),
    Shown("content.new_article", AGENT, "/content/articles?folder=agents", ("a[href*=new]",)),
    Shown("content.edit_article", AGENT, "/content/articles", (TITLE,)),
    Shown("content.edit_article", LEAD, "/help/format-your-text", (".article-head .meta a",)),
    Shown(
        "content.show_deletion",
        LEAD,
        "/help/format-your-text",
        (".article-head .meta a", "summary[aria-label^=More]", "a[href$=deletion]"),
    ),
    Shown("content.list_folders", LEAD, "/content/folders"),
    Shown("content.edit_folder", LEAD, "/content/folders", ("a[href$=edit]",)),
    Shown("content.show_history", AGENT, HISTORY),
    Shown("content.show_history", LEAD, HISTORY),
    Shown("content.show_revision", LEAD, HISTORY, ("tbody a >> nth=-1",)),
    Shown("content.show_comparison", LEAD, f"{ARTICLE}/comparisons"),
    Shown("content.show_comparison", AGENT, f"{ARTICLE}/comparisons?view=side&by=line"),
    Shown("content.list_reviews", AGENT, "/content/reviews?pile=all"),
    Shown("content.new_review", AGENT, f"{ARTICLE}/reviews/new"),
    Shown("content.list_due", LEAD, "/content/articles/due"),
    Shown("content.show_quality", AGENT, "/content/quality"),
    Shown("content.show_quality", AGENT, "/content/quality?kind=web"),
    Shown("content.list_quarantine", AGENT, "/content/quarantine"),
    Shown("content.show_exchange", LEAD, "/content/exchange"),
    Shown("content.show_import", LEAD, "/content/exchange", (TITLE,)),
    Shown("content.show_quarantined", LEAD, "/content/quarantine", ("tbody a",)),
    Shown("community.list_questions", VISITOR, "/community"),
    Shown("community.list_questions", CUSTOMER, "/community?tab=unanswered"),
    Shown("community.show_question", VISITOR, "/community?tab=votes", (TITLE,)),
    Shown("community.show_question", CUSTOMER, "/community?tab=votes", (TITLE,)),
    Shown("community.show_question", MODERATOR, "/community?tab=votes", (TITLE,)),
    Shown("community.new_question", CUSTOMER, "/community/ask"),
    Shown("community.new_question", CUSTOMER, "/community/ask?title=Where+is+my+mail"),
    Shown("tickets.new_ticket", VISITOR, "/tickets/new"),
    Shown("tickets.new_ticket", CUSTOMER, "/tickets/new"),
    Shown("tickets.show_received", VISITOR, "/tickets/received"),
    Shown("tickets.list_own", CUSTOMER, "/tickets"),
    Shown("tickets.list_own", CUSTOMER, "/tickets?pile=solved"),
    Shown("tickets.show_ticket", CUSTOMER, "/tickets", (TITLE,)),
    Shown("tickets.show_ticket", AGENT, "/inbox?view=open", (SUBJECT,)),
    Shown("tickets.show_ticket", AGENT, "/inbox?view=waiting", (SUBJECT,)),
    Shown("tickets.show_ticket", AGENT, "/tickets/1"),
    Shown("tickets.show_inbox", AGENT, "/inbox?view=unassigned"),
    Shown("tickets.show_inbox", AGENT, "/inbox?view=mine"),
    INBOX,
    Shown("tickets.list_canned", AGENT, "/canned"),
    Shown("tickets.new_canned", AGENT, "/canned/new"),
    Shown("tickets.edit_canned", AGENT, "/canned", ("tbody a",)),
    Shown("tickets.list_mentions", AGENT, "/mentions"),
    Shown("portal.list_insertions", AGENT, "/tickets/1/insertions?q=mail"),
    Shown("tickets.list_macros", AGENT, "/macros"),
    Shown("tickets.new_macro", AGENT, "/macros/new"),
    Shown("tickets.edit_macro", AGENT, "/macros", ("tbody a",)),
    Shown("tickets.list_macros_for", AGENT, "/tickets/1/macros"),
    Shown("tickets.show_macro_on", AGENT, "/tickets/1/macros", ("tbody a",)),
    Shown("tickets.new_filing", AGENT, "/inbox/new"),
    Shown("tickets.new_call", AGENT, "/inbox?view=open", (SUBJECT, "a[href$='/calls']")),
    Shown("tickets.list_participants", AGENT, "/tickets/1/participants"),
    Shown("contacts.list_people", AGENT, "/people"),
    Shown("contacts.show_person", AGENT, "/people?q=a", ("tbody a",)),
    Shown("contacts.list_organisations", AGENT, "/organisations"),
    Shown("contacts.show_organisation", AGENT, "/organisations", ("tbody a",)),
    Shown("tickets.list_own", CUSTOMER, "/tickets?q=a"),
    Shown("accounts.new_session", VISITOR, "/sign-in"),
    Shown("accounts.new_registration", VISITOR, "/register"),
    Shown("accounts.show_received", VISITOR, "/register/received"),
    Shown("accounts.new_reset", VISITOR, "/password/forgotten"),
    Shown("accounts.show_requested", VISITOR, "/password/requested"),
    Shown("accounts.show_account", CUSTOMER, "/account"),
    Shown("notifications.list_notices", AGENT, "/notifications"),
    Shown("notifications.list_notices", CUSTOMER, "/notifications"),
    Shown("notifications.show_choices", AGENT, "/account/notifications"),
    Shown("notifications.show_choices", CUSTOMER, "/account/notifications"),
    Shown("metrics.show_metrics", AGENT, "/metrics"),
    Shown("metrics.show_metrics", AGENT, "/metrics?last=28&hours=business&by=agent&channel=mail"),
    Shown("metrics.show_metrics", AGENT, "/metrics?as_of=2026-11-02&agent=mara%40hearth.example"),
    Shown("metrics.show_evidence", AGENT, "/metrics/csat/tickets"),
    Shown("metrics.list_reports", AGENT, "/metrics/reports"),
    Shown("metrics.new_report", AGENT, "/metrics/reports/new?last=28&tag=mail"),
    Shown("metrics.show_report", LEAD, "/metrics/reports", ("tbody a",)),
    Shown("metrics.edit_report", LEAD, "/metrics/reports/1/edit"),
    Shown("metrics.show_report_tickets", AGENT, "/metrics/reports/1/tickets?metric=frt&row=none"),
    Shown("metrics.list_report_mails", LEAD, "/metrics/reports/1/mails"),
    Shown("metrics.list_dashboards", AGENT, "/metrics/dashboards"),
    Shown("metrics.new_dashboard", AGENT, "/metrics/dashboards/new"),
    Shown("metrics.show_dashboard", LEAD, "/metrics/dashboards", ("tbody a",)),
    Shown("metrics.edit_dashboard", LEAD, "/metrics/dashboards/1/edit"),
    Shown("metrics.list_dashboard_mails", LEAD, "/metrics/dashboards/1/mails"),
    Shown("metrics.show_explanation", AGENT, "/metrics/tickets/1"),
    Shown("metrics.show_wallboard", AGENT, "/metrics/wallboard"),
    Shown("ops.list_people", ADMIN, "/admin/people"),
    Shown("ops.show_person", ADMIN, "/admin/people", ("tbody a",)),
    Shown("ops.list_mail", ADMIN, "/admin/mail"),
    Shown("ops.show_mail", ADMIN, "/admin/mail", ("tbody a",)),
    Shown("ops.list_incoming", ADMIN, "/admin/incoming"),
    Shown("ops.show_incoming", ADMIN, "/admin/incoming", ("tbody a",)),
    Shown("ops.list_mailboxes", ADMIN, "/admin/mailboxes"),
    Shown("ops.new_mailbox", ADMIN, "/admin/mailboxes/new"),
    Shown("ops.list_jobs", ADMIN, "/admin/jobs"),
    Shown("ops.show_mail_health", ADMIN, "/admin/mail/health"),
    Shown("ops.show_mail_health", AGENT, "/admin/mail/health"),
    Shown("tickets.show_message", AGENT, "/tickets/1", (".msg-more",)),
    Shown("tickets.list_claims", AGENT, "/inbox/claims"),
    Shown("tickets.show_mail", AGENT, "/tickets/2", ("a[href$='/mail']",)),
    Shown(
        "tickets.show_whole",
        AGENT,
        "/inbox?q=from:vera@quist.example",
        (SUBJECT, "a[href$='/whole']"),
    ),
    Shown("tickets.show_history", AGENT, "/tickets/1/history"),
    Shown("tickets.list_drafts", AGENT, "/inbox/drafts"),
    Shown("ops.list_teams", ADMIN, "/admin/teams"),
    Shown("ops.show_calendars", ADMIN, "/admin/calendars"),
    Shown("ops.show_calendars", LEAD, "/admin/calendars"),
    Shown("ops.show_team", ADMIN, "/admin/teams/1"),
    Shown("404", VISITOR, "/nothing-here"),
    Shown("403", CUSTOMER, "/inbox"),
)


@pytest.mark.parametrize("shown", PAGES, ids=str)
def test_page_is_fit_to_be_shown(shown: Shown, visit: Windows) -> None:
    page = _arrive(shown, visit)
    # the page and the icons are two more; what is asked for later, such as a card, holds nobody up
    files = {each.url for each in visit.loaded(page) if "/static/" in each.url}
    files = {each for each in files if "/icons/" not in each}
    assert shown.links or len(files) <= MOST_REQUESTS - 2, files
    assert inspection.faults(page) == []


def test_first_visit_to_the_inbox_is_light(visit: Windows) -> None:
    page = _arrive(INBOX, visit)
    sizes = {each.url: _size(each) for each in visit.loaded(page)}
    assert sum(sizes.values()) <= HEAVIEST_LIST_BYTES, sizes


def test_every_page_is_among_them(app: Flask) -> None:
    read = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    looked_at = {page.endpoint for page in PAGES if "." in page.endpoint} | set(ELSEWHERE)
    assert read - NO_PAGES == looked_at


def _arrive(shown: Shown, visit: Windows) -> Page:
    page = visit(shown.by)
    page.goto(shown.path)
    for link in shown.links:
        page.locator(link).first.click()
        page.wait_for_load_state()
    page.evaluate("document.fonts.ready.then(() => 0)")
    return page


def _size(response: Response) -> int:
    """Bytes on the wire; a page as a proxy compresses it."""
    if response.request.is_navigation_request():
        return len(gzip.compress(response.body()))
    return response.request.sizes()["responseBodySize"]
