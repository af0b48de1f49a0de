import pytest

from postportal.richtext.sanitize import clean_html


@pytest.mark.parametrize(
    "part",
    [
        "<del cite='mailto:Mei' datetime='2026-02-03'>no</del>",
        "<span class=msoDel>no</span>",
        "<a href='#_msocom_1' class=MsoCommentReference>no</a>",
        "<div style='mso-element:comment-list'><p>no</p></div>",
        "<span style='mso-hide:all'>no</span>",
        "<span hidden>no</span>",
        "<xml><w:View>no</w:View></xml>",
        "<!--[if gte mso 9]><xml>no</xml><![endif]-->",
    ],
)
def test_what_readers_of_the_document_do_not_see_goes(part: str) -> None:
    assert clean_html(f"<p class=MsoNormal>before {part}after<o:p></o:p></p>").replace("</p>\n<p>", "") in {
        "<p>before after</p>",
        "<p>beforeafter</p>",
    }


def test_tracked_insertion_and_own_deletion_stay() -> None:
    html = "<p class=MsoNormal><ins cite='mailto:Mei' datetime='2026-02-03'>new</ins> <del>old</del> <ins>now</ins></p>"

    assert clean_html(html) == "<p>new <del>old</del> <ins>now</ins></p>"
