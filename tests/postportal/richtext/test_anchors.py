import re

import pytest
from hypothesis import given

from postportal.richtext.sanitize import clean_html
from tests.postportal.richtext.markup import MARKUP


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ('<h2 id="fees">Fees</h2><a href="#fees">x</a>', '<h2 id="s-fees">Fees</h2>\n<p><a href="#s-fees">x</a></p>'),
        ('<a name="fees"></a><h2>Fees</h2>', '<h2 id="s-fees">Fees</h2>'),
        (
            '<h2><a name="a b">Fees</a></h2><a href="#a%20b">x</a>',
            '<h2 id="s-a-b">Fees</h2>\n<p><a href="#s-a-b">x</a></p>',
        ),
        ('<p id="junk">a</p>', "<p>a</p>"),
        ('<p id="n">a</p><a href="#n">x</a>', '<p id="s-n">a</p>\n<p><a href="#s-n">x</a></p>'),
        (
            '<p id="n">a</p><p id="n">b</p><a href="#n">x</a>',
            '<p id="s-n">a</p>\n<p>b</p>\n<p><a href="#s-n">x</a></p>',
        ),
        ('<a href="#nowhere">x</a>', '<p><a href="#nowhere">x</a></p>'),
        ('<div id="n"><p>a</p></div><a href="#n">x</a>', '<p id="s-n">a</p>\n<p><a href="#s-n">x</a></p>'),
        (
            '<p>a<a href="#_ftn1" name="_ftnref1">[1]</a></p><p><a href="#_ftnref1" name="_ftn1">[1]</a> b</p>',
            '<p>a<a id="s-_ftnref1" href="#s-_ftn1">[1]</a></p>\n<p><a id="s-_ftn1" href="#s-_ftnref1">[1]</a> b</p>',
        ),
        (
            '<sup id="r:1"><a href="#n:1">1</a></sup><p id="n:1">a <a href="#r:1">b</a></p>',
            '<p><sup><a id="s-r-1"></a><a href="#s-n-1">1</a></sup></p>\n<p id="s-n-1">a <a href="#s-r-1">b</a></p>',
        ),
        (
            '<a href="/x" id="n"><i>a</i> <b id="s-m">b</b></a>',
            '<p id="s-m"><a id="s-n" href="/x"><em>a</em> <strong>b</strong></a></p>',
        ),
        ('<a href="#n"><br id="n">a</a>', '<p><a id="s-n" href="#s-n"><br>a</a></p>'),
        ('<p>a <a href="#n"><abbr id="n"></abbr></a></p>', '<p>a <a id="s-n"></a></p>'),
        (
            '<a id="n" href="/x"><pre>a</pre>b</a>',
            '<pre><a id="s-n" href="/x">a</a></pre>\n<p><a href="/x">b</a></p>',
        ),
        ('<p>a</p><a name="end"></a>', '<p id="s-end">a</p>'),
    ],
)
def test_links_within_the_text_lead_somewhere(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean


def test_id_stays_when_the_heading_is_corrected() -> None:
    first = clean_html("<h2>Opning hours</h2>")

    assert clean_html(first.replace("Opning", "Opening")) == '<h2 id="s-opning-hours">Opening hours</h2>'


def test_copy_of_a_heading_gets_an_id_of_its_own() -> None:
    assert clean_html('<h2 id="s-a">A</h2><h2 id="s-a">B</h2>') == '<h2 id="s-a">A</h2>\n<h2 id="s-b">B</h2>'


@given(MARKUP)
def test_ids_are_unique(dirty: str) -> None:
    ids = re.findall(r'<[^<>]* id="([^"]*)"', clean_html(dirty))

    assert len(ids) == len(set(ids))
