import secrets
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from admin_console.hub.service import token


def test_a_token_has_256_bits() -> None:
    made = token.make_token(secrets.token_bytes)

    assert len(bytes.fromhex(made)) == 32
    assert len(token.sha256(made)) == 32


@given(st.randoms(use_true_random=False))
def test_a_code_is_eight_letters_that_nobody_confuses(dice: Random) -> None:
    made = token.make_code(dice.randbytes)

    assert len(made) == token.CODE_LENGTH
    assert set(made) <= set(token.CODE_LETTERS)
    assert not set("0O1ILU") & set(made)


def test_every_letter_of_a_code_is_as_likely_as_another() -> None:
    """A byte past the last whole alphabet is thrown away instead of counting twice."""
    blocks = iter([bytes(range(240, 256)), bytes(range(224, 240))])

    made = token.make_code(lambda count: next(blocks)[:count])

    assert made == "".join(token.CODE_LETTERS[byte % 30] for byte in range(224, 232))


def test_a_code_is_read_as_people_type_it() -> None:
    assert token.read_code(" abcd-2345 ") == "ABCD2345"
