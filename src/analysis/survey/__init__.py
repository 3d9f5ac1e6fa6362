"""What is asked, how it goes out, and how it comes back."""
