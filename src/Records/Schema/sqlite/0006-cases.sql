-- What staff do with cases: who works on them, labels, notes, results, holds; and their prepared answers.
ALTER TABLE cases ADD COLUMN owner TEXT NULL;
ALTER TABLE cases ADD COLUMN owner_name TEXT NULL;
ALTER TABLE cases ADD COLUMN reason TEXT NULL;
ALTER TABLE cases ADD COLUMN labels TEXT NULL;
ALTER TABLE cases ADD COLUMN result TEXT NULL;
ALTER TABLE cases ADD COLUMN tags TEXT NULL;
ALTER TABLE cases ADD COLUMN callback_by TEXT NULL;
ALTER TABLE cases ADD COLUMN hold TEXT NULL;
ALTER TABLE cases ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE cases ADD COLUMN over_since INTEGER NULL;
CREATE INDEX cases_of_resident ON cases (town, resident, opened_at);

ALTER TABLE case_events ADD COLUMN by_name TEXT NULL;
ALTER TABLE case_events ADD COLUMN detail TEXT NULL;

-- One row a label, for searching; cases.labels has them in their order.
CREATE TABLE case_labels (
  town   TEXT NOT NULL,
  number TEXT NOT NULL,
  label  TEXT NOT NULL,
  PRIMARY KEY (town, number, label)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_labels_used ON case_labels (town, label);

CREATE TABLE notes (
  town         TEXT    NOT NULL,
  number       TEXT    NOT NULL,
  id           TEXT    NOT NULL,
  conversation TEXT    NOT NULL,
  at           INTEGER NOT NULL,
  by           TEXT    NOT NULL,
  by_name      TEXT    NOT NULL,
  text         TEXT    NOT NULL,
  PRIMARY KEY (town, number, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notes_of_conversation ON notes (conversation, at);
CREATE INDEX notes_by_age ON notes (town, at);

-- 定型文. department '' = the whole town.
CREATE TABLE canned_replies (
  town       TEXT    NOT NULL,
  id         TEXT    NOT NULL,
  department TEXT    NOT NULL,
  title      TEXT    NOT NULL,
  text       TEXT    NOT NULL,
  revision   INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  changed_by TEXT    NOT NULL,
  PRIMARY KEY (town, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX canned_replies_of_department ON canned_replies (town, department, title, id);
