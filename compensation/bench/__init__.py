"""A large firm made up for measuring, and what a year of runs takes there."""
