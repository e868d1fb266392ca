"""The pages there are, in the groups of the navigation, each with its icon."""

from __future__ import annotations

NAVIGATION = {
    "group.data": {"data": ":material/table_view:"},
    "group.understand": {
        "overview": ":material/monitoring:",
        "cohorts": ":material/grid_on:",
        "dropoff": ":material/trending_down:",
        "products": ":material/inventory_2:",
        "audit": ":material/fact_check:",
        "subscriptions": ":material/autorenew:",
        "reality": ":material/rule:",
    },
    "group.decide": {
        "simulator": ":material/trending_up:",
        "acquisition": ":material/balance:",
        "lifetime_value": ":material/savings:",
    },
    "group.act": {
        "customers": ":material/contact_mail:",
        "report": ":material/summarize:",
    },
}
# Reached from another page, and not named in the navigation
BEHIND = {"meeting": ":material/slideshow:"}
ICONS = {page: icon for named in NAVIGATION.values() for page, icon in named.items()}
PAGES = tuple(ICONS)
FIRST = PAGES[0]  # answers at "/"
