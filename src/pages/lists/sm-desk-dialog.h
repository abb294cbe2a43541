/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sm-ops-desks.h"

G_BEGIN_DECLS

/** SmDeskAnswer: @wanted: (transfer none): all that a desk is to look after, and its name */
typedef void (*SmDeskAnswer) (GObject *user,
                              gint64   desk_id,
                              gint64   seen_seq,
                              SmRow   *wanted);

GtkWidget *sm_desk_dialog_ask (GtkWidget    *parent,
                               SmOps        *ops,
                               SmRow        *desk,
                               SmDeskAnswer  answer,
                               gpointer      user);

G_END_DECLS
