/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "trade.h"

#include "sm-work-orders.h"

/* Two stations, a swap robot, two engineers, and persons who may do various things. */
typedef struct
{
  Trade *trade;
  Fixture *f;
  SmActor *mia;  /* a manager: gives orders out, and confirms */
  SmActor *max;  /* another */
  SmActor *ed;   /* an engineer */
  SmActor *olga; /* an operator */
  gint64 robot, eddy, anna, part;
} Work;

#define WORK_CODE "swap-robot-fault"

extern const SmWorkOrderAct work_nothing;

gint64          work_add_part       (Work                      *w,
                                     gint64                     engineer_id);
Work           *work_new            (void);
void            work_free           (Work                      *w);
SmRow          *work_ask            (Work                      *w,
                                     SmActor                   *actor,
                                     const SmWorkOrderRequest  *wanted,
                                     GError                   **error);
SmRow          *work_try_create     (Work                      *w,
                                     SmActor                   *actor,
                                     const char                *code,
                                     gint64                     target_id,
                                     GError                   **error);
gint64          work_create         (Work                      *w,
                                     const char                *code);
SmRow          *work_try_act        (Work                      *w,
                                     SmActor                   *actor,
                                     gint64                     id,
                                     SmWorkOrderEvent           event,
                                     const SmWorkOrderAct      *act,
                                     GError                   **error);
void            work_act            (Work                      *w,
                                     SmActor                   *actor,
                                     gint64                     id,
                                     SmWorkOrderEvent           event,
                                     const SmWorkOrderAct      *said,
                                     const char                *state);
void            work_assert_refused (Work                      *w,
                                     SmActor                   *actor,
                                     gint64                     id,
                                     SmWorkOrderEvent           event,
                                     const SmWorkOrderAct      *said,
                                     const char                *slug);
SmRow          *work_look           (Work                      *w,
                                     SmNounId                   noun,
                                     gint64                     id);
void            work_assert_state   (Work                      *w,
                                     gint64                     id,
                                     const char                *state);
void            work_assert_story   (Work                      *w,
                                     gint64                     id,
                                     const char                *expected);
void            work_say            (Work                      *w,
                                     const char                *code,
                                     gboolean                   is_raised);
void            work_swap           (Work                      *w,
                                     const char                *number);
void            work_begin          (Work                      *w,
                                     gint64                     id);
SmWorkOrderAct  work_done           (const char                *fix);
SmWorkOrderAct  work_because        (const char                *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)
