"""Models hosted by Runway, its own and others': rules, prices, key, account, wire."""
