"""What ``--json`` prints, declared once: a typed dictionary for each document.

A key is a line with its type and its meaning. Type checkers hold the functions that make the
documents to it; the JSON Schemas and the tables of the reference are made from it.
"""
