"""What a visitor's form sends, written in the words of the guide."""

from datetime import date

from referrals.forms import Posted


def said(
    concern: str = "",
    asker: str = "",
    place: str = "",
    residence: str = "",
    happened: date | None = None,
    **answers: str,
) -> dict[str, str]:
    posted = Posted(answers, concern, place, residence, asker, happened)
    return dict(posted.hidden())
