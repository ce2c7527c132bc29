"""Upgrades: what takes a plan file from each version to the next, as it was released."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection


def add_scenarios(connection: Connection) -> None:
    """Take a file of version 1 to version 2: tables for named variants of the inputs."""
    for statement in _SCENARIO_TABLES.split(";"):
        connection.exec_driver_sql(statement)


def add_decisions(connection: Connection) -> None:
    """Take a file of version 2 to version 3: what measures change, and what was decided on them."""
    for statement in _DECISION_TABLES.split(";"):
        connection.exec_driver_sql(statement)


def add_reasons(connection: Connection) -> None:
    """Take a file of version 3 to version 4: why measures are right, in no language, and tasks.

    What plans kept before say about it stays as they say it, in the language of their day.
    """
    for statement in _REASON_TABLES.split(";"):
        connection.exec_driver_sql(statement)


UPGRADES: tuple[Callable[[Connection], None], ...] = (add_scenarios, add_decisions, add_reasons)
"""Step n takes a file of version n to version n + 1; a released step is never changed."""

# Spelled out, though the same tables stand in `app.store.tables`: those will go on changing.
_SCENARIO_TABLES = """
CREATE TABLE scenarios ( position INTEGER NOT NULL, scenario TEXT NOT NULL CONSTRAINT
  "scenario:filled" CHECK (scenario <> ''), note TEXT NOT NULL, PRIMARY KEY (position), UNIQUE
  (scenario) ) STRICT;
CREATE TABLE scenario_units ( position INTEGER NOT NULL, scenario TEXT NOT NULL, is_removed
  INTEGER NOT NULL CONSTRAINT "is_removed:flag" CHECK (is_removed IN (0, 1)), unit_code TEXT NOT
  NULL CONSTRAINT "unit_code:filled" CHECK (unit_code <> ''), name TEXT NOT NULL, kind TEXT NOT
  NULL CONSTRAINT "kind:code" CHECK (kind IN ('RURAL_TOWNSHIP', 'TOWN', 'STREET',
  'COUNTY_DEPARTMENT')), travel REAL NOT NULL CONSTRAINT "travel:amount" CHECK (travel >= 0 AND
  travel < 1e300), population REAL CONSTRAINT "population:amount" CHECK (population >= 0 AND
  population < 1e300), villages REAL CONSTRAINT "villages:amount" CHECK (villages >= 0 AND
  villages < 1e300), area_km2 REAL CONSTRAINT "area_km2:amount" CHECK (area_km2 >= 0 AND area_km2
  < 1e300), note TEXT NOT NULL, PRIMARY KEY (position), UNIQUE (scenario, unit_code), FOREIGN
  KEY(scenario) REFERENCES scenarios (scenario) DEFERRABLE INITIALLY DEFERRED ) STRICT;
CREATE TABLE scenario_categories ( position INTEGER NOT NULL, scenario TEXT NOT NULL, is_removed
  INTEGER NOT NULL CONSTRAINT "is_removed:flag" CHECK (is_removed IN (0, 1)), category TEXT NOT
  NULL CONSTRAINT "category:filled" CHECK (category <> ''), PRIMARY KEY (position), UNIQUE
  (scenario, category), FOREIGN KEY(scenario) REFERENCES scenarios (scenario) DEFERRABLE INITIALLY
  DEFERRED ) STRICT;
