"""What the pages bring into Wagtail's admin and into its editor of formatted text."""

from typing import Any

from wagtail import hooks
from wagtail.images.views.bulk_actions import AddToCollectionBulkAction
from wagtail.rich_text.feature_registry import FeatureRegistry

from wegweiser.pages import panels
from wegweiser.pages.forms import CopyPageForm, SignLanguageForm
from wegweiser.pages.models import EasyLanguagePage, EditorialPage, HomePage, SignLanguagePage, TextPage
from wegweiser.pages.pictures import Picture
from wegweiser.pages.rich_text import LeavingLink, LivePageLink, PictureEmbed

# Here and not at the models: which fields are translated is known only after all models are.
EditorialPage.copy_form_class = CopyPageForm
HomePage.edit_handler = panels.handler(HomePage)
TextPage.edit_handler = panels.handler(TextPage, *panels.LINKED)
EasyLanguagePage.edit_handler = panels.handler(EasyLanguagePage, *panels.LINKED)
SignLanguagePage.edit_handler = panels.handler(
    SignLanguagePage, panels.VIDEO, *panels.LINKED, form=SignLanguageForm
)


class AddToCollection(AddToCollectionBulkAction):
    """Wagtail's own updates all rows at once, past the change log."""

    models = [Picture]

    @classmethod
    def execute_action(cls, images: list[Picture], collection: Any = None, **kwargs: Any) -> tuple[int, int]:
        for picture in images:
            picture.collection = collection
            picture.save()
        return len(images), 0


def handlers(features: FeatureRegistry) -> None:
    features.register_link_type(LivePageLink)
    features.register_link_type(LeavingLink)
    features.register_embed_type(PictureEmbed)


hooks.register("register_bulk_action", AddToCollection, order=100)  # after Wagtail's own, which it replaces
hooks.register("register_rich_text_features", handlers, order=100)
