"""One component per purpose."""
