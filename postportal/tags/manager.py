"""The manager of tags of an item: names that fold to the same are one tag."""

from collections.abc import Iterable
from typing import Any

from taggit.managers import _TaggableManager
from taggit.models import Tag

from postportal.tags.models import TagSpelling, tag_key
from postportal.text.tidying import tidy_line


class FoldingTagManager(_TaggableManager):
    """Pass as `manager` to a TaggableManager."""

    def _to_tag_model_instances(self, tags: Iterable[Any], tag_kwargs: dict[str, Any]) -> list[Tag]:
        """Return the tags as taggit's own method does, with the known tag for each spelling of its name."""
        tags = list(tags)
        names = one_per_spelling(tag for tag in tags if isinstance(tag, str))
        known = TagSpelling.objects.tags_by_key(names)
        rows = [tag for tag in tags if not isinstance(tag, str)]
        rows += [known.get(tag_key(name), name) for name in names]
        return list(super()._to_tag_model_instances(rows, tag_kwargs))


def one_per_spelling(names: Iterable[str]) -> list[str]:
    """Return the tidied names, the first of each spelling, without blank ones."""
    found: dict[str, str] = {}
    for name in map(tidy_line, names):
        if name:
            found.setdefault(tag_key(name), name)
    return list(found.values())


def known_names(names: Iterable[str]) -> list[str]:
    """Return the names as tags have them, the first of each spelling. Names of no tag stay as they are."""
    wanted = one_per_spelling(names)
    known = TagSpelling.objects.tags_by_key(wanted)
    return list(dict.fromkeys(known[key].name if (key := tag_key(name)) in known else name for name in wanted))
