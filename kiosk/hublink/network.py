"""The one network manager of a program, and the proxy it goes through.

A proxy factory of our own would be asked anew for each connection, but the binding does not keep it
alive: the proxy is therefore chosen once, when the hub's address is known.
"""

from PySide6.QtCore import QObject, QUrl
from PySide6.QtNetwork import (
    QNetworkAccessManager,
    QNetworkProxy,
    QNetworkProxyFactory,
    QNetworkProxyQuery,
)

from kiosk.hublink.address import is_loopback


def make_manager(parent: QObject | None = None) -> QNetworkAccessManager:
    """Return a network manager; it goes through no proxy before `choose_proxy`."""
    manager = QNetworkAccessManager(parent)
    manager.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
    return manager


def choose_proxy(manager: QNetworkAccessManager, url: QUrl) -> None:
    """Let a manager go to `url` as the system says; to this machine itself it goes directly."""
    proxy = QNetworkProxy(QNetworkProxy.ProxyType.NoProxy)
    if not is_loopback(url.host()):
        proxy = QNetworkProxyFactory.systemProxyForQuery(QNetworkProxyQuery(url))[0]
    manager.setProxy(proxy)
