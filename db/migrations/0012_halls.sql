create schema halls;
comment on schema halls is 'The examination hall: sites and seats, draws, sealed papers, gates, attempts with their journal, evidence, archive (AH-10, AH-11, HB-3.2, HB-4.4)';

-- What the hall asks of exams ------------------------------------------------------------------------------------

-- From here on no candidate comes or goes: seats are drawn over exactly these.
alter table exams.sittings add column candidates_fixed_at timestamptz;
-- Sealed with a paper the computer scores by itself: nobody enters its scores by hand.
alter table exams.sitting_parts add column by_computer boolean not null default false;

create view exams.sitting_candidates as
select c.id as candidate_id, c.sitting_id, c.declaration_id, c.person_id, c.ticket_number, c.attempt,
  d.training_organisation_id, c.theory_mark, c.ability_mark,
  c.theory_retained_from is not null as theory_retained, c.ability_retained_from is not null as ability_retained
from exams.candidates c join exams.declarations d on d.id = c.declaration_id;
comment on view exams.sitting_candidates is 'Published: who is to sit which sitting, without scores; the examination hall reads it';

create view exams.sitting_windows as
select sitting_id, part, starts_at, ends_at from exams.sitting_parts;
comment on view exams.sitting_windows is 'Published: when each part of a sitting is held; the examination hall reads it';

-- Sites 考点, halls 考场 and seats 考位 -------------------------------------------------------------------------

create table halls.sites (
  id uuid primary key default gen_random_uuid(),
  number text not null unique,
  organisation_id uuid not null references people.organisations (id),
  province_code text not null,
  city_code text not null references platform.regions (code),
  name text not null,
  address text not null,
  contact_name text not null,
  contact_phone text not null,
  state text not null check (state in ('active', 'closed')),
  created_at timestamptz not null,
  closed_at timestamptz
);
comment on table halls.sites is 'Examination sites 考点 of an evaluation institution';
create index sites_organisation on halls.sites (organisation_id);
create index sites_city on halls.sites (city_code);

create table halls.halls (
  id uuid primary key default gen_random_uuid(),
  site_id uuid not null references halls.sites (id),
  name text not null,
  rows integer not null check (rows between 1 and 40),
  columns integer not null check (columns between 1 and 40),
  -- Safe Exam Browser: the config key whose hash header is checked; null where the site does not use it
  seb_config_key text,
  state text not null check (state in ('active', 'closed')),
  created_at timestamptz not null,
  unique (site_id, name)
);
comment on table halls.halls is 'Computer halls 机考考场 of a site; seats stand in rows and columns';

create table halls.seats (
  id uuid primary key default gen_random_uuid(),
  hall_id uuid not null references halls.halls (id),
  label text not null,
  row_number integer not null check (row_number > 0),
  column_number integer not null check (column_number > 0),
  machine text not null,
  state text not null check (state in ('usable', 'spare', 'broken')),
  broken_reason text,
  -- for candidates who need a seat that can be reached and used without barriers
  accessible boolean not null default false,
  -- SHA-256 of the secret the machine at this seat holds; null until it was bound
  station_hash text unique,
  station_bound_at timestamptz,
  -- SHA-256 of the one-time code an invigilator reads out to bind the machine; gone once used
  bind_code_hash text unique,
  bind_code_until timestamptz,
  unique (hall_id, label),
  unique (hall_id, row_number, column_number)
);
comment on table halls.seats is 'Seats 考位 with the machine at each; spare seats are kept for release to another machine';

-- A sitting held by computer ---------------------------------------------------------------------------------

create table halls.families (
  id uuid primary key default gen_random_uuid(),
  number text not null unique,
  province_code text not null,
  title text not null,
  occupation_id text not null references institutions.occupations (id),
  direction text,
  level text not null,
  -- the five unifications 五统一, each with its text and source: standard, papers, marking, administration, mark
  unified jsonb not null,
  theory_starts_at timestamptz,
  theory_ends_at timestamptz,
  ability_starts_at timestamptz,
  ability_ends_at timestamptz,
  state text not null check (state in ('drafted', 'announced', 'running', 'closed', 'cancelled')),
  created_by text not null,
  created_at timestamptz not null,
  announced_at timestamptz
);
comment on table halls.families is 'Unified joint examinations 统考联考 over many sites and institutions (AH-10)';
create index families_occupation on halls.families (occupation_id);
create index families_province on halls.families (province_code);

