/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"

G_BEGIN_DECLS

/** SmMemo: what holds for the whole network, is kept as a line of text, and is in no feed */
typedef struct
{
  const char *act;    /* the permission that a change needs, and its name in the audit */
  const char *object; /* what it is called there */
  const char *name;   /* under which it is kept */
} SmMemo;

gboolean sm_memo_may_change (const SmActor  *actor,
                             const char     *act,
                             gint64          if_rev,
                             gint64          rev,
                             GError        **error);
gboolean sm_memo_write      (SmRules        *rules,
                             const SmActor  *actor,
                             const SmMemo   *memo,
                             const char     *text,
                             const char     *was,
                             const char     *is,
                             GError        **error);
gboolean sm_memo_refuse     (SmRules        *rules,
                             const SmActor  *actor,
                             const SmMemo   *memo,
                             GError         *refusal,
                             GError        **error);

G_END_DECLS
