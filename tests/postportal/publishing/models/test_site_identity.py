"""The identity of the portal and the IDs made from it."""

import datetime as dt
import re

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.migrations.state import StateApps
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from news.models import Article
from postportal.publishing.models import SiteIdentity
from postportal.publishing.models.site_identity import IdentityChangeError, establish_identity

# RFC 4151, section 2.1, and RFC 3986, section 3.3, for “specific”.
TAG_URI = re.compile(
    r"tag:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*"
    r",[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?:(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*"
)
IDENTITY = SiteIdentity(pk=1, domain="portal.example", assigned_on=dt.date(2026, 3, 20))


def establish() -> SiteIdentity:
    establish_identity(using="default")
    return SiteIdentity.objects.get()


@pytest.mark.django_db
def test_migrations_leave_an_identity_that_is_not_in_the_future() -> None:
    assert SiteIdentity.objects.get().assigned_on <= dt.datetime.now(dt.UTC).date()


@pytest.mark.django_db
def test_identity_is_taken_once_and_survives_a_move_to_another_domain(settings: Settings) -> None:
    SiteIdentity.objects.all().delete()
    settings.SITE_URL = "https://first.example"
    first = establish()
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://second.example", ["second.example"]

    assert first.domain == "first.example"
    assert (str(establish()), str(SiteIdentity.load())) == (str(first), str(first))


@pytest.mark.django_db
def test_first_domain_replaces_the_identity_of_a_trial(settings: Settings) -> None:
    SiteIdentity.objects.update(domain="localhost", assigned_on=dt.date(2020, 1, 1))
    assert str(establish()) == "localhost,2020-01-01"
    settings.SITE_URL = "https://portal.example"

    assert str(establish()) == f"portal.example,{dt.datetime.now(dt.UTC).date().isoformat()}"


@pytest.mark.django_db
def test_identity_cannot_be_changed_or_deleted() -> None:
    SiteIdentity.objects.update(domain="portal.example")
    identity = SiteIdentity.load()
    identity.save()
    identity.domain = "other.example"

    with pytest.raises(IdentityChangeError):
        identity.save()
    with pytest.raises(IdentityChangeError):
        identity.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteIdentity.objects.bulk_create([SiteIdentity(pk=2, domain="other.example", assigned_on=dt.date(2026, 1, 1))])


@pytest.mark.django_db
def test_missing_row_is_created_when_it_is_needed() -> None:
    SiteIdentity.objects.all().delete()

    assert (SiteIdentity.load(), SiteIdentity.objects.count()) == (SiteIdentity.objects.get(), 1)


@pytest.mark.django_db
def test_migrations_can_be_taken_back_to_before_the_table() -> None:
    SiteIdentity.objects.all().delete()

    establish_identity(using="default", apps=StateApps([], {}))

    assert SiteIdentity.objects.count() == 0


@pytest.mark.django_db
def test_identity_is_part_of_a_dump(tmp_path: object) -> None:
    SiteIdentity.objects.update(domain="old.example", assigned_on=dt.date(2020, 2, 29))
    dump = f"{tmp_path}/dump.json"
    call_command("dumpdata", "publishing.siteidentity", output=dump, verbosity=0)
    SiteIdentity.objects.update(domain="new.example")

    call_command("loaddata", dump, verbosity=0)

    assert str(SiteIdentity.objects.get()) == "old.example,2020-02-29"


def test_id_of_a_row_has_its_label_and_key() -> None:
    assert IDENTITY.uri_of(Article, 16) == "tag:portal.example,2026-03-20:news.article/16"


@given(st.text(max_size=40))
def test_every_key_makes_a_valid_uri(key: str) -> None:
    assert TAG_URI.fullmatch(IDENTITY.uri("feed", key.encode("utf-8", "replace").decode()))


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "feed"]), st.integers(1, 99)), unique=True))
def test_different_things_have_different_ids(things: list[tuple[str, int]]) -> None:
    assert len({IDENTITY.uri(*thing) for thing in things}) == len(things)
