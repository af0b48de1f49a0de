import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories import services
from tests.services.views.page_content import NOW

pytestmark = pytest.mark.django_db

PAGE = "/services/hotlines/"


def cards(html: str) -> list[str]:
    lists = [part.partition("</ul>")[0] for part in html.split('<ul class="hotline-labels">')[1:]]
    return [card for part in lists for card in part.split("<li ")[1:]]


def card_lines(card: str) -> list[str]:
    """Return the text of each line of a card."""
    lines = re.findall(r'<(p|h3|a(?= class="phone-number))[^>]*>(.*?)</\1>', card, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", line) for _tag, line in lines]


def test_card_shows_all_details_of_the_hotline(client: Client) -> None:
    hotline = services.hotline(
        "Collectors", languages="Chinese and English", note="Press 2 for subscriptions.", slug="collectors",
        verified_on=dt.date(2026, 3, 1),
    )  # fmt: skip
    services.short_code_number(hotline, short_code="11188", cost="Price of a local call")
    services.number_from_abroad(hotline, e164="+861011188", as_printed="+86 10 11188", cost="Your operator’s price")
    services.opening_hours(hotline, days="0-4", times="09:00-17:00")
    services.opening_hours(hotline, days="2026-04-05")

    page = client.get(PAGE)
    (card,) = cards(page.text)
    assert card_lines(card) == [
        "Collectors",
        "11188",
        "Open now, until 5pm",
        "Monday to Friday, 9am to 5pm",
        "Saturday and Sunday, closed",
        "5 April 2026: closed",
        "Languages: Chinese, English",
        "Price of a local call",
        "From abroad +86 10 11188 (Your operator’s price)",
        "Press 2 for subscriptions.",
        "Checked on 1 March 2026",
    ]
    assert 'id="collectors"' in card
    assert '<a class="phone-number" href="tel:11188">11188</a>' in card
    assert '<a class="number" href="tel:+861011188">+86 10 11188</a>' in card
    assert '<time datetime="2026-03-01">1 March 2026</time>' in card
    assert "Opening hours are in Beijing time, UTC+8." in page.text


def test_hotline_with_only_a_number(client: Client) -> None:
    services.short_code_number(services.hotline("Letters"))

    page = client.get(PAGE)
    (card,) = cards(page.text)
    assert card_lines(card) == [
        *("Letters", "11185", "Opening hours not known"),
        "Cannot be dialled from abroad. Short codes work only within the country.",
    ]
    assert "Hours are in" not in page.text


def test_hotline_without_a_number_says_so(client: Client) -> None:
    services.hotline("Letters")

    (card,) = cards(client.get(PAGE).text)
    assert card_lines(card) == ["Letters", "The number is not known yet.", "Opening hours not known"]
    assert "tel:" not in card


def test_number_only_for_callers_from_abroad_says_so(client: Client) -> None:
    services.number_from_abroad(services.hotline("Letters"))

    (card,) = cards(client.get(PAGE).text)
    assert card_lines(card) == ["Letters", "+861011185", "From abroad", "Opening hours not known"]


def test_other_numbers_say_who_can_dial_them(client: Client) -> None:
    hotline = services.hotline("Letters")
    services.short_code_number(hotline, order=1)
    services.short_code_number(hotline, short_code="4008909999", order=2)
    services.number_from_abroad(hotline, e164="+861068859999", scope="anywhere", order=3)

    (card,) = cards(client.get(PAGE).text)
    assert card_lines(card)[3:] == ["Within the country 4008909999", "Also +861068859999"]


def test_long_number_has_smaller_type(client: Client) -> None:
    services.short_code_number(services.hotline(), short_code="4008909999", as_printed="400 890 9999")

    assert '<a class="phone-number long" href="tel:4008909999">400 890 9999</a>' in client.get(PAGE).text


def test_every_day_around_the_clock_is_a_24_hour_service(client: Client) -> None:
    hotline = services.hotline("Lost cards")
    services.opening_hours(hotline, days="0-6", times="00:00-00:00")

    (card,) = cards(client.get(PAGE).text)
    assert card_lines(card)[2:] == ["Open now", "24-hour service"]


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2026-03-20T01:00:00", "Open now, until 5pm"),
        ("2026-03-20T00:59:59", "Opens at 9am"),
        ("2026-03-20T08:59:59", "Open now, until 5pm"),
        ("2026-03-20T09:00:00", "Closed now. Opens on Monday at 9am."),
        ("2026-03-21T04:00:00", "Closed now. Opens on Monday at 9am."),
        ("2026-04-03T04:00:00", "Closed today (Good Friday). Opens on Monday at 9am."),
    ],
)
def test_card_shows_if_the_hotline_is_open_now(client: Client, moment: str, state: str) -> None:
    hotline = services.hotline()
    services.opening_hours(hotline, days="0-4", times="09:00-17:00")
    services.opening_hours(hotline, days="2026-04-03", reason="Good Friday")

    with time_machine.travel(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC), tick=False):
        assert card_lines(cards(client.get(PAGE).text)[0])[2] == state


