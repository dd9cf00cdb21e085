"""Plan the trials, run them, heal the world after each."""
