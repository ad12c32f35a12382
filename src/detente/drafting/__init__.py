"""Claims to a first case: parties, what each could do, what was said aloud, what each wants.

:func:`detente.drafting.build.build` does all of it; what stands beside it is one idea a module.
Nothing here is certain: every line is marked as a draft and cites the words it was made from.
"""