def test_past_special_dates_are_not_listed(client: Client) -> None:
    hotline = services.hotline()
    for day in ("2026-03-19", "2026-03-20", "2026-10-01", "2026-10-02", "2026-10-03"):
        services.opening_hours(hotline, days=day)

    assert card_lines(cards(client.get(PAGE).text)[0])[3:] == [
        "20 March 2026: closed",
        "1 October 2026 to 3 October 2026: closed",
    ]


def test_hours_of_several_time_zones_name_theirs(client: Client) -> None:
    for zone in ("Asia/Shanghai", "Europe/Berlin", "Asia/Kolkata", "America/St_Johns"):
        services.opening_hours(services.hotline(time_zone=zone), days="0-6", times="09:00-17:00")
    services.hotline(time_zone="Asia/Tokyo")

    page = client.get(PAGE)
    assert [card_lines(card)[4:] for card in cards(page.text)] == [
        ["Beijing time, UTC+8"],
        ["Berlin time, UTC+1"],
        ["Kolkata time, UTC+5:30"],
        ["St Johns time, UTC-2:30"],
        [],
    ]
    assert "Hours are in" not in page.text


def test_daylight_saving_time_changes_the_utc_offset(client: Client) -> None:
    services.opening_hours(services.hotline(time_zone="Europe/Berlin"), days="0-6", times="09:00-17:00")

    with time_machine.travel(dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC), tick=False):
        assert "Opening hours are in Berlin time, UTC+2." in client.get(PAGE).text


def test_planned_and_retired_hotlines_are_separate_and_not_linked(client: Client) -> None:
    services.short_code_number(services.hotline("Letters"))
    services.planned_hotline("Video line", note="From May.")
    services.retired_hotline("Telegrams", note="Call 11185.")

    html = client.get(PAGE).text
    assert [card_lines(card)[0] for card in cards(html)] == ["Letters"]
    planned, retired = html.split('id="planned">')[1], html.split('id="retired">')[1]
    assert "Video line" in planned
    assert "From May." in planned
    assert "From 1 January 2990: 11191" in planned
    assert "In service until 31 December 2020" in retired
    assert '<s class="number">11100</s>' in retired
    assert "Call 11185." in retired
    assert [number for number in ("tel:11191", "tel:11100") if number in html] == []


def test_empty_sections_for_planned_and_retired_are_omitted(client: Client) -> None:
    services.hotline()

    html = client.get(PAGE).text
    assert [part for part in ('id="planned"', 'id="retired"') if part in html] == []


def test_empty_page_shows_a_message(client: Client) -> None:
    page = client.get(PAGE)

    assert page.status_code == 200
    assert "There are no hotlines yet." in page.text


def test_hotline_appears_and_disappears_in_its_second(client: Client) -> None:
    services.hotline("Coming", publish_at=NOW + dt.timedelta(seconds=1), expire_at=NOW + dt.timedelta(seconds=2))
    seen = []
    for second in range(4):
        with time_machine.travel(NOW + dt.timedelta(seconds=second), tick=False):
            html = client.get(PAGE).text
            seen.append("Coming" in html)

    assert seen == [False, True, False, False]


