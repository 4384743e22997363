"""Editors' pages as visitors meet them."""

import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from directory.models import Configuration
from directory.translation_state import State, note
from directory.translation_state import show as show_language
from tests.integration.pages.making import home, page, picture
from tests.integration.public.reading import Seen, read
from tests.unit.wegweiser.pages.test_videos import MP4
from wegweiser.pages import tree
from wegweiser.pages.models import EasyLanguagePage, SignLanguagePage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_demo(db: None, settings: Any) -> None:
    settings.LANGUAGES = [("de", "Deutsch"), ("en", "English"), ("ar", "العربية")]
    Configuration(pk=1, demo=False).save()


def get(path: str, status: int = 200) -> Seen:
    response = Client().get(path)
    assert response.status_code == status, response.status_code
    return read(response)


class TestPage:
    def test_what_it_says(self) -> None:
        page(intro_de="Kurz gesagt.")
        seen = get("/de/about/")
        assert seen.one("h1").text == "Über uns"
        assert "Kurz gesagt." in seen.one("p", having="lead").text
        assert "Wir helfen." in seen.one(having="words").text
        assert seen.one("title").text == "Über uns – Wegweiser"

    def test_in_the_visitors_language(self) -> None:
        page(heading_ar="من نحن", text_ar="<p>نساعد.</p>")
        seen = get("/ar/about/")
        assert seen.one("h1").text == "من نحن"
        assert seen.all(lang="de") == [link for link in seen.all(lang="de") if link.tag in {"a", "span"}]
        assert (seen.one(having="words").lang, seen.one(having="words").dir) == ("ar", "rtl")

    def test_what_is_not_in_that_language_says_so(self) -> None:
        page(heading_ar="من نحن", intro_de="Kurz gesagt.")
        seen = get("/ar/about/")
        assert (seen.one("h1").lang, seen.one("h1").dir) == ("ar", "rtl")
        for part in (seen.one("p", having="lead"), seen.one(having="words")):
            assert (part.attributes["lang"], part.attributes["dir"]) == ("de", "ltr")

    def test_a_language_that_is_not_for_readers_falls_back_too(self) -> None:
        made = page(heading_ar="من نحن", text_ar="<p>نساعد.</p>")
        show_language(made, "ar", public=False)
        made.save()
        assert get("/ar/about/").one("h1").text == "Über uns"

    def test_what_a_machine_wrote_says_so(self) -> None:
        made = page(heading_en="About us", text_en="<p>We help.</p>")
        note(made, "en", state=State.MACHINE, by="machine")
        made.save()
        assert get("/en/about/").all(having="made")
        assert get("/de/about/").all(having="made") == []

    def test_a_source_that_is_newer_is_told_of(self) -> None:
        made = page(heading_en="About us", text_en="<p>We help.</p>")
        note(made, "en", state=State.HUMAN, by="chris")
        made.text_de = "<p>Anders.</p>"
        made.save()
        assert get("/en/about/").all(having="made")

    def test_below_another_page(self) -> None:
        page("team", parent=page(), heading_de="Das Team")
        assert get("/de/about/team/").one("h1").text == "Das Team"
        links = [link.attributes["href"] for link in get("/de/about/").within("a", inside="editorial")]
        assert links == ["/de/about/team/"]

    def test_it_is_no_place_of_alarm_but_can_be_left(self) -> None:
        page()
        assert get("/de/about/").one("a", having="exit").attributes["href"] == "/w"

    def test_it_keeps_the_policy_of_all_pages(self) -> None:
        page()
        seen = get("/de/about/")
        policy = seen.response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "img-src 'self'" in policy
        assert not [element for element in seen.elements if "style" in element.attributes]
        assert not seen.response.cookies

    def test_few_queries(self, django_assert_max_num_queries: Any) -> None:
        made = picture()
        made.get_rendition("width-800")
        words = f'<p>Haus</p><embed embedtype="image" format="fullwidth" id="{made.pk}" alt="x"/>' * 3
        below = page("team")
        page(text_de=words + f'<p><a linktype="page" id="{below.pk}">Team</a></p>')
        get("/de/about/")
        with django_assert_max_num_queries(6):
            get("/de/about/")


