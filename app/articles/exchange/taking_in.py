"""Taking an import in: all of it in one transaction, or nothing."""

from sqlalchemy import select

from app.articles.article import STAMP, Article
from app.articles.content_file import ContentFile, FileState
from app.articles.exchange.deciding import AS_IT_CAME
from app.articles.exchange.plan import ImportPlan, Incoming
from app.articles.quarantined import Quarantined
from app.articles.revising import Origin, add, ensure_sections, keep, new_article, say
from app.articles.revision import RevisionSource
from app.articles.storing import quarantine_sha, store_sections
from app.articles.translations.tracing import trace
from app.core import clock
from app.core.db import add_unless_there, db
from app.core.errors import Conflict
from app.core.uow import verb
from app.core.web.page_cache import bump

_AT_ONCE = 500


@verb
def take_in(plan: ImportPlan, *, author: str) -> None:
    """Store the sections, texts and held bytes of an import; the next sync writes the files.

    Raises Conflict when somebody changed one of the articles since the plan was made.
    """
    if plan.folders:
        store_sections(plan.folders)
    busy = [each for each in plan.incoming if each.what in _STORED]
    ensure_sections({each.prepared.fields.category for each in busy})
    for at in range(0, len(busy), _AT_ONCE):
        part = busy[at : at + _AT_ONCE]
        there = _locked([each.id for each in part])
        for each in part:
            _take(each, there.get(each.id), _origin(plan, each, author))
    for path, (data, why) in plan.held.items():
        _hold(f"import/{plan.source}/{path}"[:400], data, why)
    trace()
    if plan.changes:
        bump(STAMP)


_STORED = ("new", "changed", "merged", "in conflict")


def _take(each: Incoming, article: Article | None, origin: Origin) -> None:
    if (article.live_revision_id if article else None) != each.over:
        raise Conflict(f"Somebody changed {each.path} meanwhile. Import again.")
    if article is None:
        article = new_article(each.id, each.prepared.fields, clock.now())
        db.session.flush()  # the file refers to the article
        db.session.add(
            ContentFile(
                path=each.path,
                article_id=each.id,
                base_revision_id=None,
                file_sha="",
                states_id=True,
                state=FileState.MISSING,
                faults=[],
            )
        )
    if each.original is not None:
        came = Origin(RevisionSource.IMPORT, author=origin.author, note=AS_IT_CAME)
        if each.what == "new":
            article.live_revision_id = add(article, each.original, came).id
        else:
            keep(article, each.original, came)
    if each.what == "in conflict":
        keep(article, each.prepared.manuscript, origin)
        return
    say(article, each.prepared, origin)


def _origin(plan: ImportPlan, each: Incoming, author: str) -> Origin:
    source = RevisionSource.MERGE if each.what == "merged" else RevisionSource.IMPORT
    return Origin(source, author=author, note=f"from {plan.dialect}: {each.page.source}"[:300])


def _locked(ids: list[str]) -> dict[str, Article]:
    rows = select(Article).where(Article.id.in_(ids)).with_for_update()
    found = db.session.scalars(rows, execution_options={"populate_existing": True})
    return {article.id: article for article in found}


def _hold(path: str, data: bytes, why: str) -> None:
    add_unless_there(
        Quarantined,
        sha=quarantine_sha(data),
        path=path,
        data=data,
        reason=why,
        first_seen_at=clock.now(),
    )
