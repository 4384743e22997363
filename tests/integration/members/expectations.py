"""Who may open (GET) and send (POST) what outside of /admin/, asked for with one organisation's slugs and keys.

V visitor, A owner of another organisation, B owner and C editor of this one, E editor and R reviewer of the city.
The first pattern that fits counts. An address without a row fails the test: decide who may, and write it down.
"""

ALL, MEMBERS, OWN, OWNER = "VABCER", "ABC", "BC", "B"

EXPECTED = (
    # Sign-in
    (r"konto/anmelden/link/$", "", ALL),
    (r"konto/anmelden/link/<str:token>/$", "", ""),  # with an invented token; with real ones: the tests of links
    (r"konto/anmelden/(unterwegs/)?$", ALL, ALL),
    (r"konto/anmelden/code/$", "ABCER", "ABCER"),  # who is signed in is sent to the start page
    (r"konto/einladung/<str:token>/$", "", ""),
    (r"konto/abmelden/$", ALL, ALL),
    (r"konto/geschlossen/$", ALL, ""),
    (r"konto/zugang/$", MEMBERS, ""),
    (
        r"konto/zugang/(app/weg|codes)/$",
        "",
        "",
    ),  # without a second factor there is nothing to take away or to show
    (r"konto/(nochmal|zugang)/", MEMBERS, MEMBERS),
    # What everybody has who is a member of some organisation
    (r"konto/(einstellungen/)?$", MEMBERS, MEMBERS),
    (r"konto/(sprache|gebiete|zeiten)/$", "", MEMBERS),
    # Entries
    (r"konto/eintrag/<slug:slug>/(absenden|zurueckholen|stimmt)/$", "", OWN),
    (r"konto/eintrag/", OWN, OWN),
    (r"konto/(plaetze|termine|entfernen|falsch)/<slug:slug>/$", OWN, OWN),
    # An organisation
    (r"konto/stelle/<slug:slug>/mitglieder/einladen/$", "", OWNER),
    (r"konto/stelle/<slug:slug>/(mitglieder/<int:pk>/rolle|einladungen/<int:pk>/weg)/$", "", OWNER),
    (r"konto/stelle/<slug:slug>/stimmt/$", "", OWN),
    (r"konto/stelle/<slug:slug>/tabelle/hochgeladen/", "", ""),  # nothing was uploaded
    (r"konto/stelle/<slug:slug>/(tabelle/herunterladen|alles)/", OWN, ""),
    (r"konto/stelle/<slug:slug>/", OWN, OWN),
    # Everybody's pages: they know nobody
    (r"documents/", "", ""),
    (r"media/", "", ""),
    (r"(w|robots\.txt)$", ALL, ""),
    (r"(style|sitemap)\.", ALL, ALL),
    (r"de/w/(zettel|)/?$", ALL, ALL),
    (r"de/w/rueckruf/$", ALL, ""),  # no guide and no body is there to ask
    (r"de/w/<slug:slug>/$", "", ""),  # no such concern
    (r"de/(|notruf/|sicherheit/|datenschutz/|impressum/|barrierefreiheit/|aushang/|rechte/|angebote/)$", ALL, ""),
    (r"de/(w/style\.css|suche/vorschlaege\.js|fachkraefte/neues/|vorschlagen/|aufnahme/)$", ALL, ""),
    (r"de/.*<str:token>/$", "", ""),
    (r"de/aufnahme/<slug:version>/$", "", ""),
    (r"de/brief/$", ALL, ""),
    (r"de/brief/<slug:code>/$", "", ""),
    (r"de/", ALL, ALL),
)

# Everything that some form asks for, as far as it would do harm where nobody looks who sends it.
SENT = {
    "send": "1",
    "role": "owner",
    "room": "full:",
    "remark": "Fremd",
    "email": "fremd@example.org",
    "language": "tr",
    "title_de": "Fremd",
    "seen": "1",
    "kind": "training",
    "text": "Mo-Fr 09:00-12:00",
}
