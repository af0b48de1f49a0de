"""Fault tests: `make faults` checks that the portal loses nothing that it has acknowledged."""
