"""The triggers that let the log only grow, and the row that its writers lock.

Django's migrations know no triggers, and they differ between SQLite and PostgreSQL, so they cannot be part of the initial
migration. The row of Head has to be there before the first entry: writers lock it to take turns. The statements are
those of `postportal.audit.triggers`, which tests take off and put on again, so that there is one text of them; a
migration that changes them removes the old ones and installs the new.
"""

from typing import Any

from django.db import migrations

from postportal.audit import triggers


def forwards(apps: Any, schema_editor: Any) -> None:
    apps.get_model("audit", "Head").objects.using(schema_editor.connection.alias).get_or_create(pk=1)
    triggers.install(schema_editor.connection)


def backwards(apps: Any, schema_editor: Any) -> None:
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
