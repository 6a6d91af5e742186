"""Course material from the reports, in which every line can be traced to its page."""
