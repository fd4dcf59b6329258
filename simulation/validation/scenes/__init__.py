"""Scenes: shared simulated data sets, each made by one function with `@scene`; a new module is found by itself."""
