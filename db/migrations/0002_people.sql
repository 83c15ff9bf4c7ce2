create schema accounts;
comment on schema accounts is 'Sign-in: the account library''s own tables. Only the people module touches them';

create table accounts."user" (
  id uuid primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  username text unique,
  display_username text,
  phone_number text unique,
  phone_number_verified boolean,
  two_factor_enabled boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table accounts."user" is 'One sign-in: a learner''s phone or a staff account name';

create table accounts.session (
  id uuid primary key,
  token text not null unique,
  user_id uuid not null references accounts."user" (id) on delete cascade,
  -- when the second factor was shown for this session; null: password or phone code only
  second_factor_at timestamptz,
  ip_address text,
  user_agent text,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table accounts.session is 'Signed-in browsers and systems';
create index session_of_user on accounts.session (user_id);
create index session_expires on accounts.session (expires_at);

create table accounts.account (
  id uuid primary key,
  user_id uuid not null references accounts."user" (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
comment on table accounts.account is 'Ways of signing in to one account: password hash, or a province''s single sign-on';
create index account_user on accounts.account (user_id);

create table accounts.verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table accounts.verification is 'Phone codes, invitations and half-done sign-ins, until they expire';
create index verification_identifier on accounts.verification (identifier);
create index verification_expires on accounts.verification (expires_at);

create table accounts.two_factor (
  id uuid primary key,
  user_id uuid not null references accounts."user" (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table accounts.two_factor is 'Second factors (TOTP), encrypted by the account library';
create index two_factor_user on accounts.two_factor (user_id);

create table accounts.rate_limit (
  id uuid primary key default gen_random_uuid(),
  key text not null unique,
  count integer not null,
  last_request bigint not null
);
comment on table accounts.rate_limit is 'Attempts by address and act, so that codes and passwords cannot be tried out on many nodes';

create schema people;
comment on schema people is 'Persons, organisations, who acts for whom, dated facts with their proof, consents';

create table people.persons (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  document_type text not null check (document_type in
    ('居民身份证', '港澳居民来往内地通行证', '台湾居民来往大陆通行证', '外国人永久居留身份证', '护照')),
  -- encrypted; found again by the keyed hash
  id_number_sealed bytea not null,
  id_number_index bytea not null,
  masked_id_number text not null,
  sex text check (sex in ('男', '女')),
  birth_on date not null,
  phone text,
  province_code text,
  city_code text,
  -- how the real name was checked, as the verifier states it
  verified_by text,
  verified_at timestamptz,
  created_at timestamptz not null,
  constraint persons_one_per_document unique (document_type, id_number_index)
);
comment on table people.persons is 'Real persons, one row each however many accounts ask';
create index persons_region on people.persons (province_code, city_code);
create index persons_name on people.persons (name text_pattern_ops);
create index persons_phone on people.persons (phone);

create table people.account_holders (
  account_id uuid primary key references accounts."user" (id),
  person_id uuid references people.persons (id),
  kind text not null check (kind in ('learner', 'staff')),
  disabled_at timestamptz,
  disabled_reason text
);
comment on table people.account_holders is 'Whose account it is; a staff account may have no person';
-- a second account for the same person is refused, also when two browsers register at once
create unique index account_holders_person on people.account_holders (person_id) where person_id is not null;

create table people.organisations (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('training_institution', 'evaluation_institution', 'city_bureau',
    'provincial_department', 'national_office', 'operator')),
  name text not null,
  credit_code text,
  province_code text not null,
  city_code text,
  address text,
  contact_name text,
  contact_phone text,
  created_at timestamptz not null default now(),
  constraint organisations_one_per_code unique (credit_code, kind),
  check (kind <> 'city_bureau' or city_code is not null)
);
comment on table people.organisations is 'Institutions, bureaus, departments and offices whose staff act on the platform';
create index organisations_region on people.organisations (kind, province_code, city_code);
create unique index organisations_one_bureau on people.organisations (city_code) where kind = 'city_bureau';
create unique index organisations_one_department on people.organisations (province_code) where kind = 'provincial_department';
create unique index organisations_one_office on people.organisations ((true)) where kind = 'national_office';

create table people.memberships (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references accounts."user" (id),
  -- null for a learner, who acts for nobody but himself
  organisation_id uuid references people.organisations (id),
  role text not null check (role in ('learner', 'training_manager', 'teacher', 'evaluation_manager', 'examiner',
    'invigilator', 'city_officer', 'provincial_officer', 'national_officer', 'auditor', 'administrator')),
  from_on date not null,
  to_on date check (to_on >= from_on),
  created_at timestamptz not null default now(),
  check ((organisation_id is null) = (role = 'learner'))
);
comment on table people.memberships is 'Who acts in which role for which organisation, from when to when';
create index memberships_account on people.memberships (account_id);
create index memberships_organisation on people.memberships (organisation_id, role);
create unique index memberships_once on people.memberships (account_id, coalesce(organisation_id, account_id), role)
  where to_on is null;

create table people.person_facts (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references people.persons (id),
  kind text not null check (kind in ('education', 'technicalSchool', 'titles', 'employment', 'levelCertificates',
    'trainingCertificates', 'skillPosts', 'judgements', 'retirement')),
  -- one entry of the policy's fact schema without its proof, or {"none": true}: the person states there is none
  value jsonb not null,
  from_on date,
  to_on date,
  proof text not null check (proof in ('自述', '已上传', '已核验', '已过期')),
  file_id uuid references platform.files (id),
  stated_by text not null,
  verified_by text,
  verified_at timestamptz,
  expires_on date,
  created_at timestamptz not null,
  withdrawn_at timestamptz,
  check ((proof = '已核验') <= (verified_at is not null))
);
comment on table people.person_facts is 'Dated facts about a person that eligibility reasons over, with their state of proof';
create index person_facts_person on people.person_facts (person_id, kind) where withdrawn_at is null;
create index person_facts_file on people.person_facts (file_id);
create index person_facts_of_person on people.person_facts (person_id);

create table people.consents (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references people.persons (id),
  purpose text not null,
  text_version text not null,
  given_at timestamptz not null,
  withdrawn_at timestamptz
);
comment on table people.consents is 'What a person agreed to, in which wording, and when it was taken back';
create unique index consents_one_standing on people.consents (person_id, purpose) where withdrawn_at is null;
create index consents_of_person on people.consents (person_id);

create table people.dealings (
  person_id uuid not null references people.persons (id),
  organisation_id uuid not null references people.organisations (id),
  -- why the organisation may see the person: enrolment, declaration
  basis text not null,
  since_at timestamptz not null,
  primary key (organisation_id, person_id)
);
comment on table people.dealings is 'Which institutions deal with a person and may therefore see the card';
create index dealings_person on people.dealings (person_id);

create view people.person_cards as
select id, name, masked_id_number,
       case when phone is null then null
            else left(phone, 3) || '****' || right(phone, 4) end as phone_masked,
       city_code, province_code
from people.persons;
comment on view people.person_cards is 'Persons as lists may show them: masked';
