-- SPDX-License-Identifier: GPL-3.0-or-later
-- Inspections that come again: what was gone through plans the next one, and that only once.

ALTER TABLE inspection ADD COLUMN every_days INTEGER;
ALTER TABLE inspection ADD COLUMN follows_id INTEGER;
CREATE UNIQUE INDEX inspection_by_follows ON inspection (follows_id) WHERE follows_id IS NOT NULL;
