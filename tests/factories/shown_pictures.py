"""Rows that show a picture, in every column that can: found by code, so that new columns take part."""

from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import ForeignKey, Model

from postportal.images.models import Image
from postportal.images.public_uses import picture_fields
from postportal.publishing.models import PubliclyTimed
from postportal.richtext.handlers import rich_text_fields, update_text_links
from tests.factories import images


class PictureColumn(NamedTuple):
    """A column in which rows show pictures. `owner` is the label of the item that decides whether they are public."""

    model: type[Model]
    name: str
    owner: str
    is_text: bool

    def __str__(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"


def picture_columns() -> list[PictureColumn]:
    """Return all columns with pictures of items that have publication times."""
    found = [(field.model, field.name, False) for field in picture_fields()]
    for model in apps.get_models():
        found += [(model, name, True) for name in rich_text_fields(model)]
    return [
        PictureColumn(model, name, owner, is_text)
        for model, name, is_text in found
        if (owner := owner_of(model)) is not None
    ]


def owner_of(model: type[Model]) -> str | None:
    """Return the label of the item that a row of the model belongs to; None if the model has no times at all."""
    if issubclass(model, PubliclyTimed):
        return model._meta.label_lower
    keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey) and not field.null]
    parents = [key.related_model for key in keys if issubclass(key.related_model, PubliclyTimed)]
    return parents[0]._meta.label_lower if parents else None


def show(picture: Image, item: Any, column: PictureColumn) -> None:
    """Make the item, or its first child row of the model, show the picture in the column."""
    row = item
    if not isinstance(item, column.model):
        [key] = [field for field in column.model._meta.concrete_fields if field.related_model is type(item)]
        row = column.model._default_manager.filter(**{key.name: item})[0]
    value = f'<p>Text</p><figure><img src="/media/{picture.file.name}" alt=""></figure>' if column.is_text else picture
    # Without the rules of save(): they would set times that some states must not have.
    column.model._default_manager.filter(pk=row.pk).update(**{column.name: value})
    if column.is_text:
        # Most tests never commit, so the outbox does not deliver.
        update_text_links(column.model._meta.label_lower, [row.pk])


def show_everywhere(item: Any) -> list[Image]:
    """Make the item show another picture in each of its columns, and return the pictures."""
    pictures = []
    for column in picture_columns():
        if column.owner == item._meta.label_lower:
            pictures.append(images.image())
            show(pictures[-1], item, column)
    return pictures