CREATE TABLE scenario_establishment ( position INTEGER NOT NULL, scenario TEXT NOT NULL,
  is_removed INTEGER NOT NULL CONSTRAINT "is_removed:flag" CHECK (is_removed IN (0, 1)), unit_code
  TEXT NOT NULL CONSTRAINT "unit_code:filled" CHECK (unit_code <> ''), category TEXT NOT NULL
  CONSTRAINT "category:filled" CHECK (category <> ''), authorised REAL CONSTRAINT
  "authorised:amount" CHECK (authorised >= 0 AND authorised < 1e300), in_post REAL CONSTRAINT
  "in_post:amount" CHECK (in_post >= 0 AND in_post < 1e300), reserved REAL CONSTRAINT
  "reserved:amount" CHECK (reserved >= 0 AND reserved < 1e300), pending REAL CONSTRAINT
  "pending:amount" CHECK (pending >= 0 AND pending < 1e300), lent_out REAL CONSTRAINT
  "lent_out:amount" CHECK (lent_out >= 0 AND lent_out < 1e300), borrowed REAL CONSTRAINT
  "borrowed:amount" CHECK (borrowed >= 0 AND borrowed < 1e300), absent REAL CONSTRAINT
  "absent:amount" CHECK (absent >= 0 AND absent < 1e300), PRIMARY KEY (position), UNIQUE
  (scenario, unit_code, category), FOREIGN KEY(scenario) REFERENCES scenarios (scenario)
  DEFERRABLE INITIALLY DEFERRED ) STRICT;
CREATE TABLE scenario_posts ( position INTEGER NOT NULL, scenario TEXT NOT NULL, is_removed
  INTEGER NOT NULL CONSTRAINT "is_removed:flag" CHECK (is_removed IN (0, 1)), post_code TEXT NOT
  NULL CONSTRAINT "post_code:filled" CHECK (post_code <> ''), unit_code TEXT NOT NULL, title TEXT
  NOT NULL, office TEXT NOT NULL, min_people REAL CONSTRAINT "min_people:amount" CHECK (min_people
  >= 0 AND min_people < 1e300), max_people REAL CONSTRAINT "max_people:amount" CHECK (max_people
  >= 0 AND max_people < 1e300), ability REAL NOT NULL CONSTRAINT "ability:positive" CHECK (ability
  > 0 AND ability < 1e300), qualifications TEXT NOT NULL, is_pinned INTEGER NOT NULL CONSTRAINT
  "is_pinned:flag" CHECK (is_pinned IN (0, 1)), note TEXT NOT NULL, PRIMARY KEY (position),
  CONSTRAINT "max_people:below_min" CHECK (min_people <= max_people), UNIQUE (scenario,
  post_code), FOREIGN KEY(scenario) REFERENCES scenarios (scenario) DEFERRABLE INITIALLY DEFERRED
  ) STRICT;
CREATE TABLE scenario_staffing ( position INTEGER NOT NULL, scenario TEXT NOT NULL, is_removed
  INTEGER NOT NULL CONSTRAINT "is_removed:flag" CHECK (is_removed IN (0, 1)), post_code TEXT NOT
  NULL CONSTRAINT "post_code:filled" CHECK (post_code <> ''), category TEXT NOT NULL CONSTRAINT
  "category:filled" CHECK (category <> ''), on_duty REAL NOT NULL CONSTRAINT "on_duty:amount"
  CHECK (on_duty >= 0 AND on_duty < 1e300), PRIMARY KEY (position), UNIQUE (scenario, post_code,
  category), FOREIGN KEY(scenario) REFERENCES scenarios (scenario) DEFERRABLE INITIALLY DEFERRED )
  STRICT;
CREATE TABLE scenario_duties ( position INTEGER NOT NULL, scenario TEXT NOT NULL, is_removed
  INTEGER NOT NULL CONSTRAINT "is_removed:flag" CHECK (is_removed IN (0, 1)), duty_code TEXT NOT
  NULL CONSTRAINT "duty_code:filled" CHECK (duty_code <> ''), name TEXT NOT NULL, list TEXT NOT
  NULL CONSTRAINT "list:code" CHECK (list IN ('CORE', 'SUPPORTING', 'RECLAIMED', 'UNLISTED')),
  area TEXT NOT NULL, superior TEXT NOT NULL, superior_duty TEXT NOT NULL, own_duty TEXT NOT NULL,
  basis TEXT NOT NULL, PRIMARY KEY (position), UNIQUE (scenario, duty_code), FOREIGN KEY(scenario)
  REFERENCES scenarios (scenario) DEFERRABLE INITIALLY DEFERRED ) STRICT;
