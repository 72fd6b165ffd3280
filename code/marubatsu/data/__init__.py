"""Images: marks ○ and × and small volumes made to order, and real images of installed packages with their licences."""
