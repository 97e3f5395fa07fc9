"""What the system tells about the user going away, behind one port: three platforms, each in a module of its own."""
