/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wanted-thing.h"

#include "sm-text.h"

#include <glib/gi18n-lib.h>

struct _SmWantedThing
{
  GObject parent_instance;

  SmOps *ops;
  GCancellable *cancellable;
  char *kind; /* (nullable): "station", say; NULL: nothing is wanted */
  char *name;
  gboolean is_looking;
};

G_DEFINE_FINAL_TYPE (SmWantedThing, sm_wanted_thing, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_FOUND,
  SIGNAL_MISSING,
} Signal;
static guint signals[SIGNAL_MISSING + 1];

/* Begun when everything was loaded: what is not found then is not there. */
typedef struct
{
  SmWantedThing *wanted;
  char *name;
  gboolean is_final;
} Query;

static void
query_free (Query *query)
{
  g_object_unref (query->wanted);
  g_free (query->name);
  g_free (query);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Query, query_free)

static void
forget (SmWantedThing *self)
{
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->name, g_free);
}

/* Opening it may want another thing: this one is forgotten before. */
static gboolean
tell_found (SmWantedThing *self,
            SmNounId       noun,
            gint64         id)
{
  g_autofree char *kind = g_steal_pointer (&self->kind);
  g_autofree char *name = g_steal_pointer (&self->name);
  gboolean is_open = FALSE;

  g_signal_emit (self, signals[SIGNAL_FOUND], 0, (int) noun, id, &is_open);
  if (!is_open && self->name == NULL)
    {
      self->kind = g_steal_pointer (&kind);
      self->name = g_steal_pointer (&name);
    }
  return is_open;
}

static void
tell_missing (SmWantedThing *self)
{
  g_autofree char *name = sm_text_clean (self->name);
  g_autofree char *title = NULL;

  if (g_str_equal (self->kind, "station"))
    title = g_strdup_printf (_("No station here has the serial number “%s”"), name);
  else if (g_str_equal (self->kind, "vehicle"))
    title = g_strdup_printf (_("No vehicle here has the plate “%s”"), name);
  else if (g_str_equal (self->kind, "battery"))
    title = g_strdup_printf (_("No battery here has the serial number “%s”"), name);
  else if (g_str_equal (self->kind, "engineer"))
    title = g_strdup_printf (_("No engineer here has the number “%s”"), name);
  else if (g_str_equal (self->kind, "service_point"))
    title = g_strdup_printf (_("No service point here has the number “%s”"), name);
  else
    title = g_strdup_printf (_("There is no open alarm with the number “%s”"), name);
  forget (self);
  g_signal_emit (self, signals[SIGNAL_MISSING], 0, title);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Query) query = user_data;
  SmWantedThing *self = query->wanted;
  g_autoptr (GPtrArray) rows = sm_ops_find_finish (SM_OPS (source), result, NULL);
  const SmRow *row = rows != NULL && rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;

  self->is_looking = FALSE;
  /* Meanwhile another thing may be wanted, or nobody wants anything. */
  if (self->ops == NULL || g_strcmp0 (self->name, query->name) != 0)
    return;
  if (row != NULL && sm_ops_is_called (row, self->name)
      && tell_found (self, sm_row_get_noun (row)->id, sm_row_get_id (row)))
    return;
  if (rows != NULL && query->is_final)
    tell_missing (self);
}

static gint64
find_station (SmWantedThing *self)
{
  GListModel *stations = sm_ops_get_stations (self->ops);

  for (guint i = 0; i < g_list_model_get_n_items (stations); i++)
    {
      g_autoptr (SmItem) station = g_list_model_get_item (stations, i);

      if (g_strcmp0 (sm_row_get_text (sm_item_get_row (station), SM_STATION_SN), self->name) == 0)
        return sm_item_get_id (station);
    }
  return 0;
}

