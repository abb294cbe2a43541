/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-paper.h"

#include "sm-row.h"

#include <string.h>

#define SCORE(S) { SM_INSPECTION_##S##_SCORE, SM_PAPER_NEVER, TRUE, 20 }
#define NOTE(S) { SM_INSPECTION_##S##_NOTE, SM_PAPER_NEVER, TRUE, SM_PAPER_MAX_CHARS }

static const SmPaperField inspection_fields[] = {
  { SM_INSPECTION_STATION_ID, SM_PAPER_REQUIRED, FALSE, 0 },
  { SM_INSPECTION_TEMPLATE, SM_PAPER_REQUIRED, FALSE, 40 },
  { SM_INSPECTION_TEMPLATE_ID, SM_PAPER_OPTIONAL, FALSE, 0 },
  { SM_INSPECTION_PLANNED_AT, SM_PAPER_REQUIRED, FALSE, 0 },
  { SM_INSPECTION_INSPECTOR, SM_PAPER_OPTIONAL, TRUE, SM_PAPER_MAX_NAME_CHARS },
  { SM_INSPECTION_EVERY_DAYS, SM_PAPER_OPTIONAL, TRUE, 0 },
  SCORE (SORT), NOTE (SORT),
  SCORE (SET_IN_ORDER), NOTE (SET_IN_ORDER),
  SCORE (SHINE), NOTE (SHINE),
  SCORE (STANDARDISE), NOTE (STANDARDISE),
  SCORE (SUSTAIN), NOTE (SUSTAIN),
  SCORE (SAFETY), NOTE (SAFETY),
  { SM_INSPECTION_STATE, SM_PAPER_NEVER, TRUE, 20 },
  { SM_INSPECTION_END_REASON, SM_PAPER_NEVER, TRUE, SM_PAPER_MAX_CHARS },
};

static const SmPaperField incident_fields[] = {
  { SM_INCIDENT_STATION_ID, SM_PAPER_REQUIRED, FALSE, 0 },
  { SM_INCIDENT_KIND, SM_PAPER_REQUIRED, FALSE, 40 },
  { SM_INCIDENT_LEVEL, SM_PAPER_REQUIRED, FALSE, 0 },
  { SM_INCIDENT_HAPPENED_AT, SM_PAPER_REQUIRED, FALSE, 0 },
  { SM_INCIDENT_PEOPLE_HURT, SM_PAPER_OPTIONAL, FALSE, 0 },
  { SM_INCIDENT_TEXT, SM_PAPER_REQUIRED, FALSE, SM_PAPER_MAX_CHARS },
  { SM_INCIDENT_CAUSE, SM_PAPER_NEVER, TRUE, SM_PAPER_MAX_CHARS },
  { SM_INCIDENT_MEASURES, SM_PAPER_NEVER, TRUE, SM_PAPER_MAX_CHARS },
  { SM_INCIDENT_STATE, SM_PAPER_NEVER, TRUE, 20 },
};

static const SmPaperField certificate_fields[] = {
  { SM_CERTIFICATE_ENGINEER_ID, SM_PAPER_REQUIRED, FALSE, 0 },
  { SM_CERTIFICATE_KIND, SM_PAPER_REQUIRED, FALSE, 40 },
  { SM_CERTIFICATE_NUMBER, SM_PAPER_OPTIONAL, TRUE, SM_PAPER_MAX_NAME_CHARS },
  { SM_CERTIFICATE_ISSUER, SM_PAPER_OPTIONAL, TRUE, SM_PAPER_MAX_NAME_CHARS },
  { SM_CERTIFICATE_ISSUED_ON, SM_PAPER_OPTIONAL, TRUE, 0 },
  { SM_CERTIFICATE_EXPIRES_AT, SM_PAPER_REQUIRED, TRUE, 0 },
};

static const SmPaperField contact_fields[] = {
  { SM_CONTACT_PERSON, SM_PAPER_REQUIRED, FALSE, SM_PAPER_MAX_NAME_CHARS },
  { SM_CONTACT_LANGUAGE, SM_PAPER_REQUIRED, TRUE, 10 },
  { SM_CONTACT_SMS, SM_PAPER_OPTIONAL, TRUE, SM_PAPER_MAX_NAME_CHARS },
  { SM_CONTACT_EMAIL, SM_PAPER_OPTIONAL, TRUE, SM_PAPER_MAX_NAME_CHARS },
  { SM_CONTACT_VOICE, SM_PAPER_OPTIONAL, TRUE, SM_PAPER_MAX_NAME_CHARS },
};

static const SmPaperField problem_fields[] = {
  { SM_PROBLEM_CAUSE, SM_PAPER_NEVER, TRUE, SM_PAPER_MAX_CHARS },
  { SM_PROBLEM_SOLUTION, SM_PAPER_NEVER, TRUE, SM_PAPER_MAX_CHARS },
  { SM_PROBLEM_STATE, SM_PAPER_NEVER, TRUE, 20 },
};

