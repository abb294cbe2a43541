-- SPDX-License-Identifier: GPL-3.0-or-later
-- Whose account it is: who is of a company sees of work and of people what is the company's.
-- What is given to another company leaves a tombstone under the old one, as what moves does.

ALTER TABLE user ADD COLUMN organisation_id INTEGER;
ALTER TABLE tombstone ADD COLUMN organisation_id INTEGER;
