"""The pages of services: what councils return of them, and everything else about them."""
