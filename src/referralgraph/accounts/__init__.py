"""Accounts: who is a stakeholder of what we sell, as colleagues judged it, day by day."""
