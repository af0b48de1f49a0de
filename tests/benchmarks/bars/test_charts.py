from xml.etree import ElementTree as ET

from benchmarks.bars.charts import growth_chart


def test_chart_has_a_line_and_a_name_for_each_kind() -> None:
    chart = growth_chart(
        "Pages & lists", sizes=[1000, 10_000, 100_000], lines={"home": [5, 5, 6], "list": [0, 8, 80]}, unit="ms"
    )

    root = ET.fromstring(chart)
    texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[0] == "Pages & lists (ms)"
    assert {"home  6", "list  80", "1,000", "100,000"} <= set(texts)
    # A value of 0 has no place on a logarithmic axis.
    assert len([*root.iter("{http://www.w3.org/2000/svg}circle")]) == 5


def test_chart_of_one_size_and_one_value() -> None:
    assert "polyline" in growth_chart("Pages", sizes=[1000], lines={"home": [5]}, unit="ms")
