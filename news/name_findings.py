"""Names in articles that somebody should look at: titles that contradict the register, and people it does not have.

Found when an article is saved. postportal/outbox/routes.py names the handlers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction

from news.imports.known_names import KnownNames
from news.imports.printed_titles import PrintedTitle, PrintedTitles
from news.imports.unknown_people import endings, unknown_among
from news.models import Appointment, Article, Mention, NameFinding, NameScan, Person
from postportal.text.folding import fold_name
from postportal.web.keyed_query import KeyedQuery

# Articles that are compared within a request, and in one step of the background.
MAX_AT_ONCE, STEP = 100, 200
# Of one run of the command, which the timer repeats.
MAX_STEPS = 25
MAX_NAME, MAX_TITLE, MAX_ORGANIZATION = 170, 120, 200
_WITH_APPOINTMENTS = (
    "mentions__person__names",
    "mentions__person__appointments__position__former_labels",
    "mentions__person__appointments__position__organization__names",
)
Kind = NameFinding.Kind
_texts = KeyedQuery(
    lambda pks: Article.objects.filter(pk__in=pks).order_by("pk").values_list("pk", "title", "standfirst", "body_text")
)
_labels = KeyedQuery(lambda pks: Mention.objects.filter(article__in=pks).values_list("article", "label"))
_stored = KeyedQuery(
    lambda pks: NameFinding.objects.filter(article__in=pks, kind__in=[Kind.UNKNOWN, Kind.TITLE]).order_by()
)
_proposed = KeyedQuery(
    lambda pks: NameFinding.objects.filter(article__in=pks, kind=Kind.MENTION, dismissed_at=None).values_list(
        "pk", "name", "article__title", "article__standfirst", "article__body_text"
    )
)


def update(model: str, pks: Collection[int]) -> None:
    """Bring the findings of these articles up to date with their texts."""
    # Keys that wait in the queue may be those of deleted articles.
    printed = _printed_in(pks)
    wanted = list(_findings(printed)) if printed else []
    _write(wanted, stored=_stored.objects(pks))
    _forget_mentions(pks)


def forget_known(model: str, pks: Collection[int]) -> None:
    """Remove what is no longer true of these people: names that the register has got, titles it now agrees with."""
    people = list(Person.objects.filter(pk__in=pks).prefetch_related("names"))
    known = {fold_name(name) for row in people for name in row.spellings}
    NameFinding.objects.filter(kind=Kind.UNKNOWN, folded_name__in=known).delete()
    _check_titles(pks)


def forget_entered(model: str, pks: Collection[int]) -> None:
    """Remove the titles with which the register now agrees, because of these appointments."""
    people = Appointment.objects.filter(pk__in=pks).values_list("person", flat=True)
    _check_titles(people)


def compare_again(model: str, pks: Collection[int]) -> None:
    """Compare the titles in all articles about these people, given by their searches of the archive: an appointment, a
    title or an organization was changed, so that titles may differ that agreed before. Of many articles, that is left
    to the background."""
    scans = NameScan.objects.filter(pk__in=pks)
    articles = _articles_about(scans.values("person"), limit=MAX_AT_ONCE + 1)
    if len(articles) > MAX_AT_ONCE:
        # Without signals: nothing depends on it.
        scans.update(compare_after=0)
    elif articles:
        update("news.article", articles)


def continue_comparing() -> None:
    """Go some steps forward with the comparisons that are not finished, the oldest first."""
    for _step in range(MAX_STEPS):
        scan = NameScan.objects.to_compare().first()
        if scan is None:
            return
        compare_next(scan.pk)


@transaction.atomic
def compare_next(key: int) -> None:
    """Compare the titles in the next articles about the person."""
    scan = NameScan.objects.to_compare().select_for_update(of=("self",)).filter(pk=key).first()
    if scan is None:
        return
    articles = _articles_about([scan.person_id], after=scan.compare_after or 0, limit=STEP)
    if articles:
        update("news.article", articles)
    NameScan.objects.filter(pk=key).update(compare_after=articles[-1] if len(articles) == STEP else None)


def _articles_about(people: Any, *, after: int = 0, limit: int) -> list[int]:
    """Return the keys of the next articles about these people, in their order."""
    found = Mention.objects.filter(person__in=people, article__gt=after).order_by("article")
    return list(found.values_list("article", flat=True).distinct()[:limit])


def _forget_mentions(pks: Collection[int]) -> None:
    """Remove the proposals to link a name that the text has lost. It is found again if it comes back."""
    rows = _proposed.objects(pks)
    gone = [pk for pk, name, *texts in rows if name not in " ".join("\n".join(texts).split())]
    if gone:
        NameFinding.objects.filter(pk__in=gone).delete()


def _check_titles(people: Iterable[int]) -> None:
    """Read the articles again in which a title of these people differs: few, whatever the size of the archive."""
    found = NameFinding.objects.filter(kind=Kind.TITLE, person__in=list(people), dismissed_at=None)
    articles = list(found.order_by("article").values_list("article", flat=True).distinct())
    if articles:
        update("news.article", articles)


def _printed_in(pks: Collection[int]) -> dict[int, list[PrintedTitle]]:
    """Return what these articles print, by primary key, without those that print no titles."""
    titles = PrintedTitles()
    labels: dict[int, list[str]] = defaultdict(list)
    for pk, label in _labels.objects(pks):
        labels[pk].append(label)
    printed = {pk: titles.find("\n".join([*texts, *labels[pk]])) for pk, *texts in _texts.objects(pks)}
    return {pk: found for pk, found in printed.items() if found}


def _findings(pairs: Mapping[int, list[PrintedTitle]]) -> Iterator[NameFinding]:
    known = KnownNames.load()
    for row in Article.objects.filter(pk__in=pairs).prefetch_related(*_WITH_APPOINTMENTS).order_by("pk"):
        people = {name: person for person in _people_of(row) for name in map(fold_name, person.spellings)}
        people |= {fold_name(each.label): each.person for each in row.mentions.all() if each.person and each.label}
        unlinked = []
        for each in pairs[row.pk]:
            person = next((people[name] for name in map(fold_name, endings(each.name)) if name in people), None)
            if person is None:
                unlinked.append(each)
            elif not any(_agrees(each, appointment, row) for appointment in person.appointments.all()):
                yield _finding(row, Kind.TITLE, each, person=person)
        for each in unknown_among(unlinked, known):
            yield _finding(row, Kind.UNKNOWN, each)


def _people_of(article: Article) -> list[Person]:
    return [mention.person for mention in article.mentions.all() if mention.person]


def _agrees(printed: PrintedTitle, row: Appointment, article: Article) -> bool:
    """Return True if the register knows the person in this position on the day of the article, as far as its dates are
    known: without a start date, on every day before the end."""
    day = article.dateline_on
    if row.is_over_on(day) or (row.from_on is not None and row.held_from > day):
        return False
    if printed.position is not None and printed.position.pk == row.position_id:
        return True
    position, organization = row.position, row.position.organization
    labels = {position.label, position.label_zh, row.label, row.label_zh}
    labels |= {text for former in position.former_labels.all() for text in (former.name, former.name_zh)}
    names = {organization.name, organization.name_zh, organization.abbreviation}
    names |= {text for former in organization.names.all() for text in (former.name, former.name_zh)}
    if f"{printed.label} of {printed.organization}" in labels:
        return True  # “Director of Rail Mail” is all title.
    return _is_among(printed.label.removeprefix("Acting "), labels) and _is_among(printed.organization, names)


def _is_among(text: str, spellings: Iterable[str]) -> bool:
    """Return True if the text, or one of the titles in “党组书记、局长”, is one of the spellings."""
    known = {fold_name(each) for each in spellings if each}
    return any(fold_name(part) in known for part in text.replace("兼", "、").split("、"))


def _finding(article: Article, kind: str, printed: PrintedTitle, *, person: Person | None = None) -> NameFinding:
    name = printed.name[:MAX_NAME]
    return NameFinding(
        article=article,
        kind=kind,
        person=person,
        position=printed.position,
        name=name,
        title=printed.label[:MAX_TITLE],
        organization=printed.organization[:MAX_ORGANIZATION],
    )


def _key(row: NameFinding) -> tuple[Any, ...]:
    return row.article_id, row.kind, row.person_id or row.name, row.title, row.organization


def _write(wanted: Iterable[NameFinding], *, stored: Any) -> None:
    """Write what is new and delete what is gone. What was dismissed stays dismissed while the text says it."""
    found = {_key(row): row for row in wanted}
    existing = {_key(row): row.pk for row in stored}
    new = [row for key, row in found.items() if key not in existing]
    outdated = [pk for key, pk in existing.items() if key not in found]
    if new or outdated:
        with transaction.atomic():
            NameFinding.objects.filter(pk__in=outdated).delete()
            NameFinding.objects.bulk_create(new, ignore_conflicts=True)
