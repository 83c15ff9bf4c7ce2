create schema exams;
comment on schema exams is 'Declarations of certified learners, confirmation of their qualification, sittings, scores and results';

create table exams.declaration_batches (
  id uuid primary key default gen_random_uuid(),
  number text not null unique,
  organisation_id uuid not null references people.organisations (id),
  evaluation_organisation_id uuid not null references people.organisations (id),
  province_code text not null,
  city_code text,
  state text not null check (state in ('drafted', 'submitted', 'withdrawn')),
  created_by text,
  created_at timestamptz not null,
  submitted_at timestamptz
);
comment on table exams.declaration_batches is 'A training institution''s hand-over of certified learners to one evaluation institution (HB-4.4)';
create index declaration_batches_organisation on exams.declaration_batches (organisation_id, created_at desc);
create index declaration_batches_evaluation on exams.declaration_batches (evaluation_organisation_id, created_at desc);

create table exams.declarations (
  id uuid primary key default gen_random_uuid(),
  number text not null unique,
  batch_id uuid references exams.declaration_batches (id),
  person_id uuid not null references people.persons (id),
  training_certificate_id uuid not null references training.certificates (id),
  training_organisation_id uuid not null references people.organisations (id),
  evaluation_organisation_id uuid not null references people.organisations (id),
  filing_id uuid not null references institutions.filings (id),
  province_code text not null,
  city_code text,
  occupation_id text not null references institutions.occupations (id),
  direction text,
  level text not null check (level in ('初级', '中级', '高级')),
  source text not null check (source in ('batch', 'self')),
  state text not null check (state in ('drafted', 'submitted', 'qualified', 'refused', 'returned', 'withdrawn')),
  -- the newest verdict of the policy core: outcome beside the whole explained decision
  outcome text not null,
  decision_id uuid not null references platform.decisions (id),
  decided_on date not null,
  round integer not null default 1 check (round > 0),
  created_at timestamptz not null,
  submitted_at timestamptz,
  confirmed_at timestamptz,
  withdrawn_at timestamptz,
  -- set when its holder has passed: the declaration has done its work
  closed_at timestamptz
);
comment on table exams.declarations is 'One person''s declaration for an occupation and level, with the verdict it rests on (HB-4.4)';
create unique index declarations_one_open on exams.declarations (person_id, occupation_id, level)
  where state in ('drafted', 'submitted', 'returned', 'qualified') and closed_at is null;
create index declarations_person on exams.declarations (person_id);
create index declarations_batch on exams.declarations (batch_id);
create index declarations_certificate on exams.declarations (training_certificate_id);
create index declarations_filing on exams.declarations (filing_id);
create index declarations_decision on exams.declarations (decision_id);
create index declarations_training on exams.declarations (training_organisation_id, state, created_at desc);
create index declarations_evaluation on exams.declarations (evaluation_organisation_id, state, created_at desc);
create index declarations_city on exams.declarations (province_code, city_code, state);
create index declarations_occupation on exams.declarations (occupation_id);

create table exams.declaration_evidence (
  declaration_id uuid not null references exams.declarations (id),
  file_id uuid not null references platform.files (id),
  person_fact_id uuid references people.person_facts (id),
  -- the missing paper it answers, as the verdict names it
  kind text not null,
  note text,
  attached_by text,
  attached_at timestamptz not null,
  primary key (declaration_id, file_id)
);
comment on table exams.declaration_evidence is 'Papers attached to a declaration, each for one need of the verdict';
create index declaration_evidence_file on exams.declaration_evidence (file_id);
create index declaration_evidence_fact on exams.declaration_evidence (person_fact_id);

create table exams.judgements (
  id uuid primary key default gen_random_uuid(),
  declaration_id uuid not null references exams.declarations (id),
  term text not null,
  -- the fact judged, where the term speaks of one (相关专业 of a degree)
  person_fact_id uuid references people.person_facts (id),
  result text not null check (result in ('认定', '不认定')),
  reason text not null,
  judged_by text not null,
  judged_by_name text not null,
  judged_on date not null,
  judged_at timestamptz not null
);
comment on table exams.judgements is 'What a confirmer judged of an open term of the standard (需人工认定), with the reason';
create index judgements_declaration on exams.judgements (declaration_id);
create index judgements_fact on exams.judgements (person_fact_id);

