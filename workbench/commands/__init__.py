"""The commands, by what they are about. Imports inside them keep `workbench --help` quick."""
