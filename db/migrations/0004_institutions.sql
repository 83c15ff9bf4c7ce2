create schema institutions;
comment on schema institutions is 'Catalogues, subsidy standards, fees and filings (HB-4.1, HB-5.4, HB-6.2, HB-6.3)';

-- A dated row is written once. Afterwards only its end may be set, once; anything else is a new row.
create function institutions.refuse_history_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.to_on is null and new.to_on is not null
     and to_jsonb(old) - array['to_on', 'ended_reason', 'ended_by', 'ended_at']
       = to_jsonb(new) - array['to_on', 'ended_reason', 'ended_by', 'ended_at'] then
    return new;
  end if;
  raise exception 'history: % on %.% is refused', tg_op, tg_table_schema, tg_table_name;
end $$;

create table institutions.occupations (
  id text primary key,
  name text not null unique,
  -- both codes live on: the national library still serves the 2015 one beside the 2022 classification
  code_2015 text,
  code_2015_status text not null,
  code_2015_source text,
  code_2022 text,
  code_2022_status text not null,
  code_2022_source text,
  definition text,
  definition_status text not null,
  definition_source text,
  standard_document text,
  standard_on date,
  standard_status text not null,
  standard_source text,
  -- one of the ten fields HB-1 names
  in_programme boolean not null,
  note text,
  updated_at timestamptz not null
);
comment on table institutions.occupations is 'Occupations with codes, definition and standard; the source status of every figure beside it';

create table institutions.occupation_levels (
  occupation_id text not null references institutions.occupations (id),
  level text not null check (level in ('初级', '中级', '高级')),
  -- null: the directions are not known; empty: the standard says this level has none
  directions text[],
  -- whether the list is known to be the whole: only then may another direction be refused
  directions_complete boolean not null,
  directions_status text not null,
  directions_source text,
  directions_note text,
  hours integer check (hours > 0),
  hours_status text not null,
  hours_source text,
  primary key (occupation_id, level)
);
comment on table institutions.occupation_levels is 'Directions and standard hours of an occupation''s level, with their source status';

create table institutions.occupation_listings (
  id uuid primary key default gen_random_uuid(),
  occupation_id text not null references institutions.occupations (id),
  from_on date not null,
  to_on date check (to_on >= from_on),
  source text not null,
  source_status text not null,
  supersedes_id uuid references institutions.occupation_listings (id),
  recorded_by text not null,
  recorded_at timestamptz not null,
  ended_reason text,
  ended_by text,
  ended_at timestamptz,
  check (to_on is null or ended_reason is not null)
);
comment on table institutions.occupation_listings is 'Occupation catalogue 职业目录: dated rows, never edited, only ended';
create unique index occupation_listings_open on institutions.occupation_listings (occupation_id) where to_on is null;
create index occupation_listings_occupation on institutions.occupation_listings (occupation_id, from_on desc);
create index occupation_listings_supersedes on institutions.occupation_listings (supersedes_id);
create trigger occupation_listings_history before update or delete on institutions.occupation_listings
  for each row execute function institutions.refuse_history_change();

create table institutions.catalogue_entries (
  id uuid primary key default gen_random_uuid(),
  catalogue text not null check (catalogue in ('training', 'evaluation')),
  -- null for a published institution that has no account here
  organisation_id uuid references people.organisations (id),
  organisation_name text not null,
  credit_code text,
  -- null: nationwide (evaluation institutions)
  province_code text references platform.regions (code),
  occupation_ids text[] not null,
  -- empty: the source does not say; such a row authorises no level
  levels text[] not null check (levels <@ array['初级', '中级', '高级']),
  batch text,
  from_on date not null,
  to_on date check (to_on >= from_on),
  source text not null,
  source_status text not null,
  note text,
  -- suspicious words of the name (合作, 联合, 联盟: HB-6.2)
  name_flags text[] not null default '{}',
  supersedes_id uuid references institutions.catalogue_entries (id),
  recorded_by text not null,
  recorded_at timestamptz not null,
  ended_reason text,
  ended_by text,
  ended_at timestamptz,
  check (to_on is null or ended_reason is not null),
  check (province_code is not null or catalogue = 'evaluation')
);
comment on table institutions.catalogue_entries is
  'Training and evaluation institution catalogues 培训机构目录, 评价机构目录: dated rows, never edited, only ended';
