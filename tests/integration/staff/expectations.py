"""Who may open (GET) and send (POST) what below /admin/: the first pattern that fits counts.

A administrator, R reviewer, E editor, T translator, P partner, N signed in without a role, V visitor.
An address without a row here fails the test: decide who may, and write it down.
"""

ALL, SIGNED_IN, STAFF = "ARETPNV", "ARETPN", "ARETP"
ENTRY = r"admin/snippets/(directory/(listing|organisation|term|area)|referrals/(deadline|note|question))/"
PREVIEWED = r"admin/snippets/(directory/(listing|organisation)|referrals/(note|question))/"
SHOWN_NOWHERE = r"admin/snippets/(directory/(term|area)|referrals/deadline)/"

EXPECTED = (
    # Sign-in
    (r"admin/login/$", ALL, ALL),
    (r"admin/logout/$", ALL, ALL),
    (r"admin/inactive/$", ALL, ""),
    (r"admin/password/reset/(key/)?done/$", ALL, ""),
    (r"admin/\^?password/reset/", ALL, ALL),
    (r"admin/\^?password_reset/", "", ""),
    (r"admin/reauthenticate/$", SIGNED_IN, SIGNED_IN),
    (r"admin/second-factor/$", SIGNED_IN, ""),
    (r"admin/second-factor/reauthenticate/$", SIGNED_IN, SIGNED_IN),
    (r"admin/second-factor/totp/activate/$", SIGNED_IN, SIGNED_IN),
    (r"admin/second-factor/recovery-codes/generate/$", SIGNED_IN, SIGNED_IN),
    # Without a second factor there is nothing to ask for, to take away or to show.
    (r"admin/second-factor/(authenticate|totp/deactivate|recovery-codes)/", "", ""),
    # The frame of every page
    (r"admin/sprite/$", ALL, ALL),
    (r"admin/jsi18n/$", ALL, ""),
    (r"admin/$", STAFF, ""),
    (r"admin/account/$", STAFF, STAFF),
    (r"admin/dismissibles/$", STAFF, ""),
    (r"admin/opening-hours/$", STAFF, STAFF),  # reads back in words what somebody writes; stores nothing
    (r"admin/handbook/", STAFF, STAFF),
    (r"admin/fachkraefte/", STAFF, STAFF),  # the public page, with contacts for professionals; stores nothing
    # Entries
    (ENTRY + r"(results/)?$", STAFF, ""),
    (ENTRY + r"inspect/", STAFF, ""),
    (ENTRY + r"add/$", "ARE", "ARE"),
    (ENTRY + r"edit/", "ARET", "ARET"),
    (ENTRY + r"delete/", "AR", "AR"),
    (ENTRY + r"(usage|workflow_history)/", "ARET", ""),
    (ENTRY + r"(lock|unlock)/", "", "AR"),
    (ENTRY + r"(unpublish/|history/.*/unschedule/)", "AR", "AR"),
    (ENTRY + r"history/.*/revert/", "ARE", "ARE"),
    (SHOWN_NOWHERE + r"history/.*/view/$", "", ""),
    (ENTRY + r"history(-results)?/", "ARET", ""),
    (PREVIEWED + r"preview/$", "ARE", "ARE"),
    (PREVIEWED + r"preview/", "ARET", "ARET"),
    (SHOWN_NOWHERE + r"preview/$", "ARE", "ARE"),
    (SHOWN_NOWHERE + r"preview/", "ARET", "ARET"),
    (ENTRY + r"workflow/(action|collect_action_data)/", "AR", "AR"),
    (ENTRY + r"workflow/confirm_cancellation/", "ARET", "ARET"),
    (PREVIEWED + r"workflow/preview/", "AR", ""),
    (SHOWN_NOWHERE + r"workflow/preview/", "", ""),
    (r"admin/snippets/choose/", "ARE", ""),
    (r"admin/snippets/$", "", ""),
    (r"admin/editing-sessions/ping/", "", "ARET"),
    (r"admin/editing-sessions/release/", "", STAFF),  # one's own only
    (r"admin/overdue-rules/$", "ARE", ""),
    (r"admin/coverage/$", "ARE", ""),
    (r"admin/reviews/(accounts/)?$", "AR", ""),
    (r"admin/reviews/<int:pk>/correct/$", "AR", "AR"),
    (r"admin/reviews/", "", "AR"),
    (r"admin/proposals/<int:pk>/$", "ARE", "AR"),
    (r"admin/proposals/$", "ARE", ""),
    (r"admin/collecting/letters/$", "", "ARE"),
    (r"admin/collecting/call/", "ARE", "ARE"),
    (r"admin/collecting/$", "ARE", ""),
    (r"admin/dead-links/again/$", "", "ARE"),
    (r"admin/dead-links/$", "ARE", ""),
    (r"admin/upkeep/ask/", "", "ARE"),
    (r"admin/upkeep/seen/", "", "ARE"),
    (r"admin/upkeep/settings/", "ARE", "ARE"),
    (r"admin/upkeep/$", "ARE", ""),
    (r"admin/read-back/", "", "ARE"),  # the same for a rule
    (r"admin/what-would-change/", "ARE", ""),
    (r"admin/referral-guides/(new|delete)/", "", ""),
    (r"admin/referral-guides/edit/", "AR", "AR"),
    (r"admin/referral-guides/", "AR", ""),
    (r"admin/referral-cases/(new|edit|delete)/", "ARE", "ARE"),
    (r"admin/referral-cases/", "ARE", ""),
    # Entries as a table; of an import that is not there everybody is led back
    (r"admin/exchange/(download|organisations)/", "ARE", ""),
    (r"admin/exchange/", "ARE", "ARE"),
    # Translations
    (r"admin/translations/<slug:language>/import/", "", "ARET"),
    (r"admin/translations/<slug:language>/machine/$", "", ""),  # no service is set
    (r"admin/translations/", "ARET", ""),
    # Pages and pictures
    (r"admin/pages/workflow/(action|collect_action_data)/", "AR", "AR"),
    (r"admin/pages/workflow/preview/", "AR", ""),
    (r"admin/pages/workflow/confirm_cancellation/", "ARE", "ARE"),
    (r"admin/pages/<int:page_id>/(delete|unpublish|privacy|revisions/.*/unschedule)/$", "AR", "AR"),
    (r"admin/pages/<int:page_to_move_id>/move/$", "AR", "AR"),
    (r"admin/pages/<int:page_to_move_id>/move/.*/confirm/$", "ARE", ""),  # who may not move is told so
    (r"admin/pages/<int:page_to_move_id>/set_position/$", "", "AR"),
    (r"admin/pages/<int:page_id>/(lock|unlock)/$", "", "AR"),
    (r"admin/pages/<int:page_id>/convert_alias/$", "", ""),
    (r"admin/pages/(add|<int:page_id>/(edit|copy|view_draft|revisions/.*/revert))/", "ARE", "ARE"),
    (r"admin/pages/<int:page_id>/revisions/$", "ARE", "ARE"),
    (r"admin/pages/create/", "", ""),
    (r"admin/pages/", "ARE", ""),
    (r"admin/choose-page/", "ARE", ""),
    (r"admin/choose-", "ARE", "ARE"),
    (r"admin/images/(<int:image_id>/generate_url|multiple/(create|delete_upload))", "", ""),
    (r"admin/images/multiple/<int:image_id>/", "", "ARE"),
    (r"admin/images/((results/|usage/<int:image_id>/)?$|chooser/(results/|chosen))", "ARE", ""),
    (r"admin/images/chooser/$", "ARE", ""),
    (r"admin/images/", "ARE", "ARE"),
    (r"admin/tag-autocomplete/<", "", ""),
    (r"admin/tag-autocomplete/$", "ARE", "ARE"),
    # Reports
    (r"admin/reports/locked/", "AR", ""),
    (r"admin/reports/", "ARE", ""),
    # Administration
    (r"admin/configuration/$", "A", "A"),
    (r"admin/configuration/edit/", "A", "A"),
    (r"admin/configuration/", "A", ""),
    (r"admin/(sites|users|groups)/(new|edit|delete|copy)/", "A", "A"),
    (r"admin/(sites|users|groups)/", "A", ""),
    (r"admin/workflows/(enable|remove|tasks/enable)/", "", "A"),
    (r"admin/workflows/tasks/add/", "", ""),
    (r"admin/workflows/(add|disable|edit|tasks/(select_type|edit|disable)|task_chooser/(create|<))", "A", "A"),
    (r"admin/workflows/", "A", ""),
    # What each bulk action asks for
    (r"admin/bulk/<", "", ""),
    (r"admin/bulk/\w+/\w+/(delete|publish|unpublish)/", "AR", "AR"),
    (r"admin/bulk/", "ARE", "ARE"),
    # Who keeps the entries of an organisation
    (r"admin/members/$", "ARE", ""),
    (r"admin/members/<int:pk>/$", "ARE", "ARE"),
    # Closed for everybody
    (r"admin/(collections|documents|settings|failwhale|test404|block-preview)/", "", ""),
    (r"admin/api/main/\^?documents", "", ""),
    (r"admin/api/main/\^?pages/(find|<int:pk>/action)/", "", ""),
    (r"admin/api/main/\^?images/find/", "", ""),
    (r"admin/api/", "ARE", ""),
    (r"admin/\^", "", ""),  # what nothing else matches
)

# What Wagtail does not take empty: it answers 500 to a form without these fields.
LEAST = {
    r"admin/members/<int:pk>/$": {"invite": "1"},
    r"admin/reviews/accounts/pause/$": {"account": "1"},
    r"admin/choose-external-link/$": {"external-link-chooser-url": "https://example.org/"},
    r"admin/pages/<int:page_id>/copy/$": {"new_title": "Copy", "new_slug": "copy", "new_parent_page": "1"},
}
