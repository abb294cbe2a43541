/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/** SmWindowPlan: What a person wants to have worked on; what is NULL is refused. */
typedef struct
{
  const char *scope_noun; /* of sm_window_scopes */
  gint64 scope_id;
  gint64 starts_at, ends_at;
  const char *reason;
  const char *risk;       /* of sm_window_risks */
  const char *risk_note;
  const char *suppresses; /* of sm_window_suppressions */
} SmWindowPlan;

/** SmWindowAct: What a person does to a window that is planned. */
typedef enum
{
  SM_WINDOW_ACT_APPROVE,
  SM_WINDOW_ACT_CANCEL, /* with a reason */
  SM_WINDOW_ACT_CLOSE,  /* with a reason where no test is needed */
  SM_WINDOW_ACT_EXTEND, /* until when, and why */
} SmWindowAct;

/* In the writer's thread. */
SmRow *sm_windows_plan (SmRules             *rules,
                        SmActor             *actor,
                        const char          *idempotency_key,
                        const SmWindowPlan  *plan,
                        GError             **error);
SmRow *sm_windows_act  (SmRules             *rules,
                        SmActor             *actor,
                        const char          *idempotency_key,
                        gint64               window_id,
                        SmWindowAct          act,
                        gint64               ends_at,
                        const char          *reason,
                        SmRow              **out_current,
                        GError             **error);

G_END_DECLS
