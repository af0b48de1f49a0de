from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "postportal.outbox"

    def ready(self) -> None:
        from postportal.outbox import signals

        signals.connect()
