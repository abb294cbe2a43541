/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-station-panel.h"

#include "sm-edit-dialogs.h"
#include "sm-fault-row.h"
#include "sm-figures-panel.h"
#include "sm-i18n.h"
#include "sm-label-sheet.h"
#include "sm-limit-words.h"
#include "sm-station-lists.h"
#include "sm-status-words.h"
#include "sm-text.h"
#include "sm-thing-panel.h"
#include "sm-time.h"
#include "sm-wall-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

/* A swap takes minutes: no need to ask for the day's more often. */
#define ASK_AGAIN_US (15 * G_TIME_SPAN_SECOND)

typedef enum
{
  LIST_LANES,
  LIST_QUEUE,
  LIST_INBOUND,
  LIST_EQUIPMENT,
  LIST_CONNECTORS,
  N_LISTS
} List;

struct _SmStationPanel
{
  GtkWidget parent_instance;

  SmThingPanel *frame;
  GtkWidget *service_label;
  SmFacts *facts;
  SmFacts *asset_facts;
  SmBayRack *rack;
  GtkWidget *rack_section;
  SmThingList *lists[N_LISTS];
  GtkWidget *list_sections[N_LISTS];
  SmFigureGroup *connector_counts;
  GtkWidget *camera_link;
  GtkWidget *edit_button;
  GtkWidget *labels_button;
  GtkWidget *order_button;
  GtkWidget *trucks_button;

  SmOps *ops;
  SmRow *shown; /* (nullable): the station as it is shown */
  gint64 id;
  char *sn; /* of what is shown */
  SmHistory *faults; /* of this station, over or not */
  GCancellable *cancellable;
  gboolean is_loading;
  gboolean is_wall;
  SmStationDay *day; /* (nullable): today, as the service counts it */
  gboolean is_day_cached;
  gint64 day_asked_at; /* monotonic; 0: never */
};

G_DEFINE_FINAL_TYPE (SmStationPanel, sm_station_panel, GTK_TYPE_WIDGET)

static void
count_connectors (SmStationPanel *self,
                  GPtrArray      *connectors)
{
  guint counts[SM_FIGURE_CONNECTOR_STATUSES] = { 0 };
  g_autofree char *all = g_strdup_printf ("stationmaster:piles?station=%" G_GINT64_FORMAT, self->id);
  g_autofree char *link = g_strconcat (all, "&status=", NULL);

  for (guint i = 0; i < connectors->len; i++)
    {
      const char *status = sm_row_get_text (connectors->pdata[i], SM_CONNECTOR_STATUS);

      counts[MIN (sm_slug_index (sm_connector_statuses, status), G_N_ELEMENTS (counts) - 1)]++;
    }
  sm_figure_group_set_link (self->connector_counts, all);
  sm_figures_panel_set_connectors (self->connector_counts, counts, link);
}

/* "degraded for 12 min" */
static char *
describe_service (SmStationPanel *self,
                  const SmRow    *station)
{
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));
  const char *word = sm_word_of_slug (sm_services, sm_row_get_text (station, SM_STATION_SERVICE));
  g_autofree char *age = NULL;

  if (sm_row_is_null (station, SM_STATION_SERVICE_SINCE))
    return g_strdup (word);
  age = sm_time_age (MAX (now - sm_row_get_int (station, SM_STATION_SERVICE_SINCE), 0));
  /* Translators: a state and for how long, as in "degraded for 12 min" */
  return g_strdup_printf (_("%s for %s"), word, age);
}

static char *
describe_power (const SmRow *station)
{
  g_autofree char *power = sm_wall_power (sm_row_get_real (station, SM_STATION_POWER_KW));
  g_autofree char *grid = NULL;

  if (sm_row_is_null (station, SM_STATION_GRID_CAPACITY_KW))
    return g_steal_pointer (&power);
  grid = sm_wall_power (sm_row_get_real (station, SM_STATION_GRID_CAPACITY_KW));
  /* Translators: what a station draws, and what the grid gives at most */
  return g_strdup_printf (_("%s of %s"), power, grid);
}

