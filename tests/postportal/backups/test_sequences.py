import pytest
from django.db import connection

from news.models import Section
from postportal.backups.sequences import read_sequences, write_sequences
from tests.factories import news

pytestmark = pytest.mark.django_db


def test_number_of_the_next_row_is_set() -> None:
    write_sequences("default", {"news_section": 700})

    assert read_sequences("default")["news_section"] == 700
    assert news.section("Rail").pk == 701


def test_row_with_a_number_of_its_own_counts() -> None:
    last = read_sequences("default")["news_section"]

    Section.objects.create(pk=last + 50, name="Rail", slug="rail")

    assert read_sequences("default")["news_section"] == last + 50


def test_table_that_never_had_a_row_starts_with_one() -> None:
    write_sequences("default", {"news_section": 0})

    assert (read_sequences("default")["news_section"], news.section("Rail").pk) == (0, 1)


def test_only_numbered_tables_have_one() -> None:
    found = read_sequences("default")

    # The audit log numbers its entries itself.
    assert (
        {"news_article", "taggit_taggeditem", "auth_user_groups"}
        <= set(found)
        <= {*connection.introspection.table_names()} - {"audit_entry", "django_session"}
    )
