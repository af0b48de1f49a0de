"""Texts show the current files of their pictures, without a change of the stored text."""

import pytest
from pytest_django import DjangoAssertNumQueries

from postportal.images.handlers import build_renditions
from postportal.images.models import Image
from postportal.richtext.current_pictures import fill_pictures
from postportal.richtext.sanitize import clean_html
from tests.factories import images

pytestmark = pytest.mark.django_db


def replaced() -> tuple[str, Image]:
    """Return the stem of the first file, and the picture with its second one."""
    image = images.image(file=images.upload(size=(40, 30)))
    first = image.stem
    image.file = images.upload(size=(90, 60))
    image.save()
    build_renditions("images.image", image.pk)
    image.refresh_from_db()
    return first, image


def test_alternative_text_and_link_of_the_text_stay() -> None:
    first, image = replaced()
    html = clean_html(
        f'<figure><a href="/media/{first}.png"><img src="/media/{first}-40.webp" srcset="/media/{first}-40.webp 40w"'
        f' alt="A &lt;b&gt; van" width="40" height="30"></a><figcaption>By rail</figcaption></figure>'
    )

    [shown] = fill_pictures([html])

    source = image.sources("wide")[-1]
    assert first not in shown
    assert f'<a href="{source.url}">' in shown
    assert f'srcset="{source.url} 90w"' in shown
    assert 'alt="A &lt;b&gt; van"' in shown
    assert ('width="90"' in shown, shown.count("width="), shown.count("src=")) == (True, 1, 1)
    # Nothing that cleaning would remove: only the order of attributes differs.
    assert len(clean_html(shown)) == len(shown)


def test_text_with_current_pictures_is_left_as_it_is() -> None:
    _first, image = replaced()
    html = f'<figure><img src="/media/{image.file.name}" alt=""></figure><p><a href="/media/x">x</a></p>'
    assert fill_pictures([html]) == [html]


def test_unknown_pictures_are_left_as_they_are() -> None:
    html = f'<figure><img src="/media/images/00/{"0" * 24}.png" alt=""></figure>'
    assert fill_pictures([html]) == [html]


def test_texts_take_one_query_for_all_current_pictures(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    texts = [f'<figure><img src="/media/{images.image().file.name}" alt=""></figure>' for _number in range(4)]

    with django_assert_num_queries(1):
        fill_pictures(texts * 3)
    with django_assert_num_queries(0):
        fill_pictures(["<p>No picture</p>"])
