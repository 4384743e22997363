"""Looks at a whole installation and says what to do. One function per matter; a failing one stops no other."""
