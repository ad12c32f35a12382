"""What détente can be asked: each question declared once, by a signature and a docstring.

``import detente`` offers them without loading these modules first.
"""
