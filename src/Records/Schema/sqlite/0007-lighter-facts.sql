-- What every turn writes, and nothing reads: a message taken back is found among its talk's own, and a fact comes once because of its stream.
-- Figures are then written one after the other, not each at the page of its resident.
DROP INDEX messages_by_line_id;
DROP INDEX happenings_of_procedure;
ALTER TABLE happenings RENAME TO happenings_by_resident;
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
  detail       TEXT    NULL
) STRICT;
INSERT INTO happenings SELECT conversation, seq, at, town, channel, what, procedure_id, version, run, step, milliseconds, detail FROM happenings_by_resident ORDER BY at;
DROP TABLE happenings_by_resident;
CREATE INDEX happenings_of_procedure ON happenings (town, procedure_id, what, at);
