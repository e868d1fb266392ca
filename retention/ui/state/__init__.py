"""The visit's state: settings, the file with its mapping, kept scenarios, the study of its orders."""
