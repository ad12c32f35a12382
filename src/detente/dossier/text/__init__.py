"""Answers in sentences for the terminal and ``str()``: one module for each question."""
