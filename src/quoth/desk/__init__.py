"""The workbench in the browser: look at suggestions, decide, undo.

Machines suggest, people decide: every decision is an entry of the log and can be withdrawn.
"""
