import datetime as dt

import pytest

from postportal.demo.directory import DirectoryLoader
from postportal.demo.hotlines import HotlineLoader
from postportal.demo.pictures import PictureLoader
from postportal.demo.run import LoadRun
from services.models import Hotline
from tests.factories import news
from tests.postportal.demo.conftest import NOW

pytestmark = pytest.mark.django_db


def load_hotlines() -> LoadRun:
    run = LoadRun(now=NOW)
    directory = DirectoryLoader(run, PictureLoader(run))
    for slug in ("china-post-group-corporation-limited", "yunhai-post"):
        directory.organizations[slug] = news.organization()
    HotlineLoader(run, directory).load()
    return run


def test_hours_of_weekdays_become_one_row_each() -> None:
    load_hotlines()

    hours = Hotline.objects.get(slug="specimen-collectors").opening_hours.order_by("date", "weekday")
    rows = {(each.weekday, each.date): (each.opens, each.closes, each.is_closed) for each in hours}
    assert rows == {
        **{(day, None): (dt.time(9), dt.time(17), False) for day in range(5)},
        **{(day, None): (None, None, True) for day in (5, 6)},
        (None, dt.date(2027, 1, 1)): (None, None, True),
    }


def test_second_load_adds_nothing() -> None:
    load_hotlines()

    assert load_hotlines().created == {}