create table halls.family_members (
  family_id uuid not null references halls.families (id),
  organisation_id uuid not null references people.organisations (id),
  state text not null check (state in ('invited', 'accepted', 'declined')),
  invited_by text not null,
  invited_at timestamptz not null,
  decided_by_name text,
  decided_reason text,
  decided_at timestamptz,
  primary key (family_id, organisation_id)
);
comment on table halls.family_members is 'Institutions invited to a joint examination and what they answered';
create index family_members_organisation on halls.family_members (organisation_id);

create table halls.arrangements (
  sitting_id uuid primary key references exams.sittings (id),
  organisation_id uuid not null references people.organisations (id),
  province_code text not null,
  city_code text not null,
  family_id uuid references halls.families (id),
  state text not null check (state in ('preparing', 'drawn', 'sealed', 'running', 'closed', 'archived')),
  -- snapshot of the figures that bind this sitting, read from the policy when it was prepared (see hall-rules.ts)
  rules jsonb not null,
  -- paper forms A, B, …: neighbours get different ones; the imported papers must have as many
  forms integer not null default 2 check (forms between 1 and 26),
  -- candidates, halls and needs as they stood when registration closed, under codes that name nobody
  draw_inputs_file_id uuid references platform.files (id),
  draw_inputs_sha256 text,
  registration_closed_at timestamptz,
  draw_proof_file_id uuid references platform.files (id),
  draw_proof_sha256 text,
  drawn_at timestamptz,
  tickets_published_at timestamptz,
  sealed_at timestamptz,
  closed_at timestamptz,
  archived_at timestamptz,
  created_at timestamptz not null
);
comment on table halls.arrangements is 'How one sitting is held by computer: rules snapshot, seat draw, sealing, closing';
create index arrangements_organisation on halls.arrangements (organisation_id);
create index arrangements_city on halls.arrangements (province_code, city_code);
create index arrangements_family on halls.arrangements (family_id) where family_id is not null;

create index arrangements_draw_inputs on halls.arrangements (draw_inputs_file_id) where draw_inputs_file_id is not null;
create index arrangements_draw_proof on halls.arrangements (draw_proof_file_id) where draw_proof_file_id is not null;

create table halls.draws (
  id uuid primary key default gen_random_uuid(),
  -- of one sitting, or of a whole joint examination
  sitting_id uuid references halls.arrangements (sitting_id),
  family_id uuid references halls.families (id),
  -- SHA-256 of the seed, published before registration closes; the seed is opened with the proof
  commitment text not null,
  seed_sealed bytea not null,
  -- which figure that nobody can know yet will be used, and when it will be known
  public_source text not null,
  public_expected_at timestamptz not null,
  committed_by text not null,
  committed_by_name text not null,
  committed_at timestamptz not null,
  public_value text,
  public_known_at timestamptz,
  -- entered by a second person
  public_by text check (public_by <> committed_by),
  public_by_name text,
  public_entered_at timestamptz,
  drawn_at timestamptz,
  voided_at timestamptz,
  voided_reason text,
  check ((sitting_id is null) <> (family_id is null))
);
comment on table halls.draws is 'Seat draws: commitment first, a public value later, then the draw; a voided one stays';
create index draws_of_sitting on halls.draws (sitting_id) where sitting_id is not null;
create index draws_of_family on halls.draws (family_id) where family_id is not null;
create unique index draws_sitting on halls.draws (sitting_id) where voided_at is null;
create unique index draws_family on halls.draws (family_id) where voided_at is null;

create table halls.accommodations (
  id uuid primary key default gen_random_uuid(),
  sitting_id uuid not null references halls.arrangements (sitting_id),
  person_id uuid not null references people.persons (id),
  extra_minutes integer not null check (extra_minutes between 0 and 240),
  accessible_seat boolean not null,
  reason text not null,
  proposed_by text not null,
  proposed_by_name text not null,
  proposed_at timestamptz not null,
  decided_by text check (decided_by <> proposed_by),
  decided_by_name text,
  decision text check (decision in ('approved', 'rejected')),
  decision_reason text,
  decided_at timestamptz,
  check (extra_minutes > 0 or accessible_seat)
);
comment on table halls.accommodations is 'Reasonable accommodation 便利安排 of a candidate: more time, a seat without barriers; proposed by one person, decided by a second';
create unique index accommodations_one on halls.accommodations (sitting_id, person_id) where decision is distinct from 'rejected';
create index accommodations_sitting on halls.accommodations (sitting_id);
create index accommodations_person on halls.accommodations (person_id);