CREATE TABLE scenario_tasks ( position INTEGER NOT NULL, scenario TEXT NOT NULL, is_removed
  INTEGER NOT NULL CONSTRAINT "is_removed:flag" CHECK (is_removed IN (0, 1)), task_code TEXT NOT
  NULL CONSTRAINT "task_code:filled" CHECK (task_code <> ''), duty_code TEXT NOT NULL, name TEXT
  NOT NULL, burden TEXT NOT NULL CONSTRAINT "burden:code" CHECK (burden IN ('FORMALISTIC',
  'NECESSARY_FORMAL', 'SUBSTANTIVE')), method TEXT NOT NULL CONSTRAINT "method:code" CHECK (method
  IN ('VOLUME', 'FIXED_HOURS')), measure TEXT NOT NULL, hours_each REAL CONSTRAINT
  "hours_each:amount" CHECK (hours_each >= 0 AND hours_each < 1e300), people_each REAL NOT NULL
  CONSTRAINT "people_each:amount" CHECK (people_each >= 0 AND people_each < 1e300), difficulty
  REAL NOT NULL CONSTRAINT "difficulty:amount" CHECK (difficulty >= 0 AND difficulty < 1e300),
  is_field INTEGER NOT NULL CONSTRAINT "is_field:flag" CHECK (is_field IN (0, 1)), saving REAL NOT
  NULL CONSTRAINT "saving:share" CHECK (saving BETWEEN 0 AND 1), form TEXT CONSTRAINT "form:code"
  CHECK (form IN ('MEETING', 'DOCUMENT', 'REPORT', 'INSPECTION', 'LEDGER', 'APP', 'OTHER')),
  ordered_by TEXT NOT NULL, qualifications TEXT NOT NULL, is_officer_only INTEGER NOT NULL
  CONSTRAINT "is_officer_only:flag" CHECK (is_officer_only IN (0, 1)), max_cut REAL CONSTRAINT
  "max_cut:share" CHECK (max_cut BETWEEN 0 AND 1), profile TEXT, evidence TEXT CONSTRAINT
  "evidence:code" CHECK (evidence IN ('RECORDS', 'SAMPLE', 'ESTIMATE')), hours_low REAL CONSTRAINT
  "hours_low:amount" CHECK (hours_low >= 0 AND hours_low < 1e300), hours_high REAL CONSTRAINT
  "hours_high:amount" CHECK (hours_high >= 0 AND hours_high < 1e300), PRIMARY KEY (position),
  CONSTRAINT "hours_high:below_low" CHECK (hours_low <= hours_high), UNIQUE (scenario, task_code),
  FOREIGN KEY(scenario) REFERENCES scenarios (scenario) DEFERRABLE INITIALLY DEFERRED ) STRICT;
CREATE TABLE scenario_volumes ( position INTEGER NOT NULL, scenario TEXT NOT NULL, is_removed
  INTEGER NOT NULL CONSTRAINT "is_removed:flag" CHECK (is_removed IN (0, 1)), unit_code TEXT NOT
  NULL CONSTRAINT "unit_code:filled" CHECK (unit_code <> ''), task_code TEXT NOT NULL CONSTRAINT
  "task_code:filled" CHECK (task_code <> ''), volume REAL NOT NULL CONSTRAINT "volume:amount"
  CHECK (volume >= 0 AND volume < 1e300), hours_each REAL CONSTRAINT "hours_each:amount" CHECK
  (hours_each >= 0 AND hours_each < 1e300), PRIMARY KEY (position), UNIQUE (scenario, unit_code,
  task_code), FOREIGN KEY(scenario) REFERENCES scenarios (scenario) DEFERRABLE INITIALLY DEFERRED
  ) STRICT;
