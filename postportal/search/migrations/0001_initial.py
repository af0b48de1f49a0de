import datetime
import postportal.search.models.comma_separated_field
import postportal.search.models.index
import postportal.web.date_fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='IndexBlock',
            fields=[
                ('number', models.IntegerField(primary_key=True, serialize=False)),
                ('version', models.BigIntegerField()),
                ('entries', models.BinaryField()),
                ('facets', models.BinaryField()),
            ],
            options={
                'verbose_name': 'index block',
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('pk', models.CompositePrimaryKey('term', 'block', blank=True, editable=False, primary_key=True, serialize=False)),
                ('term', models.CharField(max_length=80)),
                ('block', models.IntegerField()),
                ('entries', models.BinaryField()),
                ('places', models.BinaryField()),
            ],
            options={
                'verbose_name': 'posting',
            },
        ),
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', postportal.search.models.comma_separated_field.CommaSeparatedField(error_messages={'unique': 'There is already an entry with these words.'}, help_text='Words or phrases with the same meaning, separated by commas: parcel, package, 包裹', max_length=300, unique=True, verbose_name='words')),
                ('is_one_way', models.BooleanField(default=False, help_text='A search for the first word also finds the others, but not the reverse. Use this if the first word has a wider meaning.', verbose_name='one-way')),
            ],
            options={
                'verbose_name': 'synonym',
                'verbose_name_plural': 'synonyms',
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('text', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('titles', models.PositiveIntegerField(default=0)),
                ('version', models.BigIntegerField(db_index=True, default=0)),
            ],
            options={
                'verbose_name': 'word',
            },
        ),
        migrations.CreateModel(
            name='WriteLock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('locked_at', postportal.web.date_fields.RangedDateTimeField(auto_now=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)))),
                ('words_epoch', models.BigIntegerField(default=postportal.search.models.index.new_epoch)),
                ('words_version', models.BigIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'write lock',
            },
        ),
        migrations.CreateModel(
            name='IndexEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('object_id', models.BigIntegerField()),
                ('fingerprint', models.CharField(max_length=32)),
                ('terms', models.BinaryField(default=b'')),
            ],
            options={
                'verbose_name': 'index entry',
                'verbose_name_plural': 'index entries',
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='search_index_entry_unique')],
            },
        ),
        migrations.CreateModel(
            name='PinnedResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('queries', postportal.search.models.comma_separated_field.CommaSeparatedField(help_text='Complete queries, separated by commas, in any word order: track parcel, where is my parcel', max_length=500, verbose_name='queries')),
                ('query_terms', models.TextField(editable=False)),
                ('kind', models.CharField(max_length=40, verbose_name='type of result')),
                ('object_id', models.PositiveBigIntegerField(verbose_name='result')),
                ('order', models.PositiveSmallIntegerField(default=10, verbose_name='order')),
            ],
            options={
                'verbose_name': 'pinned result',
                'verbose_name_plural': 'pinned results',
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='search_pinned_once', violation_error_message='This result is already pinned. Add the query to the existing entry.')],
            },
        ),
        migrations.CreateModel(
            name='SitePage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('route', models.CharField(max_length=60)),
                ('number', models.BigIntegerField(default=0)),
                ('language', models.CharField(max_length=10)),
                ('title', models.CharField(max_length=300)),
                ('names', models.TextField(blank=True)),
                ('lead', models.TextField(blank=True)),
                ('path', models.CharField(max_length=300)),
            ],
            options={
                'verbose_name': 'site page',
                'constraints': [models.UniqueConstraint(fields=('route', 'number', 'language'), name='search_site_page_once')],
            },
        ),
        migrations.CreateModel(
            name='ZeroResultSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=60, verbose_name='search text')),
                ('language', models.CharField(max_length=10, verbose_name='language')),
                ('day', postportal.web.date_fields.RangedDateField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), db_index=True, verbose_name='day')),
                ('times', models.PositiveIntegerField(default=1, verbose_name='searches')),
            ],
            options={
                'verbose_name': 'search without results',
                'verbose_name_plural': 'searches without results',
                'constraints': [models.UniqueConstraint(fields=('text', 'language', 'day'), name='search_zero_result_once_a_day')],
            },
        ),
    ]
