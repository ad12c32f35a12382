"""A door for assistants: the questions as tools of the Model Context Protocol.

An assistant asks the engine in place of guessing, and gets the sentences of the dossier with the
document they come from. :mod:`.shelf` says which cases and reports it may see, :mod:`.tools` makes
a tool of each question's declaration, :mod:`.work` answers in a process of its own that can be
stopped, :mod:`.server` puts it together.
"""
