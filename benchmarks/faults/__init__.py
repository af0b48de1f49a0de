"""Faults on purpose: `make faults` proves that the portal loses nothing that it said it had saved."""
