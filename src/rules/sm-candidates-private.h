/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-candidates.h"
#include "sm-work-times.h"

G_BEGIN_DECLS

/** SmCandidateBook: The rows of the register that say who can do what; by id where that is named. */
typedef struct
{
  GPtrArray *points;       /* of SmRow */
  GHashTable *points_by_id, *organisations;
  GPtrArray *certificates, *parts, *roster;
  GPtrArray *open;         /* work orders that are not over */
  GArray *refusals;        /* of SmWorkRefusal: who said no to one of them */
  GHashTable *live;        /* engineers' live rows by id */
} SmCandidateBook;

SmCandidateBook *sm_candidate_book_read     (SmReader              *reader,
                                             SmActor               *actor,
                                             GError               **error);
void             sm_candidate_book_free     (SmCandidateBook       *self);
gboolean         sm_candidate_place         (SmReader              *reader,
                                             SmActor               *actor,
                                             const SmRow           *order,
                                             double                *out_latitude,
                                             double                *out_longitude);
GPtrArray       *sm_candidate_read_all      (SmReader              *reader,
                                             SmActor               *actor,
                                             SmNounId               noun,
                                             GError               **error);
void             sm_candidate_shift         (const SmCandidateBook *self,
                                             const SmRow           *engineer,
                                             gint64                 now,
                                             SmDispatchEngineer    *out);
gboolean         sm_work_order_runs         (const SmRow           *order);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmCandidateBook, sm_candidate_book_free)

G_END_DECLS
