"""Pictures of the fault tests."""

import io

from benchmarks.faults.pictures import is_intact, random_png


def test_truncated_picture_is_not_intact() -> None:
    picture = random_png()

    assert is_intact(io.BytesIO(picture))
    assert not is_intact(io.BytesIO(picture[: len(picture) // 2]))
