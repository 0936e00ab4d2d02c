"""What a visitor's browser may not do: the rules of the house in the words of each browser.

Nothing is kept for the next visitor, nothing but the visitor's own files is shown, nothing looks
behind the pages, and no account of a browser's maker is offered. Downloads go where the session's
documents are. The names are those of chromeenterprise.google/policies and of Mozilla's policy
templates; a browser passes over a name that it does not know.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOME = Path("/home/visitor")
"""The home of sessions where root has set no other."""

Policy = Mapping[str, Any]

_BLOCKED = 2
_STRICT = 2
_FILTERED = 1
_NEVER = 1
_OFF = 0
_NEW_TAB = 5
_CHROMIUM_PAGES = (
    "extensions",
    "flags",
    "inspect",
    "net-export",
    "password-manager",
    "settings",
    "system",
)
"""Pages of the browser itself that change it, or tell of the machine; those of printing stay."""


def chromium_policy(home: Path = HOME) -> Policy:
    """Return the rules for Chromium and Chrome, where visitors have their files in `home`."""
    return {
        # Nothing is kept.
        "PasswordManagerEnabled": False,
        "AutofillAddressEnabled": False,
        "AutofillCreditCardEnabled": False,
        "BrowserSignin": _OFF,
        "SyncDisabled": True,
        "BrowserAddPersonEnabled": False,
        "BrowserGuestModeEnabled": False,
        "BackgroundModeEnabled": False,
        # Only the visitor's own files. A download goes to the session's documents by the folders
        # that the session itself names.
        "URLBlocklist": [
            "file://*",
            "view-source:*",
            *(f"chrome://{page}" for page in _CHROMIUM_PAGES),
        ],
        "URLAllowlist": [f"file://{home}/"],
        "PromptForDownloadLocation": False,
        # Nothing looks behind the pages, or changes the browser.
        "DeveloperToolsAvailability": _BLOCKED,
        "RemoteDebuggingAllowed": False,
        "ExtensionInstallBlocklist": ["*"],
        "DefaultSerialGuardSetting": _BLOCKED,
        "DefaultWebBluetoothGuardSetting": _BLOCKED,
        "DefaultWebHidGuardSetting": _BLOCKED,
        "DefaultWebUsbGuardSetting": _BLOCKED,
        # The names that the town's network refuses stay refused.
        "DnsOverHttpsMode": "off",
        # Calm, and nothing told to anybody.
        "DefaultNotificationsSetting": _BLOCKED,
        "DefaultBrowserSettingEnabled": False,
        "MetricsReportingEnabled": False,
        "PromotionsEnabled": False,
        "UserFeedbackAllowed": False,
        "EnableMediaRouter": False,
        "BookmarkBarEnabled": False,
        "RestoreOnStartup": _NEW_TAB,
    }


def minor_policy() -> Policy:
    """Return what Chromium and Chrome keep to besides, where a minor sits.

    Firefox has no word for any of it.
    """
    return {
        "ForceGoogleSafeSearch": True,
        "ForceYouTubeRestrict": _STRICT,
        "SafeSitesFilterBehavior": _FILTERED,
        "IncognitoModeAvailability": _NEVER,
    }


def firefox_policy(home: Path = HOME) -> Policy:
    """Return the rules for Firefox, where visitors have their files in `home`."""
    return {
        "policies": {
            # Nothing is kept.
            "PasswordManagerEnabled": False,
            "OfferToSaveLogins": False,
            "AutofillAddressEnabled": False,
            "AutofillCreditCardEnabled": False,
            "DisableFirefoxAccounts": True,
            "DisableProfileImport": True,
            "BlockAboutProfiles": True,
            # Only the visitor's own files.
            "WebsiteFilter": {"Block": ["file:///*"], "Exceptions": [f"file://{home}/*"]},
            "DefaultDownloadDirectory": "${home}/Documents",
            "PromptForDownloadLocation": False,
            # Nothing looks behind the pages, or changes the browser.
            "DisableDeveloperTools": True,
            "BlockAboutConfig": True,
            "BlockAboutAddons": True,
            "BlockAboutSupport": True,
            "ExtensionSettings": {"*": {"installation_mode": "blocked"}},
            # The names that the town's network refuses stay refused.
            "DNSOverHTTPS": {"Enabled": False, "Locked": True},
            # Calm, and nothing told to anybody.
            "Permissions": {"Notifications": {"BlockNewRequests": True, "Locked": True}},
            "DontCheckDefaultBrowser": True,
            "DisableTelemetry": True,
            "DisableFirefoxStudies": True,
            "DisableFeedbackCommands": True,
            "DisableAppUpdate": True,
            "NoDefaultBookmarks": True,
            "OverrideFirstRunPage": "",
            "OverridePostUpdatePage": "",
        }
    }


def _written(policy: Policy) -> str:
    return json.dumps(policy, indent=2, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """Where a browser looks for what root has set.

    Attributes:
        programs: names of the browser.
        path: the file that the installation lays down.
        policy: what stands in it.
    """

    programs: tuple[str, ...]
    path: Path
    policy: Callable[[], Policy]

    @property
    def text(self) -> str:
        """What stands in the file."""
        return _written(self.policy())


POLICY_FILES = (
    PolicyFile(("chromium",), Path("/etc/chromium/policies/managed/creneau.json"), chromium_policy),
    PolicyFile(
        ("google-chrome",), Path("/etc/opt/chrome/policies/managed/creneau.json"), chromium_policy
    ),
    PolicyFile(
        ("firefox-esr", "firefox"), Path("/etc/firefox/policies/policies.json"), firefox_policy
    ),
)

MINOR_FILES = tuple(
    Path(folder) / "creneau-minor.json"
    for folder in ("/etc/chromium/policies/managed", "/etc/opt/chrome/policies/managed")
)
"""What the installation lays down to say nothing, until the rules for minors lie over it."""

MINOR_TEXT = _written(minor_policy())
"""What lies over it then."""
