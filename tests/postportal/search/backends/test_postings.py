from postportal.search.backends.postings import merge_postings, remove_entries, replace_entry, whole_title_term


def test_merged_posting_is_sorted_by_entry() -> None:
    entry_5, entry_2 = (b"\x05\x00\x01\x01", b"\x01\x00\x02\x00"), (b"\x02\x00\x00\x01", b"\x03\x00")
    both = (b"\x02\x00\x00\x01\x05\x00\x01\x01", b"\x03\x00\x01\x00\x02\x00")

    assert merge_postings(entry_5, entry_2) == both
    assert merge_postings(entry_2, entry_5) == both
    assert merge_postings(entry_2, (b"", b"")) == merge_postings((b"", b""), entry_2) == entry_2
    assert remove_entries(*both, gone=[5]) == entry_2


def test_entry_is_replaced_alone() -> None:
    entry_2, entry_5 = (b"\x02\x00\x00\x01", b"\x03\x00"), (b"\x05\x00\x01\x01", b"\x01\x00\x02\x00")
    entry_3 = (b"\x03\x00\x02\x00", b"\x07\x00\x08\x00")
    both = (entry_2[0] + entry_5[0], entry_2[1] + entry_5[1])
    all_three = (entry_2[0] + entry_3[0] + entry_5[0], entry_2[1] + entry_3[1] + entry_5[1])

    assert replace_entry(*both, slot=3, new=entry_3) == all_three
    assert replace_entry(*all_three, slot=3, new=entry_3) == all_three
    assert replace_entry(*all_three, slot=3, new=(b"", b"")) == both
    assert replace_entry(*both, slot=5, new=(b"", b"")) == entry_2
    assert replace_entry(b"", b"", slot=5, new=entry_5) == entry_5


def test_title_term_differs_from_every_word_and_fits_the_column() -> None:
    assert whole_title_term(["night", "mail"]) == "=night mail"
    assert len(whole_title_term(["night"] * 50)) == 80
