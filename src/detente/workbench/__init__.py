"""The workbench: a case made and questioned in the browser, its files the truth at any moment.

A door like the command line: it draws with the functions of the dossier, asks the questions that
are declared, edits through :mod:`detente.case.editing`, and words nothing of a case by itself.
"""
