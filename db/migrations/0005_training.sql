create schema training;
comment on schema training is 'Announcement, enrolment, classes, attendance, completion and the training report (HB-2, HB-4.2, HB-4.3)';

create table training.classes (
  id uuid primary key default gen_random_uuid(),
  number text not null unique,
  name text not null,
  filing_id uuid not null references institutions.filings (id),
  organisation_id uuid not null references people.organisations (id),
  province_code text not null references platform.regions (code),
  city_code text references platform.regions (code),
  occupation_id text not null references institutions.occupations (id),
  -- null where the standard does not divide the level into directions
  direction text,
  level text not null check (level in ('初级', '中级', '高级')),
  capacity integer not null check (capacity between 1 and 5000),
  venue text not null,
  venue_province_code text not null references platform.regions (code),
  venue_city_code text references platform.regions (code),
  -- 学时 by kind as the filed plan states them: {theory, practice, online, offline}
  planned_hours jsonb not null,
  -- length of one 学时 when the class was planned; a later setting does not change a class under way
  standard_hour_minutes integer not null check (standard_hour_minutes between 1 and 120),
  -- of the 结业考核, out of 1000 tenths; the institution's own scheme, no official figure
  pass_mark_tenths integer not null check (pass_mark_tenths between 0 and 1000),
  -- words such as 合作 / 联合 / 联盟 found in the name (HB-6.2); a supervisor clears or rejects it
  name_flags text[] not null default '{}',
  name_review text not null default 'none' check (name_review in ('none', 'open', 'cleared', 'rejected')),
  name_review_reason text,
  fee_id uuid references institutions.fees (id),
  fee_cents bigint check (fee_cents >= 0),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  state text not null check (state in ('planned', 'announced', 'running', 'completed', 'reported', 'cancelled')),
  announced_at timestamptz,
  started_at timestamptz,
  completed_on date,
  cancelled_at timestamptz,
  cancel_reason text,
  created_at timestamptz not null
);
comment on table training.classes is 'Training classes 培训班, each resting on one filed plan (HB-4.1, HB-4.3)';
create index classes_organisation on training.classes (organisation_id, state);
create index classes_filing on training.classes (filing_id);
create index classes_region on training.classes (province_code, city_code, state);
create index classes_city on training.classes (city_code);
create index classes_occupation on training.classes (occupation_id, level);
create index classes_venue_province on training.classes (venue_province_code);
create index classes_venue_city on training.classes (venue_city_code);
create index classes_fee on training.classes (fee_id);

create table training.announcements (
  id uuid primary key default gen_random_uuid(),
  class_id uuid not null references training.classes (id),
  title text not null,
  body text not null,
  contact text not null,
  enrol_from_on date not null,
  enrol_to_on date not null check (enrol_to_on >= enrol_from_on),
  published_at timestamptz not null,
  withdrawn_at timestamptz,
  withdraw_reason text
);
comment on table training.announcements is 'Public enrolment announcements 招生公告 (HB-4.2); a class has at most one in force';
create unique index announcements_in_force on training.announcements (class_id) where withdrawn_at is null;
create index announcements_class on training.announcements (class_id);
create index announcements_window on training.announcements (enrol_to_on) where withdrawn_at is null;

create table training.enrolments (
  id uuid primary key default gen_random_uuid(),
  class_id uuid not null references training.classes (id),
  person_id uuid not null references people.persons (id),
  source text not null check (source in ('self', 'roster')),
  state text not null check (state in ('registered', 'waiting', 'admitted', 'declined', 'withdrawn', 'completed', 'failed')),
  -- the audience rule's verdict (HB-2) with its explanation
  decision_id uuid not null references platform.decisions (id),
  audience_outcome text not null,
  -- place in the order of registration; the waiting list moves up in it
  position bigint generated always as identity,
  registered_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  reason text,
  -- 结业: the completion rule's verdict (HB-4.3)
  completion_decision_id uuid references platform.decisions (id),
  completed_on date
);
comment on table training.enrolments is 'One person in one class: the real-name training register (HB-5.4)';
create unique index enrolments_once on training.enrolments (class_id, person_id) where state not in ('declined', 'withdrawn');
create index enrolments_class_state on training.enrolments (class_id, state, position);
create index enrolments_person on training.enrolments (person_id, registered_at desc);
create index enrolments_decision on training.enrolments (decision_id);
create index enrolments_completion_decision on training.enrolments (completion_decision_id);

