from postportal.richtext.sanitize import clean_html

_BODY = (
    "<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1>"
    "<p class=MsoFootnoteText><a href='#_ftnref1' name='_ftn1'>[1]</a> A note.</p></div></div>"
)


def test_note_of_word_gets_a_free_number_beside_those_of_the_text() -> None:
    own = (
        '<p>a<a href="#s-fn-1"><sup>1</sup></a></p>'
        '<ol class="notes"><li id="s-fn-1">own <a href="#s-fnref-1">↩</a></li></ol>'
    )
    pasted = f"<p class=MsoNormal>b<a href='#_ftn1' name='_ftnref1'>[1]</a></p>{_BODY}"

    assert clean_html(own + pasted) == (
        '<p>a<a id="s-fnref-1" href="#s-fn-1"><sup>1</sup></a></p>\n'
        '<p>b<a id="s-fnref-2" href="#s-fn-2"><sup>2</sup></a></p>\n'
        '<ol class="notes"><li id="s-fn-1">own <a href="#s-fnref-1" aria-label="Back to the text">↩</a></li>'
        '<li id="s-fn-2">A note. <a href="#s-fnref-2" aria-label="Back to the text">↩</a></li></ol>'
    )


def test_link_to_a_heading_is_no_note() -> None:
    html = "<p class=MsoToc1><a href='#_Toc1'>Letters</a></p><h2><a name='_Toc1'></a>Letters</h2>"

    assert clean_html(html) == '<p>Letters</p>\n<h2 id="s-letters">Letters</h2>'


def test_words_that_lead_to_each_other_stay() -> None:
    html = "<p class=MsoNormal><a href='#b' name=a>See below</a></p><p><a href='#a' name=b>See above</a></p>"

    assert clean_html(html) == "<p>See below</p>\n<p>See above</p>"