CREATE TABLE scenario_assignments ( position INTEGER NOT NULL, scenario TEXT NOT NULL, is_removed
  INTEGER NOT NULL CONSTRAINT "is_removed:flag" CHECK (is_removed IN (0, 1)), unit_code TEXT NOT
  NULL CONSTRAINT "unit_code:filled" CHECK (unit_code <> ''), task_code TEXT NOT NULL CONSTRAINT
  "task_code:filled" CHECK (task_code <> ''), post_code TEXT NOT NULL CONSTRAINT
  "post_code:filled" CHECK (post_code <> ''), share REAL NOT NULL CONSTRAINT "share:share" CHECK
  (share BETWEEN 0 AND 1), role TEXT CONSTRAINT "role:code" CHECK (role IN ('LEAD', 'ASSIST')),
  is_pinned INTEGER NOT NULL CONSTRAINT "is_pinned:flag" CHECK (is_pinned IN (0, 1)), PRIMARY KEY
  (position), UNIQUE (scenario, unit_code, task_code, post_code), FOREIGN KEY(scenario) REFERENCES
  scenarios (scenario) DEFERRABLE INITIALLY DEFERRED ) STRICT;
CREATE TABLE scenario_working_time ( position INTEGER NOT NULL, scenario TEXT NOT NULL, is_removed
  INTEGER NOT NULL CONSTRAINT "is_removed:flag" CHECK (is_removed IN (0, 1)), category TEXT NOT
  NULL CONSTRAINT "category:filled" CHECK (category <> ''), working_days REAL NOT NULL CONSTRAINT
  "working_days:amount" CHECK (working_days >= 0 AND working_days < 1e300), leave REAL NOT NULL
  CONSTRAINT "leave:amount" CHECK (leave >= 0 AND leave < 1e300), sick REAL NOT NULL CONSTRAINT
  "sick:amount" CHECK (sick >= 0 AND sick < 1e300), training REAL NOT NULL CONSTRAINT
  "training:amount" CHECK (training >= 0 AND training < 1e300), other REAL NOT NULL CONSTRAINT
  "other:amount" CHECK (other >= 0 AND other < 1e300), days_per_week REAL NOT NULL CONSTRAINT
  "days_per_week:positive" CHECK (days_per_week > 0 AND days_per_week < 1e300), hours_per_day REAL
  NOT NULL CONSTRAINT "hours_per_day:positive" CHECK (hours_per_day > 0 AND hours_per_day <
  1e300), cost_per_year REAL CONSTRAINT "cost_per_year:amount" CHECK (cost_per_year >= 0 AND
  cost_per_year < 1e300), PRIMARY KEY (position), CONSTRAINT "working_days:year" CHECK
  (working_days BETWEEN leave + sick + training + other AND 366), CONSTRAINT "days_per_week:week"
  CHECK (days_per_week <= 7), CONSTRAINT "hours_per_day:day" CHECK (hours_per_day <= 24), UNIQUE
  (scenario, category), FOREIGN KEY(scenario) REFERENCES scenarios (scenario) DEFERRABLE INITIALLY
  DEFERRED ) STRICT;
CREATE TABLE scenario_allowances ( position INTEGER NOT NULL, scenario TEXT NOT NULL, is_removed
  INTEGER NOT NULL CONSTRAINT "is_removed:flag" CHECK (is_removed IN (0, 1)), name TEXT NOT NULL
  CONSTRAINT "name:filled" CHECK (name <> ''), kind TEXT NOT NULL CONSTRAINT "kind:code" CHECK
  (kind IN ('CATEGORY', 'INDIVIDUAL')), value REAL NOT NULL CONSTRAINT "value:amount" CHECK (value
  >= 0 AND value < 1e300), per TEXT NOT NULL CONSTRAINT "per:code" CHECK (per IN
  ('MINUTES_PER_DAY', 'HOURS_PER_DAY', 'HOURS_PER_WEEK', 'HOURS_PER_MONTH', 'DAYS_PER_MONTH',
  'DAYS_PER_YEAR', 'HOURS_PER_YEAR', 'SHARE')), scope TEXT NOT NULL, people REAL CONSTRAINT
  "people:amount" CHECK (people >= 0 AND people < 1e300), PRIMARY KEY (position), UNIQUE
  (scenario, name, kind, scope), FOREIGN KEY(scenario) REFERENCES scenarios (scenario) DEFERRABLE
  INITIALLY DEFERRED ) STRICT;
