import json

import pytest

from benchmarks.speed import database_tasks
from news.models import Organization, Person
from postportal.publishing.models import State
from tests.factories import news

pytestmark = pytest.mark.django_db


def test_named_rows_are_those_of_the_articles() -> None:
    database_tasks.create_named_rows()

    people, organizations = database_tasks.made_up_names()
    assert set(Person.objects.values_list("name", flat=True)) == set(people)
    assert set(Organization.objects.values_list("name", flat=True)) == set(organizations)


def test_size_has_the_keys_that_the_benchmark_prints() -> None:
    news.article()

    size = database_tasks.database_size()

    assert size["articles"] == 1
    assert 0 < size["index"] < size["whole"]


def test_sample_only_has_public_english_articles() -> None:
    article = news.article("Copper line", body="<p>By night</p>")
    news.article("Draft", state=State.DRAFT)
    news.article("邮政", language="zh-hans")

    sample = database_tasks.sample_articles()

    assert json.loads(json.dumps(sample)) == [["Copper line", article.get_absolute_url(), "By night"]]


def test_plans_have_a_text_for_each_query() -> None:
    plans = database_tasks.explain_queries()

    assert {"versions of blocks", "postings of three terms", "articles on the page", "news list"} <= set(plans)
    assert "article" in plans["news list"]
