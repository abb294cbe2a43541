-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a person may change of a fault code besides: its level, what it forbids, and
-- his words in Chinese.

ALTER TABLE fault_code_edit ADD COLUMN consequence_zh TEXT;
ALTER TABLE fault_code_edit ADD COLUMN level INTEGER;
ALTER TABLE fault_code_edit ADD COLUMN forbids TEXT; -- kinds of commands; '' none; NULL as it comes
ALTER TABLE fault_code_line ADD COLUMN line_zh TEXT;
