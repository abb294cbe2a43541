/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-fault-guide.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/**
 * SmGuideEdit:
 *
 * What a person wants of the guide of a fault code to be otherwise; each part
 * that is named and null is to be as the catalogue comes with it again.
 */
typedef struct
{
  gboolean has_consequence;
  const char *consequence;
  gboolean has_consequence_zh;
  const char *consequence_zh;
  gboolean has_causes;
  GPtrArray *causes;        /* (nullable): of SmGuideLine */
  gboolean has_steps;
  GPtrArray *steps;         /* (nullable): of SmGuideLine */
  gboolean has_respond_s;
  gint64 respond_s;         /* SM_UNKNOWN: as it comes */
  gboolean has_command;
  const char *command;      /* (nullable): its kind; "none" */
  gboolean has_level;
  gint64 level;             /* SM_UNKNOWN: as it comes */
  gboolean has_forbids;
  gint64 forbids;           /* bits 1 << SmCommandKind; SM_UNKNOWN: as it comes */
} SmGuideEdit;

/* In a reader's thread. */
SmFaultGuide *sm_guides_find      (SmReader           *reader,
                                   const char         *code,
                                   GError            **error);
GPtrArray    *sm_guides_list      (SmReader           *reader,
                                   GError            **error);
GPtrArray    *sm_guide_steps_read (SmReader           *reader,
                                   SmActor            *actor,
                                   gint64              alarm_id,
                                   GError            **error);

/* In the writer's thread. */
SmFaultGuide *sm_guides_change    (SmRules            *rules,
                                   SmActor            *actor,
                                   const char         *code,
                                   gint64              if_rev,
                                   const SmGuideEdit  *edit,
                                   GError            **error);
GPtrArray    *sm_guide_steps_tick (SmRules            *rules,
                                   SmActor            *actor,
                                   const char         *idempotency_key,
                                   gint64              alarm_id,
                                   const char         *step,
                                   gboolean            is_done,
                                   const char         *note,
                                   GError            **error);

G_END_DECLS
