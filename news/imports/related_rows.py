"""Tags and mentions of imported articles."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from taggit.models import TaggedItem

from news.imports.article_line import ArticleLine
from news.imports.known_names import KnownNames, NameOwner
from news.imports.taxonomy import Taxonomy
from news.models import Article, Mention, Organization, Person
from postportal.web.bulk_rows import insert_rows

MentionKey = tuple[int | None, int | None]


@dataclass(slots=True)
class UnknownNames:
    """Names that are not in the directory, each with the number of times it was found."""

    people: Counter[str] = field(default_factory=Counter)
    organizations: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class RelatedChange:
    """Changes of a line: tags by key, rows of removed tags, and mentions with the label to print."""

    old_tags: set[int]
    new_tags: set[int]
    removed_items: list[int]
    old_mentions: list[MentionKey]
    added_mentions: dict[MentionKey, str]

    def __bool__(self) -> bool:
        return self.old_tags != self.new_tags or bool(self.added_mentions)

    @property
    def new_mentions(self) -> list[MentionKey]:
        return [*self.old_mentions, *self.added_mentions]


class RelatedRows:
    """The tags and mentions of the existing articles with these keys."""

    def __init__(self, pks: Collection[int]) -> None:
        self.content_type = ContentType.objects.get_for_model(Article)
        self._tag_items: dict[int, dict[int, int]] = defaultdict(dict)
        items = TaggedItem.objects.filter(content_type=self.content_type, object_id__in=pks)
        for item_pk, pk, tag_pk in items.values_list("pk", "object_id", "tag_id"):
            self._tag_items[pk][tag_pk] = item_pk
        self._mentions: dict[int, list[MentionKey]] = defaultdict(list)
        rows = Mention.objects.filter(article_id__in=pks).order_by("order", "pk")
        for pk, person, organization in rows.values_list("article_id", "person_id", "organization_id"):
            self._mentions[pk].append((person, organization))

    def tags_of(self, pk: int) -> set[int]:
        return set(self._tag_items[pk])

    def mentions_of(self, pk: int) -> list[MentionKey]:
        return self._mentions[pk]

    def change_of(
        self, pk: int | None, line: ArticleLine, *, taxonomy: Taxonomy, names: KnownNames, unknown: UnknownNames
    ) -> RelatedChange:
        """Return what the line changes about the article, or about a new one. Without the key "tags" these stay; with
        it they become exactly those. Mentions are only added, because editors may have added others."""
        items = self._tag_items[pk] if pk else {}
        mentions = self._mentions[pk] if pk else []
        new_tags = set(items) if line.tags is None else set(taxonomy.tag_pks(line.tags).values())
        added: dict[MentionKey, str] = {}
        for owner, label in _resolve_names(line, names, unknown=unknown):
            key = (owner.pk, None) if owner.is_person else (None, owner.pk)
            if key not in mentions:
                added.setdefault(key, label)
        removed = [item_pk for tag_pk, item_pk in items.items() if tag_pk not in new_tags]
        return RelatedChange(set(items), new_tags, removed, mentions, added)

    def write(self, changes: list[tuple[Article, RelatedChange]]) -> None:
        """Write the changes of these articles, which have been saved."""
        tagged = [
            TaggedItem(content_type=self.content_type, object_id=article.pk, tag_id=tag_pk)
            for article, change in changes
            for tag_pk in sorted(change.new_tags - change.old_tags)
        ]
        insert_rows(tagged)
        TaggedItem.objects.filter(pk__in=[pk for _, change in changes for pk in change.removed_items]).delete()
        mentions = [
            Mention(
                article_id=article.pk,
                person_id=person,
                organization_id=organization,
                label=label,
                order=order,
                origin=Mention.Origin.EDITOR,
            )
            for article, change in changes
            for order, ((person, organization), label) in enumerate(
                change.added_mentions.items(), start=len(change.old_mentions)
            )
        ]
        insert_rows(mentions)


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
