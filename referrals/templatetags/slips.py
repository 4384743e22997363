"""What a card asks before it offers a call-back."""

from django import template

from directory.cards import Card
from referrals.slips import bodies, letter

register = template.Library()


@register.simple_tag
def callback_code(card: Card) -> str:
    """What its button posts; empty where the body is not to be asked."""
    return bodies.code_of(card.slug) if card.takes_callbacks and letter.can_be_sent() else ""
