from typing import Any

from django.db import migrations

from postportal.roles import create_roles


def forwards(apps: Any, schema_editor: Any) -> None:
    create_roles(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("postportal", "0001_roles"),
        ("pages", "0002_editions"),
        ("news", "0002_editions"),
        ("services", "0002_editions"),
        ("publishing", "0001_initial"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
