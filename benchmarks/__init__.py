"""Where the figures of README.md come from: every one is a ratio of two things measured in turn."""
