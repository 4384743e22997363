"""The tree's root is a page of ours: in place of the page with which Wagtail welcomes its installers."""

from typing import Any

from django.db import migrations


def take_the_place_of_the_welcome(apps: Any, editor: Any) -> None:
    site = apps.get_model("wagtailcore", "Site").objects.filter(is_default_site=True).first()
    page_model = apps.get_model("wagtailcore", "Page")
    types = apps.get_model("contenttypes", "ContentType").objects
    page = page_model.objects.filter(pk=site.root_page_id).first() if site else None
    if page is None or (page.content_type.app_label, page.content_type.model) != ("wagtailcore", "page"):
        return  # somebody has built a tree already
    page.title = page.draft_title = "Startseite"
    page.content_type = types.get_or_create(app_label="pages", model="homepage")[0]
    page.save()
    home = apps.get_model("pages", "HomePage")(page_ptr_id=page.pk, editorialpage_ptr_id=page.pk)
    home.__dict__.update({field.attname: getattr(page, field.attname) for field in page._meta.concrete_fields})
    home.heading_de = "Startseite"
    home.save()
    site.site_name = "Wegweiser"
    site.save()


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(take_the_place_of_the_welcome, migrations.RunPython.noop)]