static char *
describe_count (const SmRow *row,
                guint        field)
{
  return sm_row_is_null (row, field) ? NULL : sm_text_count (sm_row_get_int (row, field));
}

/* "23, 95.8 % succeeded, median 4 min 2 s", as the service has counted them. */
static char *
describe_swaps (SmStationPanel *self)
{
  const SmStationDayKind *swaps = self->day != NULL ? &self->day->swaps : NULL;
  g_autofree char *share = NULL;
  g_autofree char *median = NULL;
  g_autofree char *words = NULL;
  g_autofree char *at = NULL;

  if (swaps == NULL)
    return NULL;
  if (swaps->attempts == 0)
    return g_strdup (C_ ("swaps of a day", "none"));
  share = sm_wall_share (swaps->completed, swaps->attempts);
  median = sm_wall_duration (swaps->median_s);
  /* Translators: how many swaps, how many of them succeeded in percent, their median time */
  words = g_strdup_printf (_("%u, %s succeeded, median %s"), (guint) swaps->attempts, share, median);
  if (!self->is_day_cached)
    return g_steal_pointer (&words);
  at = sm_status_format_time (sm_ops_get_status (self->ops), self->day->as_of);
  /* Translators: a figure, and the time of day up to which it was counted */
  return g_strdup_printf (_("%s (last known, as of %s)"), words, at);
}

/* The last fault, whether it is over or not, and what was done about it. */
static char *
describe_last_fault (SmStationPanel *self)
{
  g_autoptr (SmItem) item
      = self->faults != NULL ? g_list_model_get_item (G_LIST_MODEL (self->faults), 0) : NULL;
  const SmRow *alarm = item != NULL ? sm_item_get_row (item) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *owner = NULL;
  g_autofree char *when = NULL;

  if (alarm == NULL || sm_row_is_null (alarm, SM_ALARM_CODE))
    return NULL;
  title = sm_fault_title (alarm);
  owner = sm_fault_owner (alarm);
  when = sm_status_format_moment (sm_ops_get_status (self->ops),
                                  sm_row_get_int (alarm, SM_ALARM_RAISED_AT));
  return sm_wall_join (" · ", title, when, owner,
                       sm_row_is_null (alarm, SM_ALARM_NOTE)
                           ? ""
                           : sm_row_get_text (alarm, SM_ALARM_NOTE),
                       NULL);
}

static void
show_facts (SmStationPanel      *self,
            const SmStationView *view)
{
  const SmRow *row = view->station;
  g_autofree char *power = describe_power (row);
  g_autofree char *ready = describe_count (row, SM_STATION_READY_PACKS);
  g_autofree char *rate = sm_wall_known (row, SM_STATION_SWAPS_PER_HOUR, 1);
  g_autofree char *swaps = describe_swaps (self);
  g_autofree char *power_limit = sm_limit_words (self->ops, row, SM_STATION_POWER_KW);
  g_autofree char *fault = describe_last_fault (self);
  guint power_level = sm_limit_level (self->ops, row, SM_STATION_POWER_KW);
  gboolean over = !sm_row_is_null (row, SM_STATION_GRID_CAPACITY_KW)
                  && sm_row_get_real (row, SM_STATION_POWER_KW)
                         > sm_row_get_real (row, SM_STATION_GRID_CAPACITY_KW);
  const SmFact facts[] = {
    { _("State"), sm_word_of_slug (sm_station_states, sm_row_get_text (row, SM_STATION_STATE)), 0 },
    { _("Reason"), sm_row_get_text (row, SM_STATION_STATE_REASON), 0 },
    { _("Connection"),
      sm_word_of_slug (sm_connections, sm_row_get_text (row, SM_STATION_CONNECTION)), 0 },
    { _("Power, of the grid"), power,
      power_level > 0 ? power_level : over ? 3 : 0,
      power_limit != NULL ? power_limit : _("more than the grid gives") },
    { _("Ready packs"), ready, 0 },
    { _("No ready pack of"), sm_row_get_text (row, SM_STATION_LACKING), 2 },
    { _("Usual swaps"), rate, 0 },
    { _("Swaps today"), swaps, 0 },
    { _("Last fault"), fault, 0 },
  };

  sm_facts_set (self->facts, facts, G_N_ELEMENTS (facts));
}

