create schema certificates;
comment on schema certificates is 'Result reports, national audit, level certificates, verification (HB-4.4, HB-6.3)';

create table certificates.result_reports (
  id uuid primary key default gen_random_uuid(),
  number text not null unique,
  sitting_id uuid not null references exams.sittings (id),
  -- a later report for candidates an earlier one left out or the national office sent back
  supplements_id uuid references certificates.result_reports (id),
  sitting_number text not null,
  sitting_title text not null,
  organisation_id uuid not null references people.organisations (id),
  province_code text not null references platform.regions (code),
  city_code text references platform.regions (code),
  occupation_id text not null references institutions.occupations (id),
  direction text,
  level text not null check (level in ('初级', '中级', '高级')),
  venue text not null,
  ended_on date not null,
  -- {candidates, passed, failed, absent, misconduct} of the sitting when the report was drawn up
  counts jsonb not null,
  -- 考核有关情况 in the institution's own words
  narrative text not null default '',
  state text not null check (state in
    ('drafted', 'submitted', 'returned', 'confirmed', 'exported', 'national_returned', 'audited', 'issued')),
  round integer not null default 0 check (round >= 0),
  submit_due_on date,
  submitted_on date,
  confirm_due_on date,
  confirmed_on date,
  exported_on date,
  audited_on date,
  issue_due_on date,
  issued_on date,
  created_at timestamptz not null
);
comment on table certificates.result_reports is
  'Report of certificate data and assessment facts to the province, then to the national office (HB-4.4)';
create unique index result_reports_one_first on certificates.result_reports (sitting_id) where supplements_id is null;
create index result_reports_supplements on certificates.result_reports (supplements_id);
create index result_reports_sitting on certificates.result_reports (sitting_id);
create index result_reports_organisation on certificates.result_reports (organisation_id, state, created_at desc);
create index result_reports_region on certificates.result_reports (province_code, city_code, state);
create index result_reports_city on certificates.result_reports (city_code);
create index result_reports_state on certificates.result_reports (state, created_at desc);
create index result_reports_occupation on certificates.result_reports (occupation_id, level);

create table certificates.report_items (
  id uuid primary key default gen_random_uuid(),
  report_id uuid not null references certificates.result_reports (id),
  position integer not null check (position > 0),
  candidate_id uuid not null references exams.candidates (id),
  person_id uuid not null references people.persons (id),
  holder_name text not null,
  masked_id_number text not null,
  ticket_number text not null,
  attempt integer not null,
  direction text,
  theory_score_tenths integer not null,
  ability_score_tenths integer not null,
  -- the passing decision the item rests on
  decision_id uuid references platform.decisions (id),
  state text not null check (state in ('included', 'withheld', 'approved', 'national_returned', 'issued')),
  reason text,
  clause text,
  unique (report_id, position),
  unique (report_id, candidate_id),
  check ((state in ('withheld', 'national_returned')) = (reason is not null))
);
comment on table certificates.report_items is 'Passed candidates as reported: a snapshot, with what became of each';
-- whatever two browsers do, nobody stands in two living reports
create unique index report_items_once on certificates.report_items (candidate_id) where state in ('included', 'approved', 'issued');
create index report_items_candidate on certificates.report_items (candidate_id);
create index report_items_person on certificates.report_items (person_id);
create index report_items_decision on certificates.report_items (decision_id);

create table certificates.report_decisions (
  id uuid primary key default gen_random_uuid(),
  report_id uuid not null references certificates.result_reports (id),
  round integer not null,
  office text not null check (office in ('institution', 'province', 'national')),
  act text not null check (act in
    ('submitted', 'returned', 'confirmed', 'exported', 'national_returned', 'audited', 'issued')),
  reason text,
  clause text not null,
  due_on date,
  -- the clock of the clause had run out; the act counts all the same
  late boolean not null default false,
  data jsonb not null default '{}',
  organisation_name text not null,
  acted_by text,
  acted_by_name text not null,
  acted_on date not null,
  acted_at timestamptz not null,
  check (act not in ('returned', 'national_returned') or reason is not null)
);
comment on table certificates.report_decisions is 'Each act on a result report, by round; append-only';
create index report_decisions_report on certificates.report_decisions (report_id, acted_at);
create trigger report_decisions_append_only before update or delete or truncate on certificates.report_decisions
  for each statement execute function platform.refuse_change();

