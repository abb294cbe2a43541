/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-fault-code.h"

G_BEGIN_DECLS

/** SmGuideLine: a probable cause, or a step of what to do. */
typedef struct
{
  char *id;      /* of the catalogue, or what somebody called it */
  char *text;    /* (nullable): in a person's words; otherwise sm_guide_line_get_text() has ours */
  char *text_zh; /* (nullable): the same in Chinese, where that is written apart */
  double weight; /* of a cause: how much of all that such faults came from, 0-1; 0: of a step */
} SmGuideLine;

SmGuideLine *sm_guide_line_new  (const char        *id,
                                 const char        *text,
                                 double             weight);
SmGuideLine *sm_guide_line_copy (const SmGuideLine *self);
void         sm_guide_line_free (SmGuideLine       *self);

/**
 * SmFaultGuide:
 *
 * What is to be known of a fault and done about it: as the catalogue comes
 * with it, and what persons changed in that.
 */
typedef struct
{
  char *code;              /* as it was asked for */
  char *consequence;       /* id of the catalogue's */
  char *consequence_text;  /* (nullable): in a person's words, that go before it */
  char *consequence_zh;    /* (nullable): the same in Chinese */
  int level;               /* 1-4, of which such alarms are raised */
  GPtrArray *causes;       /* of SmGuideLine, likeliest first */
  GPtrArray *steps;        /* of SmGuideLine, in their order */
  gint64 respond_s;        /* within which somebody is to have begun */
  guint command;           /* SmCommandKind that may be tried, or %SM_ENUM_UNKNOWN */
  guint forbids;           /* bits 1 << SmCommandKind that must not be tried while it lasts */
  gboolean is_safety;
  gint64 rev;              /* how often it was changed; 0: as it comes */
  gint64 edited_at;        /* 0: never */
  char *edited_by;         /* (nullable) */
} SmFaultGuide;

SmFaultGuide *sm_fault_guide_new       (const char          *code);
SmFaultGuide *sm_fault_guide_copy      (const SmFaultGuide  *self);
void          sm_fault_guide_free      (SmFaultGuide        *self);
gboolean      sm_fault_guide_check     (const SmFaultGuide  *self,
                                        GError             **error);
const SmGuideLine *sm_fault_guide_find_step (const SmFaultGuide *self,
                                        const char          *step);

const char   *sm_fault_guide_get_consequence (const SmFaultGuide *self);
const char   *sm_guide_line_get_text   (const SmGuideLine   *self);
const char   *sm_guide_english         (const char          *id,
                                        const char         **out_context);
const char   *sm_command_condition     (guint                kind);

/** SmGuideStep: a step of what to do about one alarm, and what somebody said of it. */
typedef struct
{
  char *id;
  char *text;     /* (nullable): in a person's words; see sm_guide_step_get_text() */
  char *text_zh;  /* (nullable): the same in Chinese */
  gboolean is_done;
  char *note;     /* (nullable) */
  gint64 at;      /* when somebody said so, network time; 0: nobody did yet */
  char *person;   /* (nullable): who */
} SmGuideStep;

SmGuideStep  *sm_guide_step_new        (const char          *id,
                                        const char          *text);
void          sm_guide_step_free       (SmGuideStep         *self);
const char   *sm_guide_step_get_text   (const SmGuideStep   *self);
GPtrArray    *sm_guide_steps_new       (void);

/* What a person may write: so that a panel can show it. */
#define SM_GUIDE_MAX_LINES 20
#define SM_GUIDE_MAX_TEXT 500
#define SM_GUIDE_MAX_RESPOND_S (30 * 24 * 3600)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmGuideLine, sm_guide_line_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmFaultGuide, sm_fault_guide_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmGuideStep, sm_guide_step_free)

/* --- as it comes --- */

/** SmGuideDefault: a line of the catalogue; see sm-fault-guide-data.c */
typedef struct
{
  const char *code;
  const char *consequence;
  const char *causes; /* "loose-contact 5 sensor-fault 3": by how much they weigh */
  const char *steps;  /* "clear-people call-site" */
  int respond_s;
  guint command;
  guint forbids;
} SmGuideDefault;

typedef struct
{
  const char *id;
  const char *word;
} SmGuideWord;

const SmGuideDefault *sm_guide_default_find (const char *code);
extern const SmGuideWord sm_guide_consequences[];
extern const SmGuideWord sm_guide_causes[];
extern const SmGuideWord sm_guide_steps[];

G_END_DECLS
