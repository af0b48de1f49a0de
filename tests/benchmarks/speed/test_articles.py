from benchmarks.speed.articles import EMBARGO, articles, made_up_names


def test_articles_are_the_same_in_every_run() -> None:
    assert list(articles(30)) == list(articles(30))


def test_some_articles_are_in_chinese_and_some_under_embargo() -> None:
    rows = list(articles(30))

    assert [row["language"] for row in rows].count("zh-hans") == 3
    assert [row["published"] > EMBARGO.isoformat() for row in rows].count(True) == 1
    assert len({row["external_id"] for row in rows}) == 30


def test_every_name_in_an_article_is_known() -> None:
    people, organizations = map(set, made_up_names())

    for row in articles(30):
        assert set(row["people"]) <= people
        assert set(row["organizations"]) <= organizations
