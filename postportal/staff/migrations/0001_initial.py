import datetime
import django.db.models.deletion
import postportal.text.fields
import postportal.web.date_fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('otp_totp', '0003_add_timestamps'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Autosave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField(null=True)),
                ('form_key', models.CharField(max_length=32, verbose_name='form key')),
                ('data', models.TextField(verbose_name='fields')),
                ('saved_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='saved at')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype', db_index=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, db_index=False)),
            ],
            options={
                'verbose_name': 'autosave',
                'verbose_name_plural': 'autosaves',
                'indexes': [models.Index(fields=['content_type', 'object_id', 'user'], name='autosave_of_item')],
                'constraints': [models.UniqueConstraint(fields=('user', 'form_key'), name='autosave_one_per_form')],
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', postportal.text.fields.LineField(max_length=80, verbose_name='name')),
                ('query', models.CharField(blank=True, max_length=1000, verbose_name='filter')),
                ('is_shared', models.BooleanField(default=False, verbose_name='shared with everybody')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype', db_index=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'saved filter',
                'verbose_name_plural': 'saved filters',
                'constraints': [models.UniqueConstraint(fields=('content_type', 'user', 'name'), name='saved_filter_one_per_name')],
            },
        ),
        migrations.CreateModel(
            name='Preferences',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='preferences', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('language', models.CharField(blank=True, choices=[('en', 'English'), ('zh-hans', '中文')], help_text='Of staff pages and of emails to you. Leave blank for the language of the browser.', max_length=10, verbose_name='language')),
                ('time_zone', models.CharField(blank=True, help_text='In which staff pages show and take times. Leave blank for the time zone of the portal.', max_length=64, verbose_name='time zone')),
                ('has_comment_mails', models.BooleanField(default=True, verbose_name='comments')),
                ('has_review_mails', models.BooleanField(default=True, verbose_name='submissions, returns and approvals')),
                ('has_assignment_mails', models.BooleanField(default=True, verbose_name='assignments and items handed over')),
                ('has_publication_mails', models.BooleanField(default=True, verbose_name='publications without review, and publications that failed')),
            ],
            options={
                'verbose_name': 'preferences',
                'verbose_name_plural': 'preferences',
            },
        ),
        migrations.CreateModel(
            name='Passkey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', postportal.text.fields.LineField(max_length=80, verbose_name='name')),
                ('credential_id', models.CharField(max_length=1364, unique=True, verbose_name='ID')),
                ('public_key', models.TextField(verbose_name='public key')),
                ('user_handle', models.CharField(max_length=86, verbose_name='user handle')),
                ('sign_count', models.PositiveBigIntegerField(default=0, verbose_name='signatures')),
                ('added_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='added at')),
                ('used_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), null=True, verbose_name='last used at')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passkeys', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'passkey',
                'verbose_name_plural': 'passkeys',
                'ordering': ['added_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ExternalLogin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(max_length=255, verbose_name='provider')),
                ('subject', models.CharField(max_length=255, verbose_name='subject')),
                ('linked_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='linked at')),
                ('used_at', postportal.web.date_fields.RangedDateTimeField(blank=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), null=True, verbose_name='last used at')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='external_logins', to=settings.AUTH_USER_MODEL, db_index=False)),
            ],
            options={
                'verbose_name': 'external login',
                'verbose_name_plural': 'external logins',
                'constraints': [models.UniqueConstraint(fields=('issuer', 'subject'), name='external_login_one_per_subject'), models.UniqueConstraint(fields=('user', 'issuer'), name='external_login_one_per_account')],
            },
        ),
        migrations.CreateModel(
            name='AuthenticatorApp',
            fields=[
            ],
            options={
                'verbose_name': 'authenticator app',
                'verbose_name_plural': 'authenticator apps',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('otp_totp.totpdevice',),
        ),
    ]
