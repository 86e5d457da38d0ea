-- How long what is kept, what was deleted when, and who asked for an erasure.

-- scope '' = the town; else a department (conversation-text, media) or a procedure (applications).
CREATE TABLE retention_settings (
  town       text COLLATE "C" NOT NULL,
  class      text COLLATE "C" NOT NULL,
  scope      text COLLATE "C" NOT NULL,
  days       integer          NOT NULL CHECK (days > 0),
  revision   integer          NOT NULL,
  changed_at bigint           NOT NULL,
  changed_by text COLLATE "C" NOT NULL,
  PRIMARY KEY (town, class, scope)
);

-- One row a day and class: how much went.
CREATE TABLE retention_runs (
  town    text COLLATE "C" NOT NULL,
  day     text COLLATE "C" NOT NULL,
  class   text COLLATE "C" NOT NULL,
  ran_at  bigint           NOT NULL,
  deleted bigint           NOT NULL,
  held    bigint           NOT NULL,
  PRIMARY KEY (town, day, class)
);

-- state: requested, approved, refused, done. Two people: decided_by is never requested_by.
CREATE TABLE erasure_requests (
  town           text COLLATE "C" NOT NULL,
  id             text COLLATE "C" NOT NULL,
  conversation   text COLLATE "C" NOT NULL,
  channel        text COLLATE "C" NOT NULL,
  department     text COLLATE "C" NULL,
  reason         text             NOT NULL,
  state          text COLLATE "C" NOT NULL CHECK (state IN ('requested', 'approved', 'refused', 'done')),
  requested_at   bigint           NOT NULL,
  requested_by   text COLLATE "C" NOT NULL,
  requested_name text             NOT NULL,
  decided_at     bigint           NULL,
  decided_by     text COLLATE "C" NULL,
  decided_name   text             NULL,
  done_at        bigint           NULL,
  counts         text             NULL,
  revision       integer          NOT NULL,
  PRIMARY KEY (town, id),
  CHECK (decided_by IS NULL OR decided_by <> requested_by)
);
CREATE INDEX erasure_requests_latest ON erasure_requests (town, requested_at, id);
CREATE UNIQUE INDEX erasure_requests_open ON erasure_requests (town, conversation) WHERE state IN ('requested', 'approved');

-- The last walk along a town's audit trail.
ALTER TABLE audit_heads
  ADD COLUMN checked_at bigint           NULL,
  ADD COLUMN checked_to bigint           NULL,
  ADD COLUMN broken_at  bigint           NULL,
  ADD COLUMN fault      text COLLATE "C" NULL;
