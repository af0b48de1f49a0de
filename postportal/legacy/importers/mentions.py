"""Mentions: links from an imported article to the people and organizations it names."""

from news.imports.known_names import KnownNames, NameOwner
from news.models import Article, Mention, Organization, Person
from postportal.richtext.plain_text import plain_text


def link_mentions(article: Article, names: KnownNames) -> None:
    """Add a mention for every known name in the text. Mentions added by editors stay; mentions the import added are
    removed if the text no longer has the name."""
    found = {each.owner: each for each in names.find(f"{article.title}\n{plain_text(article.body)}")}
    for mention in article.mentions.order_by("pk"):
        subject = _get_subject(mention)
        if mention.origin == Mention.Origin.DETECTOR and subject not in found:
            mention.delete()
        else:
            found.pop(subject, None)
    order = article.mentions.count()
    for place, (subject, name) in enumerate(found.items(), start=order):
        key = {"person_id": subject.pk} if subject.is_person else {"organization_id": subject.pk}
        label = name.printed_name[: Mention._meta.get_field("label").max_length]
        Mention.objects.create(article=article, label=label, origin=Mention.Origin.DETECTOR, order=place, **key)


def mentions_of(article: Article) -> list[tuple[int | None, int | None]]:
    """Return the linked people and organizations in a fixed order, for the fingerprint."""
    pairs = article.mentions.values_list("person_id", "organization_id")
    return sorted(pairs, key=lambda pair: (pair[0] or 0, pair[1] or 0))


def _get_subject(mention: Mention) -> NameOwner:
    if mention.person_id is not None:
        return NameOwner(Person, mention.person_id)
    return NameOwner(Organization, mention.organization_id or 0)
