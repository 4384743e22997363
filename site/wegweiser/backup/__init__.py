"""One file that holds an installation: made while the server runs, checked whole before anything is touched."""
