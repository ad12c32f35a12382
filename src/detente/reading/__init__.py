"""Reports to claims: who wants what, and who said so, each tied to its characters.

Files come in through :mod:`detente.reading.ingest`; :mod:`detente.reading.pile` reads many of
them and returns records; what stands between is one idea a module.
"""
