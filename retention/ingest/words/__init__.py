"""What words mean: headings, months, statuses, currencies, in English and Italian."""
