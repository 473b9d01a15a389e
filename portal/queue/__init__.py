"""The one queue of what waits for somebody anywhere on the site, for editors and the secretariat."""
