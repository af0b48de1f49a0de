from typing import Any

from django.db import migrations

from postportal.roles import create_roles


def forwards(apps: Any, schema_editor: Any) -> None:
    create_roles(apps)


class Migration(migrations.Migration):
    dependencies = [("postportal", "0003_releases"), ("search", "0003_guidance")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
