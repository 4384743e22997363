from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.change import Followed
from directory.models.codes import CodeField


class Configuration(Followed):
    """What one city sets once: where it is, who answers for the pages, whether this is demo data."""

    home_area = CodeField(_("home area"), vocabulary="areas")
    publisher = models.CharField(_("published by"), max_length=200, blank=True)
    publisher_address = models.TextField(_("address"), blank=True)
    publisher_phone = models.CharField(_("phone"), max_length=60, blank=True)
    publisher_email = models.EmailField(_("e-mail"), blank=True)
    frozen = models.BooleanField(_("organisations change nothing at present"), default=False)
    demo = models.BooleanField(_("unconfirmed demo data"), default=False)

    class Meta:
        verbose_name = _("configuration")
        verbose_name_plural = _("configuration")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_configuration")]

    def __str__(self) -> str:
        return str(_("Configuration"))

    @classmethod
    def load(cls) -> "Configuration":
        return cls.objects.filter(pk=1).first() or cls(pk=1)
