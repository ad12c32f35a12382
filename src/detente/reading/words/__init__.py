"""The word lists of the reading rules, as data; ``*.txt`` beside this file states the format."""
