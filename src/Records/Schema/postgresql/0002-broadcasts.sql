-- Broadcasts, and whom they can reach.

-- Since when a resident can be written to; NULL = blocked or gone. An audience is who could be reached at one instant.
ALTER TABLE conversations ADD COLUMN reachable_since bigint NULL;
UPDATE conversations SET reachable_since = opened_at
WHERE coalesce((
  SELECT what FROM messages
  WHERE messages.conversation = conversations.id AND what IN ('followed', 'unfollowed') ORDER BY seq DESC LIMIT 1), '') <> 'unfollowed';
CREATE INDEX conversations_reachable ON conversations (town, channel, id) WHERE reachable_since IS NOT NULL;

-- Announcements to many. Counts only: who was written to is on no list.
CREATE TABLE broadcasts (
  town       text COLLATE "C" NOT NULL,
  id         text COLLATE "C" NOT NULL,
  channel    text COLLATE "C" NOT NULL,
  title      text             NULL,
  text       text             NOT NULL,
  created_at bigint           NOT NULL,
  created_by text             NOT NULL,
  stage      text COLLATE "C" NOT NULL,
  revision   integer          NOT NULL,
  audience   integer          NOT NULL,
  sent       integer          NOT NULL,
  skipped    integer          NOT NULL,
  failed     integer          NOT NULL,
  uncertain  integer          NOT NULL,
  started_at bigint           NULL,
  ended_at   bigint           NULL,
  reason     text             NULL,
  PRIMARY KEY (town, id)
);
CREATE INDEX broadcasts_latest ON broadcasts (town, created_at, id);
