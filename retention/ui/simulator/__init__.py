"""The What if page: what is asked, from which shop, and the answer."""
