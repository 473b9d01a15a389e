"""What councils return of their services, quarter by quarter, and the four indicators worked out from it."""
