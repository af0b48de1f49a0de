from typing import Any

from django.db import migrations

from postportal.roles import create_roles


def forwards(apps: Any, schema_editor: Any) -> None:
    create_roles(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("images", "0001_initial"),
        ("pages", "0001_initial"),
        ("news", "0001_initial"),
        ("services", "0001_initial"),
        ("legacy", "0001_initial"),
    ]

    # The groups stay: accounts may be in them.
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