class TestNotThere:
    @pytest.mark.parametrize("path", ["/de/nothing/", "/de/about/nothing/", "/de/home/", "/de/home/about/"])
    def test_an_unknown_address(self, path: str) -> None:
        page()
        get(path, 404)

    def test_a_draft(self) -> None:
        page(live=False)
        get("/de/about/", 404)

    def test_a_draft_of_a_published_page(self) -> None:
        made = page()
        made.heading_de = "Entwurf"
        made.save_revision()
        assert get("/de/about/").one("h1").text == "Über uns"

    def test_a_page_taken_back(self) -> None:
        made = page()
        made.unpublish()
        get("/de/about/", 404)

    def test_a_private_one(self) -> None:
        made = page()
        page("team", parent=made)
        PageViewRestriction.objects.create(page=made, restriction_type="login")
        get("/de/about/", 404)
        get("/de/about/team/", 404)

    def test_a_post(self) -> None:
        page()
        assert Client().post("/de/about/").status_code == 405

    def test_without_a_language_it_leads_to_one(self) -> None:
        page()
        response = Client().get("/about/", headers={"accept-language": "ar"})
        assert response.headers["Location"] == "/ar/about/"

    @pytest.mark.parametrize("path", ["/documents/1/", "/media/x/", "/static/x/"])
    def test_what_lies_beside_the_languages_leads_to_none(self, path: str) -> None:
        assert Client().get(path).status_code == 404


class TestRichText:
    def words(self, html: str, path: str = "/de/about/", **fields: Any) -> Seen:
        page(text_de=html, **fields)
        return get(path)

    def test_links_that_leave_tell_nothing(self) -> None:
        seen = self.words('<p><a href="https://example.org/?a=1&amp;b=2">dort</a></p>')
        (link,) = seen.within("a", inside="words")
        assert link.attributes["href"] == "https://example.org/?a=1&b=2"
        assert "noreferrer" in link.attributes["rel"]

    def test_links_between_pages_stay_in_the_language(self) -> None:
        other = page("team")
        seen = self.words(f'<p><a linktype="page" id="{other.pk}">Team</a></p>', "/en/about/", heading_en="About")
        (link,) = seen.within("a", inside="words")
        assert link.attributes["href"] == "/en/team/"

    @pytest.mark.parametrize("gone", ["draft", "deleted"])
    def test_words_that_linked_a_page_stay_words(self, gone: str) -> None:
        other = page("team", live=gone != "draft")
        html = f'<p><a linktype="page" id="{other.pk}">Team</a></p>'
        if gone == "deleted":
            other.delete()
        (link,) = self.words(html).within("a", inside="words")
        assert (link.text, link.attributes) == ("Team", {})

    def test_a_picture_tells_what_it_shows_in_the_language_of_the_text(self) -> None:
        made = picture(alt_ar="بيت")
        embed = f'<p>x</p><embed embedtype="image" format="left" id="{made.pk}" alt="Haus im Text"/>'
        page(text_de=embed, text_ar=embed)
        assert get("/de/about/").one("img").attributes["alt"] == "Ein Haus"
        assert get("/ar/about/").one("img").attributes["alt"] == "بيت"

    def test_in_a_fallback_it_tells_it_in_the_language_of_the_fallback(self) -> None:
        made = picture(alt_ar="بيت")
        seen = self.words(f'<embed embedtype="image" format="left" id="{made.pk}" alt=""/>', "/ar/about/")
        assert seen.one("img").attributes["alt"] == "Ein Haus"
        assert seen.one("img").lang == "de"

    def test_a_picture_comes_from_here_with_its_size(self) -> None:
        made = picture()
        seen = self.words(f'<embed embedtype="image" format="fullwidth" id="{made.pk}" alt=""/>')
        shown = seen.one("img").attributes
        assert shown["src"].startswith("/media/images/")
        assert (shown["width"], shown["height"]) == ("40", "20")
        assert Client().get(shown["src"]).status_code == 200

    def test_a_deleted_picture_leaves_nothing(self) -> None:
        assert self.words('<p>Haus</p><embed embedtype="image" format="left" id="99" alt="x"/>').all("img") == []


