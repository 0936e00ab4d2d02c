"""What somebody sees who never sat before: the house's rules, and who keeps what of a visit."""

from kiosk.wire.codec import Message, Text


class WelcomeFace(Message, frozen=True, kw_only=True):
    """The house's rules are to be shown. `rules` are what the site wrote of its own, or nothing."""

    rules: Text = ""


class HouseRulesRead(Message, frozen=True, kw_only=True, tag="house_rules_read"):
    """*J'ai compris*, after the house's rules were shown."""
