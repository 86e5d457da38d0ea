-- States of the grains that write every turn (GroupWriter). Keys are compared byte by byte: the order of a language costs and means nothing here.
-- The number of a row only breaks ties between states that fall due at the same instant; an update draws one too and throws it away, so many are
-- taken at a time. A cleared state keeps its row and version, without a body.
CREATE TABLE grain_state (
  id bigint GENERATED ALWAYS AS IDENTITY (CACHE 512),
  grain_id text COLLATE "C" NOT NULL,
  state_name text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  body bytea,
  next_due bigint,
  address text,
  changed_at bigint NOT NULL,
  PRIMARY KEY (grain_id, state_name)
) WITH (fillfactor = 70);

CREATE INDEX grain_state_due ON grain_state (next_due, id) WHERE next_due IS NOT NULL;

-- The same two columns for states that Orleans' own storage keeps (DueRows): its table has no room for them.
CREATE TABLE grain_due (
  id bigint GENERATED ALWAYS AS IDENTITY (CACHE 512),
  grain_id text COLLATE "C" NOT NULL,
  state_name text COLLATE "C" NOT NULL,
  next_due bigint,
  address text,
  PRIMARY KEY (grain_id, state_name)
) WITH (fillfactor = 70);

CREATE INDEX grain_due_due ON grain_due (next_due, id) WHERE next_due IS NOT NULL;

-- What all nodes must agree on: the fingerprint of the pseudonym key, the choice of storage.
CREATE TABLE office_info (
  name text PRIMARY KEY,
  value text NOT NULL
);

-- Keys of ASP.NET's data protection: what one node has sealed (a form, a page's cursor) another opens.
CREATE TABLE data_key (
  name text PRIMARY KEY,
  content text NOT NULL
);
