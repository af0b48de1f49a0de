import pytest
from django.core.exceptions import ValidationError

from services.models.stamp_positions import has_position, validate_positions


@pytest.mark.parametrize(
    ("text", "positions"), [("", []), ("1", [1]), ("1, 3-4", [1, 3, 4]), ("2–3，5", [2, 3, 5]), ("4-2", [])]
)
def test_text_names_positions(text: str, positions: list[int]) -> None:
    assert [position for position in range(1, 7) if has_position(text, position)] == positions


@pytest.mark.parametrize("text", ["first", "1,", "1 3", "1-2-3"])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        validate_positions(text)
