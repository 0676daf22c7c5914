"""What a person can do, one module per area; each verb is one transaction."""
