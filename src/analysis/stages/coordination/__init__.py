"""For the coordinator: what is to mend, what to ask the units about, what is public."""
