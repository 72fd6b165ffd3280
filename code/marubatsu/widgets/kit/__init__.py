"""What every widget is made of: the base in Python and in the browser, its pictures, controls, drawing and style."""