create table halls.sitting_halls (
  sitting_id uuid not null references halls.arrangements (sitting_id),
  hall_id uuid not null references halls.halls (id),
  -- null: this platform runs the hall; else the hall node that has taken it
  node_id uuid,
  state text not null check (state in ('waiting', 'admitting', 'running', 'paused', 'ended')),
  admitting_at timestamptz,
  ended_at timestamptz,
  primary key (sitting_id, hall_id)
);
comment on table halls.sitting_halls is 'Halls a sitting is held in';
create index sitting_halls_hall on halls.sitting_halls (hall_id);

create table halls.invigilators (
  sitting_id uuid not null,
  hall_id uuid not null,
  account_id text not null,
  name text not null,
  role text not null check (role in ('chief', 'invigilator', 'patrol')),
  assigned_by text not null,
  assigned_at timestamptz not null,
  removed_at timestamptz,
  primary key (sitting_id, hall_id, account_id, assigned_at),
  foreign key (sitting_id, hall_id) references halls.sitting_halls (sitting_id, hall_id)
);
comment on table halls.invigilators is 'Who invigilates which hall; at least two a hall and 1:15 (figures from the pack)';
create unique index invigilators_once on halls.invigilators (sitting_id, hall_id, account_id) where removed_at is null;
create index invigilators_account on halls.invigilators (account_id) where removed_at is null;

create table halls.seat_assignments (
  sitting_id uuid not null references halls.arrangements (sitting_id),
  candidate_id uuid not null references exams.candidates (id),
  hall_id uuid not null references halls.halls (id),
  seat_id uuid not null references halls.seats (id),
  form text not null,
  -- drawn at random; moved by an invigilator's release (the earlier row keeps its end)
  origin text not null check (origin in ('drawn', 'moved')),
  act_id uuid,
  assigned_at timestamptz not null,
  ended_at timestamptz,
  primary key (sitting_id, candidate_id, assigned_at)
);
comment on table halls.seat_assignments is 'Seat 考位 and paper form of every candidate; a move keeps the earlier row';
create unique index seat_assignments_candidate on halls.seat_assignments (sitting_id, candidate_id) where ended_at is null;
create unique index seat_assignments_seat on halls.seat_assignments (sitting_id, seat_id) where ended_at is null;
create index seat_assignments_hall on halls.seat_assignments (sitting_id, hall_id);
create index seat_assignments_by_candidate on halls.seat_assignments (candidate_id);
create index seat_assignments_by_hall on halls.seat_assignments (hall_id);
create index seat_assignments_by_seat on halls.seat_assignments (seat_id);

-- Papers -----------------------------------------------------------------------------------------------------

create table halls.papers (
  id uuid primary key default gen_random_uuid(),
  -- of one sitting, or of a whole joint examination (统一命题): its sittings get copies when they seal
  sitting_id uuid references halls.arrangements (sitting_id),
  family_id uuid references halls.families (id),
  -- the joint examination's paper that this one is a copy of
  family_paper_id uuid references halls.papers (id),
  part text not null check (part in ('theory', 'ability')),
  title text not null,
  minutes integer not null check (minutes between 1 and 600),
  total_tenths integer not null check (total_tenths > 0),
  forms integer not null check (forms between 1 and 26),
  -- items without their keys, in the order of the import; sealed like every secret of a paper
  items_sealed bytea not null,
  keys_sealed bytea not null,
  items_sha256 text not null,
  items integer not null check (items > 0),
  -- items a person must mark: while there are any, the part's score is not passed up
  marked_items integer not null default 0 check (marked_items >= 0),
  -- {multiple: none|half|proportional}: what a choice that is right but incomplete earns
  scoring jsonb not null,
  -- whether candidates may see the items' text again in their replay; no for items that are used again
  shown_to_candidates boolean not null default false,
  source_file_name text not null,
  imported_by text not null,
  imported_by_name text not null,
  imported_at timestamptz not null,
  -- the second person who checked the paper before sealing
  approved_by text check (approved_by <> imported_by),
  approved_by_name text,
  approved_at timestamptz,
  replaced_at timestamptz,
  check ((sitting_id is null) <> (family_id is null)),
  check (family_id is null or family_paper_id is null)
);
comment on table halls.papers is 'Papers from a plain import, their items and keys encrypted; one current paper a part of a sitting';
create unique index papers_current on halls.papers (sitting_id, part) where replaced_at is null;
create unique index papers_family on halls.papers (family_id, part) where replaced_at is null;
create index papers_family_paper on halls.papers (family_paper_id) where family_paper_id is not null;