static const SmPaperField complaint_fields[] = {
  { SM_COMPLAINT_STATION_ID, SM_PAPER_REQUIRED, FALSE, 0 },
  { SM_COMPLAINT_VEHICLE_ID, SM_PAPER_OPTIONAL, FALSE, 0 },
  { SM_COMPLAINT_ORDER_NUMBER, SM_PAPER_OPTIONAL, FALSE, SM_PAPER_MAX_NAME_CHARS },
  { SM_COMPLAINT_COMPLAINANT, SM_PAPER_REQUIRED, FALSE, SM_PAPER_MAX_NAME_CHARS },
  { SM_COMPLAINT_TEXT, SM_PAPER_REQUIRED, FALSE, SM_PAPER_MAX_CHARS },
  { SM_COMPLAINT_REASON, SM_PAPER_NEVER, TRUE, SM_PAPER_MAX_CHARS },
  { SM_COMPLAINT_STATE, SM_PAPER_NEVER, TRUE, 20 },
};

static const SmPaperField part_fields[] = {
  { SM_PART_CODE, SM_PAPER_REQUIRED, FALSE, 40 },
  { SM_PART_NAME, SM_PAPER_REQUIRED, FALSE, SM_PAPER_MAX_NAME_CHARS },
  { SM_PART_ENGINEER_ID, SM_PAPER_OPTIONAL, FALSE, 0 },
  { SM_PART_SERVICE_POINT_ID, SM_PAPER_OPTIONAL, FALSE, 0 },
  { SM_PART_QUANTITY, SM_PAPER_REQUIRED, TRUE, 0 },
  { SM_PART_MINIMUM, SM_PAPER_OPTIONAL, TRUE, 0 },
};

const SmPaper sm_papers[SM_N_PAPERS] = {
  { SM_NOUN_INSPECTION, SM_PAPER_PLAN, SM_PAPER_INSPECT, SM_NOUN_STATION,
    SM_INSPECTION_STATION_ID, inspection_fields, G_N_ELEMENTS (inspection_fields) },
  { SM_NOUN_SAFETY_INCIDENT, SM_PAPER_REPORT, SM_PAPER_MANAGE, SM_NOUN_STATION,
    SM_INCIDENT_STATION_ID, incident_fields, G_N_ELEMENTS (incident_fields) },
  { SM_NOUN_CERTIFICATE, SM_PAPER_CERTIFY, SM_PAPER_CERTIFY, SM_NOUN_ENGINEER,
    SM_CERTIFICATE_ENGINEER_ID, certificate_fields, G_N_ELEMENTS (certificate_fields) },
  { SM_NOUN_CONTACT, SM_PAPER_CONTACT, SM_PAPER_CONTACT, SM_NOUN_CONTACT, SM_ROW_ID,
    contact_fields, G_N_ELEMENTS (contact_fields) },
  { SM_NOUN_PROBLEM_RECORD, NULL, SM_PAPER_SOLVE, SM_NOUN_STATION, SM_PROBLEM_STATION_ID,
    problem_fields, G_N_ELEMENTS (problem_fields) },
  { SM_NOUN_COMPLAINT, SM_PAPER_RECEIVE, SM_PAPER_DECIDE, SM_NOUN_STATION,
    SM_COMPLAINT_STATION_ID, complaint_fields, G_N_ELEMENTS (complaint_fields) },
  { SM_NOUN_PART, SM_PAPER_COUNT, SM_PAPER_COUNT, SM_NOUN_PART, SM_ROW_ID, part_fields,
    G_N_ELEMENTS (part_fields) },
};

/** sm_paper_get: Returns: (transfer none) (nullable): what is said of @noun, if it is one */
const SmPaper *
sm_paper_get (SmNounId noun)
{
  for (guint i = 0; i < SM_N_PAPERS; i++)
    if (sm_papers[i].noun == noun)
      return &sm_papers[i];
  return NULL;
}

/** sm_paper_find_field: Returns: (transfer none) (nullable): the field that is called @name */
const SmPaperField *
sm_paper_find_field (const SmPaper *paper,
                     const char    *name)
{
  const SmNoun *noun = sm_noun_get (paper->noun);

  for (guint i = 0; i < paper->n_fields; i++)
    if (strcmp (noun->fields[paper->fields[i].field].name, name) == 0)
      return &paper->fields[i];
  return NULL;
}

/**
 * sm_inspection_sum:
 *
 * Returns: how much of what can be reached it is, in percent; %SM_ENUM_UNKNOWN while one of
 *   the six has no score
 */
int
sm_inspection_sum (const SmRow *inspection)
{
  int points = 0;

  for (guint s = 0; s < SM_INSPECTION_N_S; s++)
    {
      guint score = sm_row_get_enum (inspection, SM_INSPECTION_SCORE_OF (s));

      if (score > SM_INSPECTION_SCORE_FAILED)
        return SM_ENUM_UNKNOWN;
      points += SM_INSPECTION_SCORE_FAILED - (int) score;
    }
  return points * 100 / (SM_INSPECTION_N_S * SM_INSPECTION_SCORE_FAILED);
}

/** sm_checklist_suits: Whether all that is looked at by @checklist is there at @station. */
gboolean
sm_checklist_suits (const SmRow *checklist,
                    const SmRow *station)
{
  guint kind = sm_row_get_enum (station, SM_STATION_KIND);

  return kind == sm_slug_index (sm_station_kinds, "swap_and_charge")
         || kind == sm_row_get_enum (checklist, SM_CHECKLIST_STATION_KIND);
}
