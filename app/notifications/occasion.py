"""Occasions: what somebody may be told of, and in which ways they can choose to hear of it."""

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """How somebody hears of something.  What comes by mail or in the digest stands on the site too."""

    NONE = "none"
    SITE = "site"
    DIGEST = "digest"
    MAIL = "mail"


WORDS = {
    Way.NONE: "Not at all",
    Way.SITE: "On the site",
    Way.DIGEST: "On the site, and in my digest",
    Way.MAIL: "On the site, and by mail at once",
}


class Side(StrEnum):
    """Whom an occasion concerns: people who answer tickets, people who ask, or everybody."""

    STAFF = "staff"
    CUSTOMER = "customer"
    COMMUNITY = "community"


class Occasion(StrEnum):
    """Something that people are told of."""

    ASSIGNED = "assigned"
    CUSTOMER_WROTE = "customer_wrote"
    COLLEAGUE_WROTE = "colleague_wrote"
    MENTIONED = "mentioned"
    NEW_IN_TEAM = "new_in_team"
    NEW_UNASSIGNED = "new_unassigned"
    UNDELIVERED = "undelivered"
    RATED_LOW = "rated_low"
    ANSWERED = "answered"
    RECEIVED = "received"
    SOLVED = "solved"
    OTHERS_WROTE = "others_wrote"
    QUESTION_ANSWERED = "question_answered"
    ANSWER_ACCEPTED = "answer_accepted"
    QUESTION_ASKED = "question_asked"
    REVIEW_ASKED = "review_asked"
    REVIEW_COMMENTED = "review_commented"
    REVIEW_RETURNED = "review_returned"
    REVIEW_APPROVED = "review_approved"
    ARTICLE_DUE = "article_due"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One occasion in words, and its rules.

    `sentence` says it to somebody who chooses, `told` to somebody it happened to, `because` why they
    hear of it; `{by}` is who brought it about.  `apart`: its mail is one of its own that leaves at
    once.  `through_mute`: told on a ticket that was muted, too.  `fixed`: why nobody can choose.
    """

    side: Side
    sentence: str
    told: str
    because: str
    default: Way
    ways: tuple[Way, ...] = tuple(Way)
    apart: bool = False
    through_mute: bool = False
    fixed: str = ""

    @property
    def offers(self) -> dict[Way, str]:
        """The ways that can be chosen, in words."""
        return {
            way: WORDS[way] if Way.SITE in self.ways or way is Way.NONE else "By mail at once"
            for way in self.ways
        }

    def said(self, by: str) -> str:
        """What happened."""
        return self.told.format(by=by)


CATALOGUE = {
    Occasion.ASSIGNED: Entry(
        side=Side.STAFF,
        sentence="Somebody gives me a ticket",
        told="{by} gave you a ticket",
        because="a ticket was assigned to you",
        default=Way.MAIL,
        through_mute=True,
    ),
    Occasion.CUSTOMER_WROTE: Entry(
        side=Side.STAFF,
        sentence="A customer writes on a ticket that is mine or that I follow",
        told="{by} wrote",
        because="the ticket is assigned to you, or you follow it",
        default=Way.MAIL,
    ),
    Occasion.COLLEAGUE_WROTE: Entry(
        side=Side.STAFF,
        sentence="A colleague writes on a ticket that is mine or that I follow",
        told="{by} wrote",
        because="the ticket is assigned to you, or you follow it",
        default=Way.SITE,
    ),
    Occasion.MENTIONED: Entry(
        side=Side.STAFF,
        sentence="A colleague mentions me in a note",
        told="{by} mentioned you",
        because="your name is in a note that only staff can read",
        default=Way.MAIL,
        through_mute=True,
    ),
    Occasion.NEW_IN_TEAM: Entry(
        side=Side.STAFF,
        sentence="A ticket comes to my team",
        told="{by} put a ticket before your team",
        because="you are in the team",
        default=Way.SITE,
    ),
    Occasion.NEW_UNASSIGNED: Entry(
        side=Side.STAFF,
        sentence="A new ticket comes that nobody has taken",
        told="{by} opened a ticket",
        because="you want to hear of every new ticket",
        default=Way.NONE,
    ),
    Occasion.UNDELIVERED: Entry(
        side=Side.STAFF,
        sentence="A reply of mine, or on a ticket of mine, cannot be delivered",
        told="A reply could not be delivered",
        because="you wrote it, or the ticket is assigned to you",
        default=Way.MAIL,
    ),
    Occasion.RATED_LOW: Entry(
        side=Side.STAFF,
        sentence="A customer is not content with the help on a ticket of mine",
        told="{by} was not content with our help",
        because="the ticket is assigned to you",
        default=Way.SITE,
    ),
    Occasion.ANSWERED: Entry(
        side=Side.CUSTOMER,
        sentence="You answer a ticket of mine",
        told="{by} answered",
        because="you wrote to us",
        default=Way.MAIL,
        ways=(Way.MAIL,),
        apart=True,
        through_mute=True,
        fixed="Always by mail: it is what you wrote to us for.",
    ),
    Occasion.RECEIVED: Entry(
        side=Side.CUSTOMER,
        sentence="My new ticket has arrived",
        told="Your ticket has arrived",
        because="a ticket was opened with this address",
        default=Way.MAIL,
        ways=(Way.NONE, Way.MAIL),
        apart=True,
    ),
    Occasion.SOLVED: Entry(
        side=Side.CUSTOMER,
        sentence="A ticket of mine is solved, and you ask how it went",
        told="{by} solved your ticket",
        because="you wrote to us",
        default=Way.MAIL,
        apart=True,
    ),
    Occasion.OTHERS_WROTE: Entry(
        side=Side.CUSTOMER,
        sentence="Somebody else on my side writes on a ticket that I am on",
        told="{by} wrote",
        because="you are on the ticket",
        default=Way.MAIL,
        apart=True,
    ),
    Occasion.QUESTION_ANSWERED: Entry(
        side=Side.COMMUNITY,
        sentence="Somebody answers my question",
        told="{by} answered your question",
        because="you asked it in the community",
        default=Way.MAIL,
    ),
    Occasion.ANSWER_ACCEPTED: Entry(
        side=Side.COMMUNITY,
        sentence="My answer is marked as the one that solved it",
        told="Your answer helped {by}",
        because="you answered it in the community. Thank you",
        default=Way.MAIL,
    ),
    Occasion.QUESTION_ASKED: Entry(
        side=Side.COMMUNITY,
        sentence="Somebody asks a new question",
        told="{by} asked",
        because="you want to hear of every new question",
        default=Way.NONE,
    ),
    Occasion.REVIEW_ASKED: Entry(
        side=Side.STAFF,
        sentence="A colleague asks for a review of a change to an article",
        told="{by} asks you to look at a change",
        because="you may publish articles",
        default=Way.MAIL,
    ),
    Occasion.REVIEW_COMMENTED: Entry(
        side=Side.STAFF,
        sentence="Somebody comments on a change of mine, or on one that I look at",
        told="{by} commented on a change",
        because="you proposed the change, or have a part in its review",
        default=Way.MAIL,
    ),
    Occasion.REVIEW_RETURNED: Entry(
        side=Side.STAFF,
        sentence="Somebody asks me to change what I proposed for an article",
        told="{by} asks for another text",
        because="you proposed the change",
        default=Way.MAIL,
    ),
    Occasion.REVIEW_APPROVED: Entry(
        side=Side.STAFF,
        sentence="A change of mine to an article is published",
        told="{by} published your change",
        because="you proposed the change",
        default=Way.MAIL,
    ),
    Occasion.ARTICLE_DUE: Entry(
        side=Side.STAFF,
        sentence="An article that I look after is due for a look",
        told="It is time to read this article again",
        because="you look after the article",
        default=Way.MAIL,
    ),
}
