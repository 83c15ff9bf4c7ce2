-- Texts that provinces have confirmed on top of the packs, kept for ever: an old receipt replays with those of its day.
create table platform.policy_texts (
  -- the order in which they are laid over the packs; the newest is what a process compares its own policy with
  edition bigint generated always as identity primary key,
  path text not null unique,
  jurisdiction text not null check (jurisdiction in ('hubei', 'anhui')),
  text text not null,
  sha256 text not null,
  from_on date not null,
  created_at timestamptz not null
);
comment on table platform.policy_texts is 'Rule texts confirmed by provinces, laid over the policy packs in this order; append-only';
create trigger policy_texts_append_only before update or delete or truncate on platform.policy_texts
  for each statement execute function platform.refuse_change();

-- who a rule decided about, newest first: for seeing who a revision affects
create index decisions_rule on platform.decisions (rule, created_at desc);

create schema rules;
comment on schema rules is 'Rule revisions of provinces: drafted, reckoned, proposed, confirmed by a second person';

create table rules.revisions (
  id uuid primary key default gen_random_uuid(),
  number text not null unique,
  province_code text not null references platform.regions (code),
  jurisdiction text not null check (jurisdiction in ('hubei', 'anhui')),
  kind text not null check (kind in ('version', 'filling', 'parameter')),
  -- id of the rule, or of the parameter
  rule text not null,
  -- the open term of a filling; occupation and level of a parameter; empty otherwise
  part text not null default '',
  title text not null,
  from_on date,
  clause text not null,
  reason text not null,
  content jsonb not null,
  examples jsonb not null default '[]',
  -- the pack document made of it, and its hash: what is reckoned and confirmed
  text text not null,
  text_sha text not null,
  -- counts the saves: two officers do not overwrite each other
  saves integer not null default 1,
  state text not null check (state in ('drafted', 'proposed', 'returned', 'withdrawn', 'confirmed')),
  -- accounts of everybody who wrote or proposed it: the second person is none of them
  authors text[] not null,
  drafted_by text not null,
  drafted_at timestamptz not null,
  changed_at timestamptz not null,
  proposed_by text,
  proposed_at timestamptz,
  decided_by text,
  decided_at timestamptz,
  decision_reason text,
  edition bigint references platform.policy_texts (edition),
  check ((state = 'confirmed') = (edition is not null))
);
comment on table rules.revisions is 'A province''s own version of a rule, filling of an open term, or value of a figure';
create index revisions_province on rules.revisions (province_code, state);
create index revisions_edition on rules.revisions (edition);
-- one revision of a text at a time
create unique index revisions_open on rules.revisions (jurisdiction, kind, rule, part)
  where state in ('drafted', 'proposed', 'returned');

create table rules.reckonings (
  id uuid primary key default gen_random_uuid(),
  revision_id uuid not null references rules.revisions (id),
  text_sha text not null,
  -- the texts in force it was compared with
  edition bigint not null,
  on_day date not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed')),
  total integer not null default 0,
  reckoned integer not null default 0,
  -- [{before, after, people}]
  counts jsonb not null default '[]',
  requested_by text not null,
  requested_at timestamptz not null,
  finished_at timestamptz
);
comment on table rules.reckonings is 'Who a revision affects, reckoned on one text for its first day';
create index reckonings_revision on rules.reckonings (revision_id, requested_at desc);

create table rules.affected (
  reckoning_id uuid not null references rules.reckonings (id),
  position integer not null,
  person_id uuid not null references people.persons (id),
  -- the rule asked: a figure may serve several
  rule text not null,
  params jsonb not null,
  before_outcome text not null,
  after_outcome text not null,
  before_opens_on date,
  after_opens_on date,
  primary key (reckoning_id, position)
);
comment on table rules.affected is 'People whose verdict a revision changes';
create index affected_person on rules.affected (person_id);
