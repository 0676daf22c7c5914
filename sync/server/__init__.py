"""The central server: routes, ledger, access, accounts and chunks."""