create table training.teachers (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references people.organisations (id),
  account_id text,
  name text not null,
  phone text,
  left_on date,
  created_at timestamptz not null
);
comment on table training.teachers is 'Teachers of a training institution';
create index teachers_organisation on training.teachers (organisation_id, name);
create index teachers_account on training.teachers (account_id);

create table training.teacher_qualifications (
  id uuid primary key default gen_random_uuid(),
  teacher_id uuid not null references training.teachers (id),
  kind text not null check (kind in ('title', 'level_certificate')),
  -- a title's level (中级, 副高级 …) or a certificate's (初级, 中级, 高级)
  level text not null,
  -- of a level certificate; a title names its specialty instead
  occupation_id text references institutions.occupations (id),
  specialty text,
  document_number text,
  obtained_on date not null,
  file_id uuid references platform.files (id),
  withdrawn_on date,
  created_at timestamptz not null,
  check (kind = 'title' or occupation_id is not null)
);
comment on table training.teacher_qualifications is 'Titles and level certificates a teacher teaches on; dated, kept when withdrawn';
create index teacher_qualifications_teacher on training.teacher_qualifications (teacher_id);
create index teacher_qualifications_occupation on training.teacher_qualifications (occupation_id);
create index teacher_qualifications_file on training.teacher_qualifications (file_id);

create table training.lessons (
  id uuid primary key default gen_random_uuid(),
  class_id uuid not null references training.classes (id),
  organisation_id uuid not null references people.organisations (id),
  title text not null,
  mode text not null check (mode in ('online', 'offline')),
  content text not null check (content in ('theory', 'practice')),
  teacher_id uuid not null references training.teachers (id),
  room text,
  -- offline: the lesson; online: the window in which it can be watched
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  minutes integer not null check (minutes between 1 and 600),
  -- online: reading pages [{title, body}], or a video of `minutes`
  pages jsonb,
  video_file_id uuid references platform.files (id),
  cancelled_at timestamptz,
  cancel_reason text,
  created_at timestamptz not null,
  check (mode = 'online' or room is not null)
);
comment on table training.lessons is 'The timetable: one row a lesson, online or offline, theory or practice (HB-4.3)';
create index lessons_class on training.lessons (class_id, starts_at);
create index lessons_teacher on training.lessons (teacher_id, starts_at);
create index lessons_organisation on training.lessons (organisation_id, starts_at);
create index lessons_video on training.lessons (video_file_id);

create table training.attendances (
  lesson_id uuid not null references training.lessons (id),
  enrolment_id uuid not null references training.enrolments (id),
  method text not null check (method in ('qr', 'online', 'teacher')),
  -- seconds, so that online time adds up exactly; hours are computed from the sum
  credited_seconds integer not null check (credited_seconds >= 0),
  first_at timestamptz not null,
  last_at timestamptz not null,
  marked_by text,
  reason text,
  primary key (lesson_id, enrolment_id),
  check (method <> 'teacher' or (marked_by is not null and reason is not null))
);
comment on table training.attendances is 'Who attended which lesson, by which evidence, with the time credited';
create index attendances_enrolment on training.attendances (enrolment_id);

create table training.watch_leases (
  person_id uuid primary key references people.persons (id),
  session_id uuid not null,
  lesson_id uuid not null references training.lessons (id),
  enrolment_id uuid not null references training.enrolments (id),
  taken_at timestamptz not null,
  last_beat_at timestamptz not null,
  -- the position the server vouches for, and the one the player last reported
  vouched_ms integer not null check (vouched_ms >= 0),
  reported_ms integer not null check (reported_ms >= 0),
  ended_at timestamptz
);
comment on table training.watch_leases is 'The one place where a person may be watching: taking it elsewhere ends the former';
create index watch_leases_lesson on training.watch_leases (lesson_id);
create index watch_leases_enrolment on training.watch_leases (enrolment_id);

create table training.watch_progress (
  lesson_id uuid not null references training.lessons (id),
  enrolment_id uuid not null references training.enrolments (id),
  -- [[from, to), …] in milliseconds of the lesson, disjoint and ascending: credit is the length of this
  watched jsonb not null,
  primary key (lesson_id, enrolment_id)
);
comment on table training.watch_progress is 'Which parts of an online lesson a learner has watched';
create index watch_progress_enrolment on training.watch_progress (enrolment_id);