/* Returns: the id of what is wanted, or 0 */
static gint64
find_in_memory (SmWantedThing *self)
{
  const SmNoun *noun = sm_noun_by_name (self->kind);
  gint64 id = 0;

  if (noun->id == SM_NOUN_STATION)
    return find_station (self);
  if ((noun->id != SM_NOUN_ENGINEER && noun->id != SM_NOUN_SERVICE_POINT)
      || !g_ascii_string_to_signed (self->name, 10, 1, G_MAXINT64, &id, NULL))
    return 0;
  return sm_directory_find_row (sm_ops_get_directory (self->ops), noun->id, id) != NULL ? id : 0;
}

static void
sm_wanted_thing_dispose (GObject *object)
{
  SmWantedThing *self = SM_WANTED_THING (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->ops);
  forget (self);

  G_OBJECT_CLASS (sm_wanted_thing_parent_class)->dispose (object);
}

static void
sm_wanted_thing_class_init (SmWantedThingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_wanted_thing_dispose;

  signals[SIGNAL_FOUND] = g_signal_new ("found", SM_TYPE_WANTED_THING, G_SIGNAL_RUN_LAST, 0,
                                        g_signal_accumulator_true_handled, NULL, NULL,
                                        G_TYPE_BOOLEAN, 2, G_TYPE_INT, G_TYPE_INT64);
  signals[SIGNAL_MISSING] = g_signal_new ("missing", SM_TYPE_WANTED_THING, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sm_wanted_thing_init (SmWantedThing *self)
{
  self->cancellable = g_cancellable_new ();
}

SmWantedThing *
sm_wanted_thing_new (SmOps *ops)
{
  SmWantedThing *self = g_object_new (SM_TYPE_WANTED_THING, NULL);

  self->ops = g_object_ref (ops);
  return self;
}

/**
 * sm_wanted_thing_set:
 * @kind: "station", "vehicle", "battery", "alarm", "engineer" or "service_point"
 * @name: a serial number or a plate; of the last three, the id
 *
 * Returns: FALSE for a kind that is not looked for here
 */
gboolean
sm_wanted_thing_set (SmWantedThing *self,
                     const char    *kind,
                     const char    *name)
{
  static const char *const kinds[] = { "station",  "alarm",         "vehicle", "battery",
                                       "engineer", "service_point", NULL };

  g_return_val_if_fail (SM_IS_WANTED_THING (self), FALSE);

  if (!g_strv_contains (kinds, kind) || name[0] == '\0')
    return FALSE;
  forget (self);
  self->kind = g_strdup (kind);
  self->name = g_strdup (name);
  return TRUE;
}

/** sm_wanted_thing_look: Looks whether it is there by now; cheap to call too often. */
void
sm_wanted_thing_look (SmWantedThing *self)
{
  Query *query;
  gint64 id;

  g_return_if_fail (SM_IS_WANTED_THING (self));

  if (self->name == NULL || self->is_looking)
    return;
  /* Stations and who mends them are all in memory; the rest is asked for. */
  id = find_in_memory (self);
  if (id != 0 && tell_found (self, sm_noun_by_name (self->kind)->id, id))
    return;
  self->is_looking = TRUE;
  query = g_new0 (Query, 1);
  *query = (Query){ g_object_ref (self), g_strdup (self->name),
                    sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_LIVE
                        && sm_figures_get_values (sm_ops_get_figures (self->ops))->is_whole };
  sm_ops_find_async (self->ops, sm_noun_by_name (self->kind), self->name, self->cancellable,
                     found_cb, query);
}

/** sm_wanted_thing_make_link: Returns: (transfer full) (nullable): to what is wanted */
SmLink *
sm_wanted_thing_make_link (SmWantedThing *self)
{
  g_return_val_if_fail (SM_IS_WANTED_THING (self), NULL);

  return self->name != NULL ? sm_link_new (self->kind, self->name) : NULL;
}

/** sm_wanted_thing_is_waiting: Whether something is wanted that has not come yet. */
gboolean
sm_wanted_thing_is_waiting (SmWantedThing *self)
{
  g_return_val_if_fail (SM_IS_WANTED_THING (self), FALSE);

  return self->name != NULL;
}
