"""Render: answers as people read them; nothing here asks, scores or stores."""
