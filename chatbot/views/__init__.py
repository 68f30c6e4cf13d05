"""What the page shows: each view is given plain data."""
