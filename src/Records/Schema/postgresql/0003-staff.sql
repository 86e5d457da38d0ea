-- Who works here, in which role, from where they are signed in; and the keys of machines.

-- People. Identity is the provider's (issuer, subject); what they may do is decided here. A person is never removed, only disabled: the audit trail names them.
CREATE TABLE staff (
  town        text COLLATE "C" NOT NULL,
  id          text COLLATE "C" NOT NULL,
  issuer      text COLLATE "C" NOT NULL,
  subject     text COLLATE "C" NOT NULL,
  name        text             NOT NULL,
  email       text             NULL,
  created_at  bigint           NOT NULL,
  created_by  text COLLATE "C" NOT NULL,
  disabled_at bigint           NULL,
  seen_at     bigint           NULL,
  PRIMARY KEY (town, id),
  UNIQUE (issuer, subject)
);

-- department = '*': the whole town.
CREATE TABLE staff_roles (
  town       text COLLATE "C" NOT NULL,
  staff      text COLLATE "C" NOT NULL,
  department text COLLATE "C" NOT NULL,
  role       text COLLATE "C" NOT NULL,
  given_at   bigint           NOT NULL,
  given_by   text COLLATE "C" NOT NULL,
  PRIMARY KEY (town, staff, department, role)
);

-- People the provider knows and we do not: an administrator may let them in.
CREATE TABLE staff_requests (
  issuer  text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  name    text             NOT NULL,
  email   text             NULL,
  at      bigint           NOT NULL,
  PRIMARY KEY (issuer, subject)
);

-- id is a hash of the cookie's value: who reads this table cannot take a session over.
CREATE TABLE sessions (
  id         text COLLATE "C" NOT NULL PRIMARY KEY,
  town       text COLLATE "C" NOT NULL,
  staff      text COLLATE "C" NOT NULL,
  started_at bigint           NOT NULL,
  seen_at    bigint           NOT NULL,
  expires_at bigint           NOT NULL,
  ended_at   bigint           NULL,
  address    text COLLATE "C" NOT NULL,
  browser    text             NOT NULL
);
CREATE INDEX sessions_of_staff ON sessions (town, staff, expires_at);

-- Machines. Only a hash of a key is kept. A client has at most two keys that work, so that one can be changed for the other.
CREATE TABLE api_keys (
  id          text COLLATE "C" NOT NULL PRIMARY KEY,
  hash        text COLLATE "C" NOT NULL UNIQUE,
  town        text COLLATE "C" NOT NULL,
  client      text COLLATE "C" NOT NULL,
  hint        text COLLATE "C" NOT NULL,
  scopes      text COLLATE "C" NOT NULL,
  departments text COLLATE "C" NULL,
  addresses   text COLLATE "C" NULL,
  created_at  bigint           NOT NULL,
  created_by  text COLLATE "C" NOT NULL,
  expires_at  bigint           NULL,
  revoked_at  bigint           NULL,
  used_at     bigint           NULL,
  used_from   text COLLATE "C" NULL
);
CREATE INDEX api_keys_of_client ON api_keys (town, client, created_at);
