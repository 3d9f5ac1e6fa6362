"""What goes out: blank forms, and synthetic answers to try everything with."""
