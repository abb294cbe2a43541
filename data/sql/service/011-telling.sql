-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who was told of what, by which channel, and what became of it.
CREATE TABLE notification (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL,
  operator_id INTEGER NOT NULL,
  area_id INTEGER,
  fleet_id INTEGER,
  "subject_noun" TEXT NOT NULL,
  "subject_id" INTEGER NOT NULL,
  "code" TEXT,
  "level" INTEGER,
  "source_label" TEXT,
  "station_id" INTEGER,
  "vehicle_id" INTEGER,
  "channel" TEXT NOT NULL,
  "recipient" TEXT NOT NULL,
  "address" TEXT,
  "because" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "round" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "attempts" INTEGER NOT NULL,
  "problem" TEXT,
  "at" INTEGER NOT NULL,
  "tried_at" INTEGER,
  "sent_at" INTEGER,
  "confirmed_at" INTEGER,
  "confirmed_by" TEXT
) STRICT;
CREATE INDEX notification_by_time ON notification (at, id);
CREATE INDEX notification_by_subject ON notification (subject_noun, subject_id, id);
CREATE INDEX notification_by_station ON notification (station_id, at, id);

-- What has yet to go out, with the whole address; next_at is machine time.
CREATE TABLE tell_due (
  notification_id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  subject TEXT NOT NULL,
  next_at INTEGER NOT NULL
) STRICT;
CREATE INDEX tell_due_by_time ON tell_due (channel, next_at);

-- What somebody has to be told of until a person has confirmed it; next_at is network time.
CREATE TABLE tell_subject (
  noun TEXT NOT NULL,
  id INTEGER NOT NULL,
  rule TEXT NOT NULL,
  round INTEGER NOT NULL,
  level INTEGER NOT NULL,
  begun_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  PRIMARY KEY (noun, id, rule)
) STRICT, WITHOUT ROWID;
CREATE INDEX tell_subject_by_time ON tell_subject (next_at);

-- To whom how much was told lately, and what was held back to be summed up.
CREATE TABLE tell_count (
  recipient TEXT NOT NULL,
  channel TEXT NOT NULL,
  since INTEGER NOT NULL,
  told INTEGER NOT NULL,
  held INTEGER NOT NULL,
  held_worst INTEGER NOT NULL,
  held_first TEXT,
  PRIMARY KEY (recipient, channel)
) STRICT, WITHOUT ROWID;