create table halls.sealings (
  id uuid primary key default gen_random_uuid(),
  sitting_id uuid not null references halls.arrangements (sitting_id),
  expected integer not null check (expected > 0),
  sealed integer not null default 0,
  requested_by text not null,
  requested_by_name text not null,
  requested_at timestamptz not null,
  finished_at timestamptz,
  -- a later sealing, asked for before the start, takes the place of this one
  replaced_at timestamptz
);
comment on table halls.sealings is 'Runs that compose and encrypt a paper for every candidate, with their progress';
create unique index sealings_current on halls.sealings (sitting_id) where replaced_at is null;

create table halls.key_changes (
  id uuid primary key default gen_random_uuid(),
  sitting_id uuid not null references halls.arrangements (sitting_id),
  paper_id uuid not null references halls.papers (id),
  item text not null,
  -- the new key, sealed as the paper's; void: everybody present gets the item's full score
  key_sealed bytea not null,
  void boolean not null default false,
  reason text not null,
  proposed_by text not null,
  proposed_by_name text not null,
  proposed_at timestamptz not null,
  decided_by text check (decided_by <> proposed_by),
  decided_by_name text,
  decision text check (decision in ('approved', 'rejected')),
  decided_at timestamptz,
  -- [{candidateId, fromTenths, toTenths}] once approved
  differences jsonb
);
comment on table halls.key_changes is 'Changes of an item''s key after the examination by two people, and whose score they changed';
create index key_changes_sitting on halls.key_changes (sitting_id);
create index key_changes_paper on halls.key_changes (paper_id);
create unique index key_changes_one_open on halls.key_changes (paper_id, item) where decision is null;

-- Attempts and their journal ---------------------------------------------------------------------------------

create table halls.attempts (
  sitting_id uuid not null references halls.arrangements (sitting_id),
  id uuid not null default gen_random_uuid(),
  candidate_id uuid not null references exams.candidates (id),
  part text not null check (part in ('theory', 'ability')),
  paper_id uuid not null references halls.papers (id),
  form text not null,
  -- the window of the part, the working time, and time approved beforehand for this candidate
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  minutes integer not null check (minutes > 0),
  extra_minutes integer not null default 0 check (extra_minutes >= 0),
  extra_reason text,
  items integer not null check (items > 0),
  -- {item id: kind} of everything that takes an answer: no secret, and what a save is held against
  outline jsonb not null check (jsonb_typeof(outline) = 'object'),
  -- the candidate's own paper, encrypted under a key of its own; useless before the start
  paper_cipher bytea not null,
  paper_sha256 text not null,
  key_sealed bytea not null,
  -- projections of the journal, for lists; the journal is the truth
  state text not null default 'ready' check (state in ('ready', 'started', 'handed_in', 'timed_out', 'terminated', 'absent')),
  started_at timestamptz,
  closed_at timestamptz,
  closed_seq integer,
  closed_hash bytea,
  answered integer,
  -- what the computer could score; score_tenths stays empty while a person must still mark items
  objective_tenths integer check (objective_tenths >= 0),
  score_tenths integer check (score_tenths >= 0),
  scored_at timestamptz,
  created_at timestamptz not null,
  primary key (sitting_id, id),
  unique (sitting_id, candidate_id, part)
);
comment on table halls.attempts is 'One candidate at one part: sealed paper, window, and what the journal amounts to';
-- encrypted bytes do not compress: do not try
alter table halls.attempts alter column paper_cipher set storage external;
create index attempts_candidate on halls.attempts (candidate_id);
-- a machine names its attempt alone
create unique index attempts_id on halls.attempts (id);
-- what may be due for closing
create index attempts_open on halls.attempts (closes_at) where closed_at is null;

create table halls.journal (
  sitting_id uuid not null,
  attempt_id uuid not null,
  seq integer not null check (seq > 0),
  kind text not null,
  at timestamptz(3) not null,
  -- canonical JSON exactly as hashed; see attempts/entry.ts
  body text not null,
  hash bytea not null,
  primary key (sitting_id, attempt_id, seq)
);
comment on table halls.journal is 'Everything that happened in an attempt, hash-chained, append-only: leases, start, answers, events, time, hand-in';
create trigger journal_append_only before update or delete or truncate on halls.journal
  for each statement execute function platform.refuse_change();

