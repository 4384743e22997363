"""What is new, for a reader of feeds."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from referrals.professionals.changes import News, news


class NewsFeed(Feed):  # type: ignore[type-arg]
    feed_type = Atom1Feed

    def title(self) -> str:
        return _("What is new in the directory")

    def link(self) -> str:
        return reverse("professionals_news")

    def items(self) -> list[News]:
        return news()

    def item_title(self, item: News) -> str:
        return f"{item.words}: {item.title}"

    def item_description(self, item: News) -> str:
        return _(", ").join(item.facts)

    def item_link(self, item: News) -> str:
        return reverse("listing", args=[item.slug]) if item.has_page else reverse("professionals_news")

    def item_guid(self, item: News) -> str:
        return f"urn:wegweiser:{item.slug}:{item.kind}:{item.at:%Y%m%d}"

    def item_pubdate(self, item: News) -> datetime:
        return item.at

    def item_updateddate(self, item: News) -> datetime:
        return item.at
