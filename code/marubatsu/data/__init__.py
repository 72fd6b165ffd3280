"""Images: the marks ○ and × drawn to order, and real images of installed packages with their licences."""
