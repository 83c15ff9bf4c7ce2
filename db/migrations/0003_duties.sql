create schema duties;
comment on schema duties is 'Who owes which act on which record, since when, until when, on which clause';

create table duties.duties (
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  -- the record, as its timeline names it: class:<uuid>
  subject text not null,
  title text not null,
  link text not null,
  -- a learner's duty has a person, any other an organisation and the role in it
  holder_organisation_id uuid references people.organisations (id),
  holder_person_id uuid references people.persons (id),
  holder_role text not null,
  clause text,
  started_on date not null,
  -- null: the text sets no day, and none is invented
  due_on date check (due_on >= started_on),
  amount integer,
  unit text check (unit in ('自然日', '工作日', '月', '年')),
  -- the calendar needed for the count is not published yet
  provisional boolean not null default false,
  province_code text,
  city_code text,
  fulfilled_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text,
  escalated_at timestamptz,
  created_at timestamptz not null,
  check ((holder_organisation_id is null) <> (holder_person_id is null)),
  check (fulfilled_at is null or cancelled_at is null)
);
comment on table duties.duties is 'Duties with their clocks; the desk shows the open ones';
create unique index duties_one_open on duties.duties
  (kind, subject, coalesce(holder_organisation_id, holder_person_id), holder_role)
  where fulfilled_at is null and cancelled_at is null;
create index duties_desk on duties.duties (holder_organisation_id, holder_role, due_on)
  where fulfilled_at is null and cancelled_at is null;
create index duties_mine on duties.duties (holder_person_id) where fulfilled_at is null and cancelled_at is null;
create index duties_organisation on duties.duties (holder_organisation_id, created_at);
create index duties_person on duties.duties (holder_person_id, created_at);
create index duties_subject on duties.duties (subject);
create index duties_due on duties.duties (due_on) where fulfilled_at is null and cancelled_at is null;
create index duties_region on duties.duties (province_code, city_code);
