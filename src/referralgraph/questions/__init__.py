"""Questions: each takes what is asked and returns a frozen answer with its reasons and sources."""
