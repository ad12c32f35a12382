"""What détente does, as Python functions: the same verbs as on the command line.

``import detente`` offers them without loading these modules first.
"""
