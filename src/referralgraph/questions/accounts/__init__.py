"""Questions about accounts: who decides, who is for us, who looks after whom, what is next."""
