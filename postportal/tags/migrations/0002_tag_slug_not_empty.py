"""Refuse tags without a slug in the database: they have no page, and an article with such a tag would have none either.

The table belongs to django-taggit, so the constraint cannot be declared in a model. It is not part of the state of the
migrations: else Django would want to remove it again."""

from typing import Any

from django.db import migrations, models

NOT_EMPTY = models.CheckConstraint(condition=~models.Q(slug=""), name="tag_slug_not_empty")


def add_constraint(apps: Any, schema_editor: Any) -> None:
    tag = apps.get_model("taggit", "Tag")
    # SQLite builds the table anew with all constraints of the model.
    tag._meta.constraints = [NOT_EMPTY]
    schema_editor.add_constraint(tag, NOT_EMPTY)


def remove_constraint(apps: Any, schema_editor: Any) -> None:
    schema_editor.remove_constraint(apps.get_model("taggit", "Tag"), NOT_EMPTY)


class Migration(migrations.Migration):
    dependencies = [
        ("tags", "0001_initial"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]

    operations = [migrations.RunPython(add_constraint, remove_constraint)]