create table halls.late_answers (
  id uuid primary key default gen_random_uuid(),
  sitting_id uuid not null,
  attempt_id uuid not null,
  received_at timestamptz not null,
  deadline_at timestamptz not null,
  saves jsonb not null
);
comment on table halls.late_answers is 'What arrived after the deadline: kept as evidence, never counted';
create index late_answers_attempt on halls.late_answers (sitting_id, attempt_id);

-- The three gates --------------------------------------------------------------------------------------------

create table halls.photos (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references people.persons (id),
  -- encrypted under a key of its own; without the key the object is noise, so deleting the key deletes the picture
  key text not null,
  key_sealed bytea,
  media_type text not null,
  bytes integer not null,
  -- of the picture, not of what is stored
  sha256 text not null,
  -- quality findings of the check at registration: one face, sharp enough, …
  findings jsonb not null,
  consent_id uuid not null references people.consents (id),
  registered_by text,
  registered_by_name text not null,
  registered_at timestamptz not null,
  replaced_at timestamptz,
  deleted_at timestamptz,
  deleted_reason text
);
comment on table halls.photos is 'Registered photograph of a candidate, taken with a separate consent, encrypted under a key of its own';
create index photos_consent on halls.photos (consent_id);
create unique index photos_current on halls.photos (person_id) where replaced_at is null;

create table halls.face_templates (
  person_id uuid primary key references people.persons (id),
  photo_id uuid not null references halls.photos (id),
  -- under a key of its own, itself sealed: deleting the key makes the template unreadable
  template_sealed bytea,
  key_sealed bytea,
  model text not null,
  -- the figure of the pack the period was taken from, and whether a source stands behind it
  kept_days integer not null check (kept_days > 0),
  kept_days_verified boolean not null,
  created_at timestamptz not null,
  delete_after date not null,
  deleted_at timestamptz,
  deleted_reason text
);
comment on table halls.face_templates is 'Face template of a person, stored apart from who the person is, deleted with a record when its period ends';
create index face_templates_photo on halls.face_templates (photo_id);
create index face_templates_due on halls.face_templates (delete_after) where deleted_at is null;

create table halls.gate_checks (
  id uuid primary key default gen_random_uuid(),
  sitting_id uuid not null references halls.arrangements (sitting_id),
  candidate_id uuid not null references exams.candidates (id),
  part text not null check (part in ('theory', 'ability')),
  -- late: a candidate after the time of the rules, let in by the chief and a second person
  gate text not null check (gate in ('face', 'document', 'confirmation', 'seat', 'late')),
  -- proposed: the first of two people has decided
  outcome text not null check (outcome in ('passed', 'unsure', 'failed', 'unavailable', 'proposed')),
  hall_id uuid references halls.halls (id),
  seat_id uuid references halls.seats (id),
  score real,
  findings jsonb not null default '{}',
  -- the picture looked at: a capture with reason 'gate'
  capture_id uuid,
  -- of a second person's decision, the first one's
  proposal_id uuid references halls.gate_checks (id),
  by_account text,
  by_name text,
  -- discretion (face not passed, document instead of face) needs a second person
  second_account text check (second_account <> by_account),
  second_name text,
  reason text,
  client_at timestamptz,
  at timestamptz not null
);
comment on table halls.gate_checks is 'Each look at a candidate at the door: face, document, invigilator, seat; who, when, score, picture; append-only';
create index gate_checks_candidate on halls.gate_checks (sitting_id, candidate_id, part, at);
create index gate_checks_proposal on halls.gate_checks (proposal_id) where proposal_id is not null;
create trigger gate_checks_append_only before update or delete or truncate on halls.gate_checks
  for each statement execute function platform.refuse_change();

create table halls.admissions (
  id uuid not null unique default gen_random_uuid(),
  sitting_id uuid not null references halls.arrangements (sitting_id),
  candidate_id uuid not null references exams.candidates (id),
  part text not null check (part in ('theory', 'ability')),
  hall_id uuid not null references halls.halls (id),
  -- SHA-256 of the secret the candidate's browser holds at the door
  secret_hash text not null unique,
  -- the machine the candidate identified at
  seat_id uuid references halls.seats (id),
  state text not null check (state in ('waiting', 'admitted', 'turned_away')),
  -- the way without face data: declined, or withdrawn since
  consent text not null default 'unasked' check (consent in ('unasked', 'given', 'declined')),
  -- what is asked of the people at the door counts from here: a candidate let in again starts anew
  checks_from timestamptz not null,
  -- how many minutes after the start of the part the candidate came; late once the rules' minutes are over
  late_minutes integer not null default 0,
  late boolean not null default false,
  identified_at timestamptz not null,
  admitted_at timestamptz,
  turned_away_reason text,
  primary key (sitting_id, candidate_id, part)
);
comment on table halls.admissions is 'A candidate at the door of one part, until all three gates are passed';
create index admissions_hall on halls.admissions (sitting_id, hall_id, state);

