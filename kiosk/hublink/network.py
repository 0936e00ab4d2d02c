"""The one network manager of a program: the system's proxies, and nothing remembered."""

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtNetwork import (
    QNetworkAccessManager,
    QNetworkProxy,
    QNetworkProxyFactory,
    QNetworkProxyQuery,
)

from kiosk.hublink.address import is_loopback


class SystemProxies(QNetworkProxyFactory):
    """The proxies that the system is set to use, never for this machine itself."""

    def queryProxy(self, query: Any = None) -> list[QNetworkProxy]:  # noqa: N802 - Qt's name
        """Return the proxies to try for a question, in their order."""
        if not isinstance(query, QNetworkProxyQuery):
            query = QNetworkProxyQuery()
        if is_loopback(query.peerHostName()):
            return [QNetworkProxy(QNetworkProxy.ProxyType.NoProxy)]
        return QNetworkProxyFactory.systemProxyForQuery(query)


def make_manager(parent: QObject | None = None) -> QNetworkAccessManager:
    """Return a manager that follows no redirect and goes through the system's proxies."""
    manager = QNetworkAccessManager(parent)
    manager.setProxyFactory(SystemProxies())
    return manager
