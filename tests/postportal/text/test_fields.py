import pytest
from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection, models
from django.forms import modelform_factory
from django.test import Client
from django.urls import reverse

from news.models import Article, Person, PersonName
from postportal.text.fields import FoldedField, with_folded
from tests.factories import news

pytestmark = pytest.mark.django_db


def folded_columns(model: type[models.Model]) -> list[FoldedField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, FoldedField)]


def test_folded_column_follows_the_name() -> None:
    person = news.person("Łukasiewicz", "Łukasz")
    person.family_name = "Čapek"
    person.save()

    person.refresh_from_db()
    assert person.folded_name == "capek lukasz"


def test_bulk_creation_folds_too() -> None:
    PersonName.objects.bulk_create([PersonName(person=news.person(), name="Đặng")])

    assert PersonName.objects.get().folded_name == "dang"


def test_folded_name_fits_the_column() -> None:
    person = news.person("\ufdfa" * 80, "x", slug="long")

    assert len(person.folded_name) == 255


def test_whole_name_is_looked_up_in_the_index() -> None:
    plan = Person.objects.filter(folded_name="dang").explain()

    assert "folded_name" in plan or connection.vendor == "postgresql"


def test_every_way_to_the_database_tidies() -> None:
    person = news.person("Zhou\x07", "Me\u202ei\u200b", name_zh=" 周\u3000梅 ")
    assert (person.name, person.name_zh) == ("Zhou Mei", "周 梅")

    Person.objects.update(family_name="Pho\u031b\x00")
    assert Person.objects.get().family_name == "Phơ"

    person.family_name = "Two\n lines"
    Person.objects.bulk_update([person], ["family_name"])
    assert Person.objects.filter(family_name="Two  lines\x07").get() == person

    PersonName.objects.bulk_create([PersonName(person=person, name="a\u00adb")])
    assert PersonName.objects.get().name == "ab"


def test_validation_sees_the_tidied_text() -> None:
    person = Person(family_name="\u200b\u202e", given_name="\u2066", honorific="x" * 40 + "\x07\x07", slug="zhou")

    with pytest.raises(ValidationError) as refused:
        person.full_clean()

    # By the model, and by the rule of its table.
    assert set(refused.value.message_dict) == {"family_name", NON_FIELD_ERRORS}
    assert person.honorific == "x" * 40


def test_form_sees_the_tidied_text() -> None:
    form = modelform_factory(Article, fields=["title", "standfirst"])(
        {"title": "Ti\x07tle\u202e", "standfirst": "One\r\nTw\u200bo"}
    )

    form.is_valid()
    assert (form.cleaned_data["title"], form.cleaned_data["standfirst"]) == ("Title", "One\nTwo")


def test_lines_are_kept_where_a_field_has_several() -> None:
    article = news.article(standfirst="One\r\nTwo\x07")

    assert article.standfirst == "One\nTwo"


def test_text_columns_are_tidied() -> None:
    """A new field for a title or a name that is a stock CharField would let control characters through again."""
    machine = {
        "slug",
        "external_id",
        "path",
        "address",
        "link",
        "old_host",
        "old_path",
        "new_address",
        "security_contact",
    }
    machine |= {"e164", "short_code", "region", "time_zone", "brand", "deep", "seal", "air", "digest", "key", "html"}
    machine |= {"domain", "failure", "language", "sort_key", "letter", "source_sha256"}
    machine |= {"import_fingerprint", "session_hash", "facet", "serial_spellings", "extension", "number"}
    # Names of files and of form fields, and names that are folded already.
    machine_columns = {"images.DeletedFile.name", "images.ImageFile.name", "images.ImageFile.stem"}
    machine_columns |= {"publishing.Comment.field", "news.NameScan.names"}
    apps_with_texts = {"news", "services", "pages", "publishing", "images"}

    assert [
        label
        for model in apps.get_models()
        if model._meta.app_label in apps_with_texts
        for field in model._meta.concrete_fields
        if (label := f"{field.model._meta.label}.{field.name}") not in machine_columns
        and type(field) in (models.CharField, models.TextField)
        and not field.choices
        and field.name not in machine
        and not field.name.endswith("_text")
    ] == []


def test_no_page_shows_a_hidden_sign(client: Client) -> None:
    article = news.article(
        "Ti\x07t\u202ele", standfirst="Stand\u2066first", tags=["Ta\x0bg\u202e"], body="<p>Bo\u202edy &#8238;x</p>"
    )
    pages = [
        article.get_absolute_url(),
        reverse("news:articles"),
        reverse("news:tag", args=["ta-g"]),
        reverse("search") + "?q=title",
    ]

    texts = [client.get(url, follow=True).content.decode() for url in pages]

    assert ["Title" in text for text in texts] == [True] * 4
    assert not [sign for sign in "\x07\x0b\u202e\u2066" if any(sign in text for text in texts)]


def test_names_of_fields_include_those_folded_from_them() -> None:
    assert with_folded(Article, ["title", "slug"]) == ["title", "slug", "folded_title"]
    assert with_folded(Article, ["slug"]) == ["slug"]


@pytest.mark.parametrize("model", [row for row in apps.get_models() if folded_columns(row)])
def test_folded_column_has_room_for_its_text(model: type[models.Model]) -> None:
    for column in folded_columns(model):
        source = next((field for field in model._meta.concrete_fields if field.name == column.of), None)
        assert source is None or (column.max_length or 0) >= (source.max_length or 0)