create unique index catalogue_entries_open_code on institutions.catalogue_entries (catalogue, credit_code)
  where to_on is null and credit_code is not null;
create unique index catalogue_entries_open_name on institutions.catalogue_entries (catalogue, organisation_name, coalesce(province_code, ''))
  where to_on is null;
create index catalogue_entries_organisation on institutions.catalogue_entries (organisation_id, catalogue);
create index catalogue_entries_province on institutions.catalogue_entries (province_code, catalogue);
create index catalogue_entries_supersedes on institutions.catalogue_entries (supersedes_id);
create trigger catalogue_entries_history before update or delete on institutions.catalogue_entries
  for each row execute function institutions.refuse_history_change();

create table institutions.name_reviews (
  id uuid primary key default gen_random_uuid(),
  entry_id uuid not null references institutions.catalogue_entries (id),
  outcome text not null check (outcome in ('cleared', 'confirmed')),
  reason text not null,
  reviewed_by text not null,
  reviewed_at timestamptz not null
);
comment on table institutions.name_reviews is 'What an officer found about a flagged institution name (HB-6.2); append-only';
create index name_reviews_entry on institutions.name_reviews (entry_id);
create trigger name_reviews_append_only before update or delete or truncate on institutions.name_reviews
  for each statement execute function platform.refuse_change();

create table institutions.catalogue_imports (
  id uuid primary key default gen_random_uuid(),
  catalogue text not null check (catalogue in ('training', 'evaluation')),
  file_name text not null,
  sha256 text not null,
  province_code text references platform.regions (code),
  good_rows jsonb not null,
  bad_rows jsonb not null,
  state text not null check (state in ('previewed', 'confirmed', 'discarded')),
  previewed_by text not null,
  previewed_at timestamptz not null,
  confirmed_by text,
  confirmed_at timestamptz,
  -- the account that previewed it; nobody else confirms
  account_id text
);
comment on table institutions.catalogue_imports is 'Excel imports: read and checked first, taken over only when confirmed with the file''s hash';
create index catalogue_imports_province on institutions.catalogue_imports (province_code);

create table institutions.subsidy_standards (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  kind text not null,
  occupation_id text references institutions.occupations (id),
  level text check (level in ('初级', '中级', '高级')),
  amount_cents bigint check (amount_cents >= 0),
  -- set where the text gives a range; amount_cents is then its lower end
  amount_max_cents bigint check (amount_max_cents >= amount_cents),
  conditions text,
  -- null: nationwide
  province_code text references platform.regions (code),
  from_on date not null,
  to_on date check (to_on >= from_on),
  source text not null,
  source_status text not null,
  supersedes_id uuid references institutions.subsidy_standards (id),
  recorded_by text not null,
  recorded_at timestamptz not null,
  ended_reason text,
  ended_by text,
  ended_at timestamptz,
  check (to_on is null or ended_reason is not null)
);
comment on table institutions.subsidy_standards is 'Subsidy-standard catalogue 补贴标准目录 (HB-5.4): dated rows, never edited, only ended';
create index subsidy_standards_occupation on institutions.subsidy_standards (occupation_id);
create index subsidy_standards_province on institutions.subsidy_standards (province_code, from_on desc);
create index subsidy_standards_supersedes on institutions.subsidy_standards (supersedes_id);
create trigger subsidy_standards_history before update or delete on institutions.subsidy_standards
  for each row execute function institutions.refuse_history_change();

