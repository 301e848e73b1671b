"""The front doors of the knowledge base: for readers, and for those who look after its files."""

from flask import Blueprint

from app.accounts.needs import anyone, may
from app.accounts.permissions import Permission
from app.articles.routes import (
    articles,
    confirmations,
    content,
    deletions,
    drafts,
    exchange,
    feedback,
    folders,
    histories,
    images,
    library,
    link_choices,
    manuscripts,
    previews,
    quality,
    quarantine,
    reviews,
)
from app.articles.routes import machines as for_machines
from app.core.web.routing import get, post

bp = Blueprint("articles", __name__, url_prefix="/help", template_folder="templates")

get(bp, "/sections/<slug>", library.show_section, needs=anyone)
get(bp, "/feed.atom", for_machines.show_feed, needs=anyone)
get(bp, "/votes/<id>", feedback.show_thanks, needs=anyone)
post(bp, "/votes/<id>", feedback.create_vote, needs=anyone)
get(bp, "/<slug>.md", for_machines.show_markdown, needs=anyone)
get(bp, "/<lang>/<slug>.md", for_machines.show_markdown_in, needs=anyone)
get(bp, "/<slug>", articles.show_article, needs=anyone)
get(bp, "/<lang>/<slug>", articles.show_translation, needs=anyone)
get(bp, "/<path:old_path>", articles.show_moved, needs=anyone)

machines = Blueprint("machines", __name__, template_folder="templates")

get(machines, "/sitemap.xml", for_machines.show_sitemap, needs=anyone)
get(machines, "/sitemaps/<first>.xml", for_machines.show_sitemap_from, needs=anyone)
get(machines, "/robots.txt", for_machines.show_robots, needs=anyone)

desk = Blueprint("content", __name__, url_prefix="/content")

READ = may(Permission.ARTICLES_READ_INTERNAL)
DRAFT = may(Permission.ARTICLES_DRAFT)
WRITE = may(Permission.ARTICLES_WRITE)

get(desk, "", content.show_content, needs=READ)
get(desk, "/conflicts/<id>", content.show_conflict, needs=READ)
post(desk, "/conflicts/<id>/resolutions", content.create_resolution, needs=WRITE)
get(desk, "/articles/<id>/feedback", feedback.list_feedback, needs=READ)
get(desk, "/quarantine", quarantine.list_quarantine, needs=READ)
get(desk, "/quarantine/<sha>", quarantine.show_quarantined, needs=READ)
post(desk, "/quarantine/<sha>/restorations", quarantine.restore_quarantined, needs=WRITE)
get(desk, "/exchange", exchange.show_exchange, needs=WRITE)
get(desk, "/exchange/articles.zip", exchange.show_export, needs=WRITE)
post(desk, "/exchange/imports", exchange.create_import, needs=WRITE)
get(desk, "/exchange/<int:id>", exchange.show_import, needs=WRITE)
post(desk, "/exchange/<int:id>/confirmations", exchange.confirm_import, needs=WRITE)

get(desk, "/articles", manuscripts.list_articles, needs=DRAFT)
post(desk, "/articles", manuscripts.create_article, needs=DRAFT)
get(desk, "/articles/new", manuscripts.new_article, needs=DRAFT)
get(desk, "/articles/<id>/edit", manuscripts.edit_article, needs=DRAFT)
post(desk, "/articles/<id>/edits", manuscripts.save_article, needs=DRAFT)
get(desk, "/articles/<id>/deletion", deletions.show_deletion, needs=DRAFT)
post(desk, "/articles/<id>/deletions", deletions.create_deletion, needs=WRITE)
post(desk, "/articles/<id>/recoveries", deletions.create_recovery, needs=WRITE)
post(desk, "/articles/<id>/purges", deletions.create_purge, needs=WRITE)
post(desk, "/drafts", drafts.keep_draft, needs=DRAFT)
post(desk, "/drafts/deletions", drafts.discard_draft, needs=DRAFT)
post(desk, "/pictures", manuscripts.add_pictures, needs=DRAFT)
post(desk, "/previews", previews.show_preview, needs=DRAFT)
get(desk, "/link-choices", link_choices.list_link_choices, needs=DRAFT)

get(desk, "/folders", folders.list_folders, needs=DRAFT)
post(desk, "/folders", folders.create_folder, needs=WRITE)
get(desk, "/folders/<slug>/edit", folders.edit_folder, needs=WRITE)
post(desk, "/folders/<slug>/edits", folders.change_folder, needs=WRITE)
post(desk, "/folders/<slug>/moves", folders.move_folder, needs=WRITE)
post(desk, "/folders/<slug>/removals", folders.remove_folder, needs=WRITE)

get(desk, "/articles/<id>/history", histories.show_history, needs=READ)
get(desk, "/articles/<id>/comparisons", histories.show_comparison, needs=READ)
get(desk, "/articles/<id>/revisions/<int:revision_id>", histories.show_revision, needs=READ)
get(desk, "/articles/<id>/revisions/<int:revision_id>.md", histories.download_revision, needs=READ)
post(desk, "/articles/<id>/restorations", histories.create_restoration, needs=WRITE)
get(desk, "/articles/<id>/reviews/new", reviews.new_review, needs=DRAFT)
post(desk, "/articles/<id>/reviews", reviews.create_review, needs=DRAFT)
get(desk, "/reviews", reviews.list_reviews, needs=READ)
get(desk, "/reviews/<int:number>", reviews.show_review, needs=READ)
post(desk, "/reviews/<int:number>/comments", reviews.create_comment, needs=DRAFT)
post(desk, "/reviews/<int:number>/approvals", reviews.create_approval, needs=WRITE)
post(desk, "/reviews/<int:number>/returns", reviews.create_return, needs=WRITE)
post(desk, "/reviews/<int:number>/withdrawals", reviews.create_withdrawal, needs=DRAFT)

get(desk, "/articles/due", confirmations.list_due, needs=READ)
post(desk, "/articles/<id>/confirmations", confirmations.create_confirmation, needs=READ)
get(desk, "/quality", quality.show_quality, needs=DRAFT)
post(desk, "/quality/link-checks", quality.create_link_check, needs=DRAFT)
post(desk, "/quality/searches/dismissals", quality.create_dismissal, needs=DRAFT)
post(desk, "/images", images.create_image, needs=DRAFT)

media = Blueprint("media", __name__, url_prefix="/media")

get(media, "/<sha256>/<name>", images.show_image, needs=anyone)
