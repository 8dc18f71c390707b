"""Answers at rest: what is sealed opens with its key and in its place alone."""

from __future__ import annotations

import pytest

from advisor.errors import InputError
from advisor.store.encryption import AnswerCipher, new_key

PLACE = "case/employees"


def test_without_a_key_an_answer_is_kept_as_it_is():
    cipher = AnswerCipher()
    stored = cipher.encrypt("30 人".encode(), PLACE)
    assert not cipher.enabled
    assert stored == b"\x00" + "30 人".encode()
    assert cipher.decrypt(stored, PLACE) == "30 人".encode()


def test_with_a_key_an_answer_cannot_be_read_and_comes_back_whole():
    cipher = AnswerCipher(new_key())
    content = b"thirty\0and a zero byte"
    stored = cipher.encrypt(content, PLACE)
    assert cipher.enabled
    assert stored[:1] == b"\x01"
    assert b"thirty" not in stored
    assert cipher.decrypt(stored, PLACE) == content


def test_what_was_stored_before_there_was_a_key_is_still_read():
    assert AnswerCipher(new_key()).decrypt(AnswerCipher().encrypt(b"early", PLACE), PLACE) == b"early"


@pytest.mark.parametrize("elsewhere", ["other/employees", "case/industry", "", "case/employees\0"])
def test_a_sealed_answer_opens_in_its_own_place_alone(elsewhere: str):
    cipher = AnswerCipher(new_key())
    with pytest.raises(InputError) as refused:
        cipher.decrypt(cipher.encrypt(b"30", PLACE), elsewhere)
    assert refused.value.key == "sealed_otherwise"


def test_a_sealed_answer_opens_with_no_other_key_and_not_without_one():
    stored = AnswerCipher(new_key()).encrypt(b"30", PLACE)
    for keys, why in ((new_key(), "sealed_otherwise"), ("", "sealed_without_key")):
        with pytest.raises(InputError) as refused:
            AnswerCipher(keys).decrypt(stored, PLACE)
        assert refused.value.key == why


def test_of_several_keys_the_first_seals_and_every_one_opens():
    old, new = new_key(), new_key()
    both = AnswerCipher(f" {new} , {old} ,")
    assert both.decrypt(AnswerCipher(old).encrypt(b"kept", PLACE), PLACE) == b"kept"
    assert AnswerCipher(new).decrypt(both.encrypt(b"fresh", PLACE), PLACE) == b"fresh"
    with pytest.raises(InputError):
        AnswerCipher(old).decrypt(both.encrypt(b"fresh", PLACE), PLACE)


def test_no_two_keys_are_alike_and_a_word_is_none():
    assert new_key() != new_key()
    with pytest.raises(InputError) as refused:
        AnswerCipher("a word")
    assert refused.value.key == "bad_data_key"
