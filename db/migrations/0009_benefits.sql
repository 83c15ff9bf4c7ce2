create schema benefits;
comment on schema benefits is 'Continuing-education hours and title recognition (HB-5.1, HB-5.2)';

create table benefits.education_hours (
  id uuid primary key default gen_random_uuid(),
  number text not null unique,
  person_id uuid not null references people.persons (id),
  training_certificate_id uuid not null references training.certificates (id),
  enrolment_id uuid not null references training.enrolments (id),
  certificate_number text not null,
  organisation_id uuid not null references people.organisations (id),
  organisation_name text not null,
  province_code text not null references platform.regions (code),
  city_code text references platform.regions (code),
  occupation_id text not null references institutions.occupations (id),
  level text not null check (level in ('初级', '中级', '高级')),
  -- the year of issue: the hours count in it and nowhere else
  year integer not null check (year between 2023 and 2100),
  hours_tenths integer not null check (hours_tenths > 0),
  -- 公需 or 专业; null: the split is not known (待核实)
  subject_kind text check (subject_kind in ('公需', '专业')),
  decision_id uuid not null references platform.decisions (id),
  credited_on date not null,
  revoked_on date,
  revoke_reason text,
  created_at timestamptz not null,
  check ((revoked_on is null) = (revoke_reason is null))
);
comment on table benefits.education_hours is 'Continuing-education hours credited for the year of a training certificate (HB-5.1)';
-- a corrected certificate takes the place of the earlier one: one course counts once
create unique index education_hours_once on benefits.education_hours (enrolment_id) where revoked_on is null;
create index education_hours_certificate on benefits.education_hours (training_certificate_id);
create index education_hours_enrolment on benefits.education_hours (enrolment_id);
create index education_hours_person on benefits.education_hours (person_id, year);
create index education_hours_organisation on benefits.education_hours (organisation_id, credited_on desc);
create index education_hours_region on benefits.education_hours (province_code, city_code, year);
create index education_hours_city on benefits.education_hours (city_code);
create index education_hours_occupation on benefits.education_hours (occupation_id, level);
create index education_hours_decision on benefits.education_hours (decision_id);

create table benefits.hours_proofs (
  id uuid primary key default gen_random_uuid(),
  number text not null unique,
  code text not null unique,
  person_id uuid not null references people.persons (id),
  year integer not null,
  total_tenths integer not null,
  -- the credits it lists
  credit_ids uuid[] not null,
  issued_on date not null,
  created_at timestamptz not null
);
comment on table benefits.hours_proofs is 'Printed proofs of a year''s hours; a check by QR compares them with what stands now';
create index hours_proofs_person on benefits.hours_proofs (person_id, year);

create table benefits.title_recognitions (
  id uuid primary key default gen_random_uuid(),
  number text not null unique,
  code text not null unique,
  person_id uuid not null references people.persons (id),
  level_certificate_id uuid not null references certificates.level_certificates (id),
  certificate_number text not null,
  organisation_id uuid not null references people.organisations (id),
  organisation_name text not null,
  province_code text not null references platform.regions (code),
  city_code text references platform.regions (code),
  occupation_id text not null references institutions.occupations (id),
  level text not null check (level in ('初级', '中级', '高级')),
  effect text not null check (effect in ('direct', 'reference')),
  title_level text not null,
  specialty text not null,
  specialty_status text not null,
  decision_id uuid not null references platform.decisions (id),
  recognised_on date not null,
  revoked_on date,
  revoke_reason text,
  created_at timestamptz not null,
  check ((revoked_on is null) = (revoke_reason is null))
);
comment on table benefits.title_recognitions is 'What a level certificate means for titles: recognised directly, or a reference (HB-5.2)';
-- a certificate whose withdrawal was reversed is recognised anew, in a row of its own
create unique index title_recognitions_once on benefits.title_recognitions (level_certificate_id) where revoked_on is null;
create index title_recognitions_certificate on benefits.title_recognitions (level_certificate_id);
create index title_recognitions_person on benefits.title_recognitions (person_id);
create index title_recognitions_organisation on benefits.title_recognitions (organisation_id, recognised_on desc);
create index title_recognitions_region on benefits.title_recognitions (province_code, city_code, recognised_on desc);
create index title_recognitions_city on benefits.title_recognitions (city_code);
create index title_recognitions_occupation on benefits.title_recognitions (occupation_id, level);
create index title_recognitions_decision on benefits.title_recognitions (decision_id);

create view benefits.credited_hours as
select id, person_id, training_certificate_id, certificate_number, organisation_id, province_code, city_code, occupation_id, level,
       year, hours_tenths, credited_on
from benefits.education_hours where revoked_on is null;
comment on view benefits.credited_hours is 'Published: hours that count, for numbers';

create view benefits.standing_titles as
select id, person_id, level_certificate_id, organisation_id, province_code, city_code, occupation_id, level, effect, title_level,
       recognised_on
from benefits.title_recognitions where revoked_on is null;
comment on view benefits.standing_titles is 'Published: title recognitions that stand, for numbers';
