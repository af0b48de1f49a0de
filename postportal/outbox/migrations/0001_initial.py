import datetime
import postportal.web.date_fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='OutboxEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model_label', models.CharField(max_length=100, verbose_name='model')),
                ('object_id', models.BigIntegerField(verbose_name='object')),
                ('created_at', postportal.web.date_fields.RangedDateTimeField(auto_now_add=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='created at')),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='attempts')),
                ('last_error', models.TextField(blank=True, verbose_name='last error')),
            ],
            options={
                'verbose_name': 'outbox event',
                'verbose_name_plural': 'outbox events',
                'indexes': [models.Index(fields=['model_label', 'object_id'], name='outbox_object')],
            },
        ),
    ]
