"""What one run yields: courses, ties, events with causes, summaries; and how it is kept on disk."""

from simulation.recording.recording import Record, Recording

__all__ = ["Record", "Recording"]
