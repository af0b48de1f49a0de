"""Search of the archive for people who are new in the register, or have a new name.

It goes forward in bounded steps: some by the page that shows the proposals, the others by `manage.py deliver_outbox`.
Each step finds the articles through the index of the search, and reads those that are next."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from news.imports.known_names import KnownNames, NameOwner
from news.models import Article, Mention, NameFinding, NameScan, Person
from postportal.search import index
from postportal.search.analysis import to_terms
from postportal.search.backends.interface import WantedWord
from postportal.text.folding import fold_name

STEP = 200
# Of one run of the command, which the timer repeats.
MAX_STEPS = 25
MAX_ARTICLES = 20_000


def start(model: str, pks: Collection[int]) -> None:
    """Note that the archive is to be searched for these people, if they have a name that it was not searched for."""
    people = Person.objects.filter(pk__in=pks).prefetch_related("names").order_by("pk")
    known = {row.person_id: row for row in NameScan.objects.filter(person__in=pks)}
    new, again = [], []
    for person in people:
        names = {fold_name(name) for name in person.spellings}
        scan = known.get(person.pk) or NameScan(person=person)
        if person.pk not in known:
            new.append(scan)
        elif not names <= set(scan.names.split("\n")):
            again.append(scan)
        else:
            continue
        scan.names = "\n".join(sorted(names))
        scan.last_key, scan.done, scan.total, scan.finished_at = 0, 0, 0, None
    NameScan.objects.bulk_create(new, ignore_conflicts=True)
    NameScan.objects.bulk_update(again, ["names", "last_key", "done", "total", "finished_at"])


def continue_unfinished() -> None:
    """Go some steps forward with the searches that are not finished, the oldest first."""
    for _step in range(MAX_STEPS):
        scan = NameScan.objects.unfinished().first()
        if scan is None:
            return
        go_on(scan.pk)


@transaction.atomic
def go_on(key: int) -> None:
    """Read the next articles that may name the person, and propose those that do."""
    scan = NameScan.objects.select_for_update(of=("self",)).select_related("person").filter(pk=key).first()
    if scan is None or scan.finished_at is not None:
        return
    found = _candidates(scan.person)
    pks = [pk for pk in found if pk > scan.last_key][:STEP]
    proposals = _proposals(scan.person, pks) if pks else []
    NameFinding.objects.bulk_create(proposals, ignore_conflicts=True)
    scan.last_key = pks[-1] if pks else scan.last_key
    scan.total, scan.done = len(found), sum(pk <= scan.last_key for pk in found)
    scan.finished_at = timezone.now() if scan.done == scan.total else None
    # Without signals: nothing depends on it.
    NameScan.objects.filter(pk=key).update(
        last_key=scan.last_key, total=scan.total, done=scan.done, finished_at=scan.finished_at
    )


def _candidates(person: Person) -> list[int]:
    """Return the keys of the articles that have one of the names, in their order, as the index knows them."""
    found: set[int] = set()
    for terms in {tuple(to_terms(name)) for name in person.spellings}:
        if terms:
            keys = index.backend.find([WantedWord(terms)], kinds=frozenset({"article"}), limit=MAX_ARTICLES)
            found |= {key.pk for key in keys}
    return sorted(found)


def _proposals(person: Person, pks: list[int]) -> list[NameFinding]:
    """Return a proposal for each article that names the person and does not link it yet."""
    known, owner = KnownNames.load(), NameOwner(Person, person.pk)
    linked = Mention.objects.filter(person=person, article__in=pks).values("article")
    rows = Article.objects.filter(pk__in=pks).exclude(pk__in=linked).order_by("pk")
    found = []
    for pk, *texts in rows.values_list("pk", "title", "standfirst", "body_text"):
        text = "\n".join(texts)
        names = [match.printed_name for match in known.find(text) if match.owner == owner]
        # Of several people with the name, an editor chooses.
        names += [shared.printed_name for shared in known.find_shared(text) if owner in shared.owners]
        if names:
            found.append(NameFinding(article_id=pk, kind=NameFinding.Kind.MENTION, person=person, name=names[0]))
    return found
