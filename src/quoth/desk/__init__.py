"""The workbench in the browser: review suggestions, decide, undo."""
