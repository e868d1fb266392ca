"""The visit's state: settings, the file with its mapping, kept scenarios, what was computed and fitted."""
