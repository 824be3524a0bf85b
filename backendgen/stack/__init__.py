"""What a directory already is, from what is written in it; nothing of it is ever run."""
