-- How long what is kept, what was deleted when, and who asked for an erasure.

-- scope '' = the town; else a department (conversation-text, media) or a procedure (applications).
CREATE TABLE retention_settings (
  town       TEXT    NOT NULL,
  class      TEXT    NOT NULL,
  scope      TEXT    NOT NULL,
  days       INTEGER NOT NULL CHECK (days > 0),
  revision   INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  changed_by TEXT    NOT NULL,
  PRIMARY KEY (town, class, scope)
) STRICT, WITHOUT ROWID;

-- One row a day and class: how much went.
CREATE TABLE retention_runs (
  town    TEXT    NOT NULL,
  day     TEXT    NOT NULL,
  class   TEXT    NOT NULL,
  ran_at  INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  held    INTEGER NOT NULL,
  PRIMARY KEY (town, day, class)
) STRICT, WITHOUT ROWID;

-- state: requested, approved, refused, done. Two people: decided_by is never requested_by.
CREATE TABLE erasure_requests (
  town           TEXT    NOT NULL,
  id             TEXT    NOT NULL,
  conversation   TEXT    NOT NULL,
  channel        TEXT    NOT NULL,
  department     TEXT    NULL,
  reason         TEXT    NOT NULL,
  state          TEXT    NOT NULL CHECK (state IN ('requested', 'approved', 'refused', 'done')),
  requested_at   INTEGER NOT NULL,
  requested_by   TEXT    NOT NULL,
  requested_name TEXT    NOT NULL,
  decided_at     INTEGER NULL,
  decided_by     TEXT    NULL,
  decided_name   TEXT    NULL,
  done_at        INTEGER NULL,
  counts         TEXT    NULL,
  revision       INTEGER NOT NULL,
  PRIMARY KEY (town, id),
  CHECK (decided_by IS NULL OR decided_by <> requested_by)
) STRICT, WITHOUT ROWID;
CREATE INDEX erasure_requests_latest ON erasure_requests (town, requested_at, id);
CREATE UNIQUE INDEX erasure_requests_open ON erasure_requests (town, conversation) WHERE state IN ('requested', 'approved');

-- The last walk along a town's audit trail.
ALTER TABLE audit_heads ADD COLUMN checked_at INTEGER NULL;
ALTER TABLE audit_heads ADD COLUMN checked_to INTEGER NULL;
ALTER TABLE audit_heads ADD COLUMN broken_at INTEGER NULL;
ALTER TABLE audit_heads ADD COLUMN fault TEXT NULL;
