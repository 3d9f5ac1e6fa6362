"""What an edition said, kept when a run changes it, and what differs between two of these."""