create table certificates.national_exchanges (
  id uuid primary key default gen_random_uuid(),
  number text not null unique,
  direction text not null check (direction in ('out', 'in')),
  -- in: the export it answers
  answers_id uuid references certificates.national_exchanges (id),
  province_code text not null references platform.regions (code),
  -- hash over the canonical items; a result file must carry it
  items_sha256 text not null,
  -- in: the result as it came. Out: none is kept; the file carries ID numbers and is made anew for each download
  file_id uuid references platform.files (id),
  file_sha256 text,
  items integer not null check (items >= 0),
  approved integer,
  returned integer,
  exchanged_by text,
  exchanged_by_name text not null,
  exchanged_at timestamptz not null,
  check ((direction = 'in') = (answers_id is not null)),
  check ((direction = 'in') = (file_id is not null))
);
comment on table certificates.national_exchanges is 'Files to the national office and results from it, with their hashes; append-only';
create index national_exchanges_answers on certificates.national_exchanges (answers_id);
create index national_exchanges_province on certificates.national_exchanges (province_code, exchanged_at desc);
create index national_exchanges_file on certificates.national_exchanges (file_id);
create trigger national_exchanges_append_only before update or delete or truncate on certificates.national_exchanges
  for each statement execute function platform.refuse_change();

create table certificates.exchange_items (
  exchange_id uuid not null references certificates.national_exchanges (id),
  report_item_id uuid not null references certificates.report_items (id),
  -- in: what the national office decided
  decision text check (decision in ('approved', 'returned')),
  reason text,
  primary key (exchange_id, report_item_id),
  check (decision is distinct from 'returned' or reason is not null)
);
comment on table certificates.exchange_items is 'Which items a file carried, and the answer to each; append-only';
create index exchange_items_item on certificates.exchange_items (report_item_id);
create trigger exchange_items_append_only before update or delete or truncate on certificates.exchange_items
  for each statement execute function platform.refuse_change();

create table certificates.level_certificates (
  id uuid primary key default gen_random_uuid(),
  number text not null unique,
  -- unguessable: stands in the QR
  code text not null unique,
  person_id uuid not null references people.persons (id),
  holder_name text not null,
  masked_id_number text not null,
  occupation_id text not null references institutions.occupations (id),
  occupation_name text not null,
  direction text,
  level text not null check (level in ('初级', '中级', '高级')),
  organisation_id uuid not null references people.organisations (id),
  organisation_name text not null,
  province_code text not null references platform.regions (code),
  city_code text references platform.regions (code),
  report_item_id uuid not null references certificates.report_items (id),
  issued_on date not null,
  -- issued by an act of a report, or as the successor of a corrected certificate
  supersedes_id uuid unique references certificates.level_certificates (id),
  -- the canonical JSON that was signed, and by which key
  statement text not null,
  signature text not null,
  key_id text not null,
  state text not null check (state in ('issued', 'corrected', 'withdrawn')),
  reason text,
  clause text,
  changed_on date,
  check ((state = 'issued') or (reason is not null and clause is not null and changed_on is not null))
);
comment on table certificates.level_certificates is
  'Level certificates 专业技术等级证书 (HB-4.4); corrected by a successor or withdrawn, never edited';
create unique index level_certificates_one_valid on certificates.level_certificates (report_item_id) where state = 'issued';
create index level_certificates_item on certificates.level_certificates (report_item_id);
create index level_certificates_person on certificates.level_certificates (person_id);
create index level_certificates_organisation on certificates.level_certificates (organisation_id, issued_on desc);
create index level_certificates_region on certificates.level_certificates (province_code, city_code, issued_on desc);
create index level_certificates_city on certificates.level_certificates (city_code);
create index level_certificates_occupation on certificates.level_certificates (occupation_id, level);
create index level_certificates_name on certificates.level_certificates (holder_name text_pattern_ops);

