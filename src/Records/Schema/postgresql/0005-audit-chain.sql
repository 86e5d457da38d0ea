-- The audit trail becomes a chain: each line holds the hash of itself and of the line before. The lines that are there are linked below.
DROP TRIGGER audit_only_grows ON audit;
LOCK TABLE audit IN EXCLUSIVE MODE;

ALTER TABLE audit
  ADD COLUMN kind         text COLLATE "C" NOT NULL DEFAULT 'change',
  ADD COLUMN actor        text COLLATE "C" NULL,
  ADD COLUMN subject_name text             NULL,
  ADD COLUMN department   text COLLATE "C" NULL,
  ADD COLUMN address      text             NULL,
  ADD COLUMN before       text             NULL,
  ADD COLUMN after        text             NULL,
  ADD COLUMN reason       text             NULL,
  ADD COLUMN request      text             NULL,
  ADD COLUMN on_behalf_of text             NULL,
  ADD COLUMN place        bigint           NOT NULL DEFAULT 0,
  ADD COLUMN hash         text COLLATE "C" NOT NULL DEFAULT '';
UPDATE audit SET kind = 'read' WHERE action = 'transcript-read';
UPDATE audit SET place = counted.place FROM (SELECT id, row_number() OVER (PARTITION BY town ORDER BY id) AS place FROM audit) AS counted WHERE counted.id = audit.id;
CREATE UNIQUE INDEX audit_chain ON audit (town, place);

-- Where a town's chain ends: what is missing there shows too. Lines up to pruned_to are past their time; what is kept hangs on the last of them.
-- Whoever appends holds the town's row until the commit: nodes take turns.
CREATE TABLE audit_heads (
  town        text COLLATE "C" NOT NULL PRIMARY KEY,
  place       bigint           NOT NULL,
  hash        text COLLATE "C" NOT NULL,
  pruned_to   bigint           NOT NULL,
  pruned_hash text COLLATE "C" NOT NULL
) WITH (fillfactor = 50);

-- As AuditChain writes it: every value as its length in bytes, a colon and itself; - for none.
CREATE FUNCTION audit_value(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(octet_length(convert_to(value, 'UTF8')) || ':' || value, '-')
$$;
DO $$
DECLARE
  line audit%ROWTYPE;
  town_before text;
  hash_before text;
BEGIN
  FOR line IN SELECT * FROM audit ORDER BY town, place LOOP
    IF line.town IS DISTINCT FROM town_before THEN hash_before := ''; END IF;
    town_before := line.town;
    hash_before := encode(sha256(convert_to(hash_before || audit_value('1') || audit_value(line.town) || audit_value(line.place::text) || audit_value(line.at::text)
      || audit_value(line.kind) || audit_value(line.principal) || '-' || audit_value(line.action) || audit_value(line.subject) || '-' || '-' || audit_value(line.detail)
      || '-' || '-' || '-' || '-' || '-' || '-', 'UTF8')), 'hex');
    UPDATE audit SET hash = hash_before WHERE id = line.id;
    INSERT INTO audit_heads (town, place, hash, pruned_to, pruned_hash) VALUES (line.town, line.place, hash_before, 0, '')
    ON CONFLICT (town) DO UPDATE SET place = excluded.place, hash = excluded.hash;
  END LOOP;
END $$;
DROP FUNCTION audit_value(text);

CREATE FUNCTION audit_refuses_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.place > coalesce((SELECT pruned_to FROM audit_heads WHERE town = OLD.town), 0) THEN
    RAISE EXCEPTION '% rows are removed only past their time', TG_TABLE_NAME;
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE OR TRUNCATE ON audit EXECUTE FUNCTION audit_refuses_change();
CREATE TRIGGER audit_is_removed_only_past_its_time BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuses_removal();