/* The soonest end of a warranty, or of a service life, of all that stands here. */
static char *
describe_soonest (GPtrArray *equipment,
                  guint      field)
{
  gint64 soonest = SM_UNKNOWN;

  for (guint i = 0; i < equipment->len; i++)
    {
      const SmRow *row = g_ptr_array_index (equipment, i);

      if (sm_row_is_null (row, field))
        continue;
      if (soonest == SM_UNKNOWN || sm_row_get_int (row, field) < soonest)
        soonest = sm_row_get_int (row, field);
    }
  return soonest != SM_UNKNOWN ? sm_wall_date (soonest) : NULL;
}

/* {"duty":"100...","site":"100..."}: by role, in words where we have one for it. */
static char *
describe_phones (const SmRow *station)
{
  g_autofree char *text = g_strdup (sm_row_get_text (station, SM_STATION_PHONES));
  g_auto (GStrv) parts = NULL;

  if (text == NULL || text[0] != '{')
    return g_steal_pointer (&text);
  g_strdelimit (text, "{}\"", ' ');
  parts = g_strsplit (text, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (parts[i], ":", 2);

      if (g_strv_length (pair) < 2)
        continue;
      g_free (parts[i]);
      parts[i] = g_strdup_printf ("%s %s",
                                  sm_word_of_slug (sm_phone_roles, g_strstrip (pair[0])),
                                  g_strstrip (pair[1]));
    }
  return g_strjoinv (" · ", parts);
}

static void
show_assets (SmStationPanel      *self,
             const SmStationView *view)
{
  const SmRow *row = view->station;
  const char *camera = sm_row_get_text (row, SM_STATION_CAMERA_URL);
  g_autofree char *phones = describe_phones (row);
  g_autofree char *warranty = describe_soonest (view->equipment, SM_EQUIPMENT_WARRANTY_UNTIL);
  g_autofree char *life = describe_soonest (view->equipment, SM_EQUIPMENT_SERVICE_LIFE_UNTIL);
  const SmFact facts[] = {
    { _("Opening hours"), sm_row_get_text (row, SM_STATION_OPENING_HOURS), 0 },
    { _("Phones"), phones, 0 },
    { _("Address"), sm_row_get_text (row, SM_STATION_ADDRESS), 0 },
    { _("First warranty ends"), warranty, 0 },
    { _("First service life ends"), life, 0 },
  };
  gboolean has_camera = camera != NULL
                        && (g_str_has_prefix (camera, "https://")
                            || g_str_has_prefix (camera, "http://")
                            || g_str_has_prefix (camera, "rtsp://"));

  sm_facts_set (self->asset_facts, facts, G_N_ELEMENTS (facts));
  gtk_widget_set_visible (self->camera_link, has_camera);
  if (has_camera)
    gtk_link_button_set_uri (GTK_LINK_BUTTON (self->camera_link), camera);
}

/* On a wall nothing edits, whoever is signed in there. */
static gboolean
may_edit (SmStationPanel *self)
{
  return !self->is_wall && self->ops != NULL && sm_edit_may_station (self->ops);
}

/* Trucks come for packs, and can have them elsewhere. */
static gboolean
may_guide (SmStationPanel *self)
{
  return !self->is_wall && self->ops != NULL && self->shown != NULL
         && g_strcmp0 (sm_row_get_text (self->shown, SM_STATION_KIND), "charge") != 0
         && sm_ops_may (self->ops, "guidance.send");
}

