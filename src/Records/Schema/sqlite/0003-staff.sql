-- Who works here, in which role, from where they are signed in; and the keys of machines.

-- People. Identity is the provider's (issuer, subject); what they may do is decided here. A person is never removed, only disabled: the audit trail names them.
CREATE TABLE staff (
  town        TEXT    NOT NULL,
  id          TEXT    NOT NULL,
  issuer      TEXT    NOT NULL,
  subject     TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  email       TEXT    NULL,
  created_at  INTEGER NOT NULL,
  created_by  TEXT    NOT NULL,
  disabled_at INTEGER NULL,
  seen_at     INTEGER NULL,
  PRIMARY KEY (town, id),
  UNIQUE (issuer, subject)
) STRICT, WITHOUT ROWID;

-- department = '*': the whole town.
CREATE TABLE staff_roles (
  town       TEXT    NOT NULL,
  staff      TEXT    NOT NULL,
  department TEXT    NOT NULL,
  role       TEXT    NOT NULL,
  given_at   INTEGER NOT NULL,
  given_by   TEXT    NOT NULL,
  PRIMARY KEY (town, staff, department, role)
) STRICT, WITHOUT ROWID;

-- People the provider knows and we do not: an administrator may let them in.
CREATE TABLE staff_requests (
  issuer  TEXT    NOT NULL,
  subject TEXT    NOT NULL,
  name    TEXT    NOT NULL,
  email   TEXT    NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

-- id is a hash of the cookie's value: who reads this table cannot take a session over.
CREATE TABLE sessions (
  id         TEXT    NOT NULL PRIMARY KEY,
  town       TEXT    NOT NULL,
  staff      TEXT    NOT NULL,
  started_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended_at   INTEGER NULL,
  address    TEXT    NOT NULL,
  browser    TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_of_staff ON sessions (town, staff, expires_at);

-- Machines. Only a hash of a key is kept. A client has at most two keys that work, so that one can be changed for the other.
CREATE TABLE api_keys (
  id          TEXT    NOT NULL PRIMARY KEY,
  hash        TEXT    NOT NULL UNIQUE,
  town        TEXT    NOT NULL,
  client      TEXT    NOT NULL,
  hint        TEXT    NOT NULL,
  scopes      TEXT    NOT NULL,
  departments TEXT    NULL,
  addresses   TEXT    NULL,
  created_at  INTEGER NOT NULL,
  created_by  TEXT    NOT NULL,
  expires_at  INTEGER NULL,
  revoked_at  INTEGER NULL,
  used_at     INTEGER NULL,
  used_from   TEXT    NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX api_keys_of_client ON api_keys (town, client, created_at);
