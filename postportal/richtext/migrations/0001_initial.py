import datetime

import django.db.models.deletion
import postportal.web.date_fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='TextLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('path', models.CharField(max_length=500, verbose_name='path')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype', db_index=False)),
            ],
            options={
                'verbose_name': 'text link',
                'verbose_name_plural': 'text links',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'path'), name='text_link_once')],
                'indexes': [models.Index(fields=['path'], name='text_link_to_path')],
            },
        ),
        migrations.CreateModel(
            name='TextPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('stem', models.CharField(max_length=40, verbose_name='file')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype', db_index=False)),
            ],
            options={
                'verbose_name': 'text picture',
                'verbose_name_plural': 'text pictures',
                'default_permissions': (),
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='text_picture_of_row')],
                'constraints': [models.UniqueConstraint(fields=('stem', 'content_type', 'object_id'), name='text_picture_once')],
            },
        ),
        migrations.CreateModel(
            name='ExternalLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=500, unique=True, verbose_name='URL')),
                ('outcome', models.CharField(choices=[('works', 'works'), ('moved', 'has moved'), ('error', 'answers with an error'), ('no answer', 'does not answer'), ('unknown', 'cannot be checked')], max_length=10, verbose_name='outcome')),
                ('status', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='HTTP status')),
                ('new_url', models.CharField(blank=True, max_length=500, verbose_name='new URL')),
                ('checked_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='checked')),
            ],
            options={
                'verbose_name': 'link to another site',
                'verbose_name_plural': 'links to other sites',
                'default_permissions': (),
            },
        ),
    ]
