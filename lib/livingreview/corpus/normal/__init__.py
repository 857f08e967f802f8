"""From tags and values to the tables of the normal form, column by column."""
