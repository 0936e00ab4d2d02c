"""What somebody is told who never sat before, for the gallery and the tests."""

from kiosk.wire.welcome import WelcomeFace

RULES = (
    "On parle à voix basse. On peut boire de l’eau, mais on ne mange pas. "
    "Le téléphone se règle sur silencieux. Chacun laisse la place comme il l’a trouvée."
)
"""What a site may write of its own."""

WELCOMES = {"welcome": WelcomeFace(), "welcome-rules": WelcomeFace(rules=RULES, trial_seconds=600)}
