"""The screens: one file, one public render()."""
