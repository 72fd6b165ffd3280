"""The walls around a submission: a process of its own, its limits, and what Python itself refuses it."""
