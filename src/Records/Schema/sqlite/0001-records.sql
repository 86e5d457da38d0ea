-- Read models: what staff list, search and count. Everything here can be derived again from the grains' facts, except the audit trail.
-- Instants are UTC milliseconds, days are yyyy-MM-dd, money is whole yen.

-- How far each stream of facts has been applied: a repeated fact changes nothing.
CREATE TABLE streams (
  stream   TEXT    NOT NULL PRIMARY KEY,
  last_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One resident's talk in one channel. id is the resident's pseudonym.
CREATE TABLE conversations (
  id        TEXT    NOT NULL PRIMARY KEY,
  town      TEXT    NOT NULL,
  channel   TEXT    NOT NULL,
  opened_at INTEGER NOT NULL,
  last_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX conversations_latest ON conversations (town, last_at);

-- The transcript. seq is the fact's, so it rises but has gaps.
CREATE TABLE messages (
  conversation    TEXT    NOT NULL,
  seq             INTEGER NOT NULL,
  at              INTEGER NOT NULL,
  direction       TEXT    NOT NULL CHECK (direction IN ('heard', 'said')),
  what            TEXT    NOT NULL,
  text            TEXT    NULL,
  line_message_id TEXT    NULL,
  unsent          INTEGER NOT NULL DEFAULT 0 CHECK (unsent IN (0, 1)),
  PRIMARY KEY (conversation, seq),
  CHECK (unsent = 0 OR text IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX messages_by_line_id ON messages (conversation, line_message_id) WHERE line_message_id IS NOT NULL;

-- Messages taken back, kept so that a copy that arrives later stays without its text.
CREATE TABLE unsent_messages (
  conversation    TEXT    NOT NULL,
  line_message_id TEXT    NOT NULL,
  at              INTEGER NOT NULL,
  PRIMARY KEY (conversation, line_message_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE cases (
  town         TEXT    NOT NULL,
  number       TEXT    NOT NULL,
  channel      TEXT    NOT NULL,
  resident     TEXT    NOT NULL,
  procedure_id TEXT    NOT NULL,
  version      INTEGER NOT NULL,
  title        TEXT    NOT NULL,
  department   TEXT    NOT NULL,
  kind         TEXT    NOT NULL,
  status       TEXT    NOT NULL,
  resource     TEXT    NULL,
  day          TEXT    NULL,
  fee          INTEGER NULL,
  summary      TEXT    NOT NULL,
  opened_at    INTEGER NOT NULL,
  changed_at   INTEGER NOT NULL,
  PRIMARY KEY (town, number)
) STRICT;
CREATE INDEX cases_latest ON cases (town, opened_at, number);
CREATE INDEX cases_of_department ON cases (town, department, status, opened_at, number);
CREATE INDEX cases_of_day ON cases (town, day, resource, number) WHERE day IS NOT NULL;

CREATE TABLE case_events (
  town   TEXT    NOT NULL,
  number TEXT    NOT NULL,
  seq    INTEGER NOT NULL,
  at     INTEGER NOT NULL,
  what   TEXT    NOT NULL,
  by     TEXT    NOT NULL,
  PRIMARY KEY (town, number, seq)
) STRICT, WITHOUT ROWID;

-- A booking is a case that has a day: one truth, seen by day.
CREATE VIEW bookings AS
  SELECT town, resource, day, number, procedure_id, title, department, status, fee, summary, changed_at
  FROM cases WHERE day IS NOT NULL AND resource IS NOT NULL;

-- Statistics of runs; no personal text.
CREATE TABLE happenings (
  conversation TEXT    NOT NULL,
  seq          INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  town         TEXT    NOT NULL,
  channel      TEXT    NOT NULL,
  what         TEXT    NOT NULL,
  procedure_id TEXT    NULL,
  version      INTEGER NULL,
  run          TEXT    NULL,
  step         TEXT    NULL,
  milliseconds INTEGER NULL,
  detail       TEXT    NULL,
  PRIMARY KEY (conversation, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX happenings_of_procedure ON happenings (town, procedure_id, what, at);

-- Who did or read what. Rows are never changed and never removed by the product.
CREATE TABLE audit (
  id        INTEGER NOT NULL PRIMARY KEY,
  at        INTEGER NOT NULL,
  town      TEXT    NOT NULL,
  principal TEXT    NOT NULL,
  action    TEXT    NOT NULL,
  subject   TEXT    NOT NULL,
  detail    TEXT    NULL
) STRICT;
CREATE INDEX audit_by_time ON audit (town, at);
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;
CREATE TRIGGER audit_is_never_removed BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are never removed'); END;