create table institutions.fees (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references people.organisations (id),
  kind text not null check (kind in ('training', 'assessment')),
  occupation_id text not null references institutions.occupations (id),
  level text not null check (level in ('初级', '中级', '高级')),
  amount_cents bigint not null check (amount_cents >= 0),
  -- how the amount covers costs (HB-6.3 弥补成本、以支定收)
  basis text not null,
  from_on date not null,
  to_on date check (to_on >= from_on),
  published_by text not null,
  published_at timestamptz not null,
  supersedes_id uuid references institutions.fees (id),
  ended_reason text,
  ended_by text,
  ended_at timestamptz
);
comment on table institutions.fees is 'Published fees (HB-6.3): never edited, only followed by a new one';
create unique index fees_open on institutions.fees (organisation_id, kind, occupation_id, level) where to_on is null;
create index fees_found on institutions.fees (organisation_id, kind, occupation_id, level, from_on desc);
create index fees_occupation on institutions.fees (occupation_id);
create index fees_supersedes on institutions.fees (supersedes_id);
create trigger fees_history before update or delete on institutions.fees
  for each row execute function institutions.refuse_history_change();

create table institutions.filings (
  id uuid primary key default gen_random_uuid(),
  -- given at the first submission
  number text unique,
  organisation_id uuid not null references people.organisations (id),
  evaluation_organisation_id uuid references people.organisations (id),
  province_code text not null references platform.regions (code),
  city_code text not null references platform.regions (code),
  year integer not null,
  title text not null default '',
  occupation_id text references institutions.occupations (id),
  direction text,
  level text check (level in ('初级', '中级', '高级')),
  planned_learners integer check (planned_learners > 0),
  plan jsonb not null default '{}',
  assessment_plan jsonb not null default '{}',
  state text not null check (state in
    ('drafted', 'proposed', 'agreed', 'submitted', 'returned', 'revised', 'filed', 'withdrawn')),
  -- counts every save, so that a second browser cannot overwrite what it has not seen
  revision integer not null default 1,
  -- counts submissions
  round integer not null default 0,
  -- hash of what the evaluation institution agreed to; a later change needs its agreement again
  agreed_digest text,
  returned_by text check (returned_by in ('evaluation', 'city', 'province')),
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  proposed_at timestamptz,
  agreed_at timestamptz,
  submitted_at timestamptz,
  filed_at timestamptz,
  filed_on date,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  check (state in ('drafted', 'returned', 'revised', 'withdrawn')
    or (evaluation_organisation_id is not null and occupation_id is not null and level is not null
        and planned_learners is not null)),
  check ((state = 'filed') = (filed_at is not null and filed_on is not null)),
  check (state not in ('submitted', 'filed') or (number is not null and submitted_at is not null))
);
comment on table institutions.filings is 'Training plan and scheme 培训计划和方案 with its assessment plan, filed before anything starts (HB-4.1)';
create index filings_organisation on institutions.filings (organisation_id, state);
create index filings_evaluation on institutions.filings (evaluation_organisation_id, state);
create index filings_province on institutions.filings (province_code, state);
create index filings_city on institutions.filings (city_code, state);
create index filings_occupation on institutions.filings (occupation_id);

create table institutions.filing_versions (
  filing_id uuid not null references institutions.filings (id),
  round integer not null,
  content jsonb not null,
  digest text not null,
  submitted_by text not null,
  submitted_at timestamptz not null,
  primary key (filing_id, round)
);
comment on table institutions.filing_versions is 'What was submitted in each round, as it was; append-only';
create trigger filing_versions_append_only before update or delete or truncate on institutions.filing_versions
  for each statement execute function platform.refuse_change();

