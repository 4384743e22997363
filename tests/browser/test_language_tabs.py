"""The tabs of languages in a real browser: a click anywhere on one opens it, and Wagtail saves by itself."""

from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import DESK, PHONE, NewVisitor, Site
from tests.browser.test_accessibility import findings
from tests.browser.test_privacy import log_in

LISTINGS = "/admin/snippets/directory/listing/"
WORD = "Kelaynak"
PATIENTLY = 30_000  # milliseconds: the form is the largest page, and saving it takes its time


def open_form(new_visitor: NewVisitor, site: Site, number: int) -> Page:
    page = log_in(new_visitor(DESK, locale="en-GB"), site)
    page.set_default_timeout(PATIENTLY)
    page.goto(site.url + LISTINGS)
    link = page.locator("td.title a[href*='/edit/']").nth(number)
    page.goto(site.url + (link.get_attribute("href") or ""))
    expect(page.locator("[role=tab][aria-selected=true]")).to_be_visible()
    return page


def tab(code: str) -> str:
    return f"#tab-label-language_{code}"


def test_a_click_on_any_part_of_a_tab_opens_it_and_all_are_in_sight(new_visitor: NewVisitor, site: Site) -> None:
    page = open_form(new_visitor, site, 0)
    for code, part in (("ar", "bdi"), ("tr", ".language-mark"), ("en", ".language-mark__icon")):
        box = page.locator(f"{tab(code)} {part}").bounding_box()
        assert box
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(page.locator(f"#tab-language_{code}")).to_be_visible()
        expect(page.locator(tab(code))).to_have_attribute("aria-selected", "true")
    for each in page.get_by_role("tab").all():
        box = each.bounding_box()
        assert box
        assert box["x"] + box["width"] <= DESK[0]


def test_axe_finds_nothing_and_nothing_is_cut_off(new_visitor: NewVisitor, site: Site) -> None:
    page = open_form(new_visitor, site, 0)
    page.locator(tab("ar")).click()
    for width, height in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        assert findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def is_saving(response: Response) -> bool:
    return response.request.method == "POST" and "/listing/edit/" in response.url and response.ok


def test_what_was_typed_and_decided_is_saved_without_a_click(new_visitor: NewVisitor, site: Site) -> None:
    page = open_form(new_visitor, site, 1)
    german = page.locator("[name=title_de]").input_value()
    page.locator(tab("tr")).click()
    page.wait_for_timeout(2_500)  # Wagtail takes what is there two seconds after loading for unchanged
    with page.expect_response(is_saving):
        page.locator("[name=title_tr]").fill(WORD)
    with page.expect_response(is_saving):
        page.locator("#tab-language_tr [name=public_languages]").uncheck()
    page.reload()
    assert page.locator("[name=title_tr]").input_value() == WORD
    assert page.locator("[name=title_de]").input_value() == german
    assert not page.locator("#tab-language_tr [name=public_languages]").is_checked()
    assert page.locator("#tab-language_ar [name=public_languages]").is_checked()
    assert "Last noted by admin" in (page.locator("#tab-language_tr .language-state").text_content() or "")
