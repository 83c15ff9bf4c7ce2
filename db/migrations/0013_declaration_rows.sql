-- Rows of an imported declaration list: what stood in the sheet, what became of it, and how far the deciding is.
create table exams.batch_rows (
  batch_id uuid not null references exams.declaration_batches (id),
  -- as Excel counts them
  row integer not null check (row > 0),
  certificate_number text,
  name text,
  training_certificate_id uuid references training.certificates (id),
  state text not null check (state in ('waiting', 'declared', 'refused', 'unread')),
  declaration_id uuid references exams.declarations (id),
  -- a sentence a person can act on; of refused and unread rows
  problem text,
  primary key (batch_id, row),
  check ((state = 'declared') = (declaration_id is not null)),
  check ((state in ('refused', 'unread')) = (problem is not null))
);
comment on table exams.batch_rows is 'Rows of an imported list of a declaration batch, each declared or refused with its reason (HB-4.4)';
create index batch_rows_waiting on exams.batch_rows (batch_id, row) where state = 'waiting';
create index batch_rows_certificate on exams.batch_rows (training_certificate_id);
create index batch_rows_declaration on exams.batch_rows (declaration_id);
