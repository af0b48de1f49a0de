import json

from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from postportal.web.json_ld import breadcrumb_json_ld, json_ld


@given(st.text())
def test_no_text_escapes_the_script_element(text: str) -> None:
    html = json_ld({"name": f"{text}</script><script>alert(1)</script><!--"})
    inside = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")

    assert "<" not in inside
    assert json.loads(inside)["name"].startswith(text)


def test_empty_values_are_left_out() -> None:
    assert json_ld({"name": "Night mail", "image": None, "author": "", "mentions": [], "seats": 0}) == (
        '<script type="application/ld+json">{"name":"Night mail","seats":0}</script>'
    )


def test_empty_values_are_left_out_at_any_depth() -> None:
    data = {
        "alternateName": ["中国邮政", "", None, " "],
        "image": {"@type": "", "url": None},
        "offers": [{"price": ""}, {}, {"price": 0}],
        "isAccessibleForFree": False,
    }

    assert json_ld(data) == (
        '<script type="application/ld+json">'
        '{"alternateName":["中国邮政"],"offers":[{"price":0}],"isAccessibleForFree":false}</script>'
    )


def test_breadcrumbs_begin_at_home_and_have_absolute_urls(rf: RequestFactory) -> None:
    data = breadcrumb_json_ld(rf.get("/news/"), [("News", "/news/")])

    assert [(item["position"], item["name"], item["item"]) for item in data["itemListElement"]] == [
        (1, "Home", "http://testserver/"),
        (2, "News", "http://testserver/news/"),
    ]
