import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from news.models import OrganizationName, PositionLabel
from tests.factories import news

pytestmark = pytest.mark.django_db


def former(name: str, **fields: object) -> OrganizationName:
    return OrganizationName(name=name, kind="former", **fields)


def test_return_to_an_old_name_is_shown_on_each_day() -> None:
    post = news.organization("Post", name_zh="邮政")
    for name, year in (("Post", 2000), ("Mail", 2005), ("Post", 2010), ("Letters", 2015)):
        row = former(name, organization=post, until_on=dt.date(year, 7, 1), until_precision="year")
        row.full_clean()
        row.save()
    former("Undated", organization=post).save()

    days = [dt.date(year, 1, 1) for year in (1990, 2000, 2001, 2006, 2011, 2016)]
    assert [post.names_on(day).name for day in days] == ["Post", "Post", "Mail", "Post", "Letters", "Post"]
    assert {post.names_on(day).name_zh for day in days} == {"邮政"}


def test_name_is_not_used_before_its_first_day() -> None:
    post = news.organization("Post")
    start, end = dt.date(2001, 5, 1), dt.date(2003, 5, 1)
    former("Mail", organization=post, from_on=start, until_on=end, from_precision="month").save()

    days = [dt.date(2001, 4, 30), start, end, dt.date(2003, 5, 2)]
    assert [post.names_on(day).name for day in days] == ["Post", "Mail", "Mail", "Post"]
    assert post.names.get().period == "May 2001 to 1 May 2003"


def test_same_name_until_the_same_day_is_refused() -> None:
    post = news.organization("Post")
    for until_on in (None, dt.date(2001, 1, 1)):
        former("Mail", organization=post, until_on=until_on).save()
        with pytest.raises(ValidationError, match="already has this name"):
            former("Mail", organization=post, until_on=until_on).full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            former("Mail", organization=post, until_on=until_on).save()


def test_end_before_the_start_is_refused_at_the_field() -> None:
    row = former("Mail", organization=news.organization(), from_on=dt.date(2001, 1, 1), until_on=dt.date(2000, 1, 1))

    with pytest.raises(ValidationError) as error:
        row.full_clean()
    assert "until_on" in error.value.error_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_former_title_needs_its_last_day() -> None:
    position = news.position("President")
    row = PositionLabel(position=position, name="Head")

    with pytest.raises(ValidationError) as error:
        row.full_clean()
    assert list(error.value.error_dict) == ["until_on"]
