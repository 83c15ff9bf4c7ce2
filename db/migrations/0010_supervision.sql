create schema supervision;
comment on schema supervision is 'Targets against actuals, read over the views that the other modules publish';

create table supervision.targets (
  id uuid primary key default gen_random_uuid(),
  province_code text not null references platform.regions (code),
  -- null: the whole province; a city's share otherwise
  city_code text references platform.regions (code),
  year integer not null check (year between 2021 and 2030),
  people integer not null check (people >= 0),
  source text not null,
  set_by text not null,
  set_at timestamptz not null,
  -- a later figure for the same region and year replaces an earlier one; both stay
  replaced_at timestamptz
);
comment on table supervision.targets is 'Yearly targets a province has set (HB-1); history kept';
create unique index targets_in_force on supervision.targets (province_code, coalesce(city_code, ''), year)
  where replaced_at is null;
create index targets_city on supervision.targets (city_code);
create index targets_province on supervision.targets (province_code);

create view supervision.stage_facts as
  select 'registered' as stage, person_id, organisation_id, organisation_id as training_organisation_id, province_code,
         city_code, occupation_id, direction, level,
         (registered_at at time zone 'Asia/Shanghai')::date as on_day, class_name as record, 'class:' || class_id as subject
  from training.enrolment_register
union all
  select 'admitted', person_id, organisation_id, organisation_id, province_code, city_code, occupation_id, direction, level,
         (registered_at at time zone 'Asia/Shanghai')::date, class_name, 'class:' || class_id
  from training.enrolment_register where state in ('admitted', 'completed', 'failed')
union all
  select 'trained', person_id, organisation_id, organisation_id, province_code, city_code, occupation_id, direction, level,
         issued_on, number, 'class:' || class_id
  from training.issued_certificates
union all
  select 'declared', person_id, evaluation_organisation_id, training_organisation_id, province_code, city_code, occupation_id,
         direction, level,
         (submitted_at at time zone 'Asia/Shanghai')::date, outcome, 'declaration:' || declaration_id
  from exams.declaration_facts where submitted_at is not null
union all
  select 'qualified', person_id, evaluation_organisation_id, training_organisation_id, province_code, city_code, occupation_id,
         direction, level,
         (confirmed_at at time zone 'Asia/Shanghai')::date, outcome, 'declaration:' || declaration_id
  from exams.declaration_facts where confirmed_at is not null and state = 'qualified'
union all
  select 'passed', person_id, organisation_id, training_organisation_id, province_code, city_code, occupation_id, direction,
         level, ended_on, sitting_number, 'sitting:' || sitting_id
  from exams.published_results where result = 'passed'
union all
  select 'certified', c.person_id, c.organisation_id, passed.training_organisation_id, c.province_code, c.city_code,
         c.occupation_id, c.direction, c.level, c.issued_on, c.number, 'level-certificate:' || c.id
  from certificates.level_register c
  left join lateral (
    -- whose learner the holder was: the institution of the declaration that was passed
    select p.training_organisation_id from exams.published_results p
    where p.person_id = c.person_id and p.occupation_id = c.occupation_id and p.level = c.level and p.result = 'passed'
    limit 1
  ) passed on true
  where c.state = 'issued';
comment on view supervision.stage_facts is 'One row a person and stage, from enrolment to certificate; every number on the overview counts these rows';
