/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-list-view.h"
#include "sm-roster-week.h"
#include "sm-ops-desks.h"
#include "sm-shift-page.h"
#include "sm-status-banner.h"

G_BEGIN_DECLS

/* sm-shift-page.c shows a desk, sm-shift-acts.c is what can be done there. */

typedef enum
{
  SM_SHIFT_SIT,
  SM_SHIFT_LEAVE,
  SM_SHIFT_HAND_OVER,
  SM_SHIFT_SIGN,
  SM_SHIFT_NOTE,
  SM_SHIFT_WITHDRAW,
  SM_SHIFT_ADD,
  SM_SHIFT_MOVE,
  SM_SHIFT_TAKE_OFF,
  SM_SHIFT_MAKE_DESK,
  SM_SHIFT_EDIT_DESK,
  SM_SHIFT_CLOSE_DESK,
  SM_SHIFT_N_DOINGS
} SmShiftDoing;

/* The lists beside it. */
#define SM_SHIFT_N_LISTS 3

struct _SmShiftPage
{
  SmPage parent_instance;

  SmOps *ops;
  GtkDropDown *chooser;
  GArray *desk_ids; /* of gint64: as the chooser has them */
  gint64 asked_id, asked_seq, asked_desk; /* of the row that a dialog asks about */
  gint64 desk_id;   /* 0: there is none */
  gboolean is_chosen; /* by a person */
  SmStatusBanner *gap_banner;
  SmStatusBanner *problem_banner;
  GtkWidget *buttons[SM_SHIFT_N_DOINGS];
  GtkWidget *desk_box;
  GtkWidget *sheet;
  GtkStack *stack;
  SmListView *lists[SM_SHIFT_N_LISTS];
  SmRosterWeek *week;
  GPtrArray *sitters; /* (nullable): of SmSitter */
  gboolean asks_sitters;
  GPtrArray *absence; /* (nullable): of SmRow */
  gint64 absence_from; /* of which they are */
  gint64 absence_to;
  gint64 absence_seq;
  char *shown; /* (nullable): of what the cards were made */
  GCancellable *cancellable;
};

SmRow     *sm_shift_page_get_desk      (SmShiftPage *self);
SmRow     *sm_shift_page_find_handover (SmShiftPage *self);
gint64     sm_shift_page_now           (SmShiftPage *self);
gboolean   sm_shift_page_is_offline    (SmShiftPage *self);
SmRow     *sm_shift_page_get_listed    (SmShiftPage *self);
SmRow     *sm_shift_page_get_meant     (SmShiftPage *self);
GArray    *sm_shift_page_find_gaps     (SmShiftPage *self);

void       sm_shift_acts_install       (GtkWidgetClass *widget_class);
GtkWidget *sm_shift_acts_make_buttons  (SmShiftPage *self);
void       sm_shift_acts_allow         (SmShiftPage *self,
                                        const SmRow *handover);
void       sm_shift_acts_show          (SmShiftPage *self);

G_END_DECLS
