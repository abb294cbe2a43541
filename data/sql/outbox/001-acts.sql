-- SPDX-License-Identifier: GPL-3.0-or-later
-- Acts of a person that the service has not confirmed yet.  They are the only
-- thing that the application must never lose.
CREATE TABLE act (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- the order in which they were done
  key TEXT NOT NULL UNIQUE,             -- idempotency key, UUIDv7
  network TEXT NOT NULL,                -- epoch of the network it is for
  person_id INTEGER NOT NULL,           -- who did it
  verb TEXT NOT NULL,                   -- what, as "acknowledge"
  noun TEXT NOT NULL,                   -- to what, as "alarm"
  object_id INTEGER NOT NULL,
  method TEXT NOT NULL,                 -- how to ask for it
  path TEXT NOT NULL,
  body TEXT NOT NULL,
  note TEXT,                            -- what the person wrote, for the overlay
  created_at INTEGER NOT NULL,          -- network time, µs
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'answered', 'conflict')),
  answer_seq INTEGER,                   -- of the object, once answered
  problem TEXT                          -- slug of the last error
);

CREATE INDEX act_by_owner ON act (network, person_id, id);
CREATE INDEX act_by_object ON act (noun, object_id, id);
