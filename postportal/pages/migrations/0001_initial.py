import datetime
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import postportal.richtext.fields
import postportal.richtext.references
import postportal.richtext.safe_links
import postportal.text.fields
import postportal.web.date_fields
import postportal.web.slug_fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('images', '0001_initial'),
        ('publishing', '0001_initial'),
        ('services', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='email address')),
                ('topic', models.CharField(choices=[('post', 'Letters and parcels'), ('stamps', 'Stamps and collecting'), ('press', 'Press'), ('website', 'This website'), ('other', 'Something else')], max_length=10, verbose_name='topic')),
                ('message', models.TextField(max_length=5000, verbose_name='message')),
                ('language', models.CharField(max_length=10, verbose_name='language')),
                ('sent_at', postportal.web.date_fields.RangedDateTimeField(auto_now_add=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='sent at')),
                ('mailed_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), editable=False, null=True, verbose_name='mailed at')),
                ('answered_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), null=True, verbose_name='answered at')),
            ],
            options={
                'verbose_name': 'contact message',
                'verbose_name_plural': 'contact messages',
                'ordering': ['-sent_at', '-pk'],
                'indexes': [models.Index(fields=['-sent_at', '-id'], name='contact_message_newest')],
            },
        ),
        migrations.CreateModel(
            name='MenuItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(choices=[('header', 'Header'), ('footer-1', 'Footer, first column'), ('footer-2', 'Footer, second column'), ('footer-3', 'Footer, third column'), ('base', 'Footer, last line')], default='header', max_length=10, verbose_name='place')),
                ('order', models.PositiveSmallIntegerField(default=10, verbose_name='order')),
                ('label', models.CharField(help_text='{year} becomes the current year, {number} the number of the hotline.', max_length=60, verbose_name='label')),
                ('label_zh', models.CharField(blank=True, max_length=60, verbose_name='label in Chinese')),
                ('address', models.CharField(help_text='A path on this site (/about/), a full URL (https://…), or what you find by its name: such a link follows when it is renamed, and is hidden while it is not public. {year} works here too.', max_length=300, validators=[postportal.richtext.references.validate_link_or_reference], verbose_name='URL')),
            ],
            options={
                'verbose_name': 'menu item',
                'verbose_name_plural': 'menu items',
                'permissions': [('propose_menuitem', 'Can propose changes to menu items')],
                'constraints': [models.UniqueConstraint(fields=('place', 'label', 'address'), name='menu_item_unique')],
            },
        ),
        migrations.CreateModel(
            name='Snippet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='For editors. Readers do not see it.', max_length=120, verbose_name='title')),
                ('folded_title', postportal.text.fields.FoldedField(db_index=False, of='title')),
                ('language', models.CharField(choices=[('en', 'English'), ('zh-hans', '中文')], default='en', max_length=10, verbose_name='language')),
                ('text', postportal.richtext.fields.RichTextField(help_text='Shown wherever the snippet is used, as soon as it is saved.', verbose_name='text')),
            ],
            options={
                'verbose_name': 'snippet',
                'verbose_name_plural': 'snippets',
                'constraints': [models.UniqueConstraint(fields=('title', 'language'), name='snippet_title_unique')],
            },
        ),
        migrations.CreateModel(
            name='SiteSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(default='PostPortal', max_length=80, verbose_name='name')),
                ('name_zh', models.CharField(blank=True, max_length=80, verbose_name='name in Chinese')),
                ('tagline', models.CharField(default='News and services of the national post', max_length=120, verbose_name='tagline')),
                ('tagline_zh', models.CharField(blank=True, max_length=120, verbose_name='tagline in Chinese')),
                ('description', models.CharField(blank=True, help_text='For search engines and shared links.', max_length=300, verbose_name='description')),
                ('description_zh', models.CharField(blank=True, max_length=300, verbose_name='description in Chinese')),
                ('postmark_place', models.CharField(blank=True, help_text='Shown in capitals around the date.', max_length=24, verbose_name='place on the postmark')),
                ('postmark_place_zh', models.CharField(blank=True, max_length=12, verbose_name='place on the postmark in Chinese')),
                ('contact_address', models.TextField(blank=True, max_length=300, verbose_name='postal address')),
                ('contact_address_zh', models.TextField(blank=True, max_length=300, verbose_name='postal address in Chinese')),
                ('contact_email', models.EmailField(blank=True, help_text='Receives messages from the contact form. Not shown to readers.', max_length=254, verbose_name='email address for contact messages')),
                ('security_contact', models.CharField(blank=True, help_text='A mailto: or https:// URL for security.txt.', max_length=200, verbose_name='contact for security reports')),
                ('answer_days', models.PositiveSmallIntegerField(default=3, help_text='Shown on the contact page.', verbose_name='response time in working days')),
                ('register_numbers', models.TextField(blank=True, help_text='One per line. Shown in the footer.', verbose_name='registration numbers')),
                ('footer_text', models.CharField(blank=True, max_length=200, verbose_name='footer text')),
                ('footer_text_zh', models.CharField(blank=True, max_length=200, verbose_name='footer text in Chinese')),
                ('link_picture', models.ForeignKey(blank=True, help_text='Shown with links to pages without a picture of their own, in messaging apps and on other sites.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='images.image', verbose_name='picture for link previews')),
                ('brand', models.CharField(default='#0b4a3a', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}\\Z', 'Enter # and six digits or lowercase letters a–f, for example #0b4a3a.')], verbose_name='brand colour')),
                ('deep', models.CharField(default='#06332a', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}\\Z', 'Enter # and six digits or lowercase letters a–f, for example #0b4a3a.')], verbose_name='dark brand colour')),
                ('seal', models.CharField(default='#bf2b18', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}\\Z', 'Enter # and six digits or lowercase letters a–f, for example #0b4a3a.')], verbose_name='seal colour')),
                ('air', models.CharField(default='#17498b', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}\\Z', 'Enter # and six digits or lowercase letters a–f, for example #0b4a3a.')], verbose_name='airmail colour')),
            ],
            options={
                'verbose_name': 'site settings',
                'verbose_name_plural': 'site settings',
                'permissions': [('propose_sitesettings', 'Can propose changes to site settings')],
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='site_settings_one_row')],
            },
        ),
        migrations.CreateModel(
            name='Page',
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
                ('path', postportal.web.slug_fields.SlugField(blank=True, help_text='The part after the domain: “about” creates the page /about/. Leave blank to create it from the title.', is_path=True, max_length=120, verbose_name='URL')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('folded_title', postportal.text.fields.FoldedField(db_index=False, of='title')),
                ('standfirst', models.TextField(blank=True, max_length=500, verbose_name='standfirst')),
                ('body', postportal.richtext.fields.RichTextField(blank=True, verbose_name='body')),
                ('body_text', models.TextField(blank=True, editable=False)),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('translated_version', models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ('translation_of', models.ForeignKey(blank=True, help_text='The same item in its original language, so that readers can change between them.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='translations', to='pages.page', verbose_name='translation of')),
            ],
            options={
                'verbose_name': 'page',
                'verbose_name_plural': 'pages',
                'permissions': [('publish_page', 'Can review, publish and schedule pages'), ('control_page', 'Can withdraw pages, publish them without review and lift embargoes')],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('expire_at__isnull', True), ('publish_at__isnull', True), ('expire_at__gt', models.F('publish_at')), _connector='OR'), name='pages_page_expires_after_publish', violation_error_message='“Public until” must be later than “public from”.'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('scheduled', 'published')), _negated=True), ('publish_at__isnull', False), _connector='OR'), name='pages_page_published_has_moment', violation_error_message='A published item needs a publication time.'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['withdrawn', 'unpublished']), _negated=True), models.Q(('withdrawal_reason', ''), _negated=True), _connector='OR'), name='pages_page_unpublished_has_reason', violation_error_message='Enter a reason. Readers will see it.'), models.UniqueConstraint(fields=('language', 'path'), name='page_address_unique', violation_error_message='Another page in this language already uses this URL.')],
            },
        ),
        migrations.CreateModel(
            name='Redirect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_host', models.CharField(blank=True, help_text='For example english.example.org. Leave blank for all hosts.', max_length=120, verbose_name='old host')),
                ('old_path', models.CharField(help_text='Path and query without the host, for example /html1/report/1.htm.', max_length=500, verbose_name='old URL')),
                ('object_id', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='item ID')),
                ('new_address', models.CharField(blank=True, help_text='Only if the old URL does not redirect to an item.', max_length=500, validators=[postportal.richtext.safe_links.validate_link], verbose_name='new URL')),
                ('gone_reason', models.CharField(blank=True, help_text='Instead of a new URL. Readers see it on the page at the old URL.', max_length=300, verbose_name='reason for removal')),
                ('created_at', postportal.web.date_fields.RangedDateTimeField(auto_now_add=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='created at')),
                ('content_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype', verbose_name='item type')),
            ],
            options={
                'verbose_name': 'redirect',
                'verbose_name_plural': 'redirects',
                'constraints': [models.UniqueConstraint(fields=('old_path', 'old_host'), name='redirect_address_unique', violation_error_message='This old URL is already redirected.'), models.CheckConstraint(condition=models.Q(('old_path__startswith', '/')), name='redirect_path_starts_with_slash', violation_error_message='The old URL must start with /.'), models.CheckConstraint(condition=models.Q(models.Q(('content_type__isnull', False), ('gone_reason', ''), ('new_address', ''), ('object_id__isnull', False)), models.Q(('content_type__isnull', True), ('object_id__isnull', True), models.Q(('new_address', ''), _negated=True), ('gone_reason', '')), models.Q(('content_type__isnull', True), ('object_id__isnull', True), ('new_address', ''), models.Q(('gone_reason', ''), _negated=True)), _connector='OR'), name='redirect_has_one_target', violation_error_message='Enter exactly one: an item, a new URL or the reason for removal.')],
            },
        ),
        migrations.CreateModel(
            name='ServiceNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='key')),
                ('expire_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1600, 1, 1), datetime.date(2999, 12, 31)), help_text='Hidden from readers from this time on. Usually left blank.', is_end=True, null=True, verbose_name='public until', years_ahead=10)),
                ('publish_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1600, 1, 1), datetime.date(2999, 12, 31)), db_index=True, default=django.utils.timezone.now, help_text='Hidden from readers until this time. Choose a future time for an embargo. Leave blank to hide the item until you enter a time or a release publishes it.', null=True, verbose_name='public from', years_ahead=1)),
                ('language', models.CharField(choices=[('en', 'English'), ('zh-hans', '中文')], default='en', max_length=10, verbose_name='language')),
                ('text', models.CharField(max_length=240, verbose_name='text')),
                ('link', models.CharField(blank=True, max_length=300, validators=[postportal.richtext.safe_links.validate_link], verbose_name='link')),
                ('link_text', models.CharField(blank=True, max_length=60, verbose_name='link text')),
                ('areas', models.CharField(blank=True, help_text='Where, for example “Yunhai and the outer islands”.', max_length=200, verbose_name='areas')),
                ('begins_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), help_text='First day of the disruption.', null=True, verbose_name='first day', years_ahead=1)),
                ('ends_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), help_text='Last day. Leave blank if unknown. Afterwards it is only shown on the list of past notices.', is_end=True, null=True, verbose_name='last day', years_ahead=1)),
                ('fallback_hotline', models.ForeignKey(blank=True, help_text='Readers see its number of the day.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='services.hotline', verbose_name='hotline to call instead')),
                ('release', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='publishing.release', verbose_name='release')),
                ('services', models.ManyToManyField(blank=True, help_text='Services that are disrupted. Leave blank if it is about all of them.', related_name='notices', to='services.service', verbose_name='services')),
                ('translated_version', models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ('translation_of', models.ForeignKey(blank=True, help_text='The same item in its original language, so that readers can change between them.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='translations', to='pages.servicenotice', verbose_name='translation of')),
            ],
            options={
                'verbose_name': 'service notice',
                'verbose_name_plural': 'service notices',
                'permissions': [('propose_servicenotice', 'Can propose service notices and changes to them'), ('publish_servicenotice', 'Can publish service notices')],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('expire_at__isnull', True), ('publish_at__isnull', True), ('expire_at__gt', models.F('publish_at')), _connector='OR'), name='pages_servicenotice_expires_after_publish', violation_error_message='“Public until” must be later than “public from”.'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), models.Q(('begins_on__isnull', False), ('ends_on__gte', models.F('begins_on'))), _connector='OR'), name='service_notice_ends_after_beginning', violation_error_message='Enter a first day that is not after the last day.'), models.CheckConstraint(condition=models.Q(models.Q(('link', ''), ('link_text', '')), models.Q(models.Q(('link', ''), _negated=True), models.Q(('link_text', ''), _negated=True)), _connector='OR'), name='service_notice_link_has_text', violation_error_message='Enter both a link and a link text, or neither.')],
            },
        ),
        migrations.CreateModel(
            name='PageDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document', verbose_name='document')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attached_documents', to='pages.page', verbose_name='page', db_index=False)),
            ],
            options={
                'verbose_name': 'document at the end',
                'verbose_name_plural': 'documents at the end',
                'ordering': ['order', 'pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('page', 'document'), name='page_document_once', violation_error_message='This document is already in the list.')],
            },
        ),
    ]
