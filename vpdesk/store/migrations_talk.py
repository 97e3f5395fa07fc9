"""The migration that brings headings, lists and bold in notes, and call-backs that need no case."""

from typing import Final

TALKS: Final = """
-- Whether note and verslag are written with signs for headings, lists and bold. What was there is plain words.
ALTER TABLE conversation_texts ADD COLUMN marked INTEGER NOT NULL DEFAULT 0;

-- The working notes that are still there, for the list of what is to be destroyed.
CREATE INDEX working_notes ON conversation_texts (conversation) WHERE working_note <> '';

-- How somebody who asked to be called is reached safely, before there is a case. No index or report reads this.
CREATE TABLE call_backs (
    id INTEGER PRIMARY KEY,
    made TEXT NOT NULL,
    due TEXT NOT NULL,
    client INTEGER REFERENCES clients (id),
    called TEXT NOT NULL,
    reach TEXT NOT NULL,
    hours TEXT NOT NULL,
    voicemail TEXT NOT NULL,
    work_mail TEXT NOT NULL
) STRICT;

CREATE INDEX call_backs_due ON call_backs (due);
"""
