import pytest

from news.imports.shortcodes import replace_shortcodes, strip_shortcodes

IMG = '<img src="a.jpg" alt="Van">'


@pytest.mark.parametrize(
    ("text", "html", "left_out"),
    [
        ("No codes.", "No codes.", {}),
        ('One [gallery ids="1,2" size="large"] two', "One  two", {"gallery": 1}),
        ("[gallery]", "", {"gallery": 1}),
        ("[GALLERY /]", "", {"gallery": 1}),
        (
            f'[caption id="a" align="alignnone" width="300"]{IMG} A van &amp; a hill[/caption]',
            f"<figure>{IMG}<figcaption>A van &amp; a hill</figcaption></figure>",
            {},
        ),
        (
            f'[caption width="300" caption="Old &quot;way&quot;"]<a href="/x">{IMG}</a>[/caption]',
            f'<figure><a href="/x">{IMG}</a><figcaption>Old &amp;quot;way&amp;quot;</figcaption></figure>',
            {},
        ),
        ("[caption]words[/caption]", "words", {}),
        (
            "[embed width='9']https://v.example/?a=1&b=2[/embed]",
            '<p><a href="https://v.example/?a=1&amp;b=2">https://v.example/?a=1&amp;b=2</a></p>',
            {},
        ),
        ("[embed]javascript:alert(1)[/embed]", "javascript:alert(1)", {}),
        ('[audio mp3="a.mp3"][/audio] [video src="b.mp4"] [playlist ids="3"]', "  ", {"audio": 2, "video": 1}),
        ('[contact-form-7 id="3" title="Write"]', "", {"shortcode": 1}),
        ('[vc_row][vc_column width="1/2"]Words stay.[/vc_column][/vc_row]', "Words stay.", {"shortcode": 2}),
        ("[box]Inside[/box]", "Inside", {"shortcode": 1}),
        # Editors' brackets are words.
        ("He was [sic] “[re-elected]” [1] [Photo: Li Na]", "He was [sic] “[re-elected]” [1] [Photo: Li Na]", {}),
        ("Type [[gallery]] to get one.", "Type [gallery] to get one.", {}),
        ("[caption]never closed", "never closed", {}),
    ],
)
def test_shortcodes_become_what_they_mean_or_are_counted(text: str, html: str, left_out: dict[str, int]) -> None:
    assert replace_shortcodes(text) == (html, left_out)


def test_line_of_text_loses_its_shortcodes() -> None:
    assert strip_shortcodes("Mail [sic] [gallery ids='1'] moves") == "Mail [sic]  moves"


@pytest.mark.parametrize("piece", ["[", "[caption]", "[caption ", '[a b="', "[[", "[a b ", "[/", "[embed][caption]"])
def test_hostile_text_takes_no_longer_than_any_other(piece: str) -> None:
    # In quadratic time, this would take hours.
    text, _left_out = replace_shortcodes(piece * 100_000)

    assert len(text) <= len(piece) * 100_000
