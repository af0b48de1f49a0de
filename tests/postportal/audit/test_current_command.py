"""The name of the running command."""

from contextlib import suppress

from postportal.audit.current_command import current_command, running_command


def test_name_is_known_while_the_command_runs_and_forgotten_after_an_error() -> None:
    with suppress(ValueError), running_command("import_register"):
        assert current_command.get() == "import_register"
        raise ValueError
    assert current_command.get() == ""
