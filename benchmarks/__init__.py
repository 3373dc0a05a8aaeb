"""How good and how fast is it, beside its peers? README.md says how to run and read these commands."""
