from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "postportal.publishing"
