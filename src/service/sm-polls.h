/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-exchange.h"
#include "sm-gzipped.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/**
 * SmPolls:
 *
 * Requests that wait for something new.  Those that ask for the same thing
 * share one answer, which is read and encoded once, in a reader's thread, and
 * read again only when the rules have moved on.  Main thread only.
 */
typedef struct _SmPolls SmPolls;

typedef enum
{
  SM_POLL_CHANGES, /* moves with seq */
  SM_POLL_LIVE,    /* moves with the tick; its answer is kept for the next who asks */
} SmPollKind;

/** SmPollPage: what an SmReadFunc for polls gives. */
typedef struct
{
  GBytes *body;
  SmGzipped *packed; /* the same, compressed when somebody wants it so */
  gboolean is_empty; /* worth waiting for more */
} SmPollPage;

SmPollPage *sm_poll_page_new   (SmJsonWriter   *writer,
                                gboolean        is_empty);

SmPolls    *sm_polls_new       (SmRules        *rules);
void        sm_polls_free      (SmPolls        *self);
guint       sm_polls_get_open  (SmPolls        *self);
guint64     sm_polls_get_readings (SmPolls     *self);
void        sm_polls_wait      (SmPolls        *self,
                                SmExchange     *exchange,
                                const char     *key,
                                SmPollKind      kind,
                                guint           wait_s,
                                SmReadFunc      func,
                                gpointer        data,
                                GDestroyNotify  data_free);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmPolls, sm_polls_free)

G_END_DECLS
