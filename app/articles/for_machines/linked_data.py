"""What a public article says of itself in JSON-LD (https://schema.org): where it stands, what it answers."""

from collections.abc import Sequence
from typing import Any

from app.articles.access import ShownArticle
from app.articles.article import STAMP
from app.articles.for_machines.questions import questions_in
from app.core.settings import settings
from app.core.web.addresses import absolute
from app.core.web.remembering import remembered

Data = dict[str, Any]


def linked_data(article: ShownArticle) -> Sequence[Data]:
    """The objects of a page, plain values; none for an article that is not public."""
    if not article.is_public:
        return ()
    return remembered(STAMP, ("linked data", article.id), lambda: _made(article))


def _made(article: ShownArticle) -> Sequence[Data]:
    made = [_breadcrumbs(article)]
    if article.faq and (questions := _questions(article)):
        made.append(questions)
    return made


def _breadcrumbs(article: ShownArticle) -> Data:
    """https://schema.org/BreadcrumbList"""
    steps = (
        ("Guides", absolute("portal.show_home")),
        (article.section.title, absolute("articles.show_section", slug=article.section.slug)),
        (article.title, f"{settings().public_url}{article.url}"),
    )
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": url}
            for number, (name, url) in enumerate(steps, start=1)
        ],
    }


def _questions(article: ShownArticle) -> Data | None:
    """https://schema.org/FAQPage"""
    asked = [
        {
            "@type": "Question",
            "name": each.question,
            "acceptedAnswer": {"@type": "Answer", "text": each.answer},
        }
        for each in questions_in(str(article.html))
    ]
    if not asked:
        return None
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": article.lang,
        "mainEntity": asked,
    }
