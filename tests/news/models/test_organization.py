import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from news.models import Organization, OrganizationName, Succession
from tests.factories import news

pytestmark = pytest.mark.django_db


def test_organization_cannot_be_part_of_its_own_branch() -> None:
    group = news.organization("Group")
    branch = news.organization("Branch", parent=group)
    group.parent = branch

    with pytest.raises(ValidationError) as error:
        group.full_clean()

    assert list(error.value.message_dict) == ["parent"]


def test_organization_cannot_be_its_own_parent_in_the_database() -> None:
    group = news.organization("Group")

    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.filter(pk=group.pk).update(parent=group)


def test_organization_cannot_be_dissolved_before_it_was_founded() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        news.organization(founded_on=dt.date(2019, 1, 1), dissolved_on=dt.date(2018, 1, 1))


def test_organization_is_found_by_every_name() -> None:
    union = news.organization("Universal Postal Union", abbreviation="UPU", name_zh="万国邮政联盟")
    OrganizationName.objects.create(organization=union, name="Union postale universelle", kind="script")

    found = [
        list(Organization.objects.with_name(name))
        for name in ("upu", "万国邮政联盟", "union postale universelle", "UP")
    ]

    assert found == [[union], [union], [union], []]


def test_organization_cannot_succeed_itself() -> None:
    group = news.organization()

    with pytest.raises(IntegrityError), transaction.atomic():
        Succession.objects.create(predecessor=group, successor=group)


@pytest.mark.parametrize(
    ("name", "abbreviation", "initials"),
    [("Highland Railway Authority", "", "HRA"), ("Macao Post", "CTT", "CTT"), ("万国邮政联盟", "", "")],
)
def test_initials_are_the_abbreviation_or_the_capitals(name: str, abbreviation: str, initials: str) -> None:
    assert news.organization(name, abbreviation=abbreviation, slug="x").initials == initials