create table exams.confirmations (
  id uuid primary key default gen_random_uuid(),
  declaration_id uuid not null references exams.declarations (id),
  round integer not null,
  act text not null check (act in ('confirmed', 'overridden', 'refused', 'returned', 'revoked')),
  reason text,
  clause text not null,
  -- papers asked for when returned
  needs jsonb not null default '[]',
  decision_id uuid not null references platform.decisions (id),
  acted_by text not null,
  acted_by_name text not null,
  acted_at timestamptz not null
);
comment on table exams.confirmations is 'Each act of qualification confirmation 资格确认 on a declaration; append-only';
create index confirmations_declaration on exams.confirmations (declaration_id, acted_at desc);
create index confirmations_decision on exams.confirmations (decision_id);
create trigger confirmations_append_only before update or delete or truncate on exams.confirmations
  for each statement execute function platform.refuse_change();

create table exams.overrides (
  id uuid primary key default gen_random_uuid(),
  declaration_id uuid not null references exams.declarations (id),
  to_state text not null check (to_state in ('qualified')),
  reason text not null,
  clause text not null,
  proposed_by text not null,
  proposed_by_name text not null,
  proposed_at timestamptz not null,
  -- the second person of the same institution
  decided_by text check (decided_by <> proposed_by),
  decided_by_name text,
  decision text check (decision in ('approved', 'rejected', 'withdrawn')),
  decision_reason text,
  decided_at timestamptz
);
comment on table exams.overrides is 'A confirmation against the verdict: reason and clause by one person, decided by a second, reported to the province';
create unique index overrides_one_open on exams.overrides (declaration_id) where decision is null;
create index overrides_declaration on exams.overrides (declaration_id);

create table exams.sittings (
  id uuid primary key default gen_random_uuid(),
  number text not null unique,
  organisation_id uuid not null references people.organisations (id),
  province_code text not null,
  city_code text not null references platform.regions (code),
  title text not null,
  occupation_id text not null references institutions.occupations (id),
  direction text,
  level text not null check (level in ('初级', '中级', '高级')),
  venue text not null,
  capacity integer not null check (capacity > 0),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  state text not null check (state in ('planned', 'open', 'ended', 'scored', 'reported', 'cancelled')),
  created_at timestamptz not null,
  opened_at timestamptz,
  ended_on date,
  ended_at timestamptz,
  published_at timestamptz,
  cancelled_at timestamptz
);
comment on table exams.sittings is 'An examination of one occupation and level at one place: theory and ability';
create index sittings_organisation on exams.sittings (organisation_id, starts_at desc);
create index sittings_city on exams.sittings (province_code, city_code, starts_at desc);
create index sittings_of_city on exams.sittings (city_code);
create index sittings_occupation on exams.sittings (occupation_id);

create table exams.sitting_parts (
  sitting_id uuid not null references exams.sittings (id),
  part text not null check (part in ('theory', 'ability')),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  primary key (sitting_id, part)
);
comment on table exams.sitting_parts is 'When each part of a sitting is held';

create table exams.candidates (
  id uuid primary key default gen_random_uuid(),
  sitting_id uuid not null references exams.sittings (id),
  declaration_id uuid not null references exams.declarations (id),
  person_id uuid not null references people.persons (id),
  ticket_number text not null unique,
  attempt integer not null check (attempt > 0),
  theory_score_tenths integer check (theory_score_tenths between 0 and 1000),
  ability_score_tenths integer check (ability_score_tenths between 0 and 1000),
  theory_mark text not null default 'present' check (theory_mark in ('present', 'absent', 'misconduct')),
  ability_mark text not null default 'present' check (ability_mark in ('present', 'absent', 'misconduct')),
  -- the earlier attempt whose passed part still counts; null unless a province has set a retention
  theory_retained_from uuid references exams.candidates (id),
  ability_retained_from uuid references exams.candidates (id),
  result text check (result in ('passed', 'failed', 'absent', 'misconduct')),
  decision_id uuid references platform.decisions (id),
  decided_at timestamptz,
  created_at timestamptz not null,
  unique (sitting_id, declaration_id)
);
comment on table exams.candidates is 'A qualified declaration in a sitting: ticket, attempt, scores and result; another sitting is another row';
create index candidates_declaration on exams.candidates (declaration_id);
create index candidates_person on exams.candidates (person_id);
create index candidates_decision on exams.candidates (decision_id);
create index candidates_theory_retained on exams.candidates (theory_retained_from) where theory_retained_from is not null;
create index candidates_ability_retained on exams.candidates (ability_retained_from) where ability_retained_from is not null;

