"""What a browser would send: the form as the page shows it, with some fields changed."""

from typing import Any

from django.forms import BaseForm, MultiWidget
from django.test import Client
from django.urls import resolve, reverse
from django.utils import translation

from directory.models import Configuration


def url(model: str, view: str, *args: Any) -> str:
    namespace = f"wagtailsnippets_directory_{model}" if model != "configuration" else model
    return reverse(f"{namespace}:{view}", args=args)


def form_on(address: str) -> Any:
    """The form that the page shows, without rendering the page: it is large."""
    view = resolve(address)
    options: dict[str, Any] = view.func.view_initkwargs  # type: ignore[attr-defined]
    return options["form_class"](instance=_shown_instance(options["model"], view.kwargs))


def _shown_instance(model: Any, kwargs: dict[str, Any]) -> Any:
    if model is Configuration:
        return Configuration.load()
    if "pk" not in kwargs:
        return model()
    found = model.objects.get(pk=kwargs["pk"])
    if "revision_id" in kwargs:
        return found.revisions.get(pk=kwargs["revision_id"]).as_object()
    return found.get_latest_revision_as_object() if hasattr(found, "revisions") else found


def shown(form: Any) -> dict[str, Any]:
    """Every field and child row of the form with the value that it shows."""
    data = values(form)
    for name, rows in getattr(form, "formsets", {}).items():
        for field in rows.management_form:
            data[field.html_name] = field.value()
        for row in rows.forms:
            data |= values(row)
        assert data[f"{name}-TOTAL_FORMS"] == len(rows.forms)
    return data


def values(form: BaseForm) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in form:
        value = field.value()
        if value is None or value is False:
            continue
        if isinstance(field.field.widget, MultiWidget):
            found |= parts(field, value)
            continue
        found[field.html_name] = (field.field.widget.format_value(value) or "") if single(field) else value
    return found


def parts(field: Any, value: Any) -> dict[str, Any]:
    """A field that is made of several, each with a name of its own."""
    widget = field.field.widget
    names = (field.html_name + suffix for suffix in widget.widgets_names)
    return {name: part for name, part in zip(names, widget.decompress(value), strict=True) if part}


def single(field: Any) -> bool:
    return not isinstance(field.value(), list | tuple | dict | bool)


def post(client: Client, address: str, action: Any = "", **changed: Any) -> Any:
    data = shown(form_on(address)) | changed
    if action:
        data[f"action-{action}"] = "1"
    data = {name: value for name, value in data.items() if value is not None}
    return client.post(address, data)


def saved(response: Any) -> Any:
    """The click worked; else tell what the form says."""
    if response.status_code != 302:
        raise AssertionError(problems(response))
    return response


def problems(response: Any) -> str:
    """Everything that the refused form says, in English, as one text."""
    assert response.status_code == 200, response.status_code
    form = response.context["form"]
    with translation.override("en"):
        words = [form.errors.as_text()]
        for rows in getattr(form, "formsets", {}).values():
            words += [rows.non_form_errors().as_text(), *(row.errors.as_text() for row in rows)]
    return "\n".join(word for word in words if word)


def row(relation: str, number: Any = 0, **fields: Any) -> dict[str, Any]:
    """A child row that the editor adds as the first one."""
    added = {f"{relation}-{number}-{name}": value for name, value in fields.items()}
    return {f"{relation}-TOTAL_FORMS": number + 1, **added}
