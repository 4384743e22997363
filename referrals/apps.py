from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = _("Referrals")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from directory.editing import policy
        from referrals import checks  # noqa: F401 - registers them, which needs the models
        from referrals.editing.case_policy import CasePolicy
        from referrals.editing.guides import GuidePolicy
        from referrals.models import Case, Deadline, Guide, Note, Question

        policy.register(Deadline, Note, Question)
        register_permission_policy(Case, CasePolicy(Case))
        register_permission_policy(Guide, GuidePolicy(Guide))
