from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction


class Command(BaseCommand):
    help = "Take away somebody's second factor: a lost telephone. They set up a new one at the next sign-in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name with which the person signs in")

    def handle(self, *args: Any, **options: Any) -> None:
        user = get_user_model()._default_manager.filter(username=options["name"]).first()
        if user is None:
            raise CommandError(f"Nobody signs in as “{options['name']}”.")
        with transaction.atomic():
            Authenticator.objects.filter(user=user).delete()
            for session in Session.objects.all():  # whoever has the telephone may be signed in
                if session.get_decoded().get("_auth_user_id") == str(user.pk):
                    session.delete()
        self.stderr.write(f"{user} sets up a new second factor at the next sign-in.")
