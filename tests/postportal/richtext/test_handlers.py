import pytest

from postportal.richtext.handlers import addresses_in


@pytest.mark.parametrize(
    ("html", "addresses"),
    [
        ("", set()),
        ('<p><a href="/about/">About</a> <a href="/about/#history">History</a></p>', {"/about/"}),
        ('<p><a href="/news/?page=2&amp;x=1">Next</a></p>', {"/news/"}),
        ('<p><a href="https://example.org/about/">Elsewhere</a> <a href="tel:11185">Call</a></p>', set()),
        ('<p>In a text: href="/about/"</p>', set()),
        ('<table><tr><td><strong><a href="/a/">A</a></strong></td></tr></table>', {"/a/"}),
        (f'<p><a href="/{"x" * 500}/">Too long to be an address of ours</a></p>', set()),
    ],
)
def test_addresses_on_this_site_are_found_once(html: str, addresses: set[str]) -> None:
    assert addresses_in(html) == addresses
