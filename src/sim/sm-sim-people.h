/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sim-world.h"

G_BEGIN_DECLS

/**
 * SmSimPeople:
 *
 * The engineers: three shifts, each at a service point until somebody calls;
 * or an order sends them; then on the way, at work, and on the way back.  Plain
 * arrays; one thread at a time.
 */
typedef struct _SmSimPeople SmSimPeople;

typedef gboolean (*SmSimPeopleFunc) (guint    index,
                                     gpointer data);

SmSimPeople *sm_sim_people_new      (const SmSimWorld *world,
                                     gint64            now_us);
void         sm_sim_people_free     (SmSimPeople      *self);
void         sm_sim_people_begin    (SmSimPeople      *self,
                                     GPtrArray        *rows);
gint64       sm_sim_people_call     (SmSimPeople      *self,
                                     double            latitude,
                                     double            longitude,
                                     gint64            now_us,
                                     double            work_s);
gboolean     sm_sim_people_answers  (const SmSimPeople *self,
                                     guint             index,
                                     gint64            now_us);
gboolean     sm_sim_people_is_free  (const SmSimPeople *self,
                                     guint             index,
                                     gint64            now_us);
guint        sm_sim_people_find     (const SmSimPeople *self,
                                     double            latitude,
                                     double            longitude,
                                     gint64            now_us,
                                     SmSimPeopleFunc   may,
                                     gpointer          data);
gint64       sm_sim_people_send     (SmSimPeople      *self,
                                     guint             index,
                                     double            latitude,
                                     double            longitude,
                                     gint64            now_us);
void         sm_sim_people_release  (SmSimPeople      *self,
                                     guint             index,
                                     gint64            now_us);
void         sm_sim_people_absent   (SmSimPeople      *self,
                                     guint             point,
                                     gint64            until_us);
void         sm_sim_people_advance  (SmSimPeople      *self,
                                     gint64            now_us,
                                     GPtrArray        *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSimPeople, sm_sim_people_free)

G_END_DECLS
