"""Tags and mentions of imported articles."""

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
    """Names that are not in the directory, each with the number of times it was found."""

    people: Counter[str] = field(default_factory=Counter)
    organizations: Counter[str] = field(default_factory=Counter)


def set_tags(pairs: ArticlePairs, taxonomy: Taxonomy) -> set[int]:
    """Give each article exactly the tags of its line, and return the keys of the articles whose tags changed. A line
    without the key "tags" changes nothing."""
    tags = taxonomy.tag_pks(dict.fromkeys(name for _, line in pairs for name in line.tags or ()))
    wanted = {article.pk: {tags[name] for name in line.tags} for article, line in pairs if line.tags is not None}
    content_type = ContentType.objects.get_for_model(Article)
    existing: dict[int, dict[int, int]] = {pk: {} for pk in wanted}
    items = TaggedItem.objects.filter(content_type=content_type, object_id__in=wanted)
    for item_pk, pk, tag_pk in items.values_list("pk", "object_id", "tag_id"):
        existing[pk][tag_pk] = item_pk
    missing = [(pk, tag_pk) for pk, tag_pks in wanted.items() for tag_pk in sorted(tag_pks - existing[pk].keys())]
    surplus = {
        item_pk: pk
        for pk, tag_items in existing.items()
        for tag_pk, item_pk in tag_items.items()
        if tag_pk not in wanted[pk]
    }
    TaggedItem.objects.bulk_create(
        TaggedItem(content_type=content_type, object_id=pk, tag_id=tag_pk) for pk, tag_pk in missing
    )
    TaggedItem.objects.filter(pk__in=surplus).delete()
    return {pk for pk, _ in missing} | set(surplus.values())


def add_mentions(pairs: ArticlePairs, names: KnownNames, *, unknown_names: UnknownNames) -> set[int]:
    """Add mentions of the people and organizations that are in the directory, and return the keys of the articles that
    got one. Existing mentions stay, since editors may have added them."""
    wanted: dict[tuple[int, NameOwner], str] = {}
    for article, line in pairs:
        for owner, label in _resolve_names(line, names, unknown=unknown_names):
            wanted.setdefault((article.pk, owner), label)
    if not wanted:
        return set()
    existing, orders = _existing_mentions({pk for pk, _ in wanted})
    missing = []
    for (pk, owner), label in wanted.items():
        if (pk, owner) not in existing:
            missing.append(_new_mention(pk, owner, label=label, order=orders[pk]))
            orders[pk] += 1
    Mention.objects.bulk_create(missing)
    return {mention.article_id for mention in missing}


def _resolve_names(line: ArticleLine, names: KnownNames, *, unknown: UnknownNames) -> list[tuple[NameOwner, str]]:
    found = []
    kinds: list[tuple[tuple[str, ...], type[Model], Counter[str]]] = [
        (line.people, Person, unknown.people),
        (line.organizations, Organization, unknown.organizations),
    ]
    for labels, model, misses in kinds:
        for label in labels:
            owner = names.resolve(label, model=model)
            if owner:
                found.append((owner, label))
            else:
                misses[label] += 1
    return found


def _existing_mentions(pks: set[int]) -> tuple[set[tuple[int, NameOwner]], Counter[int]]:
    """Return (article, person or organization) of all mentions of these articles, and the number of each article."""
    existing: set[tuple[int, NameOwner]] = set()
    orders: Counter[int] = Counter()
    rows = Mention.objects.filter(article_id__in=pks).values_list("article_id", "person_id", "organization_id")
    for pk, person, organization in rows:
        existing.add((pk, NameOwner(Person, person) if person else NameOwner(Organization, organization)))
        orders[pk] += 1
    return existing, orders


def _new_mention(pk: int, owner: NameOwner, *, label: str, order: int) -> Mention:
    key = {"person_id": owner.pk} if owner.is_person else {"organization_id": owner.pk}
    return Mention(article_id=pk, label=label, order=order, origin=Mention.Origin.EDITOR, **key)
