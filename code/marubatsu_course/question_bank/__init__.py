"""The question bank: all quizzes of the book as files that course systems import."""