static void
show_rights (SmStationPanel *self)
{
  gtk_widget_set_visible (self->edit_button, may_edit (self));
  gtk_widget_set_visible (self->labels_button, !self->is_wall && self->ops != NULL);
  gtk_widget_set_visible (self->order_button, !self->is_wall && self->ops != NULL
                                                  && sm_ops_may (self->ops, "work_order.create"));
  gtk_widget_set_visible (self->trucks_button, may_guide (self));
}

static void
show_station (SmStationPanel *self,
              SmStationView  *view)
{
  const SmRow *row = view->station;
  g_autofree char *name = sm_row_dup_name (row, SM_STATION_NAME, sm_i18n_language ());
  g_autofree char *service = describe_service (self, row);
  g_autofree char *subtitle = g_strdup_printf (
      "%s · %s", sm_row_get_text (row, SM_STATION_SN),
      sm_word_of_slug (sm_station_kinds, sm_row_get_text (row, SM_STATION_KIND)));
  guint n[N_LISTS];

  g_free (self->sn);
  self->sn = g_strdup (sm_row_get_text (row, SM_STATION_SN));
  g_clear_pointer (&self->shown, sm_row_unref);
  self->shown = sm_row_ref (view->station);
  show_rights (self);
  sm_thing_panel_set_name (self->frame, name, subtitle);
  gtk_label_set_text (GTK_LABEL (self->service_label), service);
  show_facts (self, view);
  show_assets (self, view);
  gtk_widget_set_visible (self->rack_section,
                          sm_station_fill_rack (self->rack, view, self->ops) > 0);
  n[LIST_LANES] = sm_station_list_lanes (self->lists[LIST_LANES], view, self->ops);
  n[LIST_QUEUE] = sm_station_list_queue (self->lists[LIST_QUEUE], view, FALSE, self->ops);
  n[LIST_INBOUND] = sm_station_list_queue (self->lists[LIST_INBOUND], view, TRUE, self->ops);
  n[LIST_EQUIPMENT] = sm_station_list_equipment (self->lists[LIST_EQUIPMENT], view,
                                                 self->ops);
  n[LIST_CONNECTORS] = sm_station_list_connectors (self->lists[LIST_CONNECTORS], view, self->ops);
  /* A station that swaps says too that nobody waits or comes. */
  if (n[LIST_LANES] > 0)
    n[LIST_QUEUE] = n[LIST_INBOUND] = 1;
  for (guint i = 0; i < N_LISTS; i++)
    gtk_widget_set_visible (self->list_sections[i], n[i] > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->connector_counts), view->connectors->len > 0);
  count_connectors (self, view->connectors);
  sm_thing_panel_show_content (self->frame);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SmStationPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmStationView) view = sm_ops_load_station_finish (SM_OPS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->frame == NULL)
    return;
  self->is_loading = FALSE;
  if (view == NULL)
    sm_thing_panel_show_problem (self->frame, error);
  else if (sm_row_get_id (view->station) == self->id)
    show_station (self, view);
}

static int
today_of (SmOps *ops)
{
  SmStatus *status = sm_ops_get_status (ops);
  g_autofree char *day
      = sm_status_format_day (status, sm_clock_now (sm_status_get_clock (status)));

  return atoi (day);
}

static void
day_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (SmStationPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_cached = FALSE, is_first;
  SmStationDay *day
      = sm_ops_load_station_day_finish (SM_OPS (source), result, &is_cached, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->frame == NULL)
    {
      g_free (day);
      return;
    }
  is_first = self->day == NULL;
  g_free (self->day);
  self->day = day;
  self->is_day_cached = is_cached;
  if (is_first && day != NULL)
    sm_station_panel_refresh (self);
}

static void
load_day (SmStationPanel *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->day_asked_at != 0 && now - self->day_asked_at < ASK_AGAIN_US)
    return;
  self->day_asked_at = now;
  sm_ops_load_station_day_async (self->ops, self->id, today_of (self->ops), self->cancellable,
                                 day_cb, g_object_ref (self));
}

