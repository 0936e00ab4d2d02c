"""What the console says where money was refused: what happened, that nothing moved, what to do."""

from datetime import UTC

from kiosk.look.language import Language
from kiosk.look.phrase import Phrase
from kiosk.look.trouble import Trouble
from kiosk.rules.credit import LARGEST_BALANCE_CENTS, LARGEST_TOP_UP_CENTS, AmountFault
from kiosk.wire.money import MoneyFault, MoneyRefused


class MoneyWording:
    """Tells refusals of the ledger, and of what was typed for an amount."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def amount(self, fault: AmountFault) -> Trouble:
        """Tell why what was typed is no amount."""
        _ = self.language.gettext
        return {
            AmountFault.NO_NUMBER: self._nothing(
                _("This is no amount."), _("Write euros and cents, as 12,50.")
            ),
            AmountFault.NEGATIVE: self._nothing(
                _("An amount is never below zero."),
                _("To take a top-up back, the régisseur reverses it."),
            ),
            AmountFault.TOO_FINE: self._nothing(
                _("There is no coin below one cent."), _("Write two digits after the comma.")
            ),
            AmountFault.ZERO: self._nothing(
                _("The amount is zero."), _("Write what you have received.")
            ),
            AmountFault.TOO_LARGE: self._too_large(),
        }[fault]

    def fault(self, refused: MoneyRefused) -> Trouble:
        """Tell why nothing was written."""
        return (
            self._at_the_till(refused)
            or self._of_the_drawer(refused)
            or self._of_the_receipt(refused)
            or self._of_the_card(refused)
            or self._of_the_job(refused)
            or self._of_the_pages(refused)
            or self._of_the_list(refused)
        )

    def _at_the_till(self, refused: MoneyRefused) -> Trouble | None:
        _ = self.language.gettext
        match refused.fault:
            case MoneyFault.AMOUNT_NOT_POSITIVE:
                return self._nothing(
                    _("The amount is not above zero."), _("Write what you have received.")
                )
            case MoneyFault.AMOUNT_TOO_LARGE:
                return self._too_large()
            case MoneyFault.BALANCE_TOO_LARGE:
                most = {"most": self._cents(LARGEST_BALANCE_CENTS)}
                return self._nothing(
                    _("A card holds %(most)s at the most.") % most, _("Take a smaller amount.")
                )
            case MoneyFault.TILL_CLOSED:
                return self._nothing(
                    _("This till is closed."), _("Open the till, or give a paper receipt.")
                )
            case MoneyFault.TILL_UNKNOWN:
                return self._nothing(
                    _("This till is not one of yours."), _("Choose a till of your site.")
                )
            case MoneyFault.ASK_REUSED:
                return self._nothing(
                    _("This receipt was used for something else already."),
                    _("Look at the last receipts, then begin again."),
                )
        return None

    def _of_the_drawer(self, refused: MoneyRefused) -> Trouble | None:
        _ = self.language.gettext
        told = {
            MoneyFault.TILL_OPEN: (
                _("This till is open already."), _("Go on with it, or count and close it."),
            ),
            MoneyFault.TILL_NOT_YOURS: (
                _("Somebody else has opened this till."),
                _("Let them serve, or ask the régisseur."),
            ),
            MoneyFault.TILL_COUNTED: (
                _("The till is counted: no receipt is added any more."),
                _("Close it, then open it again."),
            ),
            MoneyFault.TILL_NOT_COUNTED: (
                _("The till is not counted yet."), _("Count it first, then close it."),
            ),
            MoneyFault.COUNT_IMPOSSIBLE: (
                _("Such coins or notes do not exist, or not so many."), _("Check the count."),
            ),
            MoneyFault.KEPT_TOO_LARGE: (
                _("More is to stay in the till than was counted."), _("Keep a smaller float."),
            ),
            MoneyFault.GIVEN_TOO_LITTLE: (
                _("Less was handed over than the amount."), _("Check both amounts."),
            ),
            MoneyFault.PAPER_TAKEN: (
                _("This paper receipt is entered already."), _("Check its number in the book."),
            ),
            MoneyFault.PAPER_DATE: (
                _("The day of the paper receipt can not be."),
                _("Write the day on which it was given."),
            ),
            MoneyFault.RECEIPT_UNKNOWN: (
                _("There is no receipt with this number here."), _("Look at the list of receipts."),
            ),
        }.get(refused.fault)  # fmt: skip
        return self._nothing(*told) if told is not None else None

    def _of_the_receipt(self, refused: MoneyRefused) -> Trouble | None:
        _ = self.language.gettext
        match refused.fault:
            case MoneyFault.NO_REASON:
                return self._nothing(
                    _("A reason is missing."), _("Say in a few words what happened.")
                )
            case MoneyFault.POSTING_UNKNOWN:
                return self._nothing(
                    _("There is no such receipt here."), _("Check its number and its site.")
                )
            case MoneyFault.NOT_REVERSIBLE:
                return self._nothing(
                    _("This can not be taken back as a whole."),
                    _("For pages that are no good, refund the pages."),
                )
            case MoneyFault.ALREADY_REVERSED:
                return self._nothing(
                    _("This was taken back already."), _("The statement of the card shows it.")
                )
            case MoneyFault.CLOSED_SINCE:
                return self._nothing(
                    _("The till has been closed since this receipt."),
                    _("It can not be taken back any more: the régisseur tells the accountant."),
                )
            case MoneyFault.SPENT:
                return self._nothing(
                    _("Part of this credit is spent: %(left)s are left.")
                    % {"left": self._cents(refused.balance_cents)},
                    _("It can not be taken back any more."),
                )
        return None

    def _of_the_card(self, refused: MoneyRefused) -> Trouble | None:
        _ = self.language.gettext
        match refused.fault:
            case MoneyFault.CARD_UNKNOWN:
                return self._nothing(
                    _("No print card has this number."),
                    _("Pass the card again, or make a new one."),
                )
            case MoneyFault.CARD_TAKEN:
                return self._nothing(
                    _("A print card has this number already."), _("Take another card.")
                )
            case MoneyFault.CARD_BLOCKED:
                return self._nothing(
                    _("This print card is blocked; its credit is kept."),
                    _("Unblock it for its holder, or replace it."),
                )
            case MoneyFault.CARD_REPLACED:
                return self._nothing(
                    _("This print card was replaced; its credit is on the new one."),
                    _("Ask for the new card."),
                )
            case MoneyFault.CARD_EXPIRED:
                return self._nothing(
                    _("The credit of this print card has ended."), _("Make a new card.")
                )
            case MoneyFault.CARD_NOT_BLOCKED:
                return self._nothing(
                    _("This print card is not blocked."), _("Nothing needs to be done.")
                )
            case MoneyFault.CARD_OF_ANOTHER:
                return self._nothing(
                    _("This print card belongs to somebody else than who sits there."),
                    _("Take a card of one's own, or one without a name."),
                )
            case MoneyFault.MEMBER_UNKNOWN:
                return self._nothing(
                    _("Nobody is registered with this member's card."),
                    _("Make the print card without a member, or register the person first."),
                )
            case MoneyFault.CREDIT_SHORT:
                amounts = {
                    "left": self._cents(refused.balance_cents),
                    "needed": self._cents(refused.needed_cents),
                }
                return self._nothing(
                    _("The card holds %(left)s, and %(needed)s are needed.") % amounts,
                    _("Put money on the card first."),
                )
        return None

    def _of_the_job(self, refused: MoneyRefused) -> Trouble | None:
        _ = self.language.gettext
        match refused.fault:
            case MoneyFault.HOLD_UNKNOWN:
                return self._nothing(
                    _("There is no such print job here."), _("Look at the statement of the card.")
                )
            case MoneyFault.HOLD_OVER:
                return self._nothing(
                    _("This print job was settled meanwhile."),
                    _("Look at the statement of the card."),
                )
            case MoneyFault.HOLD_EXPIRED:
                return self._nothing(
                    _("This print job waited too long; its credit is back on the card."),
                    _("Print it again."),
                )
            case MoneyFault.HOLD_NOT_SENT | MoneyFault.HOLD_SENT | MoneyFault.HOLD_NOT_DOUBTFUL:
                return self._nothing(
                    _("This print job is still under way."),
                    _("Wait until it has come out. After two silent hours it is settled here."),
                )
            case MoneyFault.TOO_MANY_TRIES:
                return self._nothing(
                    _("Too many unknown cards were passed at this seat."),
                    _("Wait a little, then pass the card once more."),
                )
            case MoneyFault.NO_PRICE:
                return self._nothing(
                    _("This site has no price for such pages."),
                    _("The régisseur adds it to the price list."),
                )
            case MoneyFault.PRICE_CHANGED:
                return self._nothing(
                    _("The price is %(needed)s by now.")
                    % {"needed": self._cents(refused.needed_cents)},
                    _("Show it, and ask again."),
                )
            case MoneyFault.JOB_TOO_LARGE:
                return self._nothing(
                    _("This print job has too many pages."), _("Print it in parts.")
                )
        return None

    def _of_the_pages(self, refused: MoneyRefused) -> Trouble | None:
        _ = self.language.gettext
        match refused.fault:
            case MoneyFault.MORE_THAN_PRINTED:
                return self._nothing(
                    _("So many pages did not come out, or were refunded already."),
                    _("Take a smaller number."),
                )
            case MoneyFault.PAGES_FREE:
                return self._nothing(
                    _("These pages were free: there is no credit to give back."),
                    _("Have the page printed again, or refund one that was paid."),
                )
        return None

    def _of_the_list(self, refused: MoneyRefused) -> Trouble:
        _ = self.language.gettext
        match refused.fault:
            case MoneyFault.DATE_PAST:
                return self._nothing(
                    _("A price counts from tomorrow on at the earliest."), _("Choose a later day.")
                )
            case MoneyFault.CARD_ALONE:
                return self._nothing(
                    _("In a room of this place the card alone opens a session."),
                    _("Ask an administrator to want the secret code there."),
                )
            case MoneyFault.DATES_REVERSED:
                return self._nothing(
                    _("The last day is before the first."), _("Correct the two days.")
                )
            case MoneyFault.SITE_UNKNOWN:
                return self._nothing(
                    _("This site is not one of yours."), _("Choose one of your sites.")
                )
        message = f"{refused.fault} is told by nobody"
        raise ValueError(message)

    def _too_large(self) -> Trouble:
        _ = self.language.gettext
        most = {"most": self._cents(LARGEST_TOP_UP_CENTS)}
        return self._nothing(
            _("At most %(most)s are taken at once.") % most, _("Check the digits of the amount.")
        )

    def _nothing(self, fact: str, advice: str) -> Trouble:
        return Trouble(fact, self.language.gettext("No money has moved."), advice)

    def _cents(self, cents: int | None) -> str:
        return Phrase(self.language, UTC).money(cents or 0)
