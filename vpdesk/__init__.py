"""The desk of a vertrouwenspersoon: an encrypted vault, cases, and a report that gives nobody away."""

__version__ = "0.1.0"
