import pytest

from benchmarks.servers.__main__ import COLUMNS, main


def test_every_measurement_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])

    text = capsys.readouterr().out
    assert len(COLUMNS) == 6
    assert all(word in text for word in ("gunicorn", "granian", "memory", "200 clients", "SIGHUP", "--seconds"))
