"""A language model as a second proposer: it proposes, the report's own words decide.

:mod:`.endpoint` speaks to whatever answers as OpenAI's chat completions do; :mod:`.prompt` says
what is asked; :mod:`.quoting` finds a quotation in a report to the letter; :mod:`.guard` keeps a
proposal only if the report bears it out; :mod:`.log` writes down each proposal and its fate,
and plays them again without a network; :mod:`.propose` goes through a pile.
"""
