"""Who is linked to whose failure: links, events and attributes as arrays, and the neighbourhood of any company on any day."""
