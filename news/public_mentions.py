"""People and organizations in a few articles, with what the pages of these articles show of them."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet

from news.models import Appointment, Article, Mention
from postportal.web.compiled_query import CompiledQuery

MAX_ARTICLES = 10


def mentions_in(articles: Sequence[Article], *, at: dt.datetime) -> list[Mention]:
    """Return the mentions in at most MAX_ARTICLES articles, in their order, whose person or organization is public at
    the time `at`. They are loaded as by `with_positions`, with at most two queries."""
    place = {article.pk: n for n, article in enumerate(articles)}
    keys = [*place, *[0] * (MAX_ARTICLES - len(place))]
    mentions: list[Mention] = _mentions.objects(at, *keys) if place else []
    people = {mention.person_id: mention.person for mention in mentions if mention.person}
    for person in people.values():
        person.public_appointments = []  # type: ignore[attr-defined]
    for appointment in _appointments.objects(at, *keys) if people else []:
        if appointment.person_id in people:
            people[appointment.person_id].public_appointments.append(appointment)  # type: ignore[attr-defined]
    for mention in mentions:
        mention.article = articles[place[mention.article_id]]
        mention.person = people.get(mention.person_id)
    return sorted(mentions, key=lambda mention: (place[mention.article_id], mention.order, mention.pk))


def _mentions_query(at: dt.datetime, *articles: int) -> QuerySet[Mention]:
    mentions = Mention.objects.filter(article__in=articles).with_public_subject(at)
    return mentions.select_related("person__portrait", "organization__logo").order_by()


def _appointments_query(at: dt.datetime, *articles: int) -> QuerySet[Appointment]:
    people = Mention.objects.filter(article__in=articles, person__isnull=False).values("person")
    return Appointment.objects.published(at).for_people().filter(person__in=people)


_mentions = CompiledQuery(_mentions_query, takes=(dt.datetime, *[int] * MAX_ARTICLES))
_appointments = CompiledQuery(_appointments_query, takes=(dt.datetime, *[int] * MAX_ARTICLES))