static void
sm_station_panel_dispose (GObject *object)
{
  SmStationPanel *self = SM_STATION_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->frame != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->frame));
  self->frame = NULL;
  g_clear_object (&self->faults);
  g_clear_object (&self->ops);
  g_clear_pointer (&self->sn, g_free);
  g_clear_pointer (&self->shown, sm_row_unref);
  g_clear_pointer (&self->day, g_free);

  G_OBJECT_CLASS (sm_station_panel_parent_class)->dispose (object);
}

static void
sm_station_panel_class_init (SmStationPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_station_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
add_lists (SmStationPanel *self)
{
  const struct
  {
    const char *title;
    const char *empty;
  } table[N_LISTS] = {
    [LIST_LANES] = { _("Lanes"), "" },
    [LIST_QUEUE] = { _("Queue"), C_ ("queue", "nobody waits") },
    [LIST_INBOUND] = { _("Inbound within 60 min"), C_ ("queue", "nobody is on the way") },
    [LIST_EQUIPMENT] = { _("Equipment"), "" },
    [LIST_CONNECTORS] = { _("Connectors: now, and lowest and highest of the session"), "" },
  };

  for (guint i = 0; i < N_LISTS; i++)
    {
      if (i == LIST_QUEUE)
        self->rack_section = sm_thing_panel_add_section (self->frame, _("Bays"),
                                                         GTK_WIDGET (self->rack));
      if (i == LIST_CONNECTORS)
        sm_thing_panel_add_section (self->frame, NULL, GTK_WIDGET (self->connector_counts));
      self->lists[i] = SM_THING_LIST (sm_thing_list_new (table[i].empty));
      self->list_sections[i] = sm_thing_panel_add_section (self->frame, table[i].title,
                                                           GTK_WIDGET (self->lists[i]));
    }
}

static GtkWidget *
add_button (SmStationPanel *self,
            const char     *label)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_visible (button, FALSE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small");
  gtk_box_append (GTK_BOX (sm_thing_panel_get_head (self->frame)), button);
  return button;
}

static void
labels_cb (SmStationPanel *self)
{
  if (self->shown != NULL)
    sm_label_sheet_ask (GTK_WIDGET (self), self->ops, self->shown);
}

static void
sm_station_panel_init (SmStationPanel *self)
{
  self->frame = SM_THING_PANEL (sm_thing_panel_new (_("Loading the station")));
  gtk_widget_set_parent (GTK_WIDGET (self->frame), GTK_WIDGET (self));
  self->service_label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->service_label, "service-line");
  gtk_box_append (GTK_BOX (sm_thing_panel_get_head (self->frame)), self->service_label);
  self->edit_button = add_button (self, _("_Edit name and contact…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->edit_button), "wall.edit");
  self->labels_button = add_button (self, _("_Labels to scan…"));
  g_signal_connect_object (self->labels_button, "clicked", G_CALLBACK (labels_cb), self,
                           G_CONNECT_SWAPPED);
  self->order_button = add_button (self, _("New _work order…"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->order_button), "(sx)", "station", self->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->order_button), "win.new-work-order");
  self->trucks_button = add_button (self, _("_Trucks on the way there…"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->trucks_button), "x", self->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->trucks_button), "win.trucks");
  self->facts = SM_FACTS (sm_facts_new ());
  sm_thing_panel_add_section (self->frame, NULL, GTK_WIDGET (self->facts));
  self->rack = SM_BAY_RACK (sm_bay_rack_new ());
  self->connector_counts = SM_FIGURE_GROUP (sm_figure_group_new (_("Connectors")));
  add_lists (self);
  self->asset_facts = SM_FACTS (sm_facts_new ());
  sm_thing_panel_add_section (self->frame, _("The site"), GTK_WIDGET (self->asset_facts));
  self->camera_link = gtk_link_button_new_with_label ("", _("Camera"));
  gtk_widget_set_halign (self->camera_link, GTK_ALIGN_START);
  sm_thing_panel_add_section (self->frame, NULL, self->camera_link);
}

