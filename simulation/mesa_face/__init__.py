"""The Mesa face: a model of people as agents, on the same arrays, with the same theory and the same luck.

A theorist subclasses :class:`Person`, replaces one phase in Python, and runs it::

    class Stoic(Person):
        def feel(self):
            super().feel()
            self.anger *= 0.5

    model = Model("dyad", rng=1, person=Stoic)
    model.run_model()
"""
