create schema platform;
comment on schema platform is 'What every module stands on: audit, numbering, files, regions, policy decisions';

create table platform.audit_events (
  seq bigint generated always as identity primary key,
  at timestamptz not null,
  name text not null,
  -- null for the public and the system
  actor_account text,
  actor_name text not null,
  actor_role text not null,
  organisation_id uuid,
  organisation_name text,
  subjects text[] not null,
  clause text,
  data jsonb not null default '{}'
);
comment on table platform.audit_events is 'Who did what when, on which clause; append-only';
create index audit_events_subjects on platform.audit_events using gin (subjects);
create index audit_events_at on platform.audit_events (at);
create index audit_events_name on platform.audit_events (name);
create index audit_events_organisation on platform.audit_events (organisation_id, seq desc);

create table platform.audit_seals (
  position bigint primary key,
  event_seq bigint not null unique references platform.audit_events (seq),
  hash text not null
);
comment on table platform.audit_seals is 'The hash chain over audit_events, one link an event; append-only';

create function platform.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'append-only: % on %.% is refused', tg_op, tg_table_schema, tg_table_name;
end $$;

create trigger audit_events_append_only before update or delete or truncate on platform.audit_events
  for each statement execute function platform.refuse_change();
create trigger audit_seals_append_only before update or delete or truncate on platform.audit_seals
  for each statement execute function platform.refuse_change();

create table platform.number_series (
  series text primary key,
  last bigint not null check (last > 0)
);
comment on table platform.number_series is 'Last number given out of each series (filings, certificates, receipts)';

create table platform.regions (
  code text primary key,
  name text not null,
  -- null for a province
  province_code text references platform.regions (code)
);
comment on table platform.regions is 'Provinces and cities by their administrative code';
create index regions_province on platform.regions (province_code);

create table platform.files (
  id uuid primary key default gen_random_uuid(),
  key text not null unique,
  name text not null,
  media_type text not null,
  bytes bigint not null check (bytes >= 0),
  sha256 text not null,
  purpose text not null,
  -- whose file it is: a person's evidence, or an organisation's document
  owner_person_id uuid,
  owner_organisation_id uuid,
  created_at timestamptz not null
);
comment on table platform.files is 'Uploaded and generated files; the bytes are in object storage under key';
create index files_owner_person on platform.files (owner_person_id);
create index files_owner_organisation on platform.files (owner_organisation_id);

create table platform.decisions (
  id uuid primary key default gen_random_uuid(),
  rule text not null,
  outcome text not null,
  decided_on date not null,
  subject text not null,
  -- the facts as they were and the whole explained decision with its receipt: it replays years later
  facts jsonb not null,
  decision jsonb not null,
  created_at timestamptz not null
);
comment on table platform.decisions is 'Every decision of the policy core, with the facts it used and the version of the rule; append-only';
create index decisions_subject on platform.decisions (subject, created_at desc);
create trigger decisions_append_only before update or delete or truncate on platform.decisions
  for each statement execute function platform.refuse_change();

create table platform.policy_settings (
  id uuid primary key default gen_random_uuid(),
  province_code text not null references platform.regions (code),
  parameter text not null,
  occupation_id text,
  level text,
  value jsonb not null,
  from_on date not null,
  to_on date check (to_on >= from_on),
  source text not null,
  proposed_by text not null,
  -- the second person; a setting counts only when confirmed
  confirmed_by text check (confirmed_by <> proposed_by),
  confirmed_at timestamptz,
  created_at timestamptz not null
);
comment on table platform.policy_settings is 'Figures the texts leave open (待核实), set by a province with its source, by two people';
create index policy_settings_parameter on platform.policy_settings (province_code, parameter);