void
sm_station_panel_set_ops (SmStationPanel *self,
                          SmOps          *ops)
{
  g_return_if_fail (SM_IS_STATION_PANEL (self));

  if (!g_set_object (&self->ops, ops))
    return;
  /* Whoever is signed in now, or may less than before. */
  g_signal_connect_object (ops, "notify::person", G_CALLBACK (show_rights), self,
                           G_CONNECT_SWAPPED);
  show_rights (self);
}

/** sm_station_panel_open: Shows that station; 0: none. */
void
sm_station_panel_open (SmStationPanel *self,
                       gint64          id)
{
  g_return_if_fail (SM_IS_STATION_PANEL (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->is_loading = FALSE;
  self->id = id;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->order_button), "(sx)", "station", id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->trucks_button), "x", id);
  g_clear_object (&self->faults);
  g_clear_pointer (&self->shown, sm_row_unref);
  g_clear_pointer (&self->day, g_free);
  self->day_asked_at = 0;
  if (self->ops != NULL && id != 0)
    {
      g_autoptr (SmHistoryFilter) filter = sm_history_filter_new ();

      filter->station_id = id;
      self->faults = sm_ops_history_new (self->ops, SM_NOUN_ALARM, filter);
    }
  sm_thing_panel_show_loading (self->frame);
  sm_station_panel_refresh (self);
}

/** sm_station_panel_refresh: Reads the station again; cheap to call too often. */
void
sm_station_panel_refresh (SmStationPanel *self)
{
  g_return_if_fail (SM_IS_STATION_PANEL (self));

  if (self->ops == NULL || self->id == 0 || self->is_loading)
    return;
  self->is_loading = TRUE;
  load_day (self);
  sm_ops_load_station_async (self->ops, self->id, self->cancellable, loaded_cb,
                             g_object_ref (self));
}

/** sm_station_panel_set_stale: Whether the values are the last known and not live. */
void
sm_station_panel_set_stale (SmStationPanel *self,
                            gboolean        stale)
{
  g_return_if_fail (SM_IS_STATION_PANEL (self));

  sm_thing_panel_set_stale (self->frame, stale);
  sm_figure_group_set_stale (self->connector_counts, stale);
}

/** sm_station_panel_set_is_wall: Whether nobody edits here. */
void
sm_station_panel_set_is_wall (SmStationPanel *self,
                              gboolean        is_wall)
{
  g_return_if_fail (SM_IS_STATION_PANEL (self));

  self->is_wall = is_wall;
  show_rights (self);
}

/** sm_station_panel_get_id: Returns: of the station that is wanted; 0: none */
gint64
sm_station_panel_get_id (SmStationPanel *self)
{
  g_return_val_if_fail (SM_IS_STATION_PANEL (self), 0);

  return self->id;
}

/** sm_station_panel_get_sn: Returns: the serial number that is shown, "" while loading */
const char *
sm_station_panel_get_sn (SmStationPanel *self)
{
  g_return_val_if_fail (SM_IS_STATION_PANEL (self), NULL);

  return sm_thing_panel_is_content (self->frame) && self->sn != NULL ? self->sn : "";
}

/**
 * sm_station_panel_edit:
 *
 * Asks for another name or contact.  Returns: (transfer none) (nullable): the
 * dialog; NULL when no station is shown, or this person may not
 */
GtkWidget *
sm_station_panel_edit (SmStationPanel *self)
{
  g_return_val_if_fail (SM_IS_STATION_PANEL (self), NULL);

  if (self->shown == NULL || !sm_thing_panel_is_content (self->frame)
      || !may_edit (self))
    return NULL;
  return sm_edit_ask_station (GTK_WIDGET (self), self->ops, self->shown);
}