class TestSearchEngines:
    def urls(self) -> list[str]:
        return re.findall(r"<loc>(.*?)</loc>", Client().get("/sitemap.xml").content.decode())

    def test_the_sitemap_names_it_where_it_has_text(self) -> None:
        page(heading_en="About us", text_ar="<p>نساعد.</p>", last_published_at=timezone.now())
        assert {url.split("/")[3] for url in self.urls() if url.endswith("/about/")} == {"de", "ar"}

    def test_languages_that_are_off_are_not_named(self) -> None:
        page(text_tr="<p>Yardım ederiz.</p>")
        assert not [url for url in self.urls() if "/tr/" in url]

    @pytest.mark.parametrize("fields", [{"live": False}, {"text_de": ""}])
    def test_no_draft_and_nothing_empty(self, fields: dict[str, Any]) -> None:
        page(**fields)
        assert not [url for url in self.urls() if url.endswith("/about/")]

    def test_the_page_names_its_real_translations(self) -> None:
        page(text_ar="<p>نساعد.</p>")
        links = {link.attributes["hreflang"] for link in get("/de/about/").all("link", rel="alternate")}
        assert links == {"de", "ar"}
        assert get("/de/about/").one("link", rel="canonical").attributes["href"].endswith("/de/about/")
        assert get("/en/about/").all("link", rel="canonical") == []

    def test_it_describes_itself_in_its_own_language_only(self) -> None:
        page(description_de="Wer wir sind.")
        assert get("/de/about/").one("meta", name="description").attributes["content"] == "Wer wir sind."
        assert get("/ar/about/").all("meta", name="description") == []

    def test_a_demo_hides_it(self) -> None:
        page()
        Configuration(pk=1, demo=True).save()
        assert get("/de/about/").one("meta", name="robots").attributes["content"] == "noindex"
        assert self.urls() == []


class TestLinks:
    def footer(self, path: str = "/de/") -> dict[str, Any]:
        return {link.text: link for link in get(path).within("a", inside="footer")}

    def test_the_footer_links_what_the_editor_wants_there(self) -> None:
        page("about", show_in_menus=True, heading_ar="من نحن")
        page("other", heading_de="Anderes")
        assert self.footer()["Über uns"].attributes["href"] == "/de/about/"
        assert "Anderes" not in self.footer()
        assert self.footer("/ar/")["من نحن"].attributes["href"] == "/ar/about/"

    @pytest.mark.parametrize("fields", [{"live": False}, {"text_de": ""}, {"text_de": None}])
    def test_nothing_empty_is_linked(self, fields: dict[str, Any]) -> None:
        page("about", show_in_menus=True, on_first_page=True, **fields)
        assert "Über uns" not in get("/de/").text

    def test_a_fallback_in_the_footer_says_so(self) -> None:
        page("about", show_in_menus=True)
        (mark,) = [e for e in get("/ar/").within("span", inside="footer") if e.text == "Über uns"]
        assert (mark.lang, mark.dir) == ("de", "ltr")

    def test_the_first_page_links_what_the_editor_wants_there(self) -> None:
        page("about", on_first_page=True)
        links = {link.text: link.attributes["href"] for link in get("/de/").within("a", inside="pages-here")}
        assert links == {"Über uns": "/de/about/"}

    def test_the_editors_own_words_on_the_first_page(self) -> None:
        first = home()
        first.intro_de = "Ein Angebot der Stadt."
        first.save()
        assert "Ein Angebot der Stadt." in get("/de/").text
        (words,) = [e for e in get("/ar/").all("p") if e.text == "Ein Angebot der Stadt."]
        assert (words.lang, words.dir) == ("de", "ltr")

    def test_without_pages_the_first_page_shows_no_empty_list(self) -> None:
        assert get("/de/").all(having="pages-here") == []

    def test_pages_follow_the_order_of_the_tree(self) -> None:
        one, two = (
            page("one", heading_de="Eins", show_in_menus=True),
            page("two", heading_de="Zwei", show_in_menus=True),
        )
        assert [text for text in self.footer() if text in ("Eins", "Zwei")] == ["Eins", "Zwei"]
        two.move(one, pos="left")
        assert [text for text in self.footer() if text in ("Eins", "Zwei")] == ["Zwei", "Eins"]


