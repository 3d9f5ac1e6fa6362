"""One untrusted file -> what it says. Each step returns what it found; nothing is written on."""