create table training.assessments (
  enrolment_id uuid primary key references training.enrolments (id),
  mark text not null check (mark in ('present', 'absent')),
  score_tenths integer check (score_tenths between 0 and 1000),
  passed boolean not null,
  assessed_on date not null,
  entered_by text not null,
  entered_at timestamptz not null,
  check ((mark = 'present') = (score_tenths is not null)),
  check (mark = 'present' or not passed)
);
comment on table training.assessments is 'Completion assessment 结业考核, one result a learner; changes are in the audit log';

create table training.certificates (
  id uuid primary key default gen_random_uuid(),
  number text not null unique,
  code text not null unique,
  enrolment_id uuid not null references training.enrolments (id),
  class_id uuid not null references training.classes (id),
  person_id uuid not null references people.persons (id),
  holder_name text not null,
  organisation_id uuid not null references people.organisations (id),
  organisation_name text not null,
  occupation_id text not null references institutions.occupations (id),
  direction text,
  level text not null check (level in ('初级', '中级', '高级')),
  -- 学时 earned by kind: {total, theory, practice, online, offline}
  hours jsonb not null,
  starts_on date not null,
  ends_on date not null,
  issued_on date not null,
  state text not null check (state in ('issued', 'corrected', 'withdrawn')),
  supersedes_id uuid unique references training.certificates (id),
  reason text,
  changed_on date
);
comment on table training.certificates is 'Training certificates 培训合格证书 (HB-4.3); corrected by a successor or withdrawn, never edited';
create unique index certificates_one_valid on training.certificates (enrolment_id) where state = 'issued';
create index certificates_enrolment on training.certificates (enrolment_id);
create index certificates_class on training.certificates (class_id);
create index certificates_person on training.certificates (person_id);
create index certificates_organisation on training.certificates (organisation_id, issued_on desc);
create index certificates_occupation on training.certificates (occupation_id, level);

create table training.certificate_changes (
  id uuid primary key default gen_random_uuid(),
  certificate_id uuid not null references training.certificates (id),
  kind text not null check (kind in ('correction', 'withdrawal')),
  reason text not null,
  -- correction: the fields that change
  corrected jsonb,
  proposed_by text not null,
  proposed_by_name text not null,
  proposed_at timestamptz not null,
  decision text check (decision in ('approved', 'rejected')),
  decided_by text check (decided_by <> proposed_by),
  decided_by_name text,
  decided_at timestamptz,
  decision_reason text,
  successor_id uuid references training.certificates (id),
  check ((kind = 'correction') = (corrected is not null)),
  check ((decision is null) = (decided_by is null))
);
comment on table training.certificate_changes is 'Corrections and withdrawals of training certificates, each by two people (HB-6.3)';
create unique index certificate_changes_one_open on training.certificate_changes (certificate_id) where decision is null;
create index certificate_changes_certificate on training.certificate_changes (certificate_id);
create index certificate_changes_successor on training.certificate_changes (successor_id);

create table training.reports (
  id uuid primary key default gen_random_uuid(),
  number text not null unique,
  class_id uuid not null unique references training.classes (id),
  organisation_id uuid not null references people.organisations (id),
  province_code text not null references platform.regions (code),
  city_code text references platform.regions (code),
  state text not null check (state in ('drafted', 'submitted', 'returned', 'received')),
  round integer not null default 0 check (round >= 0),
  completed_on date not null,
  due_on date not null,
  -- figures of the training situation, as generated; and the institution's own words
  summary jsonb not null,
  narrative text not null default '',
  first_submitted_at timestamptz,
  submitted_at timestamptz,
  -- first submission came after due_on (HB-4.3)
  late boolean not null default false,
  received_at timestamptz,
  created_at timestamptz not null
);
comment on table training.reports is 'Roster and training report of a class to province and city within 30 days of completion (HB-4.3)';
create index reports_organisation on training.reports (organisation_id, state);
create index reports_region on training.reports (province_code, city_code, state);
create index reports_city on training.reports (city_code);
create index reports_due on training.reports (due_on) where state in ('drafted', 'returned');

