import datetime
import postportal.audit.actions
import postportal.web.date_fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name='number')),
                ('at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), db_index=True, verbose_name='time')),
                ('action', models.CharField(choices=postportal.audit.actions.action_choices, db_index=True, max_length=32, verbose_name='action')),
                ('actor_id', models.BigIntegerField(null=True, verbose_name='account ID')),
                ('actor_name', models.CharField(blank=True, db_index=True, max_length=150, verbose_name='account')),
                ('item_label', models.CharField(blank=True, max_length=100, verbose_name='item type')),
                ('item_key', models.CharField(blank=True, max_length=64, verbose_name='item ID')),
                ('item_name', models.CharField(blank=True, max_length=300, verbose_name='item')),
                ('detail', models.CharField(blank=True, max_length=2000, verbose_name='details')),
                ('address', models.CharField(blank=True, max_length=45, verbose_name='IP address')),
                ('previous_hash', models.CharField(max_length=64, unique=True, verbose_name='previous hash')),
                ('hash', models.CharField(max_length=64, unique=True, verbose_name='hash')),
            ],
            options={
                'verbose_name': 'audit log entry',
                'verbose_name_plural': 'audit log entries',
                'default_permissions': (),
                'indexes': [models.Index(fields=['item_label', 'item_key'], name='audit_item')],
            },
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('number', models.PositiveBigIntegerField(default=0, verbose_name='number')),
                ('hash', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64, verbose_name='hash')),
            ],
            options={
                'verbose_name': 'head of the audit log',
                'verbose_name_plural': 'head of the audit log',
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='audit_one_head')],
            },
        ),
    ]
