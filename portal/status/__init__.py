"""How the site itself is: its health, part by part, and what runs when time comes round."""
