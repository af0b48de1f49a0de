"""Reasons against publication that name the field in which they are settled."""

from typing import Self


class Missing(str):
    """A sentence for editors, with the form field it is about."""

    __slots__ = ("field",)
    field: str

    def __new__(cls, text: object, *, field: str) -> Self:
        sentence = super().__new__(cls, text)
        sentence.field = field
        return sentence
