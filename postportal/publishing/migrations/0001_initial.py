import datetime
import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
import postportal.web.date_fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Shown to staff only.', max_length=150, verbose_name='name')),
                ('note', models.TextField(blank=True, help_text='What the release is for, and who to contact.', max_length=2000, verbose_name='note')),
                ('stage', models.CharField(choices=[('draft', 'In preparation'), ('scheduled', 'Scheduled'), ('published', 'Published')], default='draft', editable=False, max_length=9, verbose_name='stage')),
                ('created_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), default=django.utils.timezone.now, editable=False, verbose_name='created at')),
                ('due_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), editable=False, null=True, verbose_name='scheduled for')),
                ('published_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), editable=False, null=True, verbose_name='published at')),
                ('failure', models.TextField(blank=True, editable=False, verbose_name='reason for the failure')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'release',
                'verbose_name_plural': 'releases',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('stage', 'scheduled'), _negated=True), ('due_at__isnull', False), _connector='OR'), name='release_scheduled_has_moment')],
                'indexes': [models.Index(fields=['stage', 'due_at'], name='release_due')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('stage', models.CharField(choices=[('draft', 'Draft'), ('review', 'In review'), ('scheduled', 'Scheduled'), ('published', 'Published'), ('discarded', 'Discarded')], default='draft', max_length=10, verbose_name='stage')),
                ('content', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True, verbose_name='content')),
                ('created_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='created at')),
                ('submitted_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), null=True, verbose_name='submitted at')),
                ('approved_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), null=True, verbose_name='approved at')),
                ('planned_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), null=True, verbose_name='planned for')),
                ('due_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), null=True, verbose_name='scheduled for')),
                ('published_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), null=True, verbose_name='published at')),
                ('is_forced', models.BooleanField(default=False, verbose_name='published without review')),
                ('force_reason', models.CharField(blank=True, max_length=300, verbose_name='reason for publishing without review')),
                ('is_minor', models.BooleanField(default=False, verbose_name='minor change')),
                ('change_note', models.CharField(blank=True, max_length=300, verbose_name='change note')),
                ('errata', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('failure', models.TextField(blank=True, verbose_name='reason for the failure')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype', db_index=False)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('writers', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='editions', to='publishing.release')),
            ],
            options={
                'verbose_name': 'edition',
                'verbose_name_plural': 'editions',
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'number'), name='edition_number_unique'), models.UniqueConstraint(condition=models.Q(('stage__in', ('draft', 'review', 'scheduled'))), fields=('content_type', 'object_id'), name='edition_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('stage', 'scheduled'), _negated=True), ('due_at__isnull', False), _connector='OR'), name='edition_scheduled_has_moment')],
                'indexes': [models.Index(fields=['stage', 'due_at'], name='edition_due'), models.Index(fields=['content_type', 'object_id', 'stage', '-published_at'], name='edition_history')],
            },
        ),
        migrations.CreateModel(
            name='RenderedPreview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=43, unique=True)),
                ('html', models.TextField()),
                ('created_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), db_index=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SiteIdentity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(max_length=253, verbose_name='domain')),
                ('assigned_on', postportal.web.date_fields.RangedDateField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='assigned on')),
            ],
            options={
                'verbose_name': 'site identity',
                'verbose_name_plural': 'site identities',
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='site_identity_one_row')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('kind', models.CharField(choices=[('found', 'Changed outside the admin'), ('saved', 'Saved'), ('restored', 'Restored'), ('imported', 'Imported'), ('filed', 'Tags, section or source changed'), ('deleted', 'Deleted')], default='saved', max_length=8, verbose_name='type')),
                ('content', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='content')),
                ('at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='time')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('command', models.CharField(blank=True, max_length=60, verbose_name='command')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype', db_index=False)),
                ('edition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='revisions', to='publishing.edition')),
            ],
            options={
                'verbose_name': 'revision',
                'verbose_name_plural': 'revisions',
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'number'), name='revision_number_unique')],
                'indexes': [models.Index(fields=['content_type', 'at'], name='revision_by_time')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('kind', models.CharField(choices=[('remark', 'Comment'), ('submitted', 'Submitted for review'), ('returned', 'Returned to the writer'), ('declined', 'Declined'), ('approved', 'Approved'), ('forced', 'Published without review'), ('reviewed', 'Approved after publication'), ('fault', 'Failed to publish'), ('author', 'Added as author'), ('handover', 'Handed over'), ('assigned', 'Assigned')], default='remark', max_length=9, verbose_name='type')),
                ('text', models.TextField(blank=True, max_length=2000, verbose_name='comment')),
                ('at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='time')),
                ('done_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), null=True, verbose_name='done at')),
                ('origin', models.CharField(blank=True, max_length=200, verbose_name='origin')),
                ('mailed_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), null=True, verbose_name='mailed at')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype', db_index=False)),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='comments', to='publishing.edition')),
                ('answers', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='publishing.comment')),
                ('field', models.CharField(blank=True, max_length=40, verbose_name='field')),
                ('quote', models.CharField(blank=True, max_length=300, verbose_name='words')),
                ('before', models.CharField(blank=True, max_length=60, verbose_name='text before')),
                ('after', models.CharField(blank=True, max_length=60, verbose_name='text after')),
                ('mentioned', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'comment',
                'verbose_name_plural': 'comments',
                'indexes': [models.Index(fields=['content_type', 'object_id', 'at'], name='comment_of_item')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('due_on', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), is_end=True, null=True, verbose_name='due on', years_ahead=2)),
                ('at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='assigned at')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype', db_index=False)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='assigned to')),
            ],
            options={
                'verbose_name': 'assignment',
                'verbose_name_plural': 'assignments',
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id'), name='assignment_one_each')],
            },
        ),
        migrations.CreateModel(
            name='Authorship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('left_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), null=True, verbose_name='handed over at')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype', db_index=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'author',
                'verbose_name_plural': 'authors',
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'user'), name='authorship_one_each')],
            },
        ),
        migrations.CreateModel(
            name='ItemTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('content', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='content')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype', db_index=False)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'template',
                'verbose_name_plural': 'templates',
                'constraints': [models.UniqueConstraint(fields=('content_type', 'name'), name='item_template_one_per_name')],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('opened_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='opened at')),
                ('seen_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='last seen at')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype', db_index=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'presence',
                'verbose_name_plural': 'presences',
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'user'), name='presence_one_each')],
            },
        ),
        migrations.CreateModel(
            name='PreviewLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('created_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='created at')),
                ('expires_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='expires at')),
                ('revoked_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), null=True, verbose_name='revoked at')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype', db_index=False)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='preview_links', to='publishing.edition')),
            ],
            options={
                'verbose_name': 'preview link',
                'verbose_name_plural': 'preview links',
                'indexes': [models.Index(fields=['content_type', 'object_id', '-created_at'], name='preview_link_of_item')],
            },
        ),
        migrations.CreateModel(
            name='CalendarKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('session_hash', models.CharField(max_length=20)),
                ('created_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='created at')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'calendar key',
                'verbose_name_plural': 'calendar keys',
                'default_permissions': (),
            },
        ),
    ]
