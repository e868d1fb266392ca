"""The Win or keep page: spend, what winning and keeping cost, and the next euro."""
