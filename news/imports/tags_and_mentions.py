"""What hangs on imported articles: their tags, and the people and organizations they name."""

from collections import Counter
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from taggit.models import TaggedItem

from news.imports.article_line import ArticleLine
from news.imports.known_names import KnownNames, NameOwner
from news.imports.taxonomy import Taxonomy
from news.models import Article, Mention, Organization, Person

ArticlePairs = list[tuple[Article, ArticleLine]]


@dataclass(slots=True)
class UnknownNames:
    """Names that the register does not have, and how often they came."""

    people: Counter[str] = field(default_factory=Counter)
    organizations: Counter[str] = field(default_factory=Counter)


def set_tags(pairs: ArticlePairs, vocabulary: Taxonomy) -> set[int]:
    """Give each article the tags of its line, and no others; returns the articles whose tags changed. A line without
    the key leaves them as they are."""
    tags = vocabulary.tag_pks(dict.fromkeys(name for _, line in pairs for name in line.tags or ()))
    wanted = {article.pk: {tags[name] for name in line.tags} for article, line in pairs if line.tags is not None}
    content_type = ContentType.objects.get_for_model(Article)
    here: dict[int, dict[int, int]] = {pk: {} for pk in wanted}
    items = TaggedItem.objects.filter(content_type=content_type, object_id__in=wanted)
    for item_pk, pk, tag_pk in items.values_list("pk", "object_id", "tag_id"):
        here[pk][tag_pk] = item_pk
    missing = [(pk, tag_pk) for pk, of in wanted.items() for tag_pk in sorted(of - here[pk].keys())]
    needless = {item_pk: pk for pk, of in here.items() for tag_pk, item_pk in of.items() if tag_pk not in wanted[pk]}
    TaggedItem.objects.bulk_create(
        TaggedItem(content_type=content_type, object_id=pk, tag_id=tag_pk) for pk, tag_pk in missing
    )
    TaggedItem.objects.filter(pk__in=needless).delete()
    return {pk for pk, _ in missing} | set(needless.values())


def add_mentions(pairs: ArticlePairs, names: KnownNames, *, unknown_names: UnknownNames) -> set[int]:
    """Link the people and organizations that the register knows; returns the articles that got a link. What is linked
    already stays: editors may have added to it."""
    wanted: dict[tuple[int, NameOwner], str] = {}
    for article, line in pairs:
        for subject, label in _resolve_names(line, names, unknown=unknown_names):
            wanted.setdefault((article.pk, subject), label)
    if not wanted:
        return set()
    here, orders = _existing_mentions({pk for pk, _ in wanted})
    missing = []
    for (pk, subject), label in wanted.items():
        if (pk, subject) not in here:
            missing.append(_new_mention(pk, subject, label=label, order=orders[pk]))
            orders[pk] += 1
    Mention.objects.bulk_create(missing)
    return {link.article_id for link in missing}


def _resolve_names(line: ArticleLine, names: KnownNames, *, unknown: UnknownNames) -> list[tuple[NameOwner, str]]:
    found = []
    kinds: list[tuple[tuple[str, ...], type[Model], Counter[str]]] = [
        (line.people, Person, unknown.people),
        (line.organizations, Organization, unknown.organizations),
    ]
    for labels, model, misses in kinds:
        for label in labels:
            subject = names.resolve(label, model=model)
            if subject:
                found.append((subject, label))
            else:
                misses[label] += 1
    return found


def _existing_mentions(pks: set[int]) -> tuple[set[tuple[int, NameOwner]], Counter[int]]:
    """What these articles link already, and how many links each has."""
    linked: set[tuple[int, NameOwner]] = set()
    orders: Counter[int] = Counter()
    links = Mention.objects.filter(article_id__in=pks).values_list("article_id", "person_id", "organization_id")
    for pk, person, organization in links:
        linked.add((pk, NameOwner(Person, person) if person else NameOwner(Organization, organization)))
        orders[pk] += 1
    return linked, orders


def _new_mention(pk: int, subject: NameOwner, *, label: str, order: int) -> Mention:
    key = {"person_id": subject.pk} if subject.is_person else {"organization_id": subject.pk}
    return Mention(article_id=pk, label=label, order=order, origin=Mention.Origin.EDITOR, **key)
