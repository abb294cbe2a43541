/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"

G_BEGIN_DECLS

/** SmLimitEvent: a limit was passed for long enough, or the value came back. */
typedef struct
{
  gboolean raised;
  gboolean family_active; /* of a return: another limit of the same code still holds */
  char *code;             /* of the alarm: the limit's up to a '/' */
  const SmNoun *noun;
  guint field;
  gint64 id;
  int level;
  double value;
  double limit_value;
  gint64 at; /* network time */

  /* Of what a device said of itself, or another rule found: */
  char *sender_code;   /* (nullable) */
  char *sender_text;   /* (nullable) */
  gint64 equipment_id; /* 0: none */
} SmLimitEvent;

/* The field of an event that no value led to. */
#define SM_LIMIT_NO_FIELD G_MAXUINT

/**
 * SmLimits:
 *
 * The limits and how each thing stands to them, in memory: hysteresis and
 * delay as a pure machine of (value, now).  What it finds waits in a queue
 * until it has been written down.  Writer's thread only.
 */
typedef struct _SmLimits SmLimits;

/** SmLimitValueFunc: Returns: the value of a field of a thing; NAN: unknown */
typedef double (*SmLimitValueFunc) (gconstpointer thing,
                                    guint         field);

SmLimits     *sm_limits_new         (void);
void          sm_limits_free        (SmLimits          *self);
void          sm_limits_set         (SmLimits          *self,
                                     GPtrArray         *limits);
void          sm_limits_restore     (SmLimits          *self,
                                     const SmNoun      *noun,
                                     guint              subject,
                                     const char        *code,
                                     gint64             level);
gboolean      sm_limits_has_family  (SmLimits          *self,
                                     const char        *code);
void          sm_limits_evaluate    (SmLimits          *self,
                                     const SmNoun      *noun,
                                     guint              subject,
                                     gint64             id,
                                     SmLimitValueFunc   value,
                                     gconstpointer      thing,
                                     gint64             now);
gboolean      sm_limits_is_near     (SmLimits          *self,
                                     const SmNoun      *noun,
                                     SmLimitValueFunc   value,
                                     gconstpointer      thing);
void          sm_limits_tick        (SmLimits          *self,
                                     gint64             now);
GPtrArray    *sm_limits_get_queue   (SmLimits          *self);
SmLimitEvent *sm_limits_add_event   (SmLimits          *self,
                                     const SmNoun      *noun,
                                     gint64             id,
                                     const char        *code,
                                     int                level,
                                     gboolean           raised,
                                     gint64             now);
void          sm_limits_add_return  (SmLimits          *self,
                                     const SmNoun      *noun,
                                     gint64             id,
                                     const char        *code,
                                     gint64             now);

G_END_DECLS
