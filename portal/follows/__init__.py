"""What people follow: assets, projects, needs, services and councils, and how they hear of what moved."""
