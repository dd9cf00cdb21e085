from hypothesis import given, settings
from hypothesis import strategies as st

from app import Wordlist

words = st.lists(st.text("abcdef", min_size=1, max_size=5), max_size=5)


@settings(max_examples=15, deadline=None)
@given(words)
def test_each_word_once(words):
    wordlist = Wordlist()
    try:
        for word in words:
            wordlist.add(word)
        assert wordlist.count() == len(set(words))
    finally:
        wordlist.close()