create table halls.failed_identifications (
  id uuid primary key default gen_random_uuid(),
  seat_id uuid not null references halls.seats (id),
  -- keyed hash of the ticket number that was tried: counts tries, names nobody
  ticket_index bytea not null,
  at timestamptz not null
);
comment on table halls.failed_identifications is 'Ticket and number that did not fit, by machine and ticket, so that nobody can try them out';
create index failed_identifications_seat on halls.failed_identifications (seat_id, at);
create index failed_identifications_ticket on halls.failed_identifications (ticket_index, at);

-- The board --------------------------------------------------------------------------------------------------

create table halls.presences (
  sitting_id uuid not null,
  attempt_id uuid not null,
  hall_id uuid not null,
  candidate_id uuid not null,
  last_seen_at timestamptz not null,
  client_at timestamptz not null,
  round_trip_ms integer,
  answered integer not null default 0,
  unsaved integer not null default 0,
  -- {visible, fullScreen, camera, online, battery, …} as the room reported
  signals jsonb not null default '{}',
  primary key (sitting_id, attempt_id)
);
comment on table halls.presences is 'Latest pulse of each attempt, for the board; overwritten, not evidence';
create index presences_hall on halls.presences (sitting_id, hall_id);

create table halls.alerts (
  id uuid primary key default gen_random_uuid(),
  sitting_id uuid not null references halls.arrangements (sitting_id),
  hall_id uuid not null,
  attempt_id uuid,
  candidate_id uuid not null,
  kind text not null,
  severity text not null check (severity in ('notice', 'warning', 'urgent')),
  data jsonb not null default '{}',
  capture_id uuid,
  client_at timestamptz,
  at timestamptz not null,
  settled_by text,
  settled_by_name text,
  settled_reason text,
  settled_at timestamptz
);
comment on table halls.alerts is 'What needs an invigilator: no face, several faces, another face, focus lost, offline, second device, …';
create index alerts_hall on halls.alerts (sitting_id, hall_id, at desc);
create unique index alerts_one_open on halls.alerts (sitting_id, candidate_id, kind) where settled_at is null;

create table halls.acts (
  id uuid primary key default gen_random_uuid(),
  sitting_id uuid not null references halls.arrangements (sitting_id),
  hall_id uuid not null,
  -- null: the whole hall
  candidate_id uuid,
  attempt_id uuid,
  kind text not null check (kind in ('confirm', 'turn_away', 'message', 'extend', 'pause', 'resume', 'release', 'misconduct', 'terminate', 'unlock', 'settle', 'import')),
  reason text,
  data jsonb not null default '{}',
  by_account text not null,
  by_name text not null,
  second_account text check (second_account <> by_account),
  second_name text,
  client_at timestamptz,
  at timestamptz not null
);
comment on table halls.acts is 'What invigilators did, with both clocks; append-only';
create index acts_hall on halls.acts (sitting_id, hall_id, at desc);
create index acts_candidate on halls.acts (sitting_id, candidate_id) where candidate_id is not null;
create trigger acts_append_only before update or delete or truncate on halls.acts
  for each statement execute function platform.refuse_change();

create table halls.act_proposals (
  id uuid primary key default gen_random_uuid(),
  sitting_id uuid not null references halls.arrangements (sitting_id),
  hall_id uuid not null,
  -- null: the whole hall
  candidate_id uuid,
  attempt_id uuid,
  kind text not null check (kind in ('extend', 'terminate', 'misconduct')),
  reason text not null,
  data jsonb not null default '{}',
  proposed_by text not null,
  proposed_by_name text not null,
  client_at timestamptz not null,
  proposed_at timestamptz not null,
  decided_by text check (decided_by <> proposed_by),
  decided_by_name text,
  decision text check (decision in ('agreed', 'declined', 'withdrawn')),
  decision_reason text,
  decided_at timestamptz
);
comment on table halls.act_proposals is 'Acts at discretion wait for a second invigilator: more time, ending an attempt, misconduct';
create index act_proposals_hall on halls.act_proposals (sitting_id, hall_id, proposed_at desc);
create unique index act_proposals_one_open on halls.act_proposals
  (sitting_id, hall_id, kind, coalesce(candidate_id, hall_id)) where decided_at is null;

