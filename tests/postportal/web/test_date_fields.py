"""Every date field of every model: what its form accepts, the database stores and any time zone can show."""

import datetime as dt
import itertools
import re
import zoneinfo
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from news.models import Appointment, Article
from postportal.staff.date_inputs import FIELD_OVERRIDES
from postportal.web.date_fields import RangedDateField, RangedDateTimeField, RangedDateTimeFormField
from postportal.web.date_ranges import RECORD_DAYS, is_open_end
from tests.factories import news
from tests.test_conventions import ROOT

OWN_PACKAGES = {"news", "services", "postportal"}
FIELDS = {
    f"{model._meta.label_lower}.{field.name}": field
    for model in apps.get_models()
    for field in model._meta.concrete_fields
    # Without the columns of other packages, which a proxy has, too.
    if field.model.__module__.split(".")[0] in OWN_PACKAGES and isinstance(field, models.DateField)
}
# The zones furthest east and west, one that is far from UTC all year, and the default.
ZONES = ["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/St_Johns", "Asia/Shanghai"]
A_DAY, A_SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)


@pytest.mark.parametrize("label", FIELDS)
def test_every_date_field_has_a_range(label: str) -> None:
    assert isinstance(FIELDS[label], RangedDateField | RangedDateTimeField)


def test_every_date_of_a_form_has_a_range() -> None:
    plain = re.compile(r"\b(?:forms|models)\.(?:Date|DateTime|SplitDateTime)Field\(")
    sources = [path for package in sorted(OWN_PACKAGES) for path in (ROOT / package).rglob("*.py")]

    assert [path.relative_to(ROOT) for path in sources if plain.search(path.read_text(encoding="utf-8"))] == []


def limits(field: Any) -> tuple[Any, Any, Any]:
    """Return the smallest and largest value, and the step to the next one beyond."""
    first, last = field.days
    if field.is_end:
        last -= A_DAY  # 2999-12-31 is no end.
    if not isinstance(field, models.DateTimeField):
        return first, last, A_DAY
    end = dt.time(23, 59, 59)
    return dt.datetime.combine(first, dt.time.min), dt.datetime.combine(last, end), A_SECOND


def make_probe(field: Any) -> type[models.Model]:
    """Create a table with a copy of the field as its only column, and return its model."""
    column = field.clone()
    column.auto_now = column.auto_now_add = False
    name = f"Probe{next(_number)}"
    body = {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "news"}), field.name: column}
    with isolate_apps("news"):
        probe = type(name, (models.Model,), body)
    sql, parameters = connection.schema_editor(collect_sql=True).table_sql(probe)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
    return probe


_number = itertools.count()


@pytest.mark.django_db
@pytest.mark.parametrize("label", FIELDS)
def test_smallest_and_largest_value_are_stored(settings: Settings, label: str) -> None:
    field: Any = FIELDS[label]
    form_field, probe = field.formfield() or field.form_class(days=field.days), make_probe(field)

    for zone, limit in itertools.product(ZONES, limits(field)[:2]):
        settings.TIME_ZONE = zone
        value = form_field.clean(limit.isoformat())
        field.clean(value, None)
        row: Any = probe._default_manager.create(**{field.name: value})
        row.refresh_from_db()

        assert getattr(row, field.name) == value
        if isinstance(value, dt.datetime):
            assert all(value.astimezone(zoneinfo.ZoneInfo(other)) for other in ZONES)


@pytest.mark.django_db
@pytest.mark.parametrize("label", FIELDS)
def test_next_value_beyond_is_refused(settings: Settings, label: str) -> None:
    field: Any = FIELDS[label]
    form_field, probe = field.formfield() or field.form_class(days=field.days), make_probe(field)
    smallest, largest, step = limits(field)
    last = largest + A_DAY if field.is_end else largest
    kind = type(smallest)
    ends = (smallest - step, last + step, kind.min, kind.max.replace(year=9998))
    for zone, beyond in itertools.product(ZONES, ends):
        settings.TIME_ZONE = zone
        with pytest.raises(ValidationError, match="Enter a"):
            form_field.clean(beyond.isoformat()[: 19 if step == A_SECOND else 10])
    for beyond in (smallest - 3 * A_DAY, largest + 4 * A_DAY):
        aware = beyond.replace(tzinfo=dt.UTC) if step == A_SECOND else beyond
        with pytest.raises(ValidationError, match="Enter a date from"):
            field.clean(aware, None)
        with pytest.raises(IntegrityError), transaction.atomic():
            probe._default_manager.create(**{field.name: aware})


