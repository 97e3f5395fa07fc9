"""Protecting small numbers and auditing what arithmetic could still reveal."""
