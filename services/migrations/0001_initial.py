import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import postportal.richtext.fields
import postportal.text.fields
import postportal.web.date_fields
import postportal.web.slug_fields
import re
import services.models.hotline
import services.models.hotline_number
import taggit.managers
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('images', '0001_initial'),
        ('news', '0001_initial'),
        ('publishing', '0001_initial'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HolidayCalendar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='For example “Public holidays”.', max_length=80, unique=True, verbose_name='name')),
                ('name_zh', models.CharField(blank=True, max_length=40, verbose_name='name in Chinese')),
            ],
            options={
                'verbose_name': 'holiday calendar',
                'verbose_name_plural': 'holiday calendars',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('name_zh', models.CharField(blank=True, max_length=60, verbose_name='name in Chinese')),
                ('folded_name', postportal.text.fields.FoldedField(db_index=False, of='name')),
                ('folded_name_zh', postportal.text.fields.FoldedField(db_index=False, of='name_zh')),
                ('slug', postportal.web.slug_fields.SlugField(blank=True, help_text='Last part of the URL on the services page, after “#”. Leave blank to create it from the name.', max_length=120, unique=True, verbose_name='URL')),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='summary')),
                ('summary_zh', models.CharField(blank=True, max_length=300, verbose_name='summary in Chinese')),
                ('description', postportal.richtext.fields.RichTextField(blank=True, verbose_name='description')),
                ('description_text', models.TextField(blank=True, editable=False)),
                ('order', models.PositiveSmallIntegerField(default=10, verbose_name='order')),
                ('organization', models.ForeignKey(blank=True, help_text='Organization that runs the service.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='services', to='news.organization', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'service',
                'verbose_name_plural': 'services',
            },
        ),
        migrations.CreateModel(
            name='Hotline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('expire_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1600, 1, 1), datetime.date(2999, 12, 31)), help_text='Hidden from readers from this time on. Usually left blank.', is_end=True, null=True, verbose_name='public until', years_ahead=10)),
                ('publish_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1600, 1, 1), datetime.date(2999, 12, 31)), db_index=True, default=django.utils.timezone.now, help_text='Hidden from readers until this time. Choose a future time for an embargo. Leave blank to hide the item until you enter a time or a release publishes it.', null=True, verbose_name='public from', years_ahead=1)),
                ('purpose', models.CharField(help_text='What callers need, for example “Letters and parcels”.', max_length=120, verbose_name='purpose')),
                ('purpose_zh', models.CharField(blank=True, max_length=60, verbose_name='purpose in Chinese')),
                ('folded_purpose', postportal.text.fields.FoldedField(db_index=False, of='purpose')),
                ('folded_purpose_zh', postportal.text.fields.FoldedField(db_index=False, of='purpose_zh')),
                ('needs', models.TextField(blank=True, help_text='Why people call, in their words, one need a line: “Lost bank card”. Listed on the hotlines page.', max_length=600, validators=[services.models.hotline.validate_needs], verbose_name='needs')),
                ('needs_zh', models.TextField(blank=True, max_length=300, validators=[services.models.hotline.validate_needs], verbose_name='needs in Chinese')),
                ('slug', postportal.web.slug_fields.SlugField(blank=True, help_text='Last part of the URL on the hotlines page, after “#”. Leave blank to create it from the purpose.', max_length=120, unique=True, verbose_name='URL')),
                ('note', models.CharField(blank=True, help_text='For example “Lost cards: press 0.”', max_length=300, verbose_name='note')),
                ('note_zh', models.CharField(blank=True, max_length=150, verbose_name='note in Chinese')),
                ('languages', models.CharField(blank=True, help_text='For example “Chinese, English”. Leave blank if unknown.', max_length=120, verbose_name='languages spoken')),
                ('time_zone', models.CharField(default='Asia/Shanghai', max_length=40, validators=[services.models.hotline.validate_time_zone], verbose_name='time zone of the opening hours')),
                ('holiday_hours', models.CharField(blank=True, help_text='For example “10–16”. Leave blank if it is closed on holidays.', max_length=300, verbose_name='hours on holidays')),
                ('verified_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), help_text='Date the number was last called and checked.', null=True, verbose_name='last verified', years_ahead=0)),
                ('is_on_every_page', models.BooleanField(default=False, verbose_name='show on every page')),
                ('order', models.PositiveSmallIntegerField(default=10, verbose_name='order')),
                ('holiday_calendar', models.ForeignKey(blank=True, help_text='Days on which the hotline is closed, shared with other hotlines.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hotlines', to='services.holidaycalendar', verbose_name='holiday calendar')),
                ('release', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='publishing.release', verbose_name='release')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hotlines', to='services.service', verbose_name='service')),
            ],
            options={
                'verbose_name': 'hotline',
                'verbose_name_plural': 'hotlines',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StampIssue',
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
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('title_zh', models.CharField(blank=True, max_length=100, verbose_name='title in Chinese')),
                ('folded_title', postportal.text.fields.FoldedField(db_index=False, of='title')),
                ('folded_title_zh', postportal.text.fields.FoldedField(db_index=False, of='title_zh')),
                ('slug', postportal.web.slug_fields.SlugField(blank=True, help_text='Last part of the page URL. Leave blank to create it from the serial number or the title.', max_length=120, unique=True, verbose_name='URL')),
                ('kind', models.CharField(blank=True, choices=[('commemorative', 'Commemorative'), ('special', 'Special'), ('definitive', 'Definitive'), ('personalised', 'Personalised'), ('new-year', 'New Year'), ('other', 'Other')], max_length=14, verbose_name='type')),
                ('series', models.CharField(blank=True, help_text='Letter of the serial number, for example “T”. Leave blank for the main series.', max_length=10, verbose_name='series')),
                ('numbering', models.CharField(choices=[('yearly', 'Year first: 2016-4 or T2016-4'), ('letter-last', 'Letter last: 1992-1T or 2016-M'), ('dotted', 'Running, with a point: T.46 or J.1'), ('running', 'Running: C94, N95 or 纪94')], default='yearly', help_text='How the serial number is printed. It is found in all other spellings, too.', max_length=11, verbose_name='numbering')),
                ('serial', models.CharField(blank=True, editable=False, max_length=40)),
                ('serial_spellings', models.TextField(blank=True, editable=False)),
                ('year', models.PositiveSmallIntegerField(blank=True, help_text='Leave blank if unknown.', null=True, verbose_name='year')),
                ('number', models.PositiveSmallIntegerField(blank=True, help_text='The 4 in 2016-4. Leave blank if unknown.', null=True, verbose_name='number in the series')),
                ('standfirst', models.TextField(blank=True, max_length=500, verbose_name='standfirst')),
                ('body', postportal.richtext.fields.RichTextField(blank=True, verbose_name='about the issue')),
                ('body_text', models.TextField(blank=True, editable=False)),
                ('where_to_buy', postportal.richtext.fields.RichTextField(blank=True, verbose_name='where to buy')),
                ('designs_shown_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1840, 1, 1), datetime.date(2999, 12, 31)), help_text='All pictures of the issue are hidden from readers until this day. Leave blank to show them at once.', null=True, verbose_name='designs revealed on', years_ahead=2)),
                ('issued_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1840, 1, 1), datetime.date(2999, 12, 31)), help_text='Leave blank if unknown.', null=True, verbose_name='date of issue', years_ahead=3)),
                ('issued_precision', models.CharField(choices=[('day', 'to the day'), ('month', 'to the month'), ('year', 'to the year')], default='day', max_length=5, verbose_name='date of issue is known')),
                ('sale_until', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1840, 1, 1), datetime.date(2999, 12, 31)), is_end=True, null=True, verbose_name='on sale until')),
                ('is_cancelled', models.BooleanField(default=False, verbose_name='cancelled')),
                ('first_day_places', models.CharField(blank=True, max_length=200, verbose_name='first day postmark offices')),
                ('stamp_count', models.PositiveSmallIntegerField(blank=True, help_text='The 2 in “2+1”. Leave blank if unknown.', null=True, verbose_name='stamps in the set')),
                ('souvenir_sheet_count', models.PositiveSmallIntegerField(blank=True, help_text='The 1 in “2+1”. Leave blank if unknown.', null=True, verbose_name='souvenir sheets')),
                ('face_value', models.DecimalField(blank=True, decimal_places=2, help_text='Stated value of the whole set. Leave blank if unknown.', max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.01'), 'Leave blank if the face value is unknown. It cannot be 0.')], verbose_name='face value of the set')),
                ('currency', models.CharField(default='CNY', help_text='ISO 4217 code such as CNY, or the name of an old currency or subunit such as candarins.', max_length=30, verbose_name='currency')),
                ('size', models.CharField(blank=True, help_text='For example 40 × 30 mm.', max_length=120, verbose_name='size of stamp')),
                ('perforation', models.CharField(blank=True, help_text='For example 13 or 13 × 12.5.', max_length=60, verbose_name='perforation')),
                ('process', models.CharField(blank=True, max_length=120, verbose_name='printing process')),
                ('adhesive', models.CharField(blank=True, choices=[('gummed', 'Gummed'), ('self-adhesive', 'Self-adhesive'), ('none', 'Without gum')], max_length=13, verbose_name='adhesive')),
                ('paper', models.CharField(blank=True, help_text='With its watermark, if it has one.', max_length=120, verbose_name='paper')),
                ('colours', models.CharField(blank=True, max_length=120, verbose_name='colours')),
                ('security_features', models.CharField(blank=True, help_text='For example fluorescent ink or phosphor bars.', max_length=200, verbose_name='security features')),
                ('sheet_composition', models.CharField(blank=True, help_text='For example 20 for layout Ⅰ and 8 for layout Ⅱ.', max_length=160, verbose_name='sheet composition')),
                ('print_run', models.PositiveIntegerField(blank=True, null=True, verbose_name='print run, sets')),
                ('warning_count', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('issuer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stamp_issues', to='news.organization', verbose_name='issued by')),
                ('lead_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='images.image', verbose_name='lead picture')),
                ('partners', models.ManyToManyField(blank=True, related_name='joint_issues', to='news.organization', verbose_name='partner postal operators')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text='A comma-separated list of tags.', through='taggit.TaggedItem', to='taggit.Tag', verbose_name='themes')),
            ],
            options={
                'verbose_name': 'stamp issue',
                'verbose_name_plural': 'stamp issues',
                'permissions': [('publish_stampissue', 'Can review, publish and schedule stamp issues'), ('control_stampissue', 'Can withdraw stamp issues, publish them without review and lift embargoes')],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Stamp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(help_text='The 1 in (4-1).', validators=[django.core.validators.MinValueValidator(1, 'Positions start at 1.')], verbose_name='position in the set')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('name_zh', models.CharField(blank=True, max_length=80, verbose_name='name in Chinese')),
                ('folded_name', postportal.text.fields.FoldedField(db_index=False, of='name')),
                ('folded_name_zh', postportal.text.fields.FoldedField(db_index=False, of='name_zh')),
                ('is_souvenir_sheet', models.BooleanField(default=False, verbose_name='souvenir sheet')),
                ('description', models.CharField(blank=True, max_length=500, verbose_name='description')),
                ('denomination', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.01'), 'Leave blank if the face value is unknown. It cannot be 0.')], verbose_name='face value')),
                ('currency', models.CharField(blank=True, help_text='Only if it differs from that of the issue.', max_length=30, verbose_name='currency')),
                ('rate_name', models.CharField(blank=True, help_text='Instead of a face value, for example “Inland letter”.', max_length=60, verbose_name='rate name')),
                ('width_mm', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, verbose_name='width, mm')),
                ('height_mm', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, verbose_name='height, mm')),
                ('perforation_kind', models.CharField(blank=True, choices=[('comb', 'Comb'), ('line', 'Line'), ('rouletted', 'Rouletted'), ('die-cut', 'Die-cut'), ('imperforate', 'Imperforate')], max_length=11, verbose_name='kind of perforation')),
                ('gauge', models.CharField(blank=True, help_text='For example 13 or 13½ × 13.', max_length=40, verbose_name='gauge')),
                ('colours', models.CharField(blank=True, max_length=120, verbose_name='colours')),
                ('mark', models.CharField(blank=True, help_text='As printed on the stamp if unusual, for example (4-1)T.', max_length=20, verbose_name='mark')),
                ('se_tenant', models.CharField(blank=True, help_text='The same letter for stamps printed together.', max_length=4, verbose_name='se-tenant group')),
                ('variety', models.CharField(blank=True, help_text='Overprint, error or other form of another stamp.', max_length=200, verbose_name='variety')),
                ('issued_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1840, 1, 1), datetime.date(2999, 12, 31)), help_text='Only if it differs from that of the issue.', null=True, verbose_name='own date of issue', years_ahead=3)),
                ('wns_number', models.CharField(blank=True, help_text='Number in the WADP Numbering System, for example CN016.26.', max_length=8, validators=[django.core.validators.RegexValidator(re.compile('\\A[A-Z]{2}[0-9]{3}\\.[0-9]{2}\\Z'), 'Enter the WNS number as two letters, three digits, a point and the year, for example CN016.26.')], verbose_name='WNS number')),
                ('print_run', models.PositiveIntegerField(blank=True, null=True, verbose_name='print run')),
                ('image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='images.image', verbose_name='picture')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stamps', to='services.stampissue', verbose_name='stamp issue')),
                ('variety_of', models.ForeignKey(blank=True, help_text='The stamp that was overprinted, reprinted or misprinted. Both pages link to each other.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='varieties', to='services.stamp', verbose_name='variety of')),
            ],
            options={
                'verbose_name': 'stamp',
                'verbose_name_plural': 'stamps',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('set', 'Set'), ('sheet', 'Full sheet'), ('sheetlet', 'Sheetlet'), ('souvenir', 'Souvenir sheet'), ('booklet', 'Booklet'), ('fdc', 'First day cover'), ('pack', 'Presentation pack'), ('other', 'Other')], default='set', max_length=8, verbose_name='format')),
                ('name', models.CharField(blank=True, help_text='Only if the format needs more detail.', max_length=120, verbose_name='name')),
                ('name_zh', models.CharField(blank=True, max_length=60, verbose_name='name in Chinese')),
                ('contents', models.CharField(blank=True, help_text='For example “16 stamps, 4 sets”.', max_length=160, verbose_name='contents')),
                ('contents_zh', models.CharField(blank=True, max_length=80, verbose_name='contents in Chinese')),
                ('price', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.01'), 'Leave blank if the price is unknown.')], verbose_name='price')),
                ('columns', models.PositiveSmallIntegerField(blank=True, help_text='The 5 in 5 × 4.', null=True, verbose_name='columns')),
                ('rows', models.PositiveSmallIntegerField(blank=True, help_text='The 4 in 5 × 4.', null=True, verbose_name='rows')),
                ('size', models.CharField(blank=True, help_text='For example 120 × 160 mm.', max_length=60, verbose_name='size')),
                ('print_run', models.PositiveIntegerField(blank=True, null=True, verbose_name='print run')),
                ('item_number', models.CharField(blank=True, max_length=30, verbose_name='item number')),
                ('designer', models.CharField(blank=True, help_text='Only if it differs from the stamps.', max_length=120, verbose_name='designer')),
                ('postmark_place', models.CharField(blank=True, max_length=120, verbose_name='place of the postmark')),
                ('order_until', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1840, 1, 1), datetime.date(2999, 12, 31)), is_end=True, null=True, verbose_name='order until')),
                ('order', models.PositiveSmallIntegerField(default=10, verbose_name='order')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='products', to='services.stampissue', verbose_name='stamp issue')),
            ],
            options={
                'verbose_name': 'product',
                'verbose_name_plural': 'products',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Credit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('designer', 'Designer'), ('engraver', 'Engraver'), ('artist', 'Original artist'), ('photographer', 'Photographer'), ('editor', 'Editor'), ('printer', 'Printer')], default='designer', max_length=12, verbose_name='role')),
                ('name', models.CharField(max_length=160, verbose_name='name as printed')),
                ('positions', models.CharField(blank=True, help_text='Positions in the set, for example 1, 3–4. Leave blank for the whole issue.', max_length=40, validators=[django.core.validators.RegexValidator(re.compile('\\A([0-9]{1,3})(?:\\s*[-–]\\s*([0-9]{1,3}))?(?:\\s*[,，]\\s*([0-9]{1,3})(?:\\s*[-–]\\s*([0-9]{1,3}))?)*\\Z'), 'Enter positions of stamps, for example 1, 3–4.')], verbose_name='stamps')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stamp_credits', to='news.organization', verbose_name='organization')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stamp_credits', to='news.person', verbose_name='person')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='credits', to='services.stampissue', verbose_name='stamp issue')),
            ],
            options={
                'verbose_name': 'credit',
                'verbose_name_plural': 'credits',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CatalogueReference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('catalogue', models.CharField(choices=[('michel', 'Michel'), ('scott', 'Scott'), ('sg', 'Stanley Gibbons'), ('yvert', 'Yvert et Tellier'), ('colnect', 'Colnect')], max_length=8, verbose_name='catalogue')),
                ('number', models.CharField(max_length=60, verbose_name='number')),
                ('positions', models.CharField(blank=True, help_text='Positions in the set, for example 1, 3–4. Leave blank for the whole issue.', max_length=40, validators=[django.core.validators.RegexValidator(re.compile('\\A([0-9]{1,3})(?:\\s*[-–]\\s*([0-9]{1,3}))?(?:\\s*[,，]\\s*([0-9]{1,3})(?:\\s*[-–]\\s*([0-9]{1,3}))?)*\\Z'), 'Enter positions of stamps, for example 1, 3–4.')], verbose_name='stamps')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='catalogue_references', to='services.stampissue', verbose_name='stamp issue')),
            ],
            options={
                'verbose_name': 'catalogue reference',
                'verbose_name_plural': 'catalogue references',
                'ordering': ['catalogue', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='For example “National Day”.', max_length=80, verbose_name='name')),
                ('name_zh', models.CharField(blank=True, max_length=40, verbose_name='name in Chinese')),
                ('first_on', postportal.web.date_fields.RangedDateField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='first day', years_ahead=5)),
                ('last_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), help_text='Leave blank if it is one day.', null=True, verbose_name='last day', years_ahead=5)),
                ('works_as', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], help_text='Only for a day off that is worked in exchange: the weekday whose hours count.', null=True, verbose_name='worked as')),
                ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holidays', to='services.holidaycalendar', verbose_name='holiday calendar')),
            ],
            options={
                'verbose_name': 'holiday',
                'verbose_name_plural': 'holidays',
                'ordering': ['first_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_on__isnull', True), ('last_on__gte', models.F('first_on')), _connector='OR'), name='holiday_ends_after_beginning', violation_error_message='The last day cannot be before the first.'), models.CheckConstraint(condition=models.Q(('works_as__isnull', True), ('works_as__lte', 6), _connector='OR'), name='holiday_weekday_exists'), models.UniqueConstraint(fields=('calendar', 'first_on'), name='holiday_begins_once', violation_error_message='Another holiday begins on this day.')],
            },
        ),
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('email', 'Email'), ('chat', 'Web chat'), ('wechat', 'WeChat'), ('relay', 'Text relay'), ('fax', 'Fax')], max_length=6, verbose_name='channel')),
                ('address', models.CharField(help_text='An email address, a web address, a WeChat account, or the number of a text relay or fax.', max_length=200, verbose_name='address or number')),
                ('hours', models.CharField(blank=True, help_text='For example “Mon–Fri 9–17” or “24 hours”. Leave blank if there are none.', max_length=300, verbose_name='hours')),
                ('reply_time', models.CharField(blank=True, help_text='For example “Answered within 2 working days”.', max_length=120, verbose_name='reply time')),
                ('reply_time_zh', models.CharField(blank=True, max_length=60, verbose_name='reply time in Chinese')),
                ('languages', models.CharField(blank=True, help_text='For example “Chinese, English”. Leave blank if unknown.', max_length=120, verbose_name='languages')),
                ('cost', models.CharField(blank=True, help_text='For example “Free of charge”. Leave blank if unknown.', max_length=120, verbose_name='cost')),
                ('cost_zh', models.CharField(blank=True, max_length=60, verbose_name='cost in Chinese')),
                ('order', models.PositiveSmallIntegerField(default=10, verbose_name='order')),
                ('hotline', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='channels', to='services.hotline', verbose_name='hotline')),
            ],
            options={
                'verbose_name': 'other channel',
                'verbose_name_plural': 'other channels',
                'ordering': ['order', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('address', ''), _negated=True), name='channel_has_address', violation_error_message='Enter the address or number of the channel.'), models.UniqueConstraint(fields=('hotline', 'kind', 'address'), name='channel_once', violation_error_message='This hotline already has this channel.')],
            },
        ),
        migrations.CreateModel(
            name='HotlineNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('e164', models.CharField(blank=True, help_text='For example +861011185.', max_length=16, validators=[django.core.validators.RegexValidator(re.compile('\\A\\+[1-9][0-9]{6,14}\\Z'), 'Enter the number in E.164 format: +, country code and digits without spaces, for example +861011185.')], verbose_name='international number')),
                ('short_code', models.CharField(blank=True, help_text='For example 11185. It can only be dialled within the country.', max_length=12, validators=[django.core.validators.RegexValidator(re.compile('\\A[0-9]{3,12}\\Z'), 'Enter digits only, for example 11185.')], verbose_name='short code or national number')),
                ('region', models.CharField(blank=True, max_length=2, validators=[django.core.validators.RegexValidator('\\A[A-Z]{2}\\Z', 'Enter two capital letters (ISO 3166), for example CN.'), services.models.hotline_number.validate_country], verbose_name='country of the short code')),
                ('extension', models.CharField(blank=True, max_length=8, validators=[django.core.validators.RegexValidator('\\A[0-9]{1,8}\\Z', 'Enter digits only, for example 12.')], verbose_name='extension')),
                ('scope', models.CharField(choices=[('anywhere', 'from anywhere'), ('domestic', 'within the country'), ('abroad', 'from abroad')], default='domestic', max_length=8, verbose_name='callers')),
                ('as_printed', models.CharField(blank=True, help_text='With spaces, for example +86 10 11185.', max_length=24, verbose_name='display format')),
                ('cost', models.CharField(blank=True, help_text='For example “Free of charge”. Leave blank if unknown.', max_length=120, verbose_name='cost')),
                ('cost_zh', models.CharField(blank=True, max_length=60, verbose_name='cost in Chinese')),
                ('valid_from', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), help_text='First day. Leave blank if it has always been in service. It is announced until then.', null=True, verbose_name='from', years_ahead=5)),
                ('valid_until', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), help_text='Last day. Leave blank if it stays. Then readers see what replaced it.', is_end=True, null=True, verbose_name='until', years_ahead=5)),
                ('order', models.PositiveSmallIntegerField(default=10, verbose_name='order')),
                ('hotline', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='numbers', to='services.hotline', verbose_name='hotline')),
            ],
            options={
                'verbose_name': 'number',
                'verbose_name_plural': 'numbers',
                'ordering': ['order', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(models.Q(('e164', ''), _negated=True), ('short_code', '')), models.Q(('e164', ''), models.Q(('short_code', ''), _negated=True)), _connector='OR'), name='hotline_number_one_form', violation_error_message='Enter either the international number or the short code.'), models.CheckConstraint(condition=models.Q(models.Q(('short_code', ''), ('region', '')), models.Q(models.Q(('short_code', ''), _negated=True), models.Q(('region', ''), _negated=True)), _connector='OR'), name='hotline_number_short_code_has_region', violation_error_message='Enter the country for a short code, and leave it blank for other numbers.'), models.CheckConstraint(condition=models.Q(('short_code', ''), ('scope', 'domestic'), _connector='OR'), name='hotline_number_short_code_is_domestic', violation_error_message='A short code cannot be dialled from abroad. Choose “within the country”.'), models.CheckConstraint(condition=models.Q(('e164', ''), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Substr(models.F('e164'), 1, 1), models.Value('+')), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Substr(models.F('e164'), 1, 2), models.Value('+0')), _negated=True), django.db.models.lookups.Exact(models.Func(django.db.models.functions.text.Substr(models.F('e164'), 2), models.Value('0123456789'), function='LTRIM', output_field=models.CharField()), models.Value('')), django.db.models.lookups.GreaterThanOrEqual(django.db.models.functions.text.Length(models.F('e164')), 8), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('e164')), 16)), _connector='OR'), name='hotline_number_e164_format', violation_error_message='Enter the number in E.164 format: +, country code and digits without spaces, for example +861011185.'), models.CheckConstraint(condition=models.Q(('short_code', ''), models.Q(django.db.models.lookups.Exact(models.Func(models.F('short_code'), models.Value('0123456789'), function='LTRIM', output_field=models.CharField()), models.Value('')), django.db.models.lookups.GreaterThanOrEqual(django.db.models.functions.text.Length(models.F('short_code')), 3), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('short_code')), 12), django.db.models.lookups.Exact(models.Func(models.F('region'), models.Value('ABCDEFGHIJKLMNOPQRSTUVWXYZ'), function='LTRIM', output_field=models.CharField()), models.Value('')), django.db.models.lookups.GreaterThanOrEqual(django.db.models.functions.text.Length(models.F('region')), 2), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('region')), 2)), _connector='OR'), name='hotline_number_short_code_format', violation_error_message='Enter digits only, for example 11185.'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(models.Func(models.F('extension'), models.Value('0123456789'), function='LTRIM', output_field=models.CharField()), models.Value(''))), name='hotline_number_extension_format', violation_error_message='Enter digits only, for example 12.'), models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='hotline_number_ends_after_beginning', violation_error_message='The last day cannot be before the first.'), models.UniqueConstraint(fields=('hotline', 'e164', 'short_code', 'extension'), name='hotline_number_once', violation_error_message='This hotline already has this number.')],
            },
        ),
        migrations.CreateModel(
            name='OpeningHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hours', models.CharField(help_text='For example “Mon–Fri 9–12, 13:30–17; Sat 9–12”, “24 hours” or “closed”. Other days are closed.', max_length=300, verbose_name='hours')),
                ('valid_from', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), help_text='First day. Leave blank for the usual hours.', null=True, verbose_name='from', years_ahead=5)),
                ('valid_until', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), help_text='Last day, for a season, a special day or a closing.', null=True, verbose_name='until', years_ahead=5)),
                ('reason', models.CharField(blank=True, help_text='Readers see it, for example “Stocktaking”.', max_length=80, verbose_name='reason')),
                ('reason_zh', models.CharField(blank=True, max_length=40, verbose_name='reason in Chinese')),
                ('hotline', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opening_hours', to='services.hotline', verbose_name='hotline')),
            ],
            options={
                'verbose_name': 'opening hours',
                'verbose_name_plural': 'opening hours',
                'ordering': [models.OrderBy(models.F('valid_from'), nulls_first=True), 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('hours', ''), _negated=True), django.db.models.lookups.Exact(models.Func(models.F('hours'), models.Value(' ,-0123456789:;FMSTWaefhoru'), function='LTRIM', output_field=models.CharField()), models.Value(''))), name='opening_hours_are_stored', violation_error_message='Enter opening hours, for example Mon–Fri 9–12, 13:30–17; Sat 9–12.'), models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='opening_hours_end_after_beginning', violation_error_message='The last day cannot be before the first.'), models.UniqueConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__isnull', True)), fields=('hotline',), name='opening_hours_usual_once', violation_error_message='The usual hours are entered twice. Enter the first day of one of them.'), models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('hotline', 'valid_from'), name='opening_hours_from_once', violation_error_message='Other hours begin on the same day.'), models.UniqueConstraint(fields=('hotline', 'valid_from', 'valid_until'), name='opening_hours_period_once', violation_error_message='Other hours have the same first and last day.')],
            },
        ),
        migrations.AddConstraint(
            model_name='hotline',
            constraint=models.CheckConstraint(condition=models.Q(('expire_at__isnull', True), ('publish_at__isnull', True), ('expire_at__gt', models.F('publish_at')), _connector='OR'), name='services_hotline_expires_after_publish', violation_error_message='“Public until” must be later than “public from”.'),
        ),
        migrations.AddIndex(
            model_name='stampissue',
            index=models.Index(fields=['state', 'year', 'issued_on', 'series', 'number', 'id'], name='stamp_issue_programme'),
        ),
        migrations.AddIndex(
            model_name='stampissue',
            index=models.Index(fields=['state', '-publish_at', '-id'], name='stamp_issue_feed'),
        ),
        migrations.AddConstraint(
            model_name='stampissue',
            constraint=models.CheckConstraint(condition=models.Q(('expire_at__isnull', True), ('publish_at__isnull', True), ('expire_at__gt', models.F('publish_at')), _connector='OR'), name='services_stampissue_expires_after_publish', violation_error_message='“Public until” must be later than “public from”.'),
        ),
        migrations.AddConstraint(
            model_name='stampissue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('scheduled', 'published')), _negated=True), ('publish_at__isnull', False), _connector='OR'), name='services_stampissue_published_has_moment', violation_error_message='A published item needs a publication time.'),
        ),
        migrations.AddConstraint(
            model_name='stampissue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['withdrawn', 'unpublished']), _negated=True), models.Q(('withdrawal_reason', ''), _negated=True), _connector='OR'), name='services_stampissue_unpublished_has_reason', violation_error_message='Enter a reason. Readers will see it.'),
        ),
        migrations.AddConstraint(
            model_name='stampissue',
            constraint=models.UniqueConstraint(condition=models.Q(('number__isnull', False), ('year__isnull', False)), fields=('series', 'year', 'number'), name='stamp_issue_serial_unique', violation_error_message='Another issue already has this serial number.'),
        ),
        migrations.AddConstraint(
            model_name='stampissue',
            constraint=models.UniqueConstraint(condition=models.Q(('number__isnull', False), ('numbering__in', ('dotted', 'running'))), fields=('series', 'number'), name='stamp_issue_running_number_unique', violation_error_message='Another issue already has this serial number.'),
        ),
        migrations.AddConstraint(
            model_name='stampissue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('numbering__in', ('dotted', 'running')), _negated=True), ('number__isnull', True), models.Q(('series', ''), _negated=True), _connector='OR'), name='stamp_issue_running_number_has_series', violation_error_message='Enter the letter of the series, for example the T in T.46.'),
        ),
        migrations.AddConstraint(
            model_name='stampissue',
            constraint=models.CheckConstraint(condition=models.Q(('number__isnull', True), models.Q(('number__gte', 1), ('year__isnull', False)), models.Q(('number__gte', 1), ('numbering__in', ('dotted', 'running'))), _connector='OR'), name='stamp_issue_number_has_year', violation_error_message='Enter a serial number with its year, for example 2016-4.'),
        ),
        migrations.AddConstraint(
            model_name='stampissue',
            constraint=models.CheckConstraint(condition=models.Q(('year__isnull', True), ('year__range', (1840, 2999)), _connector='OR'), name='stamp_issue_year_is_plausible', violation_error_message='Enter a year from 1840 to 2999.'),
        ),
        migrations.AddConstraint(
            model_name='stampissue',
            constraint=models.CheckConstraint(condition=models.Q(('face_value__isnull', True), ('face_value__gt', 0), _connector='OR'), name='stamp_issue_face_value_not_zero', violation_error_message='Leave blank if the face value is unknown. It cannot be 0.'),
        ),
        migrations.AddConstraint(
            model_name='stampissue',
            constraint=models.CheckConstraint(condition=models.Q(('stamp_count__isnull', True), ('stamp_count__gte', 1), models.Q(('souvenir_sheet_count__gte', 1), ('souvenir_sheet_count__isnull', False)), _connector='OR'), name='stamp_issue_count_not_zero', violation_error_message='Leave blank if the number of stamps is unknown. It cannot be 0.'),
        ),
        migrations.AddConstraint(
            model_name='stampissue',
            constraint=models.CheckConstraint(condition=models.Q(('print_run__isnull', True), ('print_run__gt', 0), _connector='OR'), name='stamp_issue_print_run_not_zero', violation_error_message='Leave blank if the print run is unknown. It cannot be 0.'),
        ),
        migrations.AddConstraint(
            model_name='stampissue',
            constraint=models.CheckConstraint(condition=models.Q(('sale_until__isnull', True), ('issued_on__isnull', True), ('sale_until__gte', models.F('issued_on')), _connector='OR'), name='stamp_issue_sale_ends_after_issue', violation_error_message='The sale cannot end before the date of issue.'),
        ),
        migrations.AddConstraint(
            model_name='stamp',
            constraint=models.UniqueConstraint(fields=('issue', 'position'), name='stamp_position_unique', violation_error_message='Another stamp already has this position in the set.'),
        ),
        migrations.AddConstraint(
            model_name='stamp',
            constraint=models.UniqueConstraint(condition=models.Q(('wns_number', ''), _negated=True), fields=('wns_number',), name='stamp_wns_unique', violation_error_message='Another stamp already has this WNS number.'),
        ),
        migrations.AddConstraint(
            model_name='stamp',
            constraint=models.CheckConstraint(condition=models.Q(('variety_of__isnull', True), models.Q(('variety_of', models.F('id')), _negated=True), _connector='OR'), name='stamp_no_variety_of_itself', violation_error_message='A stamp cannot be a variety of itself.'),
        ),
        migrations.AddConstraint(
            model_name='stamp',
            constraint=models.CheckConstraint(condition=models.Q(('position__gte', 1)), name='stamp_position_from_one', violation_error_message='Positions start at 1.'),
        ),
        migrations.AddConstraint(
            model_name='stamp',
            constraint=models.CheckConstraint(condition=models.Q(('print_run__isnull', True), ('print_run__gt', 0), _connector='OR'), name='stamp_print_run_not_zero', violation_error_message='Leave blank if the print run is unknown. It cannot be 0.'),
        ),
        migrations.AddConstraint(
            model_name='stamp',
            constraint=models.CheckConstraint(condition=models.Q(('denomination__isnull', True), ('denomination__gt', 0), _connector='OR'), name='stamp_denomination_not_zero', violation_error_message='Leave blank if the face value is unknown. It cannot be 0.'),
        ),
        migrations.AddConstraint(
            model_name='stamp',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('perforation_kind', 'imperforate'), _negated=True), ('gauge', ''), _connector='OR'), name='stamp_imperforate_without_gauge', violation_error_message='An imperforate stamp has no gauge.'),
        ),
        migrations.AddConstraint(
            model_name='stamp',
            constraint=models.CheckConstraint(condition=models.Q(('denomination__isnull', True), ('rate_name', ''), _connector='OR'), name='stamp_denomination_or_rate', violation_error_message='Enter a face value or a rate name, not both.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(('price__isnull', True), ('price__gt', 0), _connector='OR'), name='product_price_not_zero', violation_error_message='Leave blank if the price is unknown.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('columns__isnull', True), ('rows__isnull', True)), models.Q(('columns__gte', 1), ('columns__isnull', False), ('rows__gte', 1), ('rows__isnull', False)), _connector='OR'), name='product_layout_is_complete', violation_error_message='Enter columns and rows, or neither.'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.UniqueConstraint(fields=('issue', 'kind', 'name'), name='product_once', violation_error_message='Another product has this format. Enter a name that tells them apart.'),
        ),
        migrations.AddConstraint(
            model_name='credit',
            constraint=models.CheckConstraint(condition=models.Q(('person__isnull', True), ('organization__isnull', True), _connector='OR'), name='credit_of_person_or_organization', violation_error_message='Link a person or an organization, not both.'),
        ),
        migrations.AddConstraint(
            model_name='credit',
            constraint=models.UniqueConstraint(fields=('issue', 'role', 'name'), name='credit_once'),
        ),
        migrations.AddConstraint(
            model_name='cataloguereference',
            constraint=models.UniqueConstraint(fields=('issue', 'catalogue', 'number'), name='catalogue_reference_once'),
        ),
        migrations.CreateModel(
            name='TextNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('number', models.CharField(max_length=20, verbose_name='number')),
                ('as_written', models.CharField(max_length=40, verbose_name='as written')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'number in a text',
                'verbose_name_plural': 'numbers in texts',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'number'), name='text_number_once')],
            },
        ),
        migrations.CreateModel(
            name='IssueDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document', verbose_name='document')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attached_documents', to='services.stampissue', verbose_name='stamp issue')),
            ],
            options={
                'verbose_name': 'document at the end',
                'verbose_name_plural': 'documents at the end',
                'ordering': ['order', 'pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('issue', 'document'), name='issue_document_once', violation_error_message='This document is already in the list.')],
            },
        ),
    ]
