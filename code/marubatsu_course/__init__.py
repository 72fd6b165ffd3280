"""The course: assignments made from one text, checked by students, marked for a whole class on one computer."""
