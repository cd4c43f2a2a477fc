"""Mappings that ship with the `table` loader, one TOML file a format."""
