"""The story of a run in plain words, told from its causal events."""

from simulation.story.narrate import tell_episode, tell_story

__all__ = ["tell_episode", "tell_story"]
