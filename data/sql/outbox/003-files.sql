-- SPDX-License-Identifier: GPL-3.0-or-later
-- Acts that take a file along, as a photo of a work order: it lies beside this file,
-- under the sum of its bytes, until no act speaks of it.
ALTER TABLE act ADD COLUMN file TEXT;         -- SHA-256 of its bytes; NULL: there is none
ALTER TABLE act ADD COLUMN file_size INTEGER; -- bytes

CREATE INDEX act_by_file ON act (file);