class TestExplanations:
    """BITV 2.0 § 4: the first page links them, as soon as they exist."""

    def links(self, path: str = "/ar/") -> list[tuple[str, str, str]]:
        found = get(path).within("a", inside="pages-here") + get(path).within("a", inside="footer")
        words = {"Leichte Sprache", "Deutsche Gebärdensprache"}
        return [(link.text, link.attributes["href"], path) for link in found if link.text in words]

    def test_none_before_they_are_published(self) -> None:
        page("leichte-sprache", model=EasyLanguagePage, live=False)
        page("dgs", model=SignLanguagePage, live=False)
        assert self.links() == []

    def test_no_sign_language_without_a_video(self) -> None:
        page("dgs", model=SignLanguagePage, text_de="")
        assert self.links() == []

    def test_both_under_the_names_that_people_look_for(self) -> None:
        page("leichte-sprache", model=EasyLanguagePage, heading_de="So geht es")
        page(
            "dgs",
            model=SignLanguagePage,
            video_url="https://example.org/a.mp4",
            video_seconds=90,
            video_megabytes=9,
        )
        expected = [("Leichte Sprache", "/ar/leichte-sprache/"), ("Deutsche Gebärdensprache", "/ar/dgs/")]
        assert [(text, url) for text, url, _path in self.links()] == expected * 2

    def test_the_names_are_german_everywhere_and_say_so(self) -> None:
        page("leichte-sprache", model=EasyLanguagePage)
        (mark,) = [e for e in get("/ar/").within("span", inside="footer") if e.text == "Leichte Sprache"]
        assert (mark.lang, mark.dir) == ("de", "ltr")

    def test_every_page_of_the_site_leads_there(self) -> None:
        page("leichte-sprache", model=EasyLanguagePage)
        assert self.links("/de/sicherheit/")


class TestVideo:
    def sign(self, **fields: Any) -> Any:
        return page("dgs", model=SignLanguagePage, **({"text_de": "", "video_seconds": 200} | fields))

    def test_a_video_of_our_own_with_size_and_length(self) -> None:
        made = SignLanguagePage(slug="dgs", heading_de="DGS", live=True, video_seconds=200)
        made.video.save("a.mp4", ContentFile(MP4 + b"\0" * 2_300_000), save=False)
        home().add_child(instance=made)
        seen = get("/en/dgs/")
        (link,) = seen.within("a", inside="editorial")
        assert re.fullmatch(r"/media/videos/[\w-]+\.mp4", link.attributes["href"])
        assert "download" in link.attributes
        assert "3:20" in seen.one(having="editorial").text
        assert "2.3 MB" in seen.one(having="editorial").text
        assert Client().get(link.attributes["href"]).status_code == 200

    def test_a_video_at_the_towns_own_server(self) -> None:
        self.sign(video_url="https://example.org/a.mp4", video_megabytes=12)
        (link,) = get("/en/dgs/").within("a", inside="editorial")
        assert link.attributes["href"] == "https://example.org/a.mp4"
        assert "noreferrer" in link.attributes["rel"]
        assert "12 MB" in get("/en/dgs/").one(having="editorial").text

    def test_nothing_is_embedded(self) -> None:
        self.sign(video_url="https://example.org/a.mp4", video_megabytes=12)
        seen = get("/de/dgs/")
        assert not [e for e in seen.elements if e.tag in {"iframe", "video", "embed", "object"}]


class TestKept:
    def test_the_tree_is_read_once(self, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("directory.vocabulary.RECHECK_SECONDS", 3600)
        page("about", show_in_menus=True)
        tree.tree()
        with django_assert_num_queries(0):
            assert len(tree.menu()) == 1

    def test_an_edit_is_seen_at_once(self) -> None:
        made = page("about", show_in_menus=True)
        assert len(tree.menu()) == 1
        made.show_in_menus = False
        made.save()
        assert tree.menu() == []

    def test_what_was_rolled_back_is_not_seen(self) -> None:
        from tests.integration.directory.making import undone

        with undone():
            page("about", show_in_menus=True)
        assert tree.menu() == []

    def test_without_a_root_there_is_nothing(self) -> None:
        page("about", show_in_menus=True)
        home().delete()
        assert tree.menu() == []
        get("/de/", 200)
        get("/de/about/", 404)
