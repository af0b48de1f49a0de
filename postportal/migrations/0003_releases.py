from typing import Any

from django.db import migrations

from postportal.roles import create_roles


def forwards(apps: Any, schema_editor: Any) -> None:
    create_roles(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("postportal", "0002_control"),
        ("pages", "0004_releases"),
        ("news", "0003_releases"),
        ("services", "0004_releases"),
        ("publishing", "0006_releases"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
