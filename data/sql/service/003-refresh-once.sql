-- SPDX-License-Identifier: GPL-3.0-or-later
-- A refresh token is good once: each gives the next, and whoever comes with one
-- that was used ends the whole sign-in.  So a sign-in has a name of its own (the
-- first half of its refresh tokens), that stays while the tokens change.

DROP INDEX session_by_user;
DROP INDEX session_by_age;
ALTER TABLE session RENAME TO session_before;

CREATE TABLE session (
  family_hash TEXT PRIMARY KEY,  -- SHA-256, as of every token here
  refresh_hash TEXT NOT NULL UNIQUE,
  previous_hash TEXT,            -- is good again until what it gave was used: its answer was lost
  token_hash TEXT NOT NULL UNIQUE,
  is_used INTEGER NOT NULL CHECK (is_used IN (0, 1)),
  user_id INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,   -- machine time
  refresh_expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who is signed in stays so: the refresh token of old names its sign-in, too.
INSERT INTO session (family_hash, refresh_hash, previous_hash, token_hash, is_used, user_id,
                     expires_at, refresh_expires_at)
SELECT refresh_hash, refresh_hash, NULL, token_hash, 1, user_id, expires_at, refresh_expires_at
FROM session_before;
DROP TABLE session_before;

CREATE INDEX session_by_user ON session (user_id);
CREATE INDEX session_by_age ON session (refresh_expires_at);
