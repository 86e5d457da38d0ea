-- What every turn writes, and nothing reads: a fact comes once because of its stream.
ALTER TABLE happenings DROP CONSTRAINT happenings_pkey;
