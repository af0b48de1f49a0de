import datetime
import django.db.models.deletion
import postportal.web.date_fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('services', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Capture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(blank=True, max_length=255, verbose_name='old host')),
                ('path', models.CharField(blank=True, max_length=1000, verbose_name='old path')),
                ('file_name', models.CharField(max_length=255, verbose_name='file')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='SHA-256 of the file')),
                ('raw_text', models.TextField(verbose_name='captured text')),
                ('kind', models.CharField(choices=[('news', 'News'), ('message', 'Message'), ('stamp', 'Stamp issue'), ('stamp-year-list', 'Stamp programme'), ('topic', 'Topic'), ('page', 'Page')], max_length=16, verbose_name='kind')),
                ('findings', models.TextField(blank=True, verbose_name='findings')),
                ('object_id', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='item')),
                ('fingerprint', models.CharField(blank=True, editable=False, max_length=64)),
                ('captured_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), null=True, verbose_name='file date')),
                ('first_imported_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='first imported at')),
                ('imported_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='last imported at')),
                ('content_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='contenttypes.contenttype', verbose_name='item type', db_index=False)),
            ],
            options={
                'verbose_name': 'captured page',
                'verbose_name_plural': 'captured pages',
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='capture_item'), models.Index(fields=['-imported_at', '-id'], name='capture_newest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('path', ''), _negated=True), fields=('host', 'path'), name='capture_url_unique', violation_error_message='This URL has already been captured.'), models.UniqueConstraint(condition=models.Q(('path', '')), fields=('sha256',), name='capture_text_unique', violation_error_message='This text has already been captured.')],
            },
        ),
        migrations.CreateModel(
            name='ListEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=320, unique=True, verbose_name='key')),
                ('lacking', models.CharField(blank=True, choices=[('title', 'The end of the title is missing.'), ('number', 'The serial number is missing.')], max_length=6, verbose_name='lacking')),
                ('host', models.CharField(blank=True, max_length=255, verbose_name='old host')),
                ('path', models.CharField(blank=True, max_length=1000, verbose_name='old path')),
                ('fingerprint', models.CharField(blank=True, editable=False, max_length=64)),
                ('issue', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='services.stampissue', verbose_name='stamp issue')),
            ],
            options={
                'verbose_name': 'entry of a stamp list',
                'verbose_name_plural': 'entries of stamp lists',
            },
        ),
    ]
