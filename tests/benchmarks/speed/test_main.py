"""The whole with thirty articles, and the parts that a figure hangs on."""

import itertools
import re
import subprocess
import sys

import pytest

from benchmarks.speed.articles import EMBARGO, articles
from benchmarks.speed.measurement import Timing
from benchmarks.speed.reader_requests import RequestGenerator

ARTICLES = [("One two", "/news/1/", "one two three four five six seven eight nine ten eleven twelve " * 3)]


@pytest.mark.once
def test_bench_measures_every_part_of_a_small_portal() -> None:
    command = [
        sys.executable,
        "-m",
        "benchmarks.speed",
        "--articles",
        "30",
        "--requests",
        "3",
        "--plans",
        "--copies",
        "2",
    ]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)

    assert done.returncode == 0, done.stderr
    lines = dict(re.findall(r"(?m)^([a-z][a-z0-9-]*) {2,}(.*)$", done.stdout))
    assert set(lines) >= {"import", "index", "short", "long", "page-2", "suggestions", "article", "list", "rebuild"}
    assert lines["index"].endswith(" 60 articles")
    assert lines["short"].endswith("3 requests")
    assert lines["article"].endswith("3 requests")
    assert "article_publish_at" in done.stdout


def test_archive_is_the_same_every_time_and_has_what_readers_may_not_see() -> None:
    found = list(articles(30))

    assert found == list(articles(30))
    assert [each["language"] for each in found].count("zh-hans") == 3
    assert [each["published"] > EMBARGO.isoformat() for each in found].count(True) == 1
    assert len({each["external_id"] for each in found}) == 30


@pytest.mark.parametrize("kind", ["short", "long", "second_page", "suggestions"])
def test_no_question_comes_twice(kind: str) -> None:
    questions = RequestGenerator(ARTICLES, seed=1)

    asked = list(itertools.islice(getattr(questions, kind)(), 40))

    assert len(set(asked)) == 40


def test_what_is_not_built_is_said_with_a_word() -> None:
    assert Timing("suggestions", failures={404: 1}).summary() == "suggestions             not there: 1 × 404"


def test_figures_say_how_many_requests_they_come_from() -> None:
    line = Timing("short", milliseconds=[float(number) for number in range(1, 101)], failures={500: 2}).summary()

    assert line.endswith("p50    50.0 ms   p95    95.0 ms   p99    99.0 ms   100 requests, 2 × 500")
