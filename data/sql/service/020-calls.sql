-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who called whom about an alarm, and what came of it: a row for each call.  The alarm carries
-- the last of them along, so that every desk reads them, also without a network.

ALTER TABLE alarm ADD COLUMN calls TEXT;

CREATE TABLE alarm_call (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  alarm_id INTEGER NOT NULL,
  at INTEGER NOT NULL,          -- network time: when it was, as far as that can be
  received_at INTEGER NOT NULL, -- and when it was said
  person TEXT NOT NULL,
  who TEXT NOT NULL,
  number TEXT NOT NULL,
  outcome TEXT NOT NULL
) STRICT;
CREATE INDEX alarm_call_by_alarm ON alarm_call (alarm_id, id);

-- Through whom a vehicle is heard: the organisations of its mobile carrier and of the
-- gateway that it reports to.
ALTER TABLE vehicle ADD COLUMN carrier_id INTEGER;
ALTER TABLE vehicle ADD COLUMN gateway_id INTEGER;

-- How many cycles packs of a model are made for.
ALTER TABLE battery_model ADD COLUMN cycle_limit INTEGER;
