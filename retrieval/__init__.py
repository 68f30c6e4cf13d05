"""What a message asks for, and the titles that answer it."""
