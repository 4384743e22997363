"""Questions of the guide in the admin, their answers inline."""

from typing import Any

from django import forms
from django.db.models import Max
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, Panel, PublishingPanel, TabbedInterface
from wagtail.admin.ui.tables import Column, UpdatedAtColumn

from directory import slugs
from directory.editing.filters import EntryFilters, OneOf
from directory.editing.forms import EntryForm, NamedForm
from directory.editing.language_tabs import RowsTab, language_tabs
from directory.editing.panels import RowsPanel, group, names_in_all_languages, needed, plain
from directory.editing.viewsets import EntryViewSet
from directory.languages import SHIPPED, column
from referrals.dimensions import shipped
from referrals.editing import columns
from referrals.editing.deleting import TellingDelete
from referrals.editing.drafts import faults_of_draft
from referrals.editing.grouped import GroupedField, of_answers, of_facts
from referrals.editing.texts import need_main_text
from referrals.models import Guide, Option, Question
from referrals.reasons import name_of


class OptionForm(EntryForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken: set[str] = set()  # slugs of the rows before, shared by all
        if "facts" in self.fields:
            self.fields["facts"] = GroupedField(
                groups=of_facts(), stored=self.instance.facts, like=self.fields["facts"]
            )
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        """Other questions refer to an answer by its slug, so it is made once; a draft brings back what it got."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        need_main_text(self, cleaned, "text")
        if not self.instance.pk:
            if (cleaned.get("slug") or "") in {"", *self.taken}:
                cleaned["slug"] = _free_slug(cleaned, self.taken)
            self.taken.add(cleaned["slug"])
        return cleaned


def _free_slug(cleaned: dict[str, Any], taken: set[str]) -> str:
    texts = (cleaned.get(column("text", code)) or "" for code in SHIPPED)
    return slugs.numbered(slugs.made_of(texts, 50) or "answer", taken)


class QuestionForm(NamedForm):
    named_by = "text"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self._begin()
        if "guide" in self.fields:
            self.fields["guide"].disabled = bool(self.instance.pk)
        if "dimension" in self.fields:
            named = [(name, capfirst(str(name_of(name)))) for name in shipped().values]
            self.fields["dimension"].widget.choices = [("", "---------"), *named]
        if "shown_if" in self.fields:
            self.fields["shown_if"] = GroupedField(
                groups=of_answers(self.instance), stored=self.instance.shown_if, like=self.fields["shown_if"]
            )

    def _begin(self) -> None:
        """A new question comes last, in the guide that there is."""
        found = Guide.objects.first()
        if found and not self.instance.guide_id:
            self.instance.guide = found
            last = found.questions.aggregate(last=Max("order"))["last"] or 0
            self.initial |= {"guide": found.pk, "order": last + 1}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        need_main_text(self, cleaned, "text", "why")
        self._share_slugs()
        if self._has_texts_only() and self._rows_changed():
            words = _("A translator writes texts only. New answers can be translated once they are published.")
            self.add_error(None, words)
        return cleaned

    def _has_texts_only(self) -> bool:
        return "options" in self.formsets and "dimension" not in self.fields

    def _rows_changed(self) -> bool:
        """An answer of a draft that is not stored yet would lose the facts, which are not in this form."""
        rows = self.formsets["options"]
        return any(not row.instance.pk or {"DELETE", "ORDER"} & {*row.changed_data} for row in rows.forms)

    def _share_slugs(self) -> None:
        """Before the rows are looked at: each has to know the slugs of the others."""
        rows = self.formsets["options"].forms if "options" in self.formsets else []
        taken = {row.instance.slug for row in rows if row.instance.pk}
        for row in rows:
            row.taken = taken

    def _answers(self) -> list[Any]:
        rows = self.formsets["options"]
        kept = [row for row in rows.forms if row not in rows.deleted_forms]
        return [row for row in kept if row.instance.pk or row.has_changed()]

    def _post_clean(self) -> None:
        """Only now the instance holds what was written."""
        super()._post_clean()
        rows = self.formsets.get("options")
        if self.errors or not self.instance.guide_id or (rows and not rows.is_valid()):
            return
        options = [row.instance for row in self._answers()] if rows else self.instance.options.all()
        for fault in faults_of_draft(self.instance, options, prove=not self.is_deferred_validation):
            self.add_error(None, fault)


def answers(*panels: Panel) -> Panel:
    names = names_in_all_languages(Option, _("Answer"))
    slug = FieldPanel("slug", widget=forms.HiddenInput, classname="w-hidden")
    return RowsPanel(
        "options", [names, *panels, slug], heading=_("Answers"), label=_("answer"), row_form=OptionForm
    )


QUESTION = TabbedInterface(
    [
        ObjectList(
            [
                FieldRowPanel([FieldPanel("guide", widget=forms.Select), *plain("slug", "order")]),
                *needed("dimension"),
                *plain("shown_if"),
            ],
            heading=_("General"),
        ),
        *language_tabs(Question),
        RowsTab(
            [answers(*plain("facts"))], heading=_("Answers"), texts=ObjectList([answers()], heading=_("Answers"))
        ),
        ObjectList(
            [PublishingPanel(), group(_("Where this comes from"), "sources", "valid_from", "check_by")],
            heading=_("Sources and state"),
        ),
    ],
    base_form_class=QuestionForm,
)


class QuestionFilters(EntryFilters):
    checked = OneOf(_("To be checked by"), [("overdue", _("Past the day"))])

    class Meta:
        model = Question
        fields = ["state", "review", "translation", "checked"]


class QuestionDelete(TellingDelete):
    def losses(self) -> list[str]:
        answers = self.object.options.count()
        gone = ngettext("Its %(number)d answer goes with it.", "Its %(number)d answers go with it.", answers)
        told = [gone % {"number": answers}]
        if names := ", ".join(f"“{user}”" for user in self.object.users()):
            told.append(
                _("It cannot go yet, because these are asked after it only: %(names)s.") % {"names": names}
            )
        return told


def dimension_in_words(question: Question) -> str:
    return capfirst(str(name_of(question.dimension)))


class QuestionViewSet(EntryViewSet):
    model = Question
    icon = "help"
    menu_label = _("Questions")
    edit_handler = QUESTION
    delete_view_class = QuestionDelete
    list_display = [
        "__str__",
        Column("order", label=_("order"), sort_key="order"),
        Column("dimension", label=_("asks for"), accessor=dimension_in_words),
        columns.check_by(),
        UpdatedAtColumn(),
    ]
    filterset_class = QuestionFilters