create table institutions.filing_agreements (
  id uuid primary key default gen_random_uuid(),
  filing_id uuid not null references institutions.filings (id),
  organisation_id uuid not null references people.organisations (id),
  decision text not null check (decision in ('agreed', 'returned')),
  reason text,
  clause text,
  digest text not null,
  decided_by text not null,
  decided_at timestamptz not null,
  check (decision = 'agreed' or reason is not null)
);
comment on table institutions.filing_agreements is 'What the evaluation institution answered to an assessment plan (HB-4.1); append-only';
create index filing_agreements_filing on institutions.filing_agreements (filing_id, decided_at);
create index filing_agreements_organisation on institutions.filing_agreements (organisation_id);
create trigger filing_agreements_append_only before update or delete or truncate on institutions.filing_agreements
  for each statement execute function platform.refuse_change();

create table institutions.filing_receipts (
  filing_id uuid not null references institutions.filings (id),
  round integer not null,
  office text not null check (office in ('province', 'city')),
  decision text not null check (decision in ('received', 'returned')),
  reason text,
  clause text,
  receipt_number text unique,
  organisation_id uuid not null references people.organisations (id),
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (filing_id, round, office),
  check ((decision = 'received') = (receipt_number is not null)),
  check (decision = 'received' or reason is not null)
);
comment on table institutions.filing_receipts is 'Receipt 受理 or return 退回补正 by province and city, per round (HB-4.1); append-only';
create index filing_receipts_organisation on institutions.filing_receipts (organisation_id);
create trigger filing_receipts_append_only before update or delete or truncate on institutions.filing_receipts
  for each statement execute function platform.refuse_change();

create table institutions.filing_files (
  filing_id uuid not null references institutions.filings (id),
  file_id uuid not null references platform.files (id),
  kind text not null,
  added_by text not null,
  added_at timestamptz not null,
  -- taken out of the draft; a submitted round keeps it in its version
  removed_at timestamptz,
  primary key (filing_id, file_id)
);
comment on table institutions.filing_files is 'Attachments of a filing';
create index filing_files_file on institutions.filing_files (file_id);

-- Rows whose source is only inferred or remembered are shown to the public but authorise nobody.
create function institutions.source_counts(source_status text) returns boolean language sql immutable as $$
  select source_status in ('found', 'found_ocr', 'issued', 'demo')
$$;

create view institutions.listed_institutions as
  select id as entry_id, catalogue, organisation_id, organisation_name, credit_code, province_code, occupation_ids,
         levels, batch, from_on, to_on, source, source_status
  from institutions.catalogue_entries where institutions.source_counts(source_status);
comment on view institutions.listed_institutions is
  'Catalogue entries that authorise; listed on a day when from_on <= day and (to_on is null or day <= to_on)';

create view institutions.listed_occupations as
  select l.id as listing_id, o.id as occupation_id, o.name, o.code_2015, o.code_2022, l.from_on, l.to_on, l.source,
         l.source_status
  from institutions.occupation_listings l join institutions.occupations o on o.id = l.occupation_id
  where institutions.source_counts(l.source_status);
comment on view institutions.listed_occupations is
  'Occupation catalogue rows that authorise; listed on a day when from_on <= day and (to_on is null or day <= to_on)';

create view institutions.occupation_names as
  select id as occupation_id, name, code_2015, code_2022, in_programme from institutions.occupations;
comment on view institutions.occupation_names is 'Every known occupation by id, for names on lists and papers';

create view institutions.filed_plans as
  select id as filing_id, number, organisation_id, evaluation_organisation_id, province_code, city_code, year, title,
         occupation_id, direction, level, planned_learners, plan, assessment_plan,
         (plan ->> 'startsOn')::date as starts_on, (plan ->> 'endsOn')::date as ends_on, submitted_at, filed_at, filed_on
  from institutions.filings where state = 'filed';
comment on view institutions.filed_plans is 'Filings in force: received by province and city (HB-4.1)';

create table institutions.setting_proposers (
  setting_id uuid primary key references platform.policy_settings (id),
  account_id text
);
comment on table institutions.setting_proposers is
  'Which account proposed a province''s figure: the one that confirms it must be another';
