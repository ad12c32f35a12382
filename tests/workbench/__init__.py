"""The workbench: its server, its store and what a browser does with it."""
