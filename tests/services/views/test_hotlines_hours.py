import datetime as dt

import pytest
import time_machine
from django.test import Client

from tests.factories import services
from tests.services.views.test_hotlines import PAGE, card_lines, cards

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2026-09-30T03:59:59", "Open now, until noon"),
        ("2026-09-30T04:00:00", "Opens at 1:30pm"),
        ("2026-09-30T05:30:00", "Open now, until 5pm"),
        ("2026-09-30T09:00:00", "Closed now. Opens on 8 October 2026 at 9am."),
        ("2026-09-30T16:00:00", "Closed today (National Day). Opens on 8 October 2026 at 9am."),
        ("2026-10-07T04:00:00", "Closed today (National Day). Opens tomorrow at 9am."),
    ],
)
def test_card_says_when_it_opens_over_lunch_and_holidays(client: Client, moment: str, state: str) -> None:
    calendar = services.holiday_calendar(holidays={"2026-10-01/2026-10-07": "National Day"})
    hotline = services.hotline(holiday_calendar=calendar)
    services.opening_hours(hotline, days="0-4", times="9-12, 13:30-17")

    with time_machine.travel(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC), tick=False):
        lines = card_lines(cards(client.get(PAGE).text)[0])
    assert lines[2:4] == [state, "Monday to Friday, 9am to noon and 1:30pm to 5pm"]
    assert lines[-1].endswith("October 2026: closed (National Day)")


def test_coming_season_and_change_of_hours_are_announced(client: Client) -> None:
    hotline = services.hotline()
    services.opening_hours(hotline, days="0-6", times="9-17")
    hotline.opening_hours.create(hours="Mon-Fri 8-20", valid_from=dt.date(2027, 3, 1))
    hotline.opening_hours.create(hours="8-13", valid_from=dt.date(2026, 6, 1), valid_until=dt.date(2026, 8, 31))

    assert card_lines(cards(client.get(PAGE).text)[0])[3:] == [
        "Every day, 9am to 5pm",
        "1 June 2026 to 31 August 2026: Every day, 8am to 1pm",
        "From 1 March 2027: Monday to Friday, 8am to 8pm; Saturday and Sunday, closed",
    ]


def test_hotline_without_telephone_shows_its_channels_and_misses_no_number(client: Client) -> None:
    hotline = services.hotline("In writing")
    services.channel(hotline, reply_time="Answered within 2 working days", languages="Chinese and English")
    services.channel(hotline, kind="chat", address="https://post.example/chat", hours="Mon-Fri 9-20", cost="Free")
    services.channel(hotline, kind="wechat", address="YunhaiPost")

    page = client.get(PAGE)
    card = page.text.split('<ul class="hotline-labels">')[1]
    lines = [" ".join(line.split()) for line in card_lines(card.partition("<footer")[0])]
    assert lines[:9] == [
        "In writing",
        "Email help@post.example",
        "Answered within 2 working days",
        "Languages: Chinese, English",
        "Web chat post.example/chat (Free)",
        "Open now, until 8pm",
        "Monday to Friday, 9am to 8pm",
        "Saturday and Sunday, closed",
        "WeChat YunhaiPost",
    ]
    assert '<a href="mailto:help@post.example">' in card
    points = page.context["json_ld_data"][0]["contactPoint"]
    assert [(point["name"], len(point["hoursAvailable"]), point["availableLanguage"]) for point in points] == [
        ("In writing, Email", 0, ["zh", "en"]),
        ("In writing, Web chat", 1, []),
        ("In writing, WeChat", 0, []),
    ]
