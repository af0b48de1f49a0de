import json
import subprocess
import sys

from benchmarks.generate_articles import articles, names_in_articles


def test_seed_decides_the_articles() -> None:
    first, again, other = (list(articles(5, seed=seed, html=True)) for seed in (1, 1, 2))

    assert first == again
    assert first != other


def test_articles_name_known_people_and_organizations() -> None:
    people, organizations = names_in_articles(seed=3)

    for article in articles(5, seed=3, html=False):
        assert set(article["people"]) <= set(people)
        assert set(article["organizations"]) <= set(organizations)
        assert "<p>" not in article["body"]


def test_script_writes_a_line_for_each_article() -> None:
    command = [sys.executable, "benchmarks/generate_articles.py", "3", "--seed", "2", "--plain"]

    output = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout

    assert [json.loads(line) for line in output.splitlines()] == list(articles(3, seed=2, html=False))
