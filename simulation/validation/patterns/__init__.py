"""Patterns: one small file each, or one per small family; whatever `PATTERNS` a module here holds is checked.

To add one: a row in `published.csv`, and a file here with `PATTERNS = [Pattern(...)]`: the scene it needs, a function
from the laboratory to one estimate per check, and what each must be, fixed in advance.
"""
