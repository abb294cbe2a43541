-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a person may change of a fault code besides: its level, what it forbids, and
-- his words in Chinese; and what nears the end of its service life.

ALTER TABLE fault_code_edit ADD COLUMN consequence_zh TEXT;
ALTER TABLE fault_code_edit ADD COLUMN level INTEGER;
ALTER TABLE fault_code_edit ADD COLUMN forbids TEXT; -- kinds of commands; '' none; NULL as it comes
ALTER TABLE fault_code_line ADD COLUMN line_zh TEXT;

CREATE INDEX battery_by_life ON battery (service_life_until) WHERE service_life_until IS NOT NULL;
CREATE INDEX equipment_by_life ON equipment (service_life_until) WHERE service_life_until IS NOT NULL;
CREATE INDEX pile_by_life ON pile (service_life_until) WHERE service_life_until IS NOT NULL;
