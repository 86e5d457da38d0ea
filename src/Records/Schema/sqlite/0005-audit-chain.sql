-- The audit trail becomes a chain: each line holds the hash of itself and of the line before. The lines that are there are linked right after this script.
DROP TRIGGER audit_is_never_changed;
DROP TRIGGER audit_is_never_removed;

ALTER TABLE audit ADD COLUMN kind TEXT NOT NULL DEFAULT 'change';
ALTER TABLE audit ADD COLUMN actor TEXT NULL;
ALTER TABLE audit ADD COLUMN subject_name TEXT NULL;
ALTER TABLE audit ADD COLUMN department TEXT NULL;
ALTER TABLE audit ADD COLUMN address TEXT NULL;
ALTER TABLE audit ADD COLUMN before TEXT NULL;
ALTER TABLE audit ADD COLUMN after TEXT NULL;
ALTER TABLE audit ADD COLUMN reason TEXT NULL;
ALTER TABLE audit ADD COLUMN request TEXT NULL;
ALTER TABLE audit ADD COLUMN on_behalf_of TEXT NULL;
ALTER TABLE audit ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
ALTER TABLE audit ADD COLUMN hash TEXT NOT NULL DEFAULT '';
UPDATE audit SET kind = 'read' WHERE action = 'transcript-read';
UPDATE audit SET place = counted.place FROM (SELECT id, row_number() OVER (PARTITION BY town ORDER BY id) AS place FROM audit) AS counted WHERE counted.id = audit.id;
CREATE UNIQUE INDEX audit_chain ON audit (town, place);

-- Where a town's chain ends: what is missing there shows too. Lines up to pruned_to are past their time; what is kept hangs on the last of them.
CREATE TABLE audit_heads (
  town        TEXT    NOT NULL PRIMARY KEY,
  place       INTEGER NOT NULL,
  hash        TEXT    NOT NULL,
  pruned_to   INTEGER NOT NULL,
  pruned_hash TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit WHEN OLD.hash <> '' BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;
CREATE TRIGGER audit_is_removed_only_past_its_time BEFORE DELETE ON audit
WHEN OLD.place > coalesce((SELECT pruned_to FROM audit_heads WHERE town = OLD.town), 0) BEGIN SELECT RAISE(ABORT, 'audit rows are removed only past their time'); END;