CREATE TABLE scenario_profiles ( position INTEGER NOT NULL, scenario TEXT NOT NULL, is_removed
  INTEGER NOT NULL CONSTRAINT "is_removed:flag" CHECK (is_removed IN (0, 1)), name TEXT NOT NULL
  CONSTRAINT "name:filled" CHECK (name <> ''), month_1 REAL NOT NULL CONSTRAINT "month_1:share"
  CHECK (month_1 BETWEEN 0 AND 1), month_2 REAL NOT NULL CONSTRAINT "month_2:share" CHECK (month_2
  BETWEEN 0 AND 1), month_3 REAL NOT NULL CONSTRAINT "month_3:share" CHECK (month_3 BETWEEN 0 AND
  1), month_4 REAL NOT NULL CONSTRAINT "month_4:share" CHECK (month_4 BETWEEN 0 AND 1), month_5
  REAL NOT NULL CONSTRAINT "month_5:share" CHECK (month_5 BETWEEN 0 AND 1), month_6 REAL NOT NULL
  CONSTRAINT "month_6:share" CHECK (month_6 BETWEEN 0 AND 1), month_7 REAL NOT NULL CONSTRAINT
  "month_7:share" CHECK (month_7 BETWEEN 0 AND 1), month_8 REAL NOT NULL CONSTRAINT
  "month_8:share" CHECK (month_8 BETWEEN 0 AND 1), month_9 REAL NOT NULL CONSTRAINT
  "month_9:share" CHECK (month_9 BETWEEN 0 AND 1), month_10 REAL NOT NULL CONSTRAINT
  "month_10:share" CHECK (month_10 BETWEEN 0 AND 1), month_11 REAL NOT NULL CONSTRAINT
  "month_11:share" CHECK (month_11 BETWEEN 0 AND 1), month_12 REAL NOT NULL CONSTRAINT
  "month_12:share" CHECK (month_12 BETWEEN 0 AND 1), PRIMARY KEY (position), CONSTRAINT
  "shares:whole" CHECK (abs(month_1 + month_2 + month_3 + month_4 + month_5 + month_6 + month_7 +
  month_8 + month_9 + month_10 + month_11 + month_12 - 1) < 1e-6), UNIQUE (scenario, name),
  FOREIGN KEY(scenario) REFERENCES scenarios (scenario) DEFERRABLE INITIALLY DEFERRED ) STRICT;
CREATE TABLE scenario_policy ( position INTEGER NOT NULL, scenario TEXT NOT NULL, is_removed
  INTEGER NOT NULL CONSTRAINT "is_removed:flag" CHECK (is_removed IN (0, 1)), name TEXT NOT NULL
  CONSTRAINT "name:filled" CHECK (name <> ''), value TEXT NOT NULL, PRIMARY KEY (position), UNIQUE
  (scenario, name), FOREIGN KEY(scenario) REFERENCES scenarios (scenario) DEFERRABLE INITIALLY
  DEFERRED ) STRICT
