import pytest

from postportal.richtext.programs.links import clean_link

PAGE = "https://www.upu.int/en/news"


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://www.google.com/url?q=https://www.upu.int/en/news%3Futm_source%3Ddocs&sa=D", PAGE),
        ("https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.upu.int%2Fen%2Fnews&data=05", PAGE),
        ("https://urldefense.com/v3/__https://www.upu.int/en/news__;!!x", PAGE),
        (f"{PAGE}?utm_medium=email&id=7#list", f"{PAGE}?id=7#list"),
        (f"{PAGE}#:~:text=letters", PAGE),
        ("https://www.google.com/search?q=mail", "https://www.google.com/search?q=mail"),
        ("/en/news/", "/en/news/"),
        ("hotline:5", "hotline:5"),
        ("#s-fn-1", "#s-fn-1"),
        ("#_Toc1520", ""),
        ("file:///C:/list.docx", ""),
        ("javascript:alert(1)", ""),
        ("https://[broken", "https://[broken"),
    ],
)
def test_link_leads_to_the_page_behind_a_tracker(href: str, kept: str) -> None:
    assert clean_link(href) == kept
