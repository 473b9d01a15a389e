"""What people follow: assets, projects, needs and services, and how they hear of what moved."""
