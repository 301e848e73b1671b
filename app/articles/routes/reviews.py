"""Proposed changes: asking for a review, what is said about one, and what comes of it."""

from flask import Response, request
from flask_login import current_user

from app.accounts import people
from app.articles.article import Article
from app.articles.editing import refuse_if_files_win
from app.articles.reviewing import access, commenting, judging, proposing, queries
from app.articles.reviewing.forms import JudgementForm, ReviewRequestForm
from app.articles.reviewing.review import Review
from app.articles.reviewing.showing import shown_change, text_to_change
from app.articles.revisions.access import any_article_or_404
from app.articles.writing import drafting
from app.core.errors import InvalidInput
from app.core.web import arguments
from app.core.web.nonsense import LARGEST_ID
from app.core.web.responses import invalid, moved_to, page, say


def list_reviews() -> Response:
    """Those that wait for this person, those they asked for, or all."""
    pile = arguments.choice("pile", queries.Pile.WAITING)
    after = arguments.text("after", longest=100)
    found = queries.reviews(current_user, pile, after=after)
    return page("articles/reviewing/list.html", page=found, pile=pile, continued=bool(after))


def new_review(id: str) -> Response:
    """The text of an article, to be changed and proposed."""
    refuse_if_files_win()
    article = any_article_or_404(id)
    text, base, note = text_to_change(article, current_user)
    return proposal_of(article, text, base=base, note=note)


def proposal_of(article: Article, text: str, *, base: int | None, note: str = "") -> Response:
    """A text that was written over a revision, to be looked through once more and proposed."""
    form = ReviewRequestForm(
        formdata=None,
        data={"text": text, "base": base, "note": note},
        reviewers=access.reviewers_for(current_user),
    )
    return page("articles/reviewing/new.html", article=article, form=form)


def create_review(id: str) -> Response:
    """Propose a text for an article."""
    article = any_article_or_404(id)
    form = ReviewRequestForm(request.form, reviewers=access.reviewers_for(current_user))
    if form.validate() and (review := _proposed(article, form)):
        drafting.discard_draft(article.id, by=current_user)
        say("Proposed. You are told what comes of it.")
        return moved_to("content.show_review", number=review.id)
    return invalid("articles/reviewing/new.html", article=article, form=form)


def show_review(number: int) -> Response:
    """The change beside what readers see, and what was said about it."""
    line = arguments.integer("line", default=0, at_least=0, at_most=LARGEST_ID)
    review = access.review_or_404(number)
    proposed = review.proposed_revision_id
    return _review_page(review, JudgementForm(data={"line": line or None, "proposed": proposed}))


def create_comment(number: int) -> Response:
    """Say something about it."""
    review = access.review_or_404(number)
    form = JudgementForm(request.form)
    if form.validate() and (said := _remark(review, form)):
        commenting.comment(review, said, by=current_user)
        return moved_to("content.show_review", number=number, _anchor="say")
    return _review_page(review, form)


def create_approval(number: int) -> Response:
    """Publish it."""
    review = access.review_or_404(number)
    form = JudgementForm(request.form)
    if form.validate() and _is_approved(review, form):
        say("Published. Whoever proposed it is told.")
        return moved_to("content.show_review", number=number)
    return _review_page(review, form)


def create_return(number: int) -> Response:
    """Ask for another text."""
    review = access.review_or_404(number)
    form = JudgementForm(request.form)
    said = _remark(review, form) if form.validate() and form.text.data else None
    if not form.errors:
        judging.ask_for_changes(review, seen=form.proposed.data, by=current_user, saying=said)
        say("Given back. Whoever proposed it is told.")
        return moved_to("content.show_review", number=number)
    return _review_page(review, form)


def create_withdrawal(number: int) -> Response:
    """Take it back."""
    review = access.to_withdraw(access.review_or_404(number), current_user)
    proposing.withdraw(review, by=current_user)
    say("Withdrawn. The text stays in the history.")
    return moved_to("content.show_review", number=number)


def _proposed(article: Article, form: ReviewRequestForm) -> Review | None:
    try:
        return proposing.propose(
            article,
            form.manuscript,
            by=current_user,
            reviewer=access.reviewer_named(form.reviewer.data, current_user),
            note=form.note.data or "",
            over=form.over,
        )
    except InvalidInput as fault:
        form.refuse(fault if fault.field else InvalidInput(fault.message, field="text"))
        return None


def _remark(review: Review, form: JudgementForm) -> commenting.Remark | None:
    try:
        return commenting.remark(review, form.text.data or "", line=form.line.data or None)
    except InvalidInput as fault:
        form.refuse(fault)
        return None


def _is_approved(review: Review, form: JudgementForm) -> bool:
    said = _remark(review, form) if form.text.data else None
    if form.errors:
        return False
    try:
        judging.approve(review, seen=form.proposed.data, by=current_user, saying=said)
    except InvalidInput as fault:
        form.refuse(InvalidInput(fault.message))
        return False
    return True


def _review_page(review: Review, form: JudgementForm) -> Response:
    against_live = request.args.get("against") == "live"
    change = shown_change(review, against_live=against_live)
    ids = (review.asked_by_id, review.reviewer_id, review.decided_by_id)
    show = invalid if form.errors else page
    return show(
        "articles/reviewing/review.html",
        review=review,
        change=change,
        comments=queries.comments_on(review, change.lines_shown),
        names=people.names_of({each for each in ids if each}),
        form=form,
        may_judge=access.may_judge(current_user, review),
        may_withdraw=access.may_withdraw(current_user, review),
    )
