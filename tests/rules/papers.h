/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "trade.h"

#include "sm-papers.h"

/* Two stations, an engineer, and persons who may do various things. */
typedef struct
{
  Trade *trade;
  Fixture *f;
  SmActor *mia;  /* a manager: plans, judges */
  SmActor *max;  /* another */
  SmActor *ed;   /* an engineer: looks, and reports */
  SmActor *walt; /* the wall: only reads */
  gint64 eddy, now;
} Papers;

/* For what runs in the writer: papers_do_create(), papers_do_change(), papers_do_remove(). */
typedef struct
{
  SmActor *actor;
  char *key;
  gint64 id, seen_seq;
  SmPaperWish wish;
  SmNounId noun;
} PapersDoing;

Papers      *papers_new            (void);
void         papers_free           (Papers        *w);
gpointer     papers_do_create      (SmRules       *rules,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);
gpointer     papers_do_change      (SmRules       *rules,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);
gpointer     papers_do_remove      (SmRules       *rules,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);
void         papers_say_text       (SmPaperWish   *wish,
                                    guint          field,
                                    const char    *text);
void         papers_say_int        (SmPaperWish   *wish,
                                    guint          field,
                                    gint64         value);
SmPaperWish  papers_wish           (SmNounId       noun);
SmRow       *papers_done           (Papers        *w,
                                    SmActor       *actor,
                                    gint64         id,
                                    SmPaperWish    wish);
void         papers_assert_refused (Papers        *w,
                                    SmActor       *actor,
                                    gint64         id,
                                    SmPaperWish    wish,
                                    const char    *slug);
SmRow       *papers_remove         (Papers        *w,
                                    SmActor       *actor,
                                    SmNounId       noun,
                                    gint64         id,
                                    GError       **error);
GPtrArray   *papers_list           (Papers        *w,
                                    SmNounId       noun);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Papers, papers_free)
