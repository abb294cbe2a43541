/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <math.h>

G_BEGIN_DECLS

/**
 * SmWorkOrderCandidate: who could go to a work order, as the service tells it; the parts of the
 * time sum to restore_s.
 */
typedef struct
{
  gint64 engineer_id;
  gint64 jobs;   /* that they have */
  gint64 places; /* how many they may have */
  double road_m; /* NAN: not known */
  gint64 shift_s, job_s, travel_s, part_s, work_s, restore_s;
  gboolean is_late;     /* the restore clock breaks before */
  gboolean is_overtime; /* their shift ends before */
  GPtrArray *bars;      /* of char *: slugs of why they cannot go; none: they can */
  GPtrArray *skills, *certificates, *parts; /* of char *: what they lack */
} SmWorkOrderCandidate;

static inline SmWorkOrderCandidate *
sm_work_order_candidate_new (void)
{
  SmWorkOrderCandidate *self = g_new0 (SmWorkOrderCandidate, 1);

  self->road_m = NAN;
  self->bars = g_ptr_array_new_with_free_func (g_free);
  self->skills = g_ptr_array_new_with_free_func (g_free);
  self->certificates = g_ptr_array_new_with_free_func (g_free);
  self->parts = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static inline void
sm_work_order_candidate_free (SmWorkOrderCandidate *self)
{
  g_ptr_array_unref (self->bars);
  g_ptr_array_unref (self->skills);
  g_ptr_array_unref (self->certificates);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmWorkOrderCandidate, sm_work_order_candidate_free)

G_END_DECLS
