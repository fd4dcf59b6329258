"""From a recording to numbers: what questionnaires, momentary assessment and the causal graph say of a run.

A research and teaching model, not a clinical instrument: every questionnaire here is a proxy computed from states of
the model. Nothing measured is ever fed back into a run.

By name, for one person in one run: `registry.measure`. Behind it and beyond it, from the top down:

- `instruments` (with `questionnaires`, `criteria`, `window`, `burden`): what people would score, and `change`: whether
  a change of score is reliable and clinically significant;
- `sampling` (with `affect`, `between_prompts`): a run as a study samples it, and on such prompts `momentary`,
  `home_base`, `contingency`, `around_events`; on acts `circumplex`; on dense courses `provocation` and `warning`;
- `cycles` and `cascades`: read off the causal events, as `causes` holds them.
"""
