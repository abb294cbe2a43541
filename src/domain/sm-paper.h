/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"

G_BEGIN_DECLS

/** SmPaperCreation: whether a field is said when one is made. */
typedef enum
{
  SM_PAPER_NEVER,
  SM_PAPER_OPTIONAL,
  SM_PAPER_REQUIRED,
} SmPaperCreation;

typedef struct
{
  guint field;
  SmPaperCreation creation;
  gboolean is_changeable;
  glong max_chars; /* of a text */
} SmPaperField;

/**
 * SmPaper:
 *
 * What persons write down about stations and people, field by field: inspections, safety
 * incidents, certificates, where people are reached, and what ends a problem.  Both programs
 * know from here who may say what of one.
 */
typedef struct
{
  SmNounId noun;
  const char *create; /* (nullable): the permission to make one; the service alone does */
  const char *change; /* and to change one */
  SmNounId about;     /* what each is about, and whose keys of scope it has; or itself */
  guint about_field;  /* which one */
  const SmPaperField *fields;
  guint n_fields;
} SmPaper;

#define SM_PAPER_PLAN "inspection.plan"
#define SM_PAPER_INSPECT "inspection.work"
#define SM_PAPER_REPORT "incident.report"
#define SM_PAPER_MANAGE "incident.manage"
#define SM_PAPER_CERTIFY "certificate.edit"
#define SM_PAPER_CONTACT "contact.edit"
#define SM_PAPER_SOLVE "problem.solve"

#define SM_PAPER_MAX_CHARS 2000
#define SM_PAPER_MAX_NAME_CHARS 100

#define SM_N_PAPERS 5
extern const SmPaper sm_papers[SM_N_PAPERS];

/* A problem is open until somebody else than who wrote the solution down (its solved_by)
 * says that it helped. */
typedef enum
{
  SM_PROBLEM_STATE_OPEN,
  SM_PROBLEM_STATE_SOLVED,
} SmProblemState;

/* The six S: the score of each; its note is the next field. */
#define SM_INSPECTION_N_S 6
#define SM_INSPECTION_SCORE_OF(s) (SM_INSPECTION_SORT_SCORE + 2 * (guint) (s))
#define SM_INSPECTION_NOTE_OF(s) (SM_INSPECTION_SORT_NOTE + 2 * (guint) (s))

/* How long before it ends a certificate is pointed out. */
#define SM_CERTIFICATE_WARN_US (30 * G_GINT64_CONSTANT (86400000000))

const SmPaper      *sm_paper_get        (SmNounId       noun);
const SmPaperField *sm_paper_find_field (const SmPaper *paper,
                                         const char    *name);
int                 sm_inspection_sum   (const SmRow   *inspection);

G_END_DECLS
