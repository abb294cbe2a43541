-- SPDX-License-Identifier: GPL-3.0-or-later
-- Parts and certificates are of whose person, or whose service point, they are with; of which end
-- of a certificate somebody was told; and what was held back from who has several areas, or several
-- fleets, is summed up for each of them.

ALTER TABLE part ADD COLUMN organisation_id INTEGER;
UPDATE part SET organisation_id = coalesce (
  (SELECT e.organisation_id FROM engineer e WHERE e.id = part.engineer_id),
  (SELECT p.organisation_id FROM service_point p WHERE p.id = part.service_point_id));
ALTER TABLE certificate ADD COLUMN organisation_id INTEGER;
ALTER TABLE certificate ADD COLUMN warned_at INTEGER;
ALTER TABLE certificate ADD COLUMN ended_at INTEGER;
UPDATE certificate SET organisation_id
  = (SELECT e.organisation_id FROM engineer e WHERE e.id = certificate.engineer_id);
CREATE INDEX certificate_by_end ON certificate (expires_at) WHERE ended_at IS NULL;

CREATE TABLE tell_count_by_place (
  recipient TEXT NOT NULL,
  channel TEXT NOT NULL,
  operator_id INTEGER NOT NULL,
  place_id INTEGER NOT NULL,
  since INTEGER NOT NULL,
  told INTEGER NOT NULL,
  held INTEGER NOT NULL,
  held_worst INTEGER NOT NULL,
  held_first TEXT,
  PRIMARY KEY (recipient, channel, operator_id, place_id)
) STRICT, WITHOUT ROWID;
INSERT INTO tell_count_by_place
  SELECT recipient, channel, operator_id, 0, since, told, held, held_worst, held_first
    FROM tell_count;
DROP TABLE tell_count;
ALTER TABLE tell_count_by_place RENAME TO tell_count;
