"""How members sign in. The names are those that allauth asks for, and `member_…` for what is ours."""

from django.urls import URLPattern, URLResolver, path

from wegweiser.members import account, invitation, links, people, second_factor

urlpatterns: list[URLPattern | URLResolver] = [
    path("anmelden/", account.SignIn.as_view(), name="account_login"),
    path("anmelden/link/", links.ask, name="member_link_asked"),
    path("anmelden/unterwegs/", links.sent, name="member_link_sent"),
    path("anmelden/link/<str:token>/", links.follow, name="member_link"),
    path("anmelden/code/", second_factor.Authenticate.as_view(), name="mfa_authenticate"),
    path("einladung/<str:token>/", invitation.invitation, name="member_invitation"),
    path("abmelden/", account.SignOut.as_view(), name="account_logout"),
    path("geschlossen/", account.Closed.as_view(), name="account_inactive"),
    path("nochmal/", account.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("nochmal/code/", second_factor.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("zugang/", second_factor.Index.as_view(), name="mfa_index"),
    path("zugang/passwort/", account.new_password, name="member_password"),
    path("zugang/app/", second_factor.SetUp.as_view(), name="mfa_activate_totp"),
    path("zugang/app/weg/", second_factor.TakeAway.as_view(), name="mfa_deactivate_totp"),
    path("zugang/codes/", second_factor.Codes.as_view(), name="mfa_view_recovery_codes"),
    path("zugang/codes/neu/", second_factor.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("stelle/<slug:slug>/mitglieder/", people.people, name="member_people"),
    path("stelle/<slug:slug>/mitglieder/einladen/", people.invite, name="member_invite"),
    path("stelle/<slug:slug>/mitglieder/<int:pk>/rolle/", people.change_role, name="member_role"),
    path("stelle/<slug:slug>/mitglieder/<int:pk>/entfernen/", people.remove, name="member_remove"),
    path("stelle/<slug:slug>/einladungen/<int:pk>/weg/", people.take_back, name="member_take_back"),
]
