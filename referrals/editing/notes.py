"""Notes in the admin: what a result says beside its bodies."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, ObjectList, PublishingPanel, TabbedInterface
from wagtail.admin.ui.tables import Column, UpdatedAtColumn

from directory.editing.filters import EntryFilters, OneOf
from directory.editing.forms import NamedForm
from directory.editing.language_tabs import language_tabs
from directory.editing.panels import group, needed, plain
from directory.editing.viewsets import EntryViewSet
from referrals import note_files
from referrals.editing import columns
from referrals.editing.conditions import ConditionsField
from referrals.editing.deleting import TellingDelete
from referrals.editing.texts import need_main_text
from referrals.models import Note


def called_for(kind: str) -> list[str]:
    """The program names these when it shows them; notes of what to keep are found by their conditions."""
    return [note.slug for note in note_files.shipped() if note.kind == kind != Note.Kind.KEEP]


class NoteForm(NamedForm):
    named_by = "heading"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields and self.instance.pk:
            self.fields["kind"].disabled = True  # its name and its conditions belong to the kind
        if "applies" in self.fields:
            known = self.fields["applies"]
            self.fields["applies"] = ConditionsField(
                stored=self.instance.applies, label=known.label, help_text=known.help_text, required=False
            )

    def clean_applies(self) -> dict[str, Any]:
        return self.cleaned_data["applies"] or {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        need_main_text(self, cleaned, "heading", "text")
        kind = cleaned.get("kind") or self.instance.kind
        if cleaned.get("applies") and kind != Note.Kind.KEEP:
            self.add_error("applies", _("Only what to note and keep now has conditions."))
        if not self.instance.pk and (names := called_for(kind)) and cleaned.get("slug") not in names:
            words = _("No result shows a note of this kind under this name. Names that are shown: %(names)s.")
            self.add_error("slug", ValidationError(words, params={"names": ", ".join(names)}))
        return cleaned


NOTE = TabbedInterface(
    [
        ObjectList(
            [FieldRowPanel([*needed("kind"), *plain("slug", "order")]), *plain("applies")], heading=_("General")
        ),
        *language_tabs(Note),
        ObjectList(
            [PublishingPanel(), group(_("Where this comes from"), "sources", "valid_from", "check_by")],
            heading=_("Sources and state"),
        ),
    ],
    base_form_class=NoteForm,
)


class NoteFilters(EntryFilters):
    checked = OneOf(_("To be checked by"), [("overdue", _("Past the day"))])

    class Meta:
        model = Note
        fields = ["state", "review", "translation", "checked", "kind"]


class NoteDelete(TellingDelete):
    def losses(self) -> list[str]:
        if self.object.kind == Note.Kind.KEEP:
            return [str(_("Results will no longer say this to anybody."))]
        return [str(_("Results will show nothing in its place, and an upgrade does not bring it back."))]


class NoteViewSet(EntryViewSet):
    model = Note
    icon = "info-circle"
    menu_label = _("Notes")
    edit_handler = NOTE
    delete_view_class = NoteDelete
    list_display = [
        "__str__",
        Column("get_kind_display", label=_("kind"), sort_key="kind"),
        columns.valid_from(),
        columns.check_by(),
        UpdatedAtColumn(),
    ]
    filterset_class = NoteFilters
