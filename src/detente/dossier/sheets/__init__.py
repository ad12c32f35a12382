"""Answers as tables with names: for papers, for spreadsheets, for data frames."""