create table exams.marks (
  sitting_id uuid not null references exams.sittings (id),
  candidate_id uuid not null references exams.candidates (id),
  part text not null check (part in ('theory', 'ability')),
  mark text not null check (mark in ('absent', 'misconduct')),
  reason text not null,
  file_id uuid references platform.files (id),
  marked_by text not null,
  marked_by_name text not null,
  marked_at timestamptz not null,
  cleared_by text,
  cleared_reason text,
  cleared_at timestamptz,
  primary key (sitting_id, candidate_id, part, marked_at)
);
comment on table exams.marks is 'Absence and misconduct as recorded in the room, with reason and evidence; clearing keeps the row';
create index marks_candidate on exams.marks (candidate_id);
create index marks_file on exams.marks (file_id);

create table exams.score_entries (
  sitting_id uuid not null references exams.sittings (id),
  candidate_id uuid not null references exams.candidates (id),
  part text not null check (part in ('theory', 'ability')),
  -- a differing pair is entered again in the next round; nothing is overwritten
  round integer not null check (round > 0),
  -- 1 and 2 are the two examiners, 3 the third person who settles their difference
  entry integer not null check (entry in (1, 2, 3)),
  examiner text not null,
  examiner_name text not null,
  score_tenths integer not null check (score_tenths between 0 and 1000),
  reason text check (reason is not null or entry < 3),
  entered_at timestamptz not null,
  primary key (sitting_id, candidate_id, part, round, entry),
  -- one person enters a candidate's part once a round, whatever two browsers do
  unique (sitting_id, candidate_id, part, round, examiner)
);
comment on table exams.score_entries is 'Scores as two examiners entered them, blind to each other; append-only';
create index score_entries_candidate on exams.score_entries (candidate_id);
create trigger score_entries_append_only before update or delete or truncate on exams.score_entries
  for each statement execute function platform.refuse_change();

create table exams.score_corrections (
  id uuid primary key default gen_random_uuid(),
  sitting_id uuid not null references exams.sittings (id),
  candidate_id uuid not null references exams.candidates (id),
  part text not null check (part in ('theory', 'ability')),
  from_tenths integer,
  to_tenths integer not null check (to_tenths between 0 and 1000),
  from_result text not null,
  reason text not null,
  proposed_by text not null,
  proposed_by_name text not null,
  proposed_at timestamptz not null,
  decided_by text check (decided_by <> proposed_by),
  decided_by_name text,
  decision text check (decision in ('approved', 'rejected')),
  decided_at timestamptz
);
comment on table exams.score_corrections is 'Corrections of a published score by two people; the earlier score stays here';
create unique index score_corrections_one_open on exams.score_corrections (candidate_id) where decision is null;
create index score_corrections_sitting on exams.score_corrections (sitting_id);
create index score_corrections_candidate on exams.score_corrections (candidate_id);

create view exams.published_results as
select c.id as candidate_id, c.sitting_id, s.number as sitting_number, s.title as sitting_title,
  c.declaration_id, d.number as declaration_number, c.person_id, s.organisation_id, s.province_code, s.city_code,
  s.occupation_id, coalesce(s.direction, d.direction) as direction, s.level, c.ticket_number, c.attempt,
  c.theory_score_tenths, c.ability_score_tenths, c.theory_mark, c.ability_mark, c.result, c.decision_id, c.decided_at,
  s.ended_on, s.published_at, d.training_certificate_id, d.training_organisation_id
from exams.candidates c
join exams.sittings s on s.id = c.sitting_id
join exams.declarations d on d.id = c.declaration_id
where s.state in ('scored', 'reported') and c.result is not null;
comment on view exams.published_results is 'Published: decided candidates of scored sittings; certificates, benefits and supervision read it';

create view exams.sitting_cards as
select s.id as sitting_id, s.number, s.title, s.organisation_id, s.province_code, s.city_code, s.occupation_id, s.direction,
  s.level, s.venue, s.starts_at, s.ends_at, s.state, s.ended_on, s.published_at,
  count(c.id)::int as candidates,
  (count(*) filter (where c.result = 'passed'))::int as passed,
  (count(*) filter (where c.result = 'failed'))::int as failed,
  (count(*) filter (where c.result = 'absent'))::int as absent,
  (count(*) filter (where c.result = 'misconduct'))::int as misconduct
from exams.sittings s left join exams.candidates c on c.sitting_id = s.id
group by s.id;
comment on view exams.sitting_cards is 'Published: sittings with their numbers, for result reports, patrols and statistics';

create view exams.declaration_facts as
select d.id as declaration_id, d.person_id, d.training_organisation_id, d.evaluation_organisation_id, d.province_code, d.city_code,
  d.occupation_id, d.direction, d.level, d.source, d.state, d.outcome, d.submitted_at, d.confirmed_at, d.closed_at
from exams.declarations d;
comment on view exams.declaration_facts is 'Published: declarations for numbers by city, occupation and level';
