-- Broadcasts, and whom they can reach.

-- Since when a resident can be written to; NULL = blocked or gone. An audience is who could be reached at one instant.
ALTER TABLE conversations ADD COLUMN reachable_since INTEGER NULL;
UPDATE conversations SET reachable_since = opened_at
WHERE coalesce((
  SELECT what FROM messages
  WHERE messages.conversation = conversations.id AND what IN ('followed', 'unfollowed') ORDER BY seq DESC LIMIT 1), '') <> 'unfollowed';
CREATE INDEX conversations_reachable ON conversations (town, channel, id) WHERE reachable_since IS NOT NULL;

-- Announcements to many. Counts only: who was written to is on no list.
CREATE TABLE broadcasts (
  town       TEXT    NOT NULL,
  id         TEXT    NOT NULL,
  channel    TEXT    NOT NULL,
  title      TEXT    NULL,
  text       TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT    NOT NULL,
  stage      TEXT    NOT NULL,
  revision   INTEGER NOT NULL,
  audience   INTEGER NOT NULL,
  sent       INTEGER NOT NULL,
  skipped    INTEGER NOT NULL,
  failed     INTEGER NOT NULL,
  uncertain  INTEGER NOT NULL,
  started_at INTEGER NULL,
  ended_at   INTEGER NULL,
  reason     TEXT    NULL,
  PRIMARY KEY (town, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX broadcasts_latest ON broadcasts (town, created_at, id);