-- Evidence and archive ---------------------------------------------------------------------------------------

create table halls.captures (
  sitting_id uuid not null,
  id uuid not null default gen_random_uuid(),
  -- null at the door, before there is an attempt
  attempt_id uuid,
  candidate_id uuid not null,
  hall_id uuid not null,
  reason text not null check (reason in ('gate', 'random', 'event', 'asked')),
  client_at timestamptz,
  at timestamptz not null,
  -- encrypted under a key of its own, which goes when the period ends
  key text not null,
  key_sealed bytea,
  bytes integer not null,
  sha256 text not null,
  state text not null default 'waiting' check (state in ('waiting', 'compared', 'failed', 'deleted')),
  outcome text check (outcome in ('same', 'other', 'none', 'several', 'unsure')),
  score real,
  findings jsonb not null default '{}',
  compared_at timestamptz,
  deleted_at timestamptz,
  primary key (sitting_id, id),
  unique (sitting_id, attempt_id, sha256)
);
comment on table halls.captures is 'Camera captures at random moments and what the comparison said; pictures in object storage';
create index captures_attempt on halls.captures (sitting_id, attempt_id, at);
create index captures_waiting on halls.captures (at) where state = 'waiting';
create index captures_candidate on halls.captures (sitting_id, candidate_id, at);
-- a picture is asked for by its id alone
create unique index captures_id on halls.captures (id);
create index captures_kept on halls.captures (at) where deleted_at is null;

create table halls.video_segments (
  sitting_id uuid not null,
  attempt_id uuid not null,
  -- a browser's recording run; a reload begins another
  run text not null,
  segment integer not null check (segment >= 0),
  key text not null,
  key_sealed bytea,
  bytes integer not null,
  sha256 text not null,
  client_from timestamptz not null,
  client_to timestamptz not null,
  received_at timestamptz not null,
  deleted_at timestamptz,
  primary key (sitting_id, attempt_id, run, segment)
);
comment on table halls.video_segments is 'Video of an attempt in segments, resumable; bytes in object storage';

create table halls.anchors (
  id uuid primary key default gen_random_uuid(),
  sitting_id uuid not null references halls.arrangements (sitting_id),
  attempts integer not null,
  entries integer not null,
  -- SHA-256 over every attempt's head in order of attempts (archives/heads.ts)
  heads_sha256 text not null,
  signature jsonb not null,
  at timestamptz not null
);
comment on table halls.anchors is 'Chain heads of a sitting as they stood at its close, signed and told to the audit log; append-only';
create index anchors_sitting on halls.anchors (sitting_id, at);
create trigger anchors_append_only before update or delete or truncate on halls.anchors
  for each statement execute function platform.refuse_change();

create table halls.archives (
  id uuid primary key default gen_random_uuid(),
  sitting_id uuid not null references halls.arrangements (sitting_id),
  -- 1 is the package of the close; later ones supplement it
  number integer not null check (number > 0),
  includes_keys boolean not null,
  reason text not null,
  requested_by text not null,
  requested_by_name text not null,
  requested_at timestamptz not null,
  -- empty until the job has made it
  file_id uuid references platform.files (id),
  manifest_sha256 text,
  counts jsonb,
  signature jsonb,
  made_at timestamptz,
  unique (sitting_id, number)
);
comment on table halls.archives is 'Sealed packages of a sitting: manifest, signature, counts; a later package supplements, never replaces';
create index archives_file on halls.archives (file_id) where file_id is not null;

-- Hall nodes -------------------------------------------------------------------------------------------------

create table halls.nodes (
  id uuid primary key default gen_random_uuid(),
  site_id uuid not null references halls.sites (id),
  name text not null,
  -- Ed25519 public key (SPKI, base64) with which the node signs what it sends back; told at its first contact
  public_key text,
  -- SHA-256 of the secret with which the node calls
  secret_hash text not null unique,
  registered_by text not null,
  registered_by_name text not null,
  registered_at timestamptz not null,
  revoked_by text,
  revoked_by_name text,
  revoked_reason text,
  revoked_at timestamptz,
  last_seen_at timestamptz,
  -- how far the node's clock was ahead of ours when it was last seen
  clock_ahead_ms integer
);
comment on table halls.nodes is 'The same program running at a site, with a database of its own';
create index nodes_site on halls.nodes (site_id);
alter table halls.sitting_halls add constraint sitting_halls_node foreign key (node_id) references halls.nodes (id);

