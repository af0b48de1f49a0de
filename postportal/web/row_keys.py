"""Keys of rows as requests send them."""


def is_row_key(text: str) -> bool:
    """Return True for a whole number that every database takes for a primary key; other text would raise there."""
    return text.isascii() and text.isdigit() and len(text) <= 18
