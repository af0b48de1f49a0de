import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from postportal.web.xml_text import strip_invalid_xml


def test_controls_and_lone_surrogates_are_removed() -> None:
    assert strip_invalid_xml("a\x00b\x0bc\ud800d\ufffee") == "abcde"


def test_line_breaks_and_every_script_stay() -> None:
    assert strip_invalid_xml("Post\n\t邮政 📮") == "Post\n\t邮政 📮"


@given(st.text())
def test_remaining_text_can_be_written_as_xml(typed: str) -> None:
    element = ET.Element("title")
    element.text = strip_invalid_xml(typed).replace("\r", "")

    assert ET.fromstring(ET.tostring(element)).text == (element.text or None)