@pytest.mark.django_db
@pytest.mark.parametrize("label", [label for label, field in FIELDS.items() if getattr(field, "is_end", False)])
def test_open_end_of_another_system_is_null_on_every_way(label: str) -> None:
    field: Any = FIELDS[label]
    probe, name = make_probe(field), field.name
    is_time = isinstance(field, models.DateTimeField)
    end: Any = dt.datetime(9999, 12, 31, 23, 59, tzinfo=dt.UTC) if is_time else dt.date(9999, 12, 31)
    rows = probe._default_manager

    row: Any = rows.create(**{name: end})
    rows.bulk_create([probe(**{name: end})])
    rows.filter(pk=row.pk).update(**{name: end})
    setattr(row, name, end)
    rows.bulk_update([row], [name])

    assert set(rows.values_list(name, flat=True)) == {None}
    assert field.clean(end, None) is None
    for text in ("9999-12-31", "9999-12", "9999", "2999-12-31", "9999-12-31T23:59:59"):
        assert field.formfield(required=False).clean(text) is None


@given(
    moment=st.datetimes(),
    zone=st.sampled_from(ZONES),
    offset=st.none() | st.integers(-23, 23).map(lambda hours: dt.timezone(dt.timedelta(hours=hours))),
)
def test_any_time_is_refused_or_can_be_converted(moment: dt.datetime, zone: str, offset: dt.timezone | None) -> None:
    with timezone.override(zone):
        try:
            value = RangedDateTimeFormField().clean(moment.replace(tzinfo=offset).isoformat())
        except ValidationError:
            return
        assert all(value.astimezone(zoneinfo.ZoneInfo(other)) for other in [*ZONES, "UTC"])
        assert value.astimezone(dt.UTC).year in range(1969, 3001)


@pytest.mark.django_db
@pytest.mark.parametrize("day", [dt.date(221, 12, 8), dt.date(1599, 12, 31), dt.date(3000, 1, 1)])
def test_tables_refuse_what_forms_refuse(day: dt.date) -> None:
    article = news.article()

    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(dateline_on=day)
    with pytest.raises(IntegrityError), transaction.atomic():
        news.article(dateline_on=day)


@pytest.mark.django_db
@pytest.mark.parametrize("precision", ["day", "month", "year"])
@pytest.mark.parametrize("until", [dt.date(9999, 12, 31), dt.date(2999, 12, 31), dt.date(9999, 1, 1)])
def test_appointment_until_for_ever_has_no_end(until: dt.date, precision: str) -> None:
    appointment = news.appointment(from_on=news.DAY, until_on=until, until_precision=precision)

    assert is_open_end(until)
    appointment.refresh_from_db()
    assert (appointment.until_on, appointment.ends_before, appointment.period) == (None, None, "since 8 December 2021")
    assert Appointment.objects.held_on(RECORD_DAYS.last).get() == appointment


def test_browser_gets_the_range_unless_for_ever_is_accepted() -> None:
    found = [
        (attrs.get("min"), attrs.get("max"))
        for label in ("news.article.dateline_on", "news.article.expire_at", "news.article.publish_at")
        for attrs in [_native_input(FIELDS[label]).attrs]
    ]

    assert found == [
        ("1600-01-01", "2999-12-31"),
        ("1600-01-01T00:00:00", None),
        ("1600-01-01T00:00:00", "2999-12-31T23:59:59"),
    ]


def _native_input(field: Any) -> Any:
    kind = models.DateTimeField if isinstance(field, models.DateTimeField) else models.DateField
    return field.formfield(**FIELD_OVERRIDES[kind]).widget
