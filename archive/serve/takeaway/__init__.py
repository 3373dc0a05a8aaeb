"""What can a reader take away? Feeds, calendars, citations and whole tables of any selection of articles."""
