"""Every way by which a picture can be stored encodes it anew; nothing that a camera noted is ever on the disk."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import translation
from PIL import Image
from wagtail.models import Collection, UploadedFile

from directory.models import Change
from tests.integration.directory.making import new_changes
from tests.integration.pages.making import (
    CANARY,
    as_file,
    claiming,
    committed,
    content_of,
    drawn,
    moving,
    picture,
    upload,
    with_gps,
    with_profile,
    with_text_chunk,
)
from wegweiser.pages.pictures import Picture

pytestmark = pytest.mark.django_db

ALT = {"title": "Haus", "alt_de": "Ein Haus", "collection": "1"}


def on_disk(folder: str = "") -> Iterator[str]:
    folders, files = default_storage.listdir(folder)
    yield from (f"{folder}{name}" for name in files)
    for each in folders:
        yield from on_disk(f"{folder}{each}/")


@pytest.fixture(autouse=True)
def an_empty_store() -> None:
    for name in list(on_disk()):
        default_storage.delete(name)


def everything_stored() -> dict[str, bytes]:
    found = {}
    for name in on_disk():
        with default_storage.open(name) as file:
            found[name] = file.read()
    return found


# --- the ways in -------------------------------------------------------------------------------------------------


def by_form(admin: Client, content: bytes, name: str = "photo.jpg") -> Any:
    return admin.post(reverse("wagtailimages:add"), {**ALT, "file": upload(content, name)})


def by_new_file(admin: Client, content: bytes, name: str = "photo.jpg") -> Any:
    made = picture()
    return admin.post(reverse("wagtailimages:edit", args=[made.pk]), {**ALT, "file": upload(content, name)})


def by_chooser(admin: Client, content: bytes, name: str = "photo.jpg") -> Any:
    prefix = "image-chooser-upload"
    data = {f"{prefix}-{key}": value for key, value in {**ALT, "file": upload(content, name)}.items()}
    return admin.post(reverse("wagtailimages_chooser:create"), data)


def by_many(admin: Client, content: bytes, name: str = "photo.jpg") -> Any:
    """First the file alone, then what it shows: in between Wagtail keeps the upload."""
    response = admin.post(
        reverse("wagtailimages:add_multiple"), {"title": "Haus", "files[]": upload(content, name)}
    )
    answer = json.loads(response.content)
    if not answer["success"]:
        return response
    key = answer["uploaded_file_id"]
    prefix = f"uploaded-image-{key}"
    data = {f"{prefix}-{name}": value for name, value in ALT.items()}
    return admin.post(reverse("wagtailimages:create_multiple_from_uploaded_image", args=[key]), data)


def by_model(admin: Client, content: bytes, name: str = "photo.jpg") -> Any:
    return Picture.objects.create(title="Haus", file=ContentFile(content, name))


def by_field(admin: Client, content: bytes, name: str = "photo.jpg") -> Any:
    made = picture()
    made.file.save(name, ContentFile(content), save=True)
    return made


FORMS = [by_form, by_new_file, by_chooser, by_many]
Way = Callable[..., Any]
each_form = pytest.mark.parametrize("way", FORMS, ids=lambda way: way.__name__)
each_way = pytest.mark.parametrize("way", [*FORMS, by_model, by_field], ids=lambda way: way.__name__)


@each_way
class TestEveryWay:
    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (with_gps(orientation=6), "photo.jpg"),
            (with_gps("WEBP"), "photo.webp"),
            (with_text_chunk(), "photo.png"),
            (with_profile(), "photo.jpg"),
            (as_file(drawn()) + b"<script>" + CANARY, "photo.jpg"),
            (as_file(drawn()) + b"PK\x03\x04" + CANARY, "photo.jpeg"),
        ],
        ids=["gps", "webp", "png", "profile", "script", "zip"],
    )
    def test_only_the_picture_is_stored(self, admin: Client, way: Way, content: bytes, name: str) -> None:
        way(admin, content, name)
        made = Picture.objects.latest("pk")
        assert not Image.open(made.file).getexif()
        for stored_as, stored in everything_stored().items():
            assert CANARY not in stored, stored_as
            assert b"<script>" not in stored
            assert "photo" not in stored_as
        assert b"CANARY" not in content_of(made)

    def test_what_is_noted_of_it_is_true_of_what_is_stored(self, admin: Client, way: Way) -> None:
        way(admin, with_gps(orientation=6))
        made = Picture.objects.latest("pk")
        assert (made.width, made.height) == (20, 40)
        assert made.get_file_size() == len(content_of(made))

    def test_it_leaves_its_change_row(self, admin: Client, way: Way) -> None:
        with new_changes() as rows:
            way(admin, as_file(drawn()))
        assert {action for model, _slug, action in rows if model == "pages.picture"} == {"create"}


BAD = {
    "an extension that lies": (as_file(drawn(), "PNG"), "photo.jpg"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "photo.svg"),
    "svg that lies": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "photo.png"),
    "gif": (as_file(drawn(), "GIF"), "photo.gif"),
    "moving webp": (moving("WEBP"), "photo.webp"),
    "too many pixels": (claiming(5000, 5000), "photo.png"),
    "a bomb": (claiming(60_000, 60_000), "photo.png"),
    "cut off": (as_file(drawn(300, 300).effect_spread(99))[:3000], "photo.jpg"),
    "text": (b"hello", "photo.jpg"),
    "too large": (as_file(drawn()) + b"\0" * (5 * 1024 * 1024), "photo.jpg"),
}


@each_form
@pytest.mark.parametrize("bad", BAD)
def test_the_form_refuses_and_keeps_nothing(admin: Client, way: Way, bad: str) -> None:
    response = way(admin, *BAD[bad])
    assert response.status_code == 200
    allowed = 1 if way is by_new_file else 0
    assert Picture.objects.count() == allowed
    assert not UploadedFile.objects.exists()
    assert len([name for name in everything_stored() if not name.startswith("images/")]) <= allowed


def test_the_model_refuses_too() -> None:
    for content, name in (BAD["svg"], BAD["moving webp"], BAD["too many pixels"], BAD["cut off"]):
        with pytest.raises(ValidationError):
            Picture(title="Haus").file.save(name, ContentFile(content))


class TestManyAtOnce:
    def test_what_waits_for_its_description_is_clean_already(self, admin: Client) -> None:
        data = {"title": "Haus", "files[]": upload(with_gps(), "gps.jpg")}
        answer = json.loads(admin.post(reverse("wagtailimages:add_multiple"), data).content)
        waiting = UploadedFile.objects.get(pk=answer["uploaded_file_id"])
        assert CANARY not in waiting.file.read()
        assert "gps" not in waiting.file.name

    def test_a_large_one_that_the_server_keeps_in_a_file(self, admin: Client, settings: Any) -> None:
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
        by_many(admin, with_gps())
        assert CANARY not in content_of(Picture.objects.get())

    def test_a_description_is_asked_for_before_it_is_a_picture(self, admin: Client) -> None:
        data = {"title": "Haus", "files[]": upload()}
        answer = json.loads(admin.post(reverse("wagtailimages:add_multiple"), data).content)
        key = answer["uploaded_file_id"]
        address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[key])
        refused = json.loads(admin.post(address, {f"uploaded-image-{key}-title": "Haus"}).content)
        assert not refused["success"]
        assert "Write what the picture shows" in refused["form"]

    def test_one_that_is_given_up_leaves_nothing(self, admin: Client) -> None:
        data = {"title": "Haus", "files[]": upload()}
        answer = json.loads(admin.post(reverse("wagtailimages:add_multiple"), data).content)
        admin.post(reverse("wagtailimages:delete_upload_multiple", args=[answer["uploaded_file_id"]]))
        assert not everything_stored()

    def test_its_details_can_be_changed_there(self, admin: Client) -> None:
        made = picture()
        data = {f"image-{made.pk}-{name}": value for name, value in (ALT | {"alt_en": "A house"}).items()}
        response = admin.post(reverse("wagtailimages:edit_multiple", args=[made.pk]), data)
        assert json.loads(response.content)["success"]
        assert Picture.objects.get().alt_en == "A house"


class TestForm:
    def test_it_asks_what_the_picture_shows(self, admin: Client) -> None:
        response = admin.post(reverse("wagtailimages:add"), {"title": "Haus", "collection": "1", "file": upload()})
        with translation.override("en"):
            assert "Write what the picture shows" in str(response.context["form"].errors["alt_de"])

    def test_unless_it_only_decorates(self, admin: Client) -> None:
        data = {"title": "Welle", "collection": "1", "file": upload(), "is_decorative": "on"}
        assert admin.post(reverse("wagtailimages:add"), data).status_code == 302
        assert Picture.objects.get().default_alt_text == ""

    def test_only_the_offered_languages_are_in_it_and_the_others_stay(self, admin: Client, settings: Any) -> None:
        made = picture(alt_ru="Дом", alt_en="A house")
        form = admin.get(reverse("wagtailimages:edit", args=[made.pk])).context["form"]
        offered = {name for name in form.fields if name.startswith("alt_")}
        assert offered == {f"alt_{code}" for code, _name in settings.LANGUAGES}
        admin.post(reverse("wagtailimages:edit", args=[made.pk]), {**ALT, "alt_en": "The house"})
        assert (Picture.objects.get().alt_ru, Picture.objects.get().alt_en) == ("Дом", "The house")

    def test_each_language_is_written_in_its_direction(self, admin: Client) -> None:
        form = admin.get(reverse("wagtailimages:add")).context["form"]
        assert form.fields["alt_ar"].widget.attrs["dir"] == "rtl"
        assert form.fields["alt_ar"].widget.attrs["lang"] == "ar"

    @pytest.mark.parametrize("name", ["wagtailimages:index", "wagtailimages:add", "wagtailimages:add_multiple"])
    def test_its_pages_work(self, admin: Client, name: str) -> None:
        picture()
        assert admin.get(reverse(name)).status_code == 200

    def test_the_choosers_pages_work(self, admin: Client) -> None:
        made = picture()
        assert admin.get(reverse("wagtailimages_chooser:choose")).status_code == 200
        chosen = json.loads(admin.get(reverse("wagtailimages_chooser:chosen", args=[made.pk])).content)
        assert chosen["result"]["default_alt_text"] == "Ein Haus"
        insert = reverse("wagtailimages_chooser:select_format", args=[made.pk])
        assert admin.get(insert).status_code == 200
        assert admin.get(reverse("wagtailimages:image_usage", args=[made.pk])).status_code == 200

    def test_a_new_file_leaves_none_of_the_old_one(self, admin: Client) -> None:
        made = picture()
        made.get_rendition("max-165x165")
        admin.post(reverse("wagtailimages:edit", args=[made.pk]), {**ALT, "file": upload(as_file(drawn(9, 9)))})
        assert made.file.name not in everything_stored()


class TestMany:
    def bulk(self, admin: Client, action: str, found: list[Picture], **data: Any) -> Any:
        query = "&".join(f"id={each.pk}" for each in found)
        address = reverse("wagtail_bulk_action", args=["pages", "picture", action])
        return admin.post(f"{address}?{query}", data)

    def test_into_a_collection_with_a_row_for_each(self, admin: Client) -> None:
        found = [picture(), picture()]
        committed()
        target = Collection.get_first_root_node().add_child(name="Häuser")
        with new_changes() as rows:
            self.bulk(admin, "add_to_collection", found, collection=target.pk)
        assert [model for model, _slug, _action in rows] == ["pages.picture"] * 2
        assert set(Picture.objects.values_list("collection__name", flat=True)) == {"Häuser"}

    def test_deleted_with_a_row_for_each(self, admin: Client) -> None:
        found = [picture(), picture()]
        committed()
        with new_changes() as rows:
            self.bulk(admin, "delete", found)
        assert [action for _model, _slug, action in rows] == ["delete"] * 2
        assert not Picture.objects.exists()

    def test_tagged(self, admin: Client) -> None:
        found = [picture()]
        self.bulk(admin, "add_tags", found, tags="haus")
        assert [tag.name for tag in found[0].tags.all()] == ["haus"]


class TestAlt:
    def test_in_the_language_that_is_asked_for(self) -> None:
        made = Picture(alt_de="Ein Haus", alt_ar="بيت")
        assert [made.alt_in(code) for code in ("de", "ar", "tr")] == ["Ein Haus", "بيت", "Ein Haus"]

    def test_what_the_editor_wrote_in_place_is_better_than_another_language(self) -> None:
        made = Picture(alt_de="Ein Haus")
        assert made.alt_in("tr", otherwise="Bir ev") == "Bir ev"
        assert made.alt_in("de", otherwise="Das Haus") == "Ein Haus"

    def test_decoration_says_nothing(self) -> None:
        assert Picture(alt_de="Welle", is_decorative=True).alt_in("de", otherwise="Welle") == ""

    def test_without_any(self) -> None:
        assert Picture(title="IMG_1").alt_in("de") == ""
        assert Picture(title="IMG_1").alt_in("de", otherwise="Haus") == "Haus"


def test_a_row_names_who_uploaded(admin: Client) -> None:
    by_form(admin, as_file(drawn()))
    assert Change.objects.filter(model="pages.picture").latest("id").by == "chris"
