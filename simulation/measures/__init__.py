"""From a recording to numbers: what questionnaires, momentary assessment and the causal graph say of a run.

A research and teaching model, not a clinical instrument: every questionnaire here is a proxy computed from states of
the model. Nothing measured is ever fed back into a run. One entry for scalar measures by name: `registry.measure`.
"""
