-- Read models: what staff list, search and count. Everything here can be derived again from the grains' facts, except the audit trail.
-- Instants are UTC milliseconds, money is whole yen. Keys and what lists are ordered by compare by their bytes, whatever the database's
-- locale: a cursor must page the same way in every town. The same tables as under sqlite/, with fewer indexes where a write would pay.

-- How far each stream of facts has been applied: a repeated fact changes nothing. Each turn updates its row in place (room for a HOT update).
CREATE TABLE streams (
  stream   text COLLATE "C" NOT NULL PRIMARY KEY,
  last_seq bigint           NOT NULL
) WITH (fillfactor = 70);

-- One resident's talk in one channel. id is the resident's pseudonym. last_at is right to the minute: its index is not moved at every word.
CREATE TABLE conversations (
  id        text COLLATE "C" NOT NULL PRIMARY KEY,
  town      text COLLATE "C" NOT NULL,
  channel   text COLLATE "C" NOT NULL,
  opened_at bigint           NOT NULL,
  last_at   bigint           NOT NULL
);
CREATE INDEX conversations_latest ON conversations (town, last_at);

-- The transcript. seq is the fact's, so it rises but has gaps. A message taken back is found by reading its conversation: it happens rarely.
CREATE TABLE messages (
  conversation    text COLLATE "C" NOT NULL,
  seq             bigint           NOT NULL,
  at              bigint           NOT NULL,
  direction       text COLLATE "C" NOT NULL CHECK (direction IN ('heard', 'said')),
  what            text COLLATE "C" NOT NULL,
  text            text             NULL,
  line_message_id text COLLATE "C" NULL,
  unsent          boolean          NOT NULL DEFAULT false,
  PRIMARY KEY (conversation, seq),
  CHECK (NOT unsent OR text IS NULL)
);

-- Messages taken back, kept so that a copy that arrives later stays without its text.
CREATE TABLE unsent_messages (
  conversation    text COLLATE "C" NOT NULL,
  line_message_id text COLLATE "C" NOT NULL,
  at              bigint           NOT NULL,
  PRIMARY KEY (conversation, line_message_id)
);

CREATE TABLE cases (
  town         text COLLATE "C" NOT NULL,
  number       text COLLATE "C" NOT NULL,
  channel      text COLLATE "C" NOT NULL,
  resident     text COLLATE "C" NOT NULL,
  procedure_id text COLLATE "C" NOT NULL,
  version      integer          NOT NULL,
  title        text             NOT NULL,
  department   text COLLATE "C" NOT NULL,
  kind         text COLLATE "C" NOT NULL,
  status       text COLLATE "C" NOT NULL,
  resource     text COLLATE "C" NULL,
  day          date             NULL,
  fee          integer          NULL,
  summary      text             NOT NULL,
  opened_at    bigint           NOT NULL,
  changed_at   bigint           NOT NULL,
  PRIMARY KEY (town, number)
);
CREATE INDEX cases_latest ON cases (town, opened_at, number);
CREATE INDEX cases_of_department ON cases (town, department, status, opened_at, number);
CREATE INDEX cases_of_day ON cases (town, day, resource, number) WHERE day IS NOT NULL;

CREATE TABLE case_events (
  town   text COLLATE "C" NOT NULL,
  number text COLLATE "C" NOT NULL,
  seq    bigint           NOT NULL,
  at     bigint           NOT NULL,
  what   text COLLATE "C" NOT NULL,
  by     text COLLATE "C" NOT NULL,
  PRIMARY KEY (town, number, seq)
);

-- A booking is a case that has a day: one truth, seen by day.
CREATE VIEW bookings AS
  SELECT town, resource, day, number, procedure_id, title, department, status, fee, summary, changed_at
  FROM cases WHERE day IS NOT NULL AND resource IS NOT NULL;

-- Statistics of runs; no personal text.
CREATE TABLE happenings (
  conversation text COLLATE "C" NOT NULL,
  seq          bigint           NOT NULL,
  at           bigint           NOT NULL,
  town         text COLLATE "C" NOT NULL,
  channel      text COLLATE "C" NOT NULL,
  what         text COLLATE "C" NOT NULL,
  procedure_id text COLLATE "C" NULL,
  version      integer          NULL,
  run          text COLLATE "C" NULL,
  step         text COLLATE "C" NULL,
  milliseconds integer          NULL,
  detail       text             NULL,
  PRIMARY KEY (conversation, seq)
);
CREATE INDEX happenings_of_procedure ON happenings (town, procedure_id, what, at);

-- Who did or read what. Rows are never changed and never removed by the product.
CREATE TABLE audit (
  id        bigint           NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at        bigint           NOT NULL,
  town      text COLLATE "C" NOT NULL,
  principal text             NOT NULL,
  action    text COLLATE "C" NOT NULL,
  subject   text             NOT NULL,
  detail    text             NULL
);
CREATE INDEX audit_by_time ON audit (town, at);

CREATE FUNCTION audit_refuses_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows are never changed and never removed', TG_TABLE_NAME;
END $$;
CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit EXECUTE FUNCTION audit_refuses_change();
