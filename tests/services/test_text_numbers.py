import pytest
from django.core.management import call_command

from postportal.outbox.delivery import deliver_all
from services.models import TextNumber
from services.text_numbers import numbers_in, update_text_numbers, update_texts_with_short_codes
from tests.factories import news, services

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("html", "numbers"),
    [
        ("<p>From abroad: +86 10 6885 9999.</p>", {"+861068859999": "+86 10 6885 9999"}),
        ("<p>+86 10 11185</p>", {"+861011185": "+86 10 11185"}),
        ("<p>Call 400 890 9999 now.</p>", {"4008909999": "400 890 9999"}),
        ("<p>电话：010-68859999</p>", {"+861068859999": "010-68859999"}),
        ('<p><a href="tel:95580">us</a></p>', {"95580": "95580"}),
        ('<p><a href="tel:+861068859999;ext=12">us</a></p>', {"+861068859999": "+861068859999;ext=12"}),
        ("<p>Please call us on 95580.</p>", {"95580": "95580"}),
        ("<p>拨打95580。</p>", {"95580": "95580"}),
        ("<p>The line 11100 is old.</p>", {"11100": "11100"}),
        # Nobody can dial it: worth a look all the same.
        ("<p>+8610 4008909999</p>", {"+86104008909999": "+8610 4008909999"}),
    ],
)
def test_numbers_are_found_as_people_write_them(html: str, numbers: dict[str, str]) -> None:
    assert numbers_in(html, short_codes={"11100"}) == numbers


@pytest.mark.parametrize(
    "html",
    [
        *("<p>Issued on 2021-12-08, 8 December 2021.</p>", "<p>Issue 2016-4 had 12345 copies.</p>"),
        *("<p>Serial 京ICP备15035540号</p>", "<p>1,111,100 parcels, 11100.5 kg, 11100-2</p>"),
        '<p>Call <a href="hotline:12">11185</a>.</p>',
        "<p>We called 100 people in 2026.</p>",
        "",
    ],
)
def test_other_figures_are_no_telephone_numbers(html: str) -> None:
    assert numbers_in(html, short_codes={"11100"}) == {}


def test_saved_texts_are_recorded_and_deleted_ones_forgotten() -> None:
    article = news.article(body="<p>Call 95580 or 95580.</p>")
    deliver_all()
    assert list(TextNumber.objects.values_list("object_id", "number")) == [(article.pk, "95580")]

    article.body = "<p>Call 95590.</p>"
    article.save()
    deliver_all()
    assert [str(row) for row in TextNumber.objects.all()] == ["95590"]

    update_text_numbers("news.article", [article.pk])
    article.delete()
    deliver_all()
    assert not TextNumber.objects.exists()


def test_short_codes_of_a_new_hotline_are_found_in_older_texts() -> None:
    news.article(body="<p>The line 11100.</p>")
    news.article(body="<p>Part 911100.</p>")
    deliver_all()
    assert not TextNumber.objects.exists()

    hotline = services.retired_hotline(short_code="11100")
    update_texts_with_short_codes("services.hotline", [hotline.pk])

    assert [row.number for row in TextNumber.objects.all()] == ["11100"]


def test_command_records_existing_texts() -> None:
    news.article(body="<p>Call 95580.</p>")
    TextNumber.objects.all().delete()

    call_command("update_text_numbers")
    call_command("update_text_numbers")

    assert [row.number for row in TextNumber.objects.all()] == ["95580"]
