/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "sm-connection.h"
#include "sm-row.h"

G_BEGIN_DECLS

/** SmPileState: what a pile and its connectors say now. */
typedef struct
{
  gint64 id;
  gint64 charge_count;    /* SM_UNKNOWN, as for the next three */
  gint64 energy_wh;
  gint64 service_seconds;
  gint64 reported_at;
  guint8 connection;      /* SmConnectionState or SM_ENUM_UNKNOWN */
  guint32 statuses;       /* of its connectors: a bit each; bit 31: not known */
} SmPileState;

/** SmConnectorState: which pile it is of, and what it says. */
typedef struct
{
  gint64 id;
  gint64 pile_id;
  guint8 status; /* SM_ENUM_UNKNOWN */
} SmConnectorState;

/** SmPileStatesData: all of them, each array in the order of its ids. */
typedef struct
{
  GArray *piles;      /* of SmPileState */
  GArray *connectors; /* of SmConnectorState */
} SmPileStatesData;

SmPileStatesData *sm_pile_states_data_new  (void);
void              sm_pile_states_data_free (SmPileStatesData *self);
gboolean          sm_pile_states_data_read (SmPileStatesData *self,
                                            SmConnection     *connection,
                                            GError          **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmPileStatesData, sm_pile_states_data_free)

/**
 * SmPileStates:
 *
 * The live values of every pile, as plain arrays.  Main thread only.  Signal
 * "changed" (): something is otherwise; at most once for a batch.
 */
#define SM_TYPE_PILE_STATES (sm_pile_states_get_type ())
G_DECLARE_FINAL_TYPE (SmPileStates, sm_pile_states, SM, PILE_STATES, GObject)

SmPileStates      *sm_pile_states_new    (void);
const SmPileStatesData *sm_pile_states_get_data (SmPileStates *self);
void               sm_pile_states_take   (SmPileStates     *self,
                                          SmPileStatesData *data);
void               sm_pile_states_live   (SmPileStates     *self,
                                          GPtrArray        *rows);
void               sm_pile_states_record (SmPileStates     *self,
                                          SmRow            *row);
void               sm_pile_states_remove (SmPileStates     *self,
                                          const SmNoun     *noun,
                                          gint64            id);
void               sm_pile_states_told   (SmPileStates     *self);
const SmPileState *sm_pile_states_find   (SmPileStates     *self,
                                          gint64            id);

G_END_DECLS
