"""From partial facts about one patient to the steps now due, and why."""
