-- Who may speak to a resident, who said what, and a feed of what changed for those who watch.

-- state: bot, queued, queuedOutOfHours, human, returned, closed, erased. since orders the lists: when waiting began, or the state. said_by: bot, staff, system.
ALTER TABLE conversations ADD COLUMN state TEXT NOT NULL DEFAULT 'bot';
ALTER TABLE conversations ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN waiting_since INTEGER NULL;
ALTER TABLE conversations ADD COLUMN owner TEXT NULL;
ALTER TABLE conversations ADD COLUMN owner_name TEXT NULL;
ALTER TABLE conversations ADD COLUMN department TEXT NULL;
ALTER TABLE conversations ADD COLUMN case_number TEXT NULL;
ALTER TABLE conversations ADD COLUMN case_open INTEGER NOT NULL DEFAULT 0 CHECK (case_open IN (0, 1));
ALTER TABLE conversations ADD COLUMN bot_continues INTEGER NOT NULL DEFAULT 0 CHECK (bot_continues IN (0, 1));
ALTER TABLE conversations ADD COLUMN callback_by TEXT NULL;
ALTER TABLE conversations ADD COLUMN reason TEXT NULL;
ALTER TABLE conversations ADD COLUMN heard_at INTEGER NULL;
ALTER TABLE conversations ADD COLUMN said_at INTEGER NULL;
ALTER TABLE conversations ADD COLUMN said_by TEXT NULL;
CREATE INDEX conversations_at_work ON conversations (town, since, id) WHERE state <> 'bot';

-- shown: the name a resident sees. detail: a file's name, a sticker's number. author: bot, staff, system, resident. key is the send's own; outcome: sent, failed, unknown, undeliverable, suppressed.
ALTER TABLE messages ADD COLUMN author TEXT NOT NULL DEFAULT 'bot' CHECK (author IN ('bot', 'staff', 'system', 'resident'));
ALTER TABLE messages ADD COLUMN staff TEXT NULL;
ALTER TABLE messages ADD COLUMN staff_name TEXT NULL;
ALTER TABLE messages ADD COLUMN shown TEXT NULL;
ALTER TABLE messages ADD COLUMN content_ids TEXT NULL;
ALTER TABLE messages ADD COLUMN detail TEXT NULL;
ALTER TABLE messages ADD COLUMN latitude REAL NULL;
ALTER TABLE messages ADD COLUMN longitude REAL NULL;
ALTER TABLE messages ADD COLUMN key TEXT NULL;
ALTER TABLE messages ADD COLUMN outcome TEXT NULL;
ALTER TABLE messages ADD COLUMN outcome_detail TEXT NULL;
UPDATE messages SET author = 'resident' WHERE direction = 'heard';

-- Every change of who may speak: the strip of a conversation, the waiting line of a day.
CREATE TABLE control_changes (
  conversation TEXT    NOT NULL,
  seq          INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  town         TEXT    NOT NULL,
  trigger      TEXT    NOT NULL,
  was          TEXT    NOT NULL,
  state        TEXT    NOT NULL,
  epoch        INTEGER NOT NULL,
  owner        TEXT    NULL,
  owner_name   TEXT    NULL,
  department   TEXT    NULL,
  case_number  TEXT    NULL,
  reason       TEXT    NULL,
  by           TEXT    NOT NULL,
  waiting_since INTEGER NULL,
  PRIMARY KEY (conversation, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX control_changes_of_day ON control_changes (town, at);

-- What changed, thin: ids only. Written with the rows it is about; kept for a while, so that a reader who was cut off misses nothing.
CREATE TABLE feed (
  seq        INTEGER NOT NULL PRIMARY KEY,
  at         INTEGER NOT NULL,
  town       TEXT    NOT NULL,
  department TEXT    NULL,
  type       TEXT    NOT NULL,
  subject    TEXT    NOT NULL
) STRICT;

-- The last number given, and the last one that is no longer kept.
CREATE TABLE feed_head (
  only_row  INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
  head      INTEGER NOT NULL,
  pruned_to INTEGER NOT NULL
) STRICT;
INSERT INTO feed_head (only_row, head, pruned_to) VALUES (1, 0, 0);
