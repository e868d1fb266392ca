"""What a column holds: dates, numbers, texts; and which column is likely to be what."""
