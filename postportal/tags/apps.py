from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TagsConfig(AppConfig):
    name = "postportal.tags"
    label = "tags"
    verbose_name = _("Tags")

    def ready(self) -> None:
        from taggit.models import Tag

        from postportal.tags.signals import connect
        from postportal.tags.slugs import save_tag
        from postportal.tags.validation import clean_tag

        # taggit makes slugs by other rules, some of them blank. A subclass of Tag would need tables of its own.
        Tag.save = save_tag
        # Forms and restored rows are refused alike.
        Tag.clean = clean_tag
        # What is deleted with a tag and comes back with it, as in postportal/publishing/models/versioned.py.
        Tag.child_relations = ("spellings", "former_slugs", "taggit_taggeditem_items")
        Tag.own_relations, Tag.is_public_by_use, Tag.kept_days = (), False, 0
        Tag.complete_return = lambda tag: None
        Tag.is_restorable = True
        connect()
