"""The exports that are known on sight, a module for each kind of program."""

from retention.ingest.mapping.platforms.data_sets import DATA_SETS
from retention.ingest.mapping.platforms.invoices import INVOICES
from retention.ingest.mapping.platforms.marketplaces import MARKETPLACES
from retention.ingest.mapping.platforms.payments import PAYMENTS
from retention.ingest.mapping.platforms.shops import SHOPS

PLATFORMS = (*SHOPS, *INVOICES, *PAYMENTS, *MARKETPLACES, *DATA_SETS)
"""In the order they are tried: the first whose headings a file has counts."""
