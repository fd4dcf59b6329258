"""From a study to testable statements: what follows from what, how strongly, where, by which mechanism."""
