from postportal.richtext.tree import MAX_DEPTH, parse_html, to_html


def test_tree_gives_back_what_it_read() -> None:
    html = '<p lang="zh">a &lt; b<br><em title="&quot;">c</em></p>'

    assert to_html(parse_html(html)) == html


def test_stray_end_tags_are_ignored() -> None:
    assert to_html(parse_html("</p>a</em>")) == "a"


def test_what_lies_too_deep_loses_its_tags_and_keeps_its_words() -> None:
    html = to_html(parse_html("<p>" * (MAX_DEPTH + 5) + "x" + "</p>" * (MAX_DEPTH + 5) + "y"))

    assert html.count("<p>") == MAX_DEPTH
    assert html.endswith("</p>y")
