#!/usr/bin/env python3
import os
import sys

from postportal.audit.current_command import running_command


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postportal.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit("Django is not installed here. Run “make install” first.") from error
    with running_command(sys.argv[1] if len(sys.argv) > 1 else ""):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
