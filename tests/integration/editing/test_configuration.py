"""One configuration, which need not be stored to be edited."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch

from directory.models import Configuration
from directory.vocabulary import home_area
from tests.integration.directory.making import area
from tests.integration.editing.posting import post, problems, saved, url

pytestmark = pytest.mark.django_db


def test_looking_at_it_stores_nothing(admin: Client) -> None:
    assert admin.get(url("configuration", "edit", 1)).status_code == 200
    assert not Configuration.objects.exists()


def test_the_menu_leads_to_the_form(admin: Client) -> None:
    response = admin.get(url("configuration", "index"))
    assert response.headers["Location"] == url("configuration", "edit", 1)


def test_saving_it_takes_effect_at_once(admin: Client) -> None:
    area("jena")
    saved(post(admin, url("configuration", "edit", 1), home_area="jena", demo="on"))
    assert home_area() == "jena"
    assert Configuration.load().demo
    saved(post(admin, url("configuration", "edit", 1), demo=None))
    assert not Configuration.load().demo
    assert Configuration.objects.count() == 1


def test_a_home_area_that_does_not_exist(admin: Client) -> None:
    assert "atlantis" in problems(post(admin, url("configuration", "edit", 1), home_area="atlantis"))


@pytest.mark.parametrize(("view", "arguments"), [("add", []), ("delete", [1])])
def test_nobody_adds_a_second_one_or_deletes_it(view: str, arguments: list[int]) -> None:
    with pytest.raises(NoReverseMatch):
        url("configuration", view, *arguments)


def test_any_other_number_is_the_same_one(admin: Client) -> None:
    saved(post(admin, url("configuration", "edit", 1), publisher="Stadt Jena"))
    saved(admin.post(url("configuration", "edit", 7), {"publisher": "Stadt Weimar"}))
    assert list(Configuration.objects.values_list("pk", "publisher")) == [(1, "Stadt Weimar")]
