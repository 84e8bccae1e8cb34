"""Working calendars, pure: which days are worked, working time between instants, reading tables of holidays."""
