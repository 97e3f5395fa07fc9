"""Which class shows which page; a page is loaded when it is first opened."""

from collections.abc import Callable
from typing import Final

from vpdesk.ui.context import Context, PageName
from vpdesk.ui.pages.page import Page


def _today(context: Context) -> Page:
    from vpdesk.ui.pages.today import TodayPage  # noqa: PLC0415

    return TodayPage(context)


def _cases(context: Context) -> Page:
    from vpdesk.ui.pages.cases import CasesPage  # noqa: PLC0415

    return CasesPage(context)


def _case(context: Context) -> Page:
    from vpdesk.ui.pages.case import CasePage  # noqa: PLC0415

    return CasePage(context)


def _conversations(context: Context) -> Page:
    from vpdesk.ui.pages.conversations import ConversationsPage  # noqa: PLC0415

    return ConversationsPage(context)


def _conversation(context: Context) -> Page:
    from vpdesk.ui.pages.conversation import ConversationPage  # noqa: PLC0415

    return ConversationPage(context)


def _activities(context: Context) -> Page:
    from vpdesk.ui.pages.activities import ActivitiesPage  # noqa: PLC0415

    return ActivitiesPage(context)


def _clients(context: Context) -> Page:
    from vpdesk.ui.pages.clients import ClientsPage  # noqa: PLC0415

    return ClientsPage(context)


def _directory(context: Context) -> Page:
    from vpdesk.ui.pages.directory import DirectoryPage  # noqa: PLC0415

    return DirectoryPage(context)


def _matters(context: Context) -> Page:
    from vpdesk.ui.pages.matters import MattersPage  # noqa: PLC0415

    return MattersPage(context)


def _retention(context: Context) -> Page:
    from vpdesk.ui.pages.retention import RetentionPage  # noqa: PLC0415

    return RetentionPage(context)


def _guided_list(context: Context) -> Page:
    from vpdesk.ui.pages.guided_list import GuidedListPage  # noqa: PLC0415

    return GuidedListPage(context)


def _guided(context: Context) -> Page:
    from vpdesk.ui.pages.guided import GuidedPage  # noqa: PLC0415

    return GuidedPage(context)


def _avg_help(context: Context) -> Page:
    from vpdesk.ui.pages.avg_help import AvgHelpPage  # noqa: PLC0415

    return AvgHelpPage(context)


def _trends(context: Context) -> Page:
    from vpdesk.ui.pages.trends import TrendsPage  # noqa: PLC0415

    return TrendsPage(context)


def _report(context: Context) -> Page:
    from vpdesk.ui.pages.report import ReportPage  # noqa: PLC0415

    return ReportPage(context)


def _vault(context: Context) -> Page:
    from vpdesk.ui.pages.vault import VaultPage  # noqa: PLC0415

    return VaultPage(context)


def _settings(context: Context) -> Page:
    from vpdesk.ui.pages.settings import SettingsPage  # noqa: PLC0415

    return SettingsPage(context)


_MAKERS: Final[dict[PageName, Callable[[Context], Page]]] = {
    PageName.VANDAAG: _today,
    PageName.CASUSSEN: _cases,
    PageName.CASUS: _case,
    PageName.GESPREKKEN: _conversations,
    PageName.GESPREK: _conversation,
    PageName.ACTIVITEITEN: _activities,
    PageName.ORGANISATIES: _clients,
    PageName.SOCIALE_KAART: _directory,
    PageName.KWESTIES: _matters,
    PageName.BEWAREN: _retention,
    PageName.VASTLEGGINGEN: _guided_list,
    PageName.VASTLEGGING: _guided,
    PageName.AVG_HULP: _avg_help,
    PageName.TRENDS: _trends,
    PageName.JAARVERSLAG: _report,
    PageName.KLUIS: _vault,
    PageName.INSTELLINGEN: _settings,
}


def made(name: PageName, context: Context) -> Page:
    """Return a page, made now."""
    return _MAKERS[name](context)
