"""The recipe that makes the shipped weights, from nothing."""
