/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sm-ops-desks.h"

G_BEGIN_DECLS

typedef enum
{
  SM_SHIFT_ASKS_PERSON = 1 << 0,
  SM_SHIFT_ASKS_NEXT = 1 << 1,
  SM_SHIFT_ASKS_TIMES = 1 << 2,
  SM_SHIFT_ASKS_TEXT = 1 << 3,
  SM_SHIFT_NEEDS_TEXT = 1 << 4,
} SmShiftAsks;

/** SmShiftWish: what a person answered; each as far as it was asked. */
typedef struct
{
  const char *person;
  const char *next; /* (nullable) */
  const char *text; /* (nullable) */
  gint64 from;
  gint64 to;
} SmShiftWish;

typedef void (*SmShiftAnswer) (GObject           *user,
                               int                what,
                               const SmShiftWish *wish);

/** SmShiftQuestion: what is asked before something is done. */
typedef struct
{
  const char *heading;
  const char *body;         /* (nullable) */
  const char *yes;          /* of the button */
  guint asks;               /* SmShiftAsks */
  const char *text_title;   /* (nullable) */
  const char *text;         /* (nullable): what stands there at first */
  const GPtrArray *sitters; /* (nullable): of SmSitter; not known: a name is typed */
  const char *but;          /* (nullable): who is not offered */
  const char *person;       /* (nullable): who is chosen at first */
  GTimeZone *zone;          /* (nullable): UTC */
  gint64 from;
  gint64 to;
  int what;                 /* given back */
} SmShiftQuestion;

GtkWidget *sm_shift_ask (GtkWidget             *parent,
                         const SmShiftQuestion *question,
                         SmShiftAnswer          answer,
                         gpointer               user);

G_END_DECLS
