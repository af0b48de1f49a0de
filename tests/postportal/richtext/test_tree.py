from postportal.richtext.tree import MAX_DEPTH, parse_html, to_html


def test_tree_is_serialized_unchanged() -> None:
    html = '<p lang="zh">a &lt; b<br><em title="&quot;">c</em></p>'

    assert to_html(parse_html(html)) == html


def test_stray_end_tags_are_ignored() -> None:
    assert to_html(parse_html("</p>a</em>")) == "a"


def test_too_deep_elements_are_replaced_with_their_text() -> None:
    html = to_html(parse_html("<p>" * (MAX_DEPTH + 5) + "x" + "</p>" * (MAX_DEPTH + 5) + "y"))

    assert html.count("<p>") == MAX_DEPTH
    assert html.endswith("</p>y")
