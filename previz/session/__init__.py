"""One film being directed: its value now, its history, and its folder."""
