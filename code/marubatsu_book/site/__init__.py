"""What makes the built pages whole without a server: widgets, formulas, styles, security, nothing from other hosts."""
