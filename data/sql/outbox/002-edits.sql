-- SPDX-License-Identifier: GPL-3.0-or-later
-- Acts that change fields of a record: which state of it the person saw, what
-- they change, and what the record has become meanwhile.  And how the act, its
-- object, its network and its person are called, so that it can be shown when
-- none of them is at hand.
ALTER TABLE act ADD COLUMN base_seq INTEGER;   -- If-Match; NULL: not of an edit
ALTER TABLE act ADD COLUMN changes TEXT;       -- field by field: base, mine, theirs
ALTER TABLE act ADD COLUMN theirs_seq INTEGER; -- of the record that is in the way
ALTER TABLE act ADD COLUMN object_name TEXT;
ALTER TABLE act ADD COLUMN network_name TEXT;
ALTER TABLE act ADD COLUMN person_name TEXT;
