"""Answers as JSON documents: what ``--json`` prints."""
