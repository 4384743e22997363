from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.models import Pause
from directory.reviewing.brakes import end


class Command(BaseCommand):
    help = "Let a paused account go on, where nobody else is left who could do it in the admin."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account", help="its user name")

    def handle(self, *args: Any, **options: Any) -> None:
        model: Any = get_user_model()
        found = model.objects.filter(username=options["account"]).first()
        if found is None:
            raise CommandError(f"No account is called {options['account']}.")
        pause = Pause.objects.filter(account=found, lifted_at=None).first()
        if pause is None:
            self.stdout.write(f"{found} is not paused.")
            return
        end(pause, by=None)
        self.stdout.write(f"{found} may go on; it was paused since {pause.since:%Y-%m-%d %H:%M}.")
