import itertools

import pytest

from benchmarks.speed.reader_requests import RequestGenerator

ARTICLES = [("One two", "/news/1/", "one two three four five six seven eight nine ten eleven twelve " * 3)]


@pytest.mark.parametrize("kind", ["short", "long", "second_page", "suggestions"])
def test_no_search_is_repeated(kind: str) -> None:
    generator = RequestGenerator(ARTICLES, seed=1)

    urls = list(itertools.islice(getattr(generator, kind)(), 40))

    assert len(set(urls)) == 40


@pytest.mark.parametrize(("kind", "fewest", "most"), [("short", 1, 3), ("long", 8, 12), ("second_page", 2, 3)])
def test_search_has_so_many_words(kind: str, fewest: int, most: int) -> None:
    urls = itertools.islice(getattr(RequestGenerator(ARTICLES, seed=2), kind)(), 20)

    counts = {url.count("+") + 1 for url in urls}

    assert fewest <= min(counts) <= max(counts) <= most


def test_pages_are_those_of_the_sample() -> None:
    generator = RequestGenerator(ARTICLES, seed=1)

    assert list(generator.pages()) == ["/news/1/"]
    assert next(generator.lists()) == "/news/?page=1"
