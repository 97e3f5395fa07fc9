"""The migration that brings what was agreed on with clients, its checklist, and what became of their units."""

from __future__ import annotations

from typing import Final

CLIENTS_IN_FULL: Final = """
ALTER TABLE clients ADD COLUMN fields TEXT NOT NULL DEFAULT '';
ALTER TABLE clients ADD COLUMN appointed_since TEXT;
ALTER TABLE clients ADD COLUMN appointed_until TEXT;
ALTER TABLE clients ADD COLUMN agreed_minutes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE clients ADD COLUMN agreed_per TEXT NOT NULL DEFAULT 'week';
ALTER TABLE clients ADD COLUMN manager TEXT NOT NULL DEFAULT '';
ALTER TABLE clients ADD COLUMN own_roles TEXT NOT NULL DEFAULT '';
ALTER TABLE clients ADD COLUMN confidentiality TEXT NOT NULL DEFAULT '';
ALTER TABLE clients ADD COLUMN breaking TEXT NOT NULL DEFAULT '';
ALTER TABLE clients ADD COLUMN controller TEXT NOT NULL DEFAULT '';
ALTER TABLE clients ADD COLUMN report_by TEXT NOT NULL DEFAULT '';
ALTER TABLE clients ADD COLUMN recipients TEXT NOT NULL DEFAULT '';
ALTER TABLE clients ADD COLUMN meldregeling TEXT NOT NULL DEFAULT '';
ALTER TABLE clients ADD COLUMN klachtenregeling TEXT NOT NULL DEFAULT '';
ALTER TABLE clients ADD COLUMN onderzoeksprotocol TEXT NOT NULL DEFAULT '';

CREATE TABLE client_items (
    client INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    item TEXT NOT NULL,
    state TEXT NOT NULL,
    on_day TEXT NOT NULL,
    PRIMARY KEY (client, item)
) STRICT, WITHOUT ROWID;

-- What became of units, only ever added to: what was done by mistake is taken back by a row of its own. `into_unit` is
-- the unit in which one went on; `was` and `became` are the names then.
CREATE TABLE unit_events (
    id INTEGER PRIMARY KEY,
    unit INTEGER NOT NULL REFERENCES units (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    on_day TEXT,
    into_unit INTEGER,
    was TEXT NOT NULL,
    became TEXT NOT NULL,
    takes_back INTEGER
) STRICT;

CREATE INDEX unit_events_of_unit ON unit_events (unit, kind);
CREATE UNIQUE INDEX unit_events_taken_back ON unit_events (takes_back) WHERE takes_back IS NOT NULL;

CREATE VIEW standing_unit_events AS
SELECT * FROM unit_events AS e
WHERE e.takes_back IS NULL AND NOT EXISTS (SELECT 1 FROM unit_events AS t WHERE t.takes_back = e.id);

CREATE VIEW whole_units AS
SELECT
    u.id, u.client, u.name, u.code,
    (SELECT max(e.on_day) FROM standing_unit_events AS e WHERE e.unit = u.id AND e.kind = 'begonnen') AS since,
    (SELECT max(e.on_day) FROM standing_unit_events AS e
      WHERE e.unit = u.id AND e.kind IN ('samengevoegd', 'beeindigd')) AS until,
    (SELECT max(e.into_unit) FROM standing_unit_events AS e JOIN units AS o ON o.id = e.into_unit
      WHERE e.unit = u.id AND e.kind = 'samengevoegd' AND o.client = u.client) AS into_unit
FROM units AS u;
"""
