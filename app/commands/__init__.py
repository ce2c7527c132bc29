"""Commands: what each command of the command line does, and how it tells what it did."""
