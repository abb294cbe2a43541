-- SPDX-License-Identifier: GPL-3.0-or-later
-- Packs that are kept apart.

ALTER TABLE battery ADD COLUMN quarantined_at INTEGER;
ALTER TABLE battery ADD COLUMN quarantined_by TEXT;
ALTER TABLE battery ADD COLUMN quarantine_reason TEXT;