"""

_DECISION_TABLES = """
CREATE TABLE measure_effects ( position INTEGER NOT NULL, plan_id TEXT NOT NULL, rank INTEGER
  NOT NULL, unassigned_after REAL CONSTRAINT "unassigned_after:number" CHECK
  (abs(unassigned_after) < 1e300), saturation_before REAL CONSTRAINT "saturation_before:number"
  CHECK (abs(saturation_before) < 1e300), saturation_after REAL CONSTRAINT
  "saturation_after:number" CHECK (abs(saturation_after) < 1e300), to_saturation_before REAL
  CONSTRAINT "to_saturation_before:number" CHECK (abs(to_saturation_before) < 1e300),
  to_saturation_after REAL CONSTRAINT "to_saturation_after:number" CHECK
  (abs(to_saturation_after) < 1e300), evidence TEXT CONSTRAINT "evidence:code" CHECK (evidence
  IN ('RECORDS', 'SAMPLE', 'ESTIMATE')), PRIMARY KEY (position), UNIQUE (plan_id, rank), FOREIGN
  KEY(plan_id) REFERENCES plans (plan_id) DEFERRABLE INITIALLY DEFERRED ) STRICT;
CREATE TABLE measure_parts ( position INTEGER NOT NULL, plan_id TEXT NOT NULL, rank INTEGER NOT
  NULL, number INTEGER NOT NULL, unit_code TEXT NOT NULL, post_code TEXT NOT NULL, to_post_code
  TEXT NOT NULL, hours REAL NOT NULL CONSTRAINT "hours:number" CHECK (abs(hours) < 1e300),
  PRIMARY KEY (position), UNIQUE (plan_id, rank, number), FOREIGN KEY(plan_id) REFERENCES plans
  (plan_id) DEFERRABLE INITIALLY DEFERRED ) STRICT;
CREATE TABLE decisions ( position INTEGER NOT NULL, measure TEXT NOT NULL CONSTRAINT
  "measure:filled" CHECK (measure <> ''), verdict TEXT NOT NULL CONSTRAINT "verdict:code" CHECK
  (verdict IN ('accepted', 'rejected')), plan_id TEXT NOT NULL, PRIMARY KEY (position), UNIQUE
  (measure), FOREIGN KEY(plan_id) REFERENCES plans (plan_id) DEFERRABLE INITIALLY DEFERRED )
  STRICT
"""

_REASON_TABLES = """
CREATE TABLE plan_remarks ( position INTEGER NOT NULL, plan_id TEXT NOT NULL, code TEXT NOT NULL,
  share REAL CONSTRAINT "share:number" CHECK (abs(share) < 1e300), hours REAL CONSTRAINT
  "hours:number" CHECK (abs(hours) < 1e300), count INTEGER, PRIMARY KEY (position), UNIQUE
  (plan_id, code), FOREIGN KEY(plan_id) REFERENCES plans (plan_id) DEFERRABLE INITIALLY DEFERRED
  ) STRICT;
CREATE TABLE measure_tasks ( position INTEGER NOT NULL, plan_id TEXT NOT NULL, rank INTEGER NOT
  NULL, number INTEGER NOT NULL, task_code TEXT NOT NULL, PRIMARY KEY (position), UNIQUE
  (plan_id, rank, number), FOREIGN KEY(plan_id) REFERENCES plans (plan_id) DEFERRABLE INITIALLY
  DEFERRED ) STRICT;
CREATE TABLE measure_reasons ( position INTEGER NOT NULL, plan_id TEXT NOT NULL, rank INTEGER NOT
  NULL, because TEXT NOT NULL, needs TEXT NOT NULL, area TEXT NOT NULL, cap REAL CONSTRAINT
  "cap:number" CHECK (abs(cap) < 1e300), names TEXT NOT NULL, is_above_target INTEGER NOT NULL
  CONSTRAINT "is_above_target:flag" CHECK (is_above_target IN (0, 1)), PRIMARY KEY (position),
  UNIQUE (plan_id, rank), FOREIGN KEY(plan_id) REFERENCES plans (plan_id) DEFERRABLE INITIALLY
  DEFERRED ) STRICT
"""
