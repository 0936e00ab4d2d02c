"""What somebody sees who never sat before: the house's rules, and who keeps what of a visit."""

from kiosk.wire.codec import Message, Seconds, Text


class WelcomeFace(Message, frozen=True, kw_only=True):
    """The house's rules are to be shown. `rules` are what the site wrote of its own, or nothing.

    For `trial_seconds` the visitor may look around, nothing counted; 0 where that is not offered.
    """

    rules: Text = ""
    trial_seconds: Seconds = 0


class HouseRulesRead(Message, frozen=True, kw_only=True, tag="house_rules_read"):
    """*J'ai compris*, after the house's rules were shown."""


class TrialAsked(Message, frozen=True, kw_only=True, tag="trial_asked"):
    """*Essayer sans risque*: the slot that has just begun becomes a trial."""
