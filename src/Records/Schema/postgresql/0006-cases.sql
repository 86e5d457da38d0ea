-- What staff do with cases: who works on them, labels, notes, results, holds; and their prepared answers.
ALTER TABLE cases
  ADD COLUMN owner       text COLLATE "C" NULL,
  ADD COLUMN owner_name  text             NULL,
  ADD COLUMN reason      text             NULL,
  ADD COLUMN labels      text             NULL,
  ADD COLUMN result      text COLLATE "C" NULL,
  ADD COLUMN tags        text             NULL,
  ADD COLUMN callback_by date             NULL,
  ADD COLUMN hold        text             NULL,
  ADD COLUMN revision    integer          NOT NULL DEFAULT 1,
  ADD COLUMN over_since  bigint           NULL;
CREATE INDEX cases_of_resident ON cases (town, resident, opened_at);

ALTER TABLE case_events
  ADD COLUMN by_name text NULL,
  ADD COLUMN detail  text NULL;

-- One row a label, for searching; cases.labels has them in their order.
CREATE TABLE case_labels (
  town   text COLLATE "C" NOT NULL,
  number text COLLATE "C" NOT NULL,
  label  text COLLATE "C" NOT NULL,
  PRIMARY KEY (town, number, label)
);
CREATE INDEX case_labels_used ON case_labels (town, label);

CREATE TABLE notes (
  town         text COLLATE "C" NOT NULL,
  number       text COLLATE "C" NOT NULL,
  id           text COLLATE "C" NOT NULL,
  conversation text COLLATE "C" NOT NULL,
  at           bigint           NOT NULL,
  by           text COLLATE "C" NOT NULL,
  by_name      text             NOT NULL,
  text         text             NOT NULL,
  PRIMARY KEY (town, number, id)
);
CREATE INDEX notes_of_conversation ON notes (conversation, at);
CREATE INDEX notes_by_age ON notes (town, at);

-- 定型文. department '' = the whole town.
CREATE TABLE canned_replies (
  town       text COLLATE "C" NOT NULL,
  id         text COLLATE "C" NOT NULL,
  department text COLLATE "C" NOT NULL,
  title      text COLLATE "C" NOT NULL,
  text       text             NOT NULL,
  revision   integer          NOT NULL,
  changed_at bigint           NOT NULL,
  changed_by text COLLATE "C" NOT NULL,
  PRIMARY KEY (town, id)
);
CREATE INDEX canned_replies_of_department ON canned_replies (town, department, title, id);
