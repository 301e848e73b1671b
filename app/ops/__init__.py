"""Running the house: health, mail and jobs to look at, people to manage, the demo company."""
