"""Every slug of every model: one field, with one rule for forms, rows and columns."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from taggit.models import Tag

from news.models import Article, Section
from postportal.pages.models import Page
from postportal.publishing.models import State
from postportal.web.slug_fields import SlugField
from postportal.web.slugged import Slugged
from tests.factories import news, pages

OWN_PACKAGES = {"news", "services", "postportal"}
OWN_MODELS = [model for model in apps.get_models() if model.__module__.split(".")[0] in OWN_PACKAGES]
SLUGGED = [model for model in OWN_MODELS if issubclass(model, Slugged)]
COMPOSED, DECOMPOSED = "école", "e\u0301cole"


def test_every_slug_is_made_by_the_mixin() -> None:
    columns = [
        (model, field.name)
        for model in OWN_MODELS
        for field in model._meta.concrete_fields
        if isinstance(field, SlugField | models.SlugField)
    ]

    assert columns == [(model, model.slug_field) for model in SLUGGED]
    assert all(isinstance(model._meta.get_field(name), SlugField) for model, name in columns)


@pytest.mark.parametrize("model", [model for model in SLUGGED if model is not Article])
def test_column_refuses_a_blank_slug(model: type[Slugged]) -> None:
    field = model._meta.get_field(model.slug_field)

    assert field.db_check(connection) == f"\"{field.column}\" <> ''"


@pytest.mark.django_db
def test_database_refuses_rows_without_a_slug() -> None:
    section, page, tag, article = news.section(), pages.page(), Tag.objects.create(name="rail"), news.article()
    changes = [(section, "slug"), (page, "path"), (tag, "slug"), (article, "slug")]

    for row, column in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**{column: ""})


@pytest.mark.django_db
def test_draft_without_a_title_has_no_slug_yet() -> None:
    article = Article.objects.create(state=State.DRAFT)
    Article.objects.create(state=State.DRAFT)
    assert article.slug == ""

    article.title = "Night mail"
    article.save()

    assert article.slug == "night-mail"


@pytest.mark.django_db
def test_slug_is_stored_and_found_in_one_form() -> None:
    section = Section.objects.create(name="School", slug=DECOMPOSED)

    assert Section.objects.filter(slug=COMPOSED).get() == Section.objects.filter(slug=DECOMPOSED).get() == section
    section.refresh_from_db()
    assert section.slug == COMPOSED
    typed = Section(name="Other", slug=DECOMPOSED)
    with pytest.raises(ValidationError):
        typed.full_clean()
    assert typed.slug == COMPOSED


def test_field_is_rebuilt_from_its_migration() -> None:
    for model, flag in ((Page, "is_path"), (Article, "may_be_empty")):
        field = model._meta.get_field(model.slug_field)
        _name, path, args, kwargs = field.deconstruct()

        assert path == "postportal.web.slug_fields.SlugField"
        assert kwargs[flag]
        assert SlugField(*args, **kwargs).deconstruct()[1:] == (path, args, kwargs)
