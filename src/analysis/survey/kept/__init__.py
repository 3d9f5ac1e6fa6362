"""Which answers count, and the tidy tables made of them."""