create table halls.node_transfers (
  id uuid primary key default gen_random_uuid(),
  node_id uuid not null references halls.nodes (id),
  sitting_id uuid not null references halls.arrangements (sitting_id),
  hall_id uuid not null,
  direction text not null check (direction in ('taken', 'returned')),
  sha256 text not null,
  -- rows sent, accepted and already known, and the chain heads both sides have
  counts jsonb not null,
  at timestamptz not null
);
comment on table halls.node_transfers is 'What a hall node took and what it brought back, with counts and chain heads';
create index node_transfers_sitting on halls.node_transfers (sitting_id, at);
create index node_transfers_node on halls.node_transfers (node_id);

create table halls.node_packages (
  id uuid primary key default gen_random_uuid(),
  node_id uuid not null references halls.nodes (id),
  sitting_id uuid not null,
  hall_id uuid not null,
  state text not null check (state in ('assigned', 'taken', 'returned', 'taken_back')),
  assigned_by text not null,
  assigned_by_name text not null,
  assigned_at timestamptz not null,
  -- {part: key} the paper keys are wrapped under, sealed; empty at the node
  keys_sealed bytea,
  -- {part: wrapped key} that two custodians' codes open together
  custody jsonb,
  -- the first custodian's code until the second one has his
  first_code_sealed bytea,
  first_custodian text,
  first_custodian_name text,
  second_custodian text check (second_custodian <> first_custodian),
  second_custodian_name text,
  custody_at timestamptz,
  -- of the signed package as the node holds it
  sha256 text,
  taken_at timestamptz,
  -- {part: {at, how, by}} how the paper keys came to be opened at the node
  releases jsonb not null default '{}',
  -- counts and digests of both sides as last compared, and what differs
  proof jsonb,
  returned_at timestamptz,
  back_proposed_by text,
  back_proposed_by_name text,
  back_reason text,
  back_proposed_at timestamptz,
  taken_back_by text check (taken_back_by <> back_proposed_by),
  taken_back_by_name text,
  taken_back_at timestamptz,
  foreign key (sitting_id, hall_id) references halls.sitting_halls (sitting_id, hall_id)
);
comment on table halls.node_packages is 'One hall of a sitting given to a node: assigned, taken, brought back with a proof, or taken back by two people';
create index node_packages_node on halls.node_packages (node_id);
create index node_packages_hall on halls.node_packages (sitting_id, hall_id);
create unique index node_packages_open on halls.node_packages (sitting_id, hall_id) where state in ('assigned', 'taken');

create table halls.node_refused_rows (
  id uuid primary key default gen_random_uuid(),
  package_id uuid not null references halls.node_packages (id),
  place text not null,
  row_key text not null,
  sha256 text not null,
  why text not null,
  content jsonb not null,
  received_at timestamptz not null,
  unique (package_id, place, row_key, sha256)
);
comment on table halls.node_refused_rows is 'What a node brought and the province did not take: kept as evidence, never counted; append-only';
create trigger node_refused_rows_append_only before update or delete or truncate on halls.node_refused_rows
  for each statement execute function platform.refuse_change();

create table halls.node_sent_rows (
  package_id uuid not null references halls.node_packages (id),
  place text not null,
  row_key text not null,
  -- of the row as it was when the province had it
  digest text not null,
  primary key (package_id, place, row_key)
);
comment on table halls.node_sent_rows is 'At the node: which rows the province has acknowledged, so that only what is new is sent';

-- Behind every foreign key ------------------------------------------------------------------------------------

create index papers_sitting on halls.papers (sitting_id);
create index papers_of_family on halls.papers (family_id) where family_id is not null;
create index sealings_sitting on halls.sealings (sitting_id);
create index attempts_paper on halls.attempts (paper_id);
create index photos_person on halls.photos (person_id);
create index gate_checks_of_candidate on halls.gate_checks (candidate_id);
create index gate_checks_hall on halls.gate_checks (hall_id) where hall_id is not null;
create index gate_checks_seat on halls.gate_checks (seat_id) where seat_id is not null;
create index admissions_candidate on halls.admissions (candidate_id);
create index admissions_of_hall on halls.admissions (hall_id);
create index admissions_seat on halls.admissions (seat_id) where seat_id is not null;
create index sitting_halls_node on halls.sitting_halls (node_id) where node_id is not null;
