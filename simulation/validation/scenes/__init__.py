"""Scenes: shared simulated data sets, each made by one function registered with `@scene`; a new module is found by itself."""
