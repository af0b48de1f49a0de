import datetime
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import news.models.no_overlap
import postportal.richtext.fields
import postportal.text.fields
import postportal.web.date_fields
import postportal.web.slug_fields
import taggit.managers
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('images', '0001_initial'),
        ('publishing', '0001_initial'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
    ]

    operations = [
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('name_zh', models.CharField(blank=True, max_length=80, verbose_name='name in Chinese')),
                ('folded_name', postportal.text.fields.FoldedField(of='name')),
                ('folded_name_zh', postportal.text.fields.FoldedField(of='name_zh')),
                ('slug', postportal.web.slug_fields.SlugField(blank=True, help_text='Last part of the page URL. Leave blank to create it from the name.', max_length=80, unique=True, verbose_name='URL')),
                ('description', models.CharField(blank=True, max_length=300, verbose_name='description')),
                ('description_zh', models.CharField(blank=True, max_length=300, verbose_name='description in Chinese')),
                ('order', models.PositiveSmallIntegerField(default=10, verbose_name='order')),
            ],
            options={
                'verbose_name': 'section',
                'verbose_name_plural': 'sections',
            },
        ),
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('expire_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1600, 1, 1), datetime.date(2999, 12, 31)), help_text='Hidden from readers from this time on. Usually left blank.', is_end=True, null=True, verbose_name='public until', years_ahead=10)),
                ('publish_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1600, 1, 1), datetime.date(2999, 12, 31)), db_index=True, default=django.utils.timezone.now, help_text='Hidden from readers until this time. Choose a future time for an embargo. Leave blank to hide the item until you enter a time or a release publishes it.', null=True, verbose_name='public from', years_ahead=1)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('name_zh', models.CharField(blank=True, max_length=120, verbose_name='name in Chinese')),
                ('abbreviation', models.CharField(blank=True, max_length=20, verbose_name='abbreviation')),
                ('folded_name', postportal.text.fields.FoldedField(of='name')),
                ('folded_name_zh', postportal.text.fields.FoldedField(of='name_zh')),
                ('folded_abbreviation', postportal.text.fields.FoldedField(of='abbreviation')),
                ('sort_key', models.CharField(editable=False, max_length=400)),
                ('slug', postportal.web.slug_fields.SlugField(blank=True, help_text='Last part of the page URL. Leave blank to create it from the name.', max_length=140, unique=True, verbose_name='URL')),
                ('kind', models.CharField(choices=[('operator', 'Postal operator'), ('regulator', 'Regulator or ministry'), ('international', 'International body'), ('branch', 'Branch or department'), ('company', 'Company'), ('printer', 'Stamp printer'), ('culture', 'Museum or society'), ('other', 'Other')], default='other', max_length=14, verbose_name='kind')),
                ('founded_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), null=True, verbose_name='founded on', years_ahead=1)),
                ('founded_precision', models.CharField(choices=[('day', 'to the day'), ('month', 'to the month'), ('year', 'to the year')], default='day', max_length=5, verbose_name='founding date precision')),
                ('dissolved_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), is_end=True, null=True, verbose_name='dissolved on', years_ahead=10)),
                ('dissolved_precision', models.CharField(choices=[('day', 'to the day'), ('month', 'to the month'), ('year', 'to the year')], default='day', max_length=5, verbose_name='dissolution date precision')),
                ('description', postportal.richtext.fields.RichTextField(blank=True, verbose_name='description')),
                ('description_text', models.TextField(blank=True, editable=False)),
                ('website', models.URLField(blank=True, max_length=300, verbose_name='website')),
                ('same_as', models.TextField(blank=True, help_text='URLs of the same organization on other sites (Wikidata, VIAF), one per line.', verbose_name='profile URLs')),
                ('logo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='images.image', verbose_name='logo')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suborganizations', to='news.organization', verbose_name='part of')),
                ('release', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='publishing.release', verbose_name='release')),
                ('ended_before', postportal.web.date_fields.RangedDateField(days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), editable=False, null=True)),
            ],
            options={
                'verbose_name': 'organization',
                'verbose_name_plural': 'organizations',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('expire_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1600, 1, 1), datetime.date(2999, 12, 31)), help_text='Hidden from readers from this time on. Usually left blank.', is_end=True, null=True, verbose_name='public until', years_ahead=10)),
                ('publish_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1600, 1, 1), datetime.date(2999, 12, 31)), db_index=True, default=django.utils.timezone.now, help_text='Hidden from readers until this time. Choose a future time for an embargo. Leave blank to hide the item until you enter a time or a release publishes it.', null=True, verbose_name='public from', years_ahead=1)),
                ('family_name', models.CharField(max_length=80, verbose_name='family name')),
                ('given_name', models.CharField(blank=True, max_length=80, verbose_name='given name')),
                ('name_order', models.CharField(choices=[('family', 'family name first: Liu Aili'), ('given', 'given name first: Paul Graham')], default='family', max_length=6, verbose_name='order of names')),
                ('name', models.CharField(editable=False, max_length=170, verbose_name='name')),
                ('name_zh', models.CharField(blank=True, max_length=40, verbose_name='name in Chinese characters')),
                ('folded_name', postportal.text.fields.FoldedField(of='name')),
                ('folded_name_zh', postportal.text.fields.FoldedField(of='name_zh')),
                ('sort_key', models.CharField(editable=False, max_length=400)),
                ('letter', models.CharField(editable=False, max_length=4, verbose_name='letter')),
                ('slug', postportal.web.slug_fields.SlugField(blank=True, help_text='Last part of the page URL. Leave blank to create it from the name.', max_length=120, unique=True, verbose_name='URL')),
                ('biography', postportal.richtext.fields.RichTextField(blank=True, verbose_name='biography')),
                ('biography_text', models.TextField(blank=True, editable=False)),
                ('same_as', models.TextField(blank=True, help_text='URLs of the same person on other sites (Wikidata, VIAF), one per line.', verbose_name='profile URLs')),
                ('portrait', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='images.image', verbose_name='portrait')),
                ('release', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='publishing.release', verbose_name='release')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'abstract': False,
                'indexes': [models.Index(fields=['sort_key', 'id'], name='person_by_name'), models.Index(fields=['letter', 'sort_key', 'id'], name='person_by_letter')],
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='key')),
                ('label', models.CharField(help_text='Job title without the organization, for example “Deputy Director”.', max_length=120, verbose_name='title')),
                ('label_zh', models.CharField(blank=True, max_length=60, verbose_name='title in Chinese')),
                ('folded_label', postportal.text.fields.FoldedField(of='label')),
                ('folded_label_zh', postportal.text.fields.FoldedField(of='label_zh')),
                ('seats', models.PositiveSmallIntegerField(default=1, help_text='Number of people who can hold the position at the same time.', verbose_name='seats')),
                ('rank', models.PositiveSmallIntegerField(default=10, help_text='Lowest number first.', verbose_name='rank')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='news.organization', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'position',
                'verbose_name_plural': 'positions',
                'ordering': ['organization__name', 'rank', 'label'],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('name_zh', models.CharField(blank=True, max_length=120, verbose_name='name in Chinese')),
                ('folded_name', postportal.text.fields.FoldedField(of='name')),
                ('folded_name_zh', postportal.text.fields.FoldedField(of='name_zh')),
                ('slug', postportal.web.slug_fields.SlugField(blank=True, help_text='Last part of the page URL. Leave blank to create it from the name.', max_length=120, unique=True, verbose_name='URL')),
                ('website', models.URLField(blank=True, max_length=300, verbose_name='website')),
            ],
            options={
                'verbose_name': 'source',
                'verbose_name_plural': 'sources',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='source_name_unique', violation_error_message='A source with this name already exists.')],
            },
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('expire_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1600, 1, 1), datetime.date(2999, 12, 31)), help_text='Hidden from readers from this time on. Usually left blank.', is_end=True, null=True, verbose_name='public until', years_ahead=10)),
                ('publish_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1600, 1, 1), datetime.date(2999, 12, 31)), help_text='Published items are hidden until this time. Leave blank to use the time of first publication.', null=True, verbose_name='publish at', years_ahead=1)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('scheduled', 'Scheduled'), ('published', 'Published'), ('withdrawn', 'Withdrawn'), ('unpublished', 'Unpublished')], default='draft', max_length=12, verbose_name='state')),
                ('withdrawn_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1600, 1, 1), datetime.date(2999, 12, 31)), editable=False, null=True, verbose_name='unpublished at')),
                ('withdrawal_reason', models.CharField(blank=True, help_text='Shown to readers on the page of the withdrawn or unpublished item.', max_length=300, verbose_name='reason for unpublishing')),
                ('changed_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1600, 1, 1), datetime.date(2999, 12, 31)), editable=False, null=True, verbose_name='updated for readers at')),
                ('change_note', models.CharField(blank=True, editable=False, max_length=300, verbose_name='change note')),
                ('correction', models.CharField(blank=True, help_text='State what was wrong and what is correct. Shown to readers in a box.', max_length=500, verbose_name='correction')),
                ('correction_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1600, 1, 1), datetime.date(2999, 12, 31)), null=True, verbose_name='corrected on', years_ahead=0)),
                ('review_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), help_text='From this date on, the item is listed on the dashboard as due for review.', is_end=True, null=True, verbose_name='review by', years_ahead=10)),
                ('created_at', postportal.web.date_fields.RangedDateTimeField(auto_now_add=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='created at')),
                ('modified_at', postportal.web.date_fields.RangedDateTimeField(auto_now=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='modified at')),
                ('language', models.CharField(choices=[('en', 'English'), ('zh-hans', '中文')], default='en', max_length=10, verbose_name='language')),
                ('external_id', models.CharField(blank=True, default=None, editable=False, max_length=100, null=True, unique=True, verbose_name='external ID')),
                ('import_fingerprint', models.CharField(blank=True, editable=False, max_length=64)),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='title')),
                ('folded_title', postportal.text.fields.FoldedField(db_index=False, max_length=400, of='title')),
                ('slug', postportal.web.slug_fields.SlugField(blank=True, help_text='Last part of the page URL. Leave blank to create it from the title.', max_length=120, may_be_empty=True, verbose_name='URL')),
                ('standfirst', models.TextField(blank=True, help_text='One or two sentences, shown under the title and in lists.', max_length=600, verbose_name='standfirst')),
                ('body', postportal.richtext.fields.RichTextField(blank=True, verbose_name='body')),
                ('body_text', models.TextField(blank=True, editable=False)),
                ('credit', models.CharField(blank=True, help_text='Shown at the end of the text, for example “China Post”.', max_length=120, verbose_name='credit line')),
                ('location', models.CharField(blank=True, help_text='Place the report comes from.', max_length=80, verbose_name='location')),
                ('dateline_on', postportal.web.date_fields.RangedDateField(days=(datetime.date(1600, 1, 1), datetime.date(2999, 12, 31)), default=django.utils.timezone.localdate, help_text='Date shown with the article and used in its URL.', verbose_name='date', years_ahead=1)),
                ('is_featured', models.BooleanField(default=False, help_text='The newest lead story is shown at the top of the home page.', verbose_name='lead story')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lead_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='images.image', verbose_name='lead picture')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text='A comma-separated list of tags.', through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('translated_version', models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ('translation_of', models.ForeignKey(blank=True, help_text='The same item in its original language, so that readers can change between them.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='translations', to='news.article', verbose_name='translation of')),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='news.section', verbose_name='section')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='news.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'article',
                'verbose_name_plural': 'articles',
                'permissions': [('publish_article', 'Can review, publish and schedule articles'), ('control_article', 'Can withdraw articles, publish them without review and lift embargoes')],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SourceAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('folded_name', postportal.text.fields.FoldedField(of='name')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='news.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'alias',
                'verbose_name_plural': 'aliases',
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('renamed', 'renamed'), ('merged', 'merged into'), ('split', 'split off')], default='renamed', max_length=7, verbose_name='kind')),
                ('happened_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), null=True, verbose_name='date', years_ahead=10)),
                ('happened_precision', models.CharField(choices=[('day', 'to the day'), ('month', 'to the month'), ('year', 'to the year')], default='day', max_length=5, verbose_name='date precision')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successor_links', to='news.organization', verbose_name='predecessor')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='predecessor_links', to='news.organization', verbose_name='successor')),
            ],
            options={
                'verbose_name': 'succession',
                'verbose_name_plural': 'successions',
            },
        ),
        migrations.CreateModel(
            name='ArticleCount',
            fields=[
                ('pk', models.CompositePrimaryKey('facet', 'key', 'language', 'section', 'period', 'expires_in', 'batch', blank=True, editable=False, primary_key=True, serialize=False)),
                ('facet', models.CharField(max_length=12)),
                ('key', models.BigIntegerField(default=0)),
                ('language', models.CharField(max_length=10)),
                ('section', models.BigIntegerField()),
                ('period', models.PositiveIntegerField()),
                ('expires_in', models.PositiveIntegerField(default=999999)),
                ('batch', models.BigIntegerField(default=0)),
                ('count', models.IntegerField()),
            ],
            options={
                'verbose_name': 'article count',
                'verbose_name_plural': 'article counts',
                'indexes': [models.Index(condition=models.Q(('batch', 0), _negated=True), fields=['batch'], name='article_count_to_fold')],
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(blank=True, help_text='Only if it differs from the full name.', max_length=200, verbose_name='name in the article')),
                ('origin', models.CharField(choices=[('editor', 'an editor'), ('detector', 'found in the text')], default='editor', max_length=8, verbose_name='linked by')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='news.article', verbose_name='article')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='news.organization', verbose_name='organization')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='news.person', verbose_name='person')),
                ('frozen_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), editable=False, null=True)),
                ('shown_name', models.CharField(blank=True, editable=False, max_length=200)),
                ('shown_name_zh', models.CharField(blank=True, editable=False, max_length=200)),
                ('shown_title', models.CharField(blank=True, editable=False, max_length=2000)),
                ('shown_title_zh', models.CharField(blank=True, editable=False, max_length=2000)),
            ],
            options={
                'verbose_name': 'mention',
                'verbose_name_plural': 'mentions',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='OrganizationName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('folded_name', postportal.text.fields.FoldedField(of='name')),
                ('kind', models.CharField(choices=[('variant', 'variant spelling'), ('abbrev', 'abbreviation'), ('script', 'other script'), ('former', 'former name')], default='variant', max_length=8, verbose_name='kind')),
                ('language', models.CharField(blank=True, help_text='A language tag, for example zh-Hans, pt or fr.', max_length=20, verbose_name='language or script')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='news.organization', verbose_name='organization')),
                ('ends_before', postportal.web.date_fields.RangedDateField(days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), editable=False, null=True)),
                ('from_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), help_text='Leave blank if unknown.', null=True, verbose_name='used from', years_ahead=10)),
                ('from_precision', models.CharField(choices=[('day', 'to the day'), ('month', 'to the month'), ('year', 'to the year')], default='day', max_length=5, verbose_name='start date precision')),
                ('name_zh', models.CharField(blank=True, help_text='Of a former name. Leave blank if it was the same as today.', max_length=120, verbose_name='name in Chinese')),
                ('until_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), help_text='Last day of a former name. Pages about an earlier day show it.', is_end=True, null=True, verbose_name='used until', years_ahead=10)),
                ('until_precision', models.CharField(choices=[('day', 'to the day'), ('month', 'to the month'), ('year', 'to the year')], default='day', max_length=5, verbose_name='end date precision')),
            ],
            options={
                'verbose_name': 'other name',
                'verbose_name_plural': 'other names',
                'ordering': ['kind', 'name'],
            },
        ),
        migrations.CreateModel(
            name='PersonName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=170, verbose_name='name')),
                ('folded_name', postportal.text.fields.FoldedField(of='name')),
                ('kind', models.CharField(choices=[('variant', 'variant spelling'), ('script', 'other script'), ('former', 'former name')], default='variant', max_length=8, verbose_name='kind')),
                ('language', models.CharField(blank=True, help_text='A language tag, for example zh-Hans, ja or ar.', max_length=20, verbose_name='language or script')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='news.person', verbose_name='person')),
                ('ends_before', postportal.web.date_fields.RangedDateField(days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), editable=False, null=True)),
                ('from_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), help_text='Leave blank if unknown.', null=True, verbose_name='used from', years_ahead=10)),
                ('from_precision', models.CharField(choices=[('day', 'to the day'), ('month', 'to the month'), ('year', 'to the year')], default='day', max_length=5, verbose_name='start date precision')),
                ('name_zh', models.CharField(blank=True, help_text='Of a former name. Leave blank if it was the same as today.', max_length=40, verbose_name='name in Chinese characters')),
                ('until_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), help_text='Last day of a former name. Pages about an earlier day show it.', is_end=True, null=True, verbose_name='used until', years_ahead=10)),
                ('until_precision', models.CharField(choices=[('day', 'to the day'), ('month', 'to the month'), ('year', 'to the year')], default='day', max_length=5, verbose_name='end date precision')),
            ],
            options={
                'verbose_name': 'other name',
                'verbose_name_plural': 'other names',
                'ordering': ['kind', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='key')),
                ('expire_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1600, 1, 1), datetime.date(2999, 12, 31)), help_text='Hidden from readers from this time on. Usually left blank.', is_end=True, null=True, verbose_name='public until', years_ahead=10)),
                ('publish_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1600, 1, 1), datetime.date(2999, 12, 31)), db_index=True, default=django.utils.timezone.now, help_text='Hidden from readers until this time. Choose a future time for an embargo. Leave blank to hide the item until you enter a time or a release publishes it.', null=True, verbose_name='public from', years_ahead=1)),
                ('from_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), help_text='Leave blank if unknown.', null=True, verbose_name='start date', years_ahead=10)),
                ('from_precision', models.CharField(choices=[('day', 'to the day'), ('month', 'to the month'), ('year', 'to the year')], default='day', max_length=5, verbose_name='start date precision')),
                ('until_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), help_text='Last day in the position. Leave blank if still in office or unknown.', is_end=True, null=True, verbose_name='end date', years_ahead=10)),
                ('until_precision', models.CharField(choices=[('day', 'to the day'), ('month', 'to the month'), ('year', 'to the year')], default='day', max_length=5, verbose_name='end date precision')),
                ('ends_before', postportal.web.date_fields.RangedDateField(days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), db_index=True, editable=False, null=True)),
                ('is_acting', models.BooleanField(default=False, help_text='Stands in for a holder who is absent or suspended, or until there is one. Takes no seat.', verbose_name='acting')),
                ('label', models.CharField(blank=True, help_text='Only if it differs from the title of the position, for example “Director-General”.', max_length=120, verbose_name='title override')),
                ('label_zh', models.CharField(blank=True, max_length=60, verbose_name='title override in Chinese')),
                ('release', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='publishing.release', verbose_name='release')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='news.person', verbose_name='person')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='news.position', verbose_name='position')),
                ('attested_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), help_text='If the start date is unknown: the earliest day on which a source, such as an article, shows the person in this position.', null=True, verbose_name='known in the position on', years_ahead=0)),
                ('begins_by', postportal.web.date_fields.RangedDateField(days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), editable=False)),
                ('held_from', postportal.web.date_fields.RangedDateField(days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), db_index=True, editable=False)),
                ('is_sole', models.BooleanField(default=True, editable=False)),
                ('lasts_until', postportal.web.date_fields.RangedDateField(days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), editable=False, null=True)),
            ],
            options={
                'verbose_name': 'appointment',
                'verbose_name_plural': 'appointments',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PositionLabel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), help_text='Leave blank if unknown.', null=True, verbose_name='used from', years_ahead=10)),
                ('from_precision', models.CharField(choices=[('day', 'to the day'), ('month', 'to the month'), ('year', 'to the year')], default='day', max_length=5, verbose_name='start date precision')),
                ('until_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), help_text='Last day of a former name. Pages about an earlier day show it.', is_end=True, null=True, verbose_name='used until', years_ahead=10)),
                ('until_precision', models.CharField(choices=[('day', 'to the day'), ('month', 'to the month'), ('year', 'to the year')], default='day', max_length=5, verbose_name='end date precision')),
                ('ends_before', postportal.web.date_fields.RangedDateField(days=(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), editable=False, null=True)),
                ('name', models.CharField(max_length=120, verbose_name='title')),
                ('name_zh', models.CharField(blank=True, help_text='Leave blank if it was the same as today.', max_length=60, verbose_name='title in Chinese')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_labels', to='news.position', verbose_name='position')),
            ],
            options={
                'verbose_name': 'former title',
                'verbose_name_plural': 'former titles',
                'ordering': ['ends_before', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='organization',
            index=models.Index(fields=['sort_key', 'id'], name='organization_by_name'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(('expire_at__isnull', True), ('publish_at__isnull', True), ('expire_at__gt', models.F('publish_at')), _connector='OR'), name='news_organization_expires_after_publish', violation_error_message='“Public until” must be later than “public from”.'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='organization_not_own_parent', violation_error_message='An organization cannot be part of itself.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('expire_at__isnull', True), ('publish_at__isnull', True), ('expire_at__gt', models.F('publish_at')), _connector='OR'), name='news_person_expires_after_publish', violation_error_message='“Public until” must be later than “public from”.'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organization__isnull', True), ('person__isnull', False)), models.Q(('organization__isnull', False), ('person__isnull', True)), _connector='OR'), name='mention_of_person_or_organization', violation_error_message='Choose either a person or an organization.'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('article', 'person'), name='mention_person_once', violation_error_message='This person is already linked to the article.'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('article', 'organization'), name='mention_organization_once', violation_error_message='This organization is already linked to the article.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.UniqueConstraint(fields=('organization', 'label'), name='position_unique', violation_error_message='The organization already has this position.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('seats__gte', 1)), name='position_has_a_seat', violation_error_message='A position must have at least one seat.'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('expire_at__isnull', True), ('publish_at__isnull', True), ('expire_at__gt', models.F('publish_at')), _connector='OR'), name='news_appointment_expires_after_publish', violation_error_message='“Public until” must be later than “public from”.'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('ends_before__isnull', True), ('from_on__isnull', True), ('ends_before__gt', models.F('from_on')), _connector='OR'), name='appointment_ends_after_it_begins', violation_error_message='The end date cannot be before the start date.'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['language', '-dateline_on', '-publish_at', '-id', 'state', 'expire_at', 'section'], name='article_list'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['section', 'language', '-dateline_on', '-publish_at', '-id', 'state', 'expire_at'], name='article_section_list'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['source', 'language', '-dateline_on', '-publish_at', '-id', 'state', 'expire_at', 'section'], name='article_source_list'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['publish_at'], name='article_publish_at'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('expire_at__isnull', False)), fields=['expire_at'], name='article_expire_at'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('is_featured', True)), fields=['language', '-dateline_on', '-publish_at', '-id', 'state', 'expire_at'], name='article_featured'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(django.db.models.functions.text.Lower('state'), name='article_state'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['modified_at'], name='article_modified_at'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('expire_at__isnull', True), ('publish_at__isnull', True), ('expire_at__gt', models.F('publish_at')), _connector='OR'), name='news_article_expires_after_publish', violation_error_message='“Public until” must be later than “public from”.'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('scheduled', 'published')), _negated=True), ('publish_at__isnull', False), _connector='OR'), name='news_article_published_has_moment', violation_error_message='A published item needs a publication time.'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['withdrawn', 'unpublished']), _negated=True), models.Q(('withdrawal_reason', ''), _negated=True), _connector='OR'), name='news_article_unpublished_has_reason', violation_error_message='Enter a reason. Readers will see it.'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(models.Q(('title', ''), _negated=True), models.Q(('slug', ''), _negated=True), ('section__isnull', False)), _connector='OR'), name='article_public_has_title_and_section', violation_error_message='A published article must have a title and a section.'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.UniqueConstraint(condition=models.Q(('slug', ''), _negated=True), fields=('language', 'dateline_on', 'slug'), name='article_slug_unique_per_day', violation_error_message='Another article with this date already uses this URL. Choose another.'),
        ),
        migrations.AddConstraint(
            model_name='sourcealias',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='source_alias_unique', violation_error_message='Another source already has this alias.'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='succession_not_to_itself', violation_error_message='An organization cannot succeed itself.'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=news.models.no_overlap.NoOverlap(condition='is_sole', key=['position', 'is_acting'], name='appointment_one_holder', violation_error_message='Somebody else holds this position at that time. End one appointment first.'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=news.models.no_overlap.NoOverlap(key=['position', 'person'], name='appointment_person_once', violation_error_message='This person already holds this position at that time.'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(('ended_before__isnull', True), ('founded_on__isnull', True), ('ended_before__gt', models.F('founded_on')), _connector='OR'), name='organization_dissolved_after_founded', violation_error_message='An organization cannot be dissolved before it was founded.'),
        ),
        migrations.AddConstraint(
            model_name='organizationname',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_before__isnull', True)), fields=('organization', 'name'), name='organization_name_unique', violation_error_message='This organization already has this name.'),
        ),
        migrations.AddConstraint(
            model_name='organizationname',
            constraint=models.UniqueConstraint(fields=('organization', 'name', 'ends_before'), name='organization_name_once_until', violation_error_message='This organization already has this name.'),
        ),
        migrations.AddConstraint(
            model_name='organizationname',
            constraint=models.CheckConstraint(condition=models.Q(('ends_before__isnull', True), ('from_on__isnull', True), ('ends_before__gt', models.F('from_on')), _connector='OR'), name='organization_name_ends_after_start', violation_error_message='The end date cannot be before the start date.'),
        ),
        migrations.AddConstraint(
            model_name='personname',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_before__isnull', True)), fields=('person', 'name'), name='person_name_unique', violation_error_message='This person already has this name.'),
        ),
        migrations.AddConstraint(
            model_name='personname',
            constraint=models.UniqueConstraint(fields=('person', 'name', 'ends_before'), name='person_name_once_until', violation_error_message='This person already has this name.'),
        ),
        migrations.AddConstraint(
            model_name='personname',
            constraint=models.CheckConstraint(condition=models.Q(('ends_before__isnull', True), ('from_on__isnull', True), ('ends_before__gt', models.F('from_on')), _connector='OR'), name='person_name_ends_after_start', violation_error_message='The end date cannot be before the start date.'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(condition=models.Q(('happened_on__isnull', True)), fields=('predecessor', 'successor'), name='succession_unique', violation_error_message='This successor is already listed. Enter the date of each change.'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(fields=('predecessor', 'successor', 'happened_on'), name='succession_once_a_day', violation_error_message='This successor is already listed with this date.'),
        ),
        migrations.AddConstraint(
            model_name='positionlabel',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_before__isnull', True)), fields=('position', 'name'), name='position_label_unique', violation_error_message='The position already has this title.'),
        ),
        migrations.AddConstraint(
            model_name='positionlabel',
            constraint=models.UniqueConstraint(fields=('position', 'name', 'ends_before'), name='position_label_once_until', violation_error_message='The position already has this title.'),
        ),
        migrations.AddConstraint(
            model_name='positionlabel',
            constraint=models.CheckConstraint(condition=models.Q(('ends_before__isnull', True), ('from_on__isnull', True), ('ends_before__gt', models.F('from_on')), _connector='OR'), name='position_label_ends_after_start', violation_error_message='The end date cannot be before the start date.'),
        ),
        migrations.CreateModel(
            name='ArticleDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attached_documents', to='news.article', verbose_name='article')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document', verbose_name='document')),
            ],
            options={
                'verbose_name': 'document at the end',
                'verbose_name_plural': 'documents at the end',
                'ordering': ['order', 'pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('article', 'document'), name='article_document_once', violation_error_message='This document is already in the list.')],
            },
        ),
    ]
