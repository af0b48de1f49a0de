import pytest

from postportal.richtext.allowed_html import _ATTRIBUTE_CHECKS, IMAGE_SIZES, clean_attribute, is_local_image

# A valid and an invalid value of each attribute with a check.
VALUES = {
    "href": ("/about/", "javascript:x"),
    "src": ("/media/a.webp", "https://elsewhere.example/a.webp"),
    "srcset": ("/media/a.webp 480w, /media/b.webp 800w", "/media/a.webp 1x"),
    "sizes": (IMAGE_SIZES, "100vw"),
    "rel": ("noopener", "opener"),
    "lang": ("zh-Hans", "x"),
    "dir": ("rtl", "up"),
    "scope": ("col", "cell"),
    "loading": ("lazy", "eager"),
    "decoding": ("async", "sync"),
    "role": ("region", "banner"),
    "tabindex": ("0", "1"),
    "id": ("s-prices", "prices"),
    "width": ("800", "0"),
    "height": ("20000", "20001"),
    "colspan": ("2", "1"),
    "rowspan": ("500", "1"),
    "start": ("-1", "x"),
    "type": ("a", "disc"),
    "value": ("5", "5.0"),
    "data-part": ("foot", "body"),
}


def test_every_check_has_values() -> None:
    assert set(VALUES) == set(_ATTRIBUTE_CHECKS) - {"reversed"}


@pytest.mark.parametrize("name", VALUES)
def test_attribute_is_kept_only_with_a_valid_value(name: str) -> None:
    valid, invalid = VALUES[name]

    assert clean_attribute("p", name, f" {valid} ") == valid
    assert clean_attribute("p", name, invalid) is None


def test_attribute_without_a_check_is_kept() -> None:
    assert clean_attribute("abbr", "title", "Universal Postal Union") == "Universal Postal Union"


@pytest.mark.parametrize(
    ("tag", "value", "expected"),
    [("div", "warning inset", "inset"), ("div", "warning", None), ("p", "inset", None), ("td", "r r", "r")],
)
def test_only_the_classes_of_the_tag_are_kept(tag: str, value: str, expected: str | None) -> None:
    assert clean_attribute(tag, "class", value) == expected


@pytest.mark.parametrize("url", ["https://media.example/a.webp", "//media.example/a.webp", "a.webp"])
def test_picture_of_another_site_is_not_local(url: str) -> None:
    assert not is_local_image(url)