-- What a certificate says is fixed at issue; only its state moves, and every move has its entry in the chain.
create function certificates.refuse_rewriting() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(old) - array['state', 'reason', 'clause', 'changed_on']
     = to_jsonb(new) - array['state', 'reason', 'clause', 'changed_on'] then
    return new;
  end if;
  raise exception 'a certificate is never edited: % on %.% is refused', tg_op, tg_table_schema, tg_table_name;
end $$;
create trigger level_certificates_fixed before update or delete on certificates.level_certificates
  for each row execute function certificates.refuse_rewriting();
create trigger level_certificates_kept before truncate on certificates.level_certificates
  for each statement execute function platform.refuse_change();

create table certificates.register_entries (
  position bigint primary key check (position > 0),
  certificate_id uuid not null references certificates.level_certificates (id),
  kind text not null check (kind in ('issued', 'corrected', 'withdrawn', 'reinstated')),
  -- of the signed statement; the chain holds no personal data
  statement_sha256 text not null,
  entered_on date not null,
  hash text not null
);
comment on table certificates.register_entries is 'Hash chain over every issue, correction, withdrawal and reinstatement; append-only';
create index register_entries_certificate on certificates.register_entries (certificate_id);
create trigger register_entries_append_only before update or delete or truncate on certificates.register_entries
  for each statement execute function platform.refuse_change();

create table certificates.certificate_changes (
  id uuid primary key default gen_random_uuid(),
  certificate_id uuid not null references certificates.level_certificates (id),
  kind text not null check (kind in ('correction', 'withdrawal', 'reinstatement')),
  reason text not null,
  clause text not null,
  -- correction: the fields that change
  corrected jsonb,
  proposed_by text not null,
  proposed_by_name text not null,
  proposed_at timestamptz not null,
  decision text check (decision in ('approved', 'rejected')),
  decided_by text check (decided_by <> proposed_by),
  decided_by_name text,
  decision_reason text,
  decided_at timestamptz,
  successor_id uuid references certificates.level_certificates (id),
  check ((kind = 'correction') = (corrected is not null)),
  check ((decision is null) = (decided_by is null))
);
comment on table certificates.certificate_changes is 'Corrections, withdrawals and their reversal: reason and clause by one person, decided by a second';
create unique index certificate_changes_one_open on certificates.certificate_changes (certificate_id) where decision is null;
create index certificate_changes_certificate on certificates.certificate_changes (certificate_id);
create index certificate_changes_successor on certificates.certificate_changes (successor_id);

create table certificates.verifications (
  id bigint generated always as identity primary key,
  method text not null check (method in ('number', 'code')),
  found boolean not null,
  certificate_kind text check (certificate_kind in ('training', 'level')),
  certificate_id uuid,
  -- keyed hash of the address that asked: enough to limit it, useless to find it
  asker bytea not null,
  checked_at timestamptz not null
);
comment on table certificates.verifications is 'Every public check, for its limit and its count; no address, no typed text';
create index verifications_asker on certificates.verifications (asker, checked_at desc);
create index verifications_certificate on certificates.verifications (certificate_id);

create view certificates.level_register as
select c.id, c.number, c.code, c.person_id, c.holder_name, c.masked_id_number, c.occupation_id, c.occupation_name, c.direction,
       c.level, c.organisation_id, c.organisation_name, c.province_code, c.city_code, c.report_item_id, c.issued_on, c.state,
       c.reason, c.clause, c.changed_on, c.supersedes_id, s.id as successor_id, s.number as successor_number
from certificates.level_certificates c
left join certificates.level_certificates s on s.supersedes_id = c.id;
comment on view certificates.level_register is 'Published: all level certificates in every state, for benefits and numbers';

create view certificates.report_facts as
select r.id, r.number, r.sitting_id, r.organisation_id, r.province_code, r.city_code, r.occupation_id, r.direction, r.level, r.state,
       r.round, r.ended_on, r.submit_due_on, r.submitted_on, r.confirm_due_on, r.confirmed_on, r.exported_on, r.audited_on,
       r.issue_due_on, r.issued_on,
       (select count(*) from certificates.report_items i where i.report_id = r.id and i.state <> 'withheld')::int as items
from certificates.result_reports r;
comment on view certificates.report_facts is 'Published: result reports with their clocks, for numbers and overdue lists';
