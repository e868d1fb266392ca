"""What several pages share: the parts of a screen, its controls, groups of customers, tables that leave."""