@pytest.mark.parametrize("url", [PAGE, "/services/", "/"])
def test_number_changes_at_midnight_of_the_portal_on_kept_pages_too(client: Client, url: str) -> None:
    hotline = services.hotline("Letters", is_on_every_page=True)
    services.short_code_number(hotline, valid_until=dt.date(2027, 2, 28))
    services.short_code_number(hotline, short_code="11200", valid_from=dt.date(2027, 3, 1))
    midnight = timezone.make_aware(dt.datetime.fromisoformat("2027-03-01"))
    seen = []
    for seconds in (-2, -1, 0, 1):
        with time_machine.travel(midnight + dt.timedelta(seconds=seconds), tick=False):
            html = client.get(url).text
            seen.append([number for number in ("11185", "11200") if f"tel:{number}" in html])

    assert seen == [["11185"], ["11185"], ["11200"], ["11200"]]


def test_card_announces_a_number_and_then_says_what_it_replaced(client: Client) -> None:
    hotline = services.hotline("Letters")
    services.short_code_number(hotline, valid_until=dt.date(2027, 2, 28))
    services.short_code_number(hotline, short_code="11200", valid_from=dt.date(2027, 3, 1))
    services.number_from_abroad(hotline)
    lines = []
    for moment in ("2027-02-28T12:00", "2027-03-01T12:00", "2028-03-02T12:00"):
        with time_machine.travel(timezone.make_aware(dt.datetime.fromisoformat(moment)), tick=False):
            page = client.get(PAGE)
        lines.append([line for line in card_lines(cards(page.text)[0]) if "11200" in line])
        (point, *_rest) = page.context["json_ld_data"][0]["contactPoint"]
        lines[-1].append(point["telephone"])

    assert lines == [
        ["From 1 March 2027: 11200 instead of 11185", ["11185", "+861011185"]],
        ["11200", "11185: replaced by 11200", ["11200", "+861011185"]],
        ["11200", ["11200", "+861011185"]],
    ]


def test_json_ld_lists_contact_points_with_their_hours(client: Client) -> None:
    hotline = services.hotline("Collectors", note="Press 2.", languages="Chinese")
    services.short_code_number(hotline, short_code="11188")
    services.number_from_abroad(hotline, e164="+861011188")
    services.opening_hours(hotline, days="0", times="09:00-17:00")
    services.opening_hours(hotline, days="5", times="00:00-00:00")
    services.opening_hours(hotline, days="6")
    services.opening_hours(hotline, days="2026-10-01")

    operator, crumbs = client.get(PAGE).context["json_ld_data"]
    (point,) = operator["contactPoint"]
    assert (point["telephone"], point["areaServed"]) == (["11188", "+861011188"], ["CN"])
    assert (point["name"], point["availableLanguage"], point["description"]) == ("Collectors", ["zh"], "Press 2.")
    specified = [{key: value for key, value in hours.items() if value} for hours in point["hoursAvailable"]]
    kind = {"@type": "OpeningHoursSpecification"}
    assert specified == [
        kind | {"dayOfWeek": ["https://schema.org/Monday"], "opens": "09:00", "closes": "17:00"},
        kind | {"dayOfWeek": ["https://schema.org/Saturday"], "opens": "00:00", "closes": "23:59"},
        kind | {"validFrom": "2026-10-01", "validThrough": "2026-10-01", "opens": "00:00", "closes": "00:00"},
    ]
    assert [step["name"] for step in crumbs["itemListElement"]] == ["Home", "Services"]


def test_chinese_page_shows_chinese_texts_if_there_are_any(client: Client) -> None:
    hotline = services.hotline("Letters", purpose_zh="函件", note="Press 1.")
    services.short_code_number(hotline, cost="Free", cost_zh="免费")

    (card,) = cards(client.get(f"/zh-hans{PAGE}").text)
    for part in (
        '<h3 dir="auto" lang="zh-Hans">函件</h3>',
        '<p dir="auto" lang="en">Press 1.</p>',
        '<p lang="zh-Hans">免费</p>',
    ):
        assert part in card


@pytest.mark.parametrize("hotlines", [1, 50])
def test_page_query_count_is_the_same_for_one_hotline_and_fifty(
    client: Client, hotlines: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    calendar = services.holiday_calendar(holidays={"2026-10-01": "National Day"})
    for _ in range(hotlines):
        hotline = services.hotline(is_on_every_page=True, holiday_calendar=calendar)
        services.short_code_number(hotline)
        services.opening_hours(hotline, days="0-4", times="09:00-17:00")
        services.channel(hotline, hours="9-17")

    with django_assert_num_queries(8):
        client.get(PAGE)
