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
 * incidents, certificates, where people are reached, what ends a problem, and complaints.  Both programs
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
#define SM_PAPER_COUNT "part.count"
#define SM_PAPER_RECEIVE "complaint.receive"
#define SM_PAPER_DECIDE "complaint.decide"

#define SM_PAPER_MAX_CHARS 2000
#define SM_PAPER_MAX_NAME_CHARS 100

#define SM_N_PAPERS 7
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

/* What comes again more seldom is planned by itself. */
#define SM_INSPECTION_MOST_DAYS 366

/* More of one part lie nowhere. */
#define SM_PART_MAX_QUANTITY 100000

/* Of a template from a file: what to look at for each of the six S, and the same in Chinese. */
#define SM_CHECKLIST_CHECKS_OF(s) (SM_CHECKLIST_SORT + 2 * (guint) (s))
#define SM_CHECKLIST_CHECKS_ZH_OF(s) (SM_CHECKLIST_SORT_ZH + 2 * (guint) (s))
#define SM_CHECKLIST_MOST_CHECKS 10 /* for each of them */
#define SM_CHECKLIST_MAX_CHARS 200  /* each */
#define SM_CHECKLIST_MAX_NAME_CHARS 60
#define SM_CHECKLISTS_MOST 50

/* How long before it ends a certificate is pointed out. */
#define SM_CERTIFICATE_WARN_US (30 * G_GINT64_CONSTANT (86400000000))

/* Within what time somebody decides about a complaint. */
#define SM_COMPLAINT_DECIDE_US (24 * G_GINT64_CONSTANT (3600000000))

const SmPaper      *sm_paper_get        (SmNounId       noun);
const SmPaperField *sm_paper_find_field (const SmPaper *paper,
                                         const char    *name);
int                 sm_inspection_sum   (const SmRow   *inspection);
gboolean            sm_checklist_suits  (const SmRow   *checklist,
                                         const SmRow   *station);

G_END_DECLS