create table training.report_learners (
  report_id uuid not null references training.reports (id),
  round integer not null check (round > 0),
  enrolment_id uuid not null references training.enrolments (id),
  person_id uuid not null references people.persons (id),
  holder_name text not null,
  hours jsonb not null,
  score_tenths integer,
  result text not null check (result in ('completed', 'failed')),
  certificate_number text,
  primary key (report_id, round, enrolment_id)
);
comment on table training.report_learners is 'The roster as it was submitted in each round; never changed afterwards';
create index report_learners_enrolment on training.report_learners (enrolment_id);
create index report_learners_person on training.report_learners (person_id);

create table training.report_receipts (
  report_id uuid not null references training.reports (id),
  round integer not null check (round > 0),
  office text not null check (office in ('province', 'city')),
  decision text not null check (decision in ('received', 'returned')),
  reason text,
  clause text not null,
  receipt_number text,
  decided_by text not null,
  decided_by_name text not null,
  decided_at timestamptz not null,
  primary key (report_id, round, office),
  check ((decision = 'received') = (receipt_number is not null)),
  check (decision = 'received' or reason is not null)
);
comment on table training.report_receipts is 'What province and city decided on each round of a training report';

create view training.issued_certificates as
select t.id, t.number, t.code, t.enrolment_id, t.class_id, c.number as class_number, t.person_id, t.holder_name,
       t.organisation_id, t.organisation_name, c.province_code, c.city_code, t.occupation_id, t.direction, t.level,
       t.hours, (t.hours ->> 'total')::float8 as total_hours, t.starts_on, t.ends_on, t.issued_on
from training.certificates t join training.classes c on c.id = t.class_id
where t.state = 'issued';
comment on view training.issued_certificates is 'Valid training certificates, for declaration and hours credit';

create view training.certificate_register as
select t.id, t.number, t.code, t.enrolment_id, t.class_id, c.number as class_number, t.person_id, t.holder_name,
       p.masked_id_number, t.organisation_id, t.organisation_name, c.province_code, c.city_code, t.occupation_id,
       t.direction, t.level, t.hours, t.starts_on, t.ends_on, t.issued_on, t.state, t.reason, t.changed_on,
       t.supersedes_id, s.id as successor_id, s.number as successor_number
from training.certificates t
join training.classes c on c.id = t.class_id
join people.person_cards p on p.id = t.person_id
left join training.certificates s on s.supersedes_id = t.id;
comment on view training.certificate_register is 'All training certificates in every state, for verification';

create view training.enrolment_register as
select e.id as enrolment_id, e.class_id, c.number as class_number, c.name as class_name, e.person_id, c.organisation_id,
       c.province_code, c.city_code, c.occupation_id, c.direction, c.level, c.starts_on, c.ends_on, e.source, e.state,
       e.audience_outcome, e.registered_at, e.completed_on, t.number as certificate_number, t.issued_on
from training.enrolments e
join training.classes c on c.id = e.class_id
left join training.certificates t on t.enrolment_id = e.id and t.state = 'issued';
comment on view training.enrolment_register is 'The real-name training register 实名制名册 (HB-5.4)';

create view training.class_facts as
select c.id, c.number, c.name, c.filing_id, c.organisation_id, c.province_code, c.city_code, c.occupation_id, c.direction,
       c.level, c.capacity, c.state, c.starts_on, c.ends_on, c.completed_on, c.name_flags, c.name_review,
       coalesce(n.registered, 0)::int as registered, coalesce(n.waiting, 0)::int as waiting,
       coalesce(n.admitted, 0)::int as admitted, coalesce(n.completed, 0)::int as completed,
       coalesce(n.failed, 0)::int as failed,
       r.state as report_state, r.due_on as report_due_on, r.late as report_late
from training.classes c
left join lateral (
  select count(*) filter (where e.state = 'registered') as registered,
         count(*) filter (where e.state = 'waiting') as waiting,
         count(*) filter (where e.state = 'admitted') as admitted,
         count(*) filter (where e.state = 'completed') as completed,
         count(*) filter (where e.state = 'failed') as failed
  from training.enrolments e where e.class_id = c.id
) n on true
left join training.reports r on r.class_id = c.id;
comment on view training.class_facts is 'Classes with their head counts and report, for lists and numbers';
