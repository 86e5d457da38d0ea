-- Who may speak to a resident, who said what, and a feed of what changed for those who watch.

-- state: bot, queued, queuedOutOfHours, human, returned, closed, erased. since orders the lists: when waiting began, or the state. said_by: bot, staff, system.
ALTER TABLE conversations
  ADD COLUMN state         text COLLATE "C" NOT NULL DEFAULT 'bot',
  ADD COLUMN epoch         integer          NOT NULL DEFAULT 0,
  ADD COLUMN since         bigint           NOT NULL DEFAULT 0,
  ADD COLUMN waiting_since bigint           NULL,
  ADD COLUMN owner         text COLLATE "C" NULL,
  ADD COLUMN owner_name    text             NULL,
  ADD COLUMN department    text COLLATE "C" NULL,
  ADD COLUMN case_number   text COLLATE "C" NULL,
  ADD COLUMN case_open     boolean          NOT NULL DEFAULT false,
  ADD COLUMN bot_continues boolean          NOT NULL DEFAULT false,
  ADD COLUMN callback_by   date             NULL,
  ADD COLUMN reason        text             NULL,
  ADD COLUMN heard_at      bigint           NULL,
  ADD COLUMN said_at       bigint           NULL,
  ADD COLUMN said_by       text COLLATE "C" NULL;
CREATE INDEX conversations_at_work ON conversations (town, since, id) WHERE state <> 'bot';

-- shown: the name a resident sees. detail: a file's name, a sticker's number. author: bot, staff, system, resident. key is the send's own; outcome: sent, failed, unknown, undeliverable, suppressed.
ALTER TABLE messages
  ADD COLUMN author         text COLLATE "C" NOT NULL DEFAULT 'bot' CHECK (author IN ('bot', 'staff', 'system', 'resident')),
  ADD COLUMN staff          text COLLATE "C" NULL,
  ADD COLUMN staff_name     text             NULL,
  ADD COLUMN shown          text             NULL,
  ADD COLUMN content_ids    text COLLATE "C" NULL,
  ADD COLUMN detail         text             NULL,
  ADD COLUMN latitude       double precision NULL,
  ADD COLUMN longitude      double precision NULL,
  ADD COLUMN key            text COLLATE "C" NULL,
  ADD COLUMN outcome        text COLLATE "C" NULL,
  ADD COLUMN outcome_detail text             NULL;
UPDATE messages SET author = 'resident' WHERE direction = 'heard';

-- Every change of who may speak: the strip of a conversation, the waiting line of a day.
CREATE TABLE control_changes (
  conversation text COLLATE "C" NOT NULL,
  seq          bigint           NOT NULL,
  at           bigint           NOT NULL,
  town         text COLLATE "C" NOT NULL,
  trigger      text COLLATE "C" NOT NULL,
  was          text COLLATE "C" NOT NULL,
  state        text COLLATE "C" NOT NULL,
  epoch        integer          NOT NULL,
  owner        text COLLATE "C" NULL,
  owner_name   text             NULL,
  department   text COLLATE "C" NULL,
  case_number  text COLLATE "C" NULL,
  reason       text             NULL,
  by           text COLLATE "C" NOT NULL,
  waiting_since bigint          NULL,
  PRIMARY KEY (conversation, seq)
);
CREATE INDEX control_changes_of_day ON control_changes (town, at);

-- What changed, thin: ids only. Written with the rows it is about; kept for a while, so that a reader who was cut off misses nothing.
CREATE TABLE feed (
  seq        bigint           NOT NULL PRIMARY KEY,
  at         bigint           NOT NULL,
  town       text COLLATE "C" NOT NULL,
  department text COLLATE "C" NULL,
  type       text COLLATE "C" NOT NULL,
  subject    text COLLATE "C" NOT NULL
);

-- The last number given, and the last one that is no longer kept. Its row stays locked until the numbers are committed: they appear in their order,
-- whichever node gives them.
CREATE TABLE feed_head (
  only_row  integer NOT NULL PRIMARY KEY CHECK (only_row = 1),
  head      bigint  NOT NULL,
  pruned_to bigint  NOT NULL
) WITH (fillfactor = 50);
INSERT INTO feed_head (only_row, head, pruned_to) VALUES (1, 0, 0);
