"""File formats of registers, each with a writer and a reader."""
