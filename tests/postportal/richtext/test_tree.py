from postportal.richtext.tree import MAX_DEPTH, html_of, parse


def test_tree_gives_back_what_it_read() -> None:
    html = '<p lang="zh">a &lt; b<br><em title="&quot;">c</em></p>'

    assert html_of(parse(html)) == html


def test_stray_end_tags_are_ignored() -> None:
    assert html_of(parse("</p>a</em>")) == "a"


def test_what_lies_too_deep_loses_its_tags_and_keeps_its_words() -> None:
    html = html_of(parse("<p>" * (MAX_DEPTH + 5) + "x" + "</p>" * (MAX_DEPTH + 5) + "y"))

    assert html.count("<p>") == MAX_DEPTH
    assert html.endswith("</p>y")
