/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-roster-week.h"

#include "sm-keys.h"
#include "sm-moment.h"
#include "sm-roster-lane.h"
#include "sm-shift-lists.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-turns.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define DAYS 7
/* Of a gap so much is proposed at once. */
#define USUAL_SHIFT (8 * SM_HOUR)
/* How often the mark of this moment is set anew. */
#define NOW_STEP (15 * SM_MINUTE)
#define NAME_CHARS 16

struct _SmRosterWeek
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *turns; /* SmTurns: in weeks from the one that begins today */
  GtkWidget *lines;
  GtkWidget *first; /* (nullable): of the buttons */

  SmOps *ops;
  gint64 desk_id;
  GPtrArray *entries; /* of SmRow: of that desk, by when they begin */
  gint64 now;
  gint64 days[DAYS + 1];
  gint64 selected_id; /* 0: none */
  SmRosterGap gap;    /* that is meant; from 0: none */
  char *shown;        /* (nullable): of what the lines were made */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmRosterWeek, sm_roster_week, GTK_TYPE_WIDGET)

/* --- the week --- */

static GTimeZone *
get_zone (SmRosterWeek *self)
{
  return sm_status_get_zone (sm_ops_get_status (self->ops));
}

/* From today on, so that the days ahead are those that are seen; a day may have another
 * length than 24 hours. */
static void
find_days (SmRosterWeek *self)
{
  g_autoptr (GDateTime) midnight = sm_moment_midnight (get_zone (self), self->now);
  int offset = sm_turns_get_offset (SM_TURNS (self->turns));

  for (int i = 0; i <= DAYS; i++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (midnight, offset * DAYS + i);

      self->days[i] = g_date_time_to_unix (day) * SM_SECOND;
    }
}

static double
share_of (SmRosterWeek *self,
          gint64        moment_us)
{
  return (double) (moment_us - self->days[0]) / (double) (self->days[DAYS] - self->days[0]);
}

static gboolean
is_in_week (SmRosterWeek *self,
            gint64        from,
            gint64        to)
{
  return from < self->days[DAYS] && to > self->days[0];
}

static char *
describe_day (SmRosterWeek *self,
              int           day)
{
  return sm_moment_day (get_zone (self), self->days[day]);
}

/* @out_short: the same where there is little room, such as what is left of a night */
static char *
describe_hours (SmRosterWeek  *self,
                gint64         from,
                gint64         to,
                char         **out_short)
{
  g_autoptr (GDateTime) begin = sm_moment_local (get_zone (self), from);
  g_autoptr (GDateTime) end = sm_moment_local (get_zone (self), to);
  g_autofree char *first = g_date_time_format (begin, "%H:%M");
  g_autofree char *last = g_date_time_format (end, "%H:%M");
  gboolean began_before = from < self->days[0];

  *out_short = g_strdup_printf ("%s–%s", began_before ? "" : first, began_before ? last : "");
  return g_strdup_printf ("%s–%s", first, last);
}

/* --- what is meant --- */

/** sm_roster_week_get_selected: Returns: (transfer none) (nullable): the entry that had the focus last */
SmRow *
sm_roster_week_get_selected (SmRosterWeek *self)
{
  g_return_val_if_fail (SM_IS_ROSTER_WEEK (self), NULL);

  for (guint i = 0; self->selected_id != 0 && i < self->entries->len; i++)
    if (sm_row_get_id (self->entries->pdata[i]) == self->selected_id)
      return self->entries->pdata[i];
  return NULL;
}

/** sm_roster_week_get_gap: Returns: whether a gap had the focus last; and a shift that begins there */
gboolean
sm_roster_week_get_gap (SmRosterWeek *self,
                        gint64       *out_from,
                        gint64       *out_to)
{
  g_return_val_if_fail (SM_IS_ROSTER_WEEK (self), FALSE);

  if (self->gap.from == 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  *out_from = (self->gap.from + SM_MINUTE - 1) / SM_MINUTE * SM_MINUTE;
  *out_to = self->gap.to > *out_from ? MIN (self->gap.to, *out_from + USUAL_SHIFT)
                                     : *out_from + USUAL_SHIFT;
  return TRUE;
}

static void
mean (SmRosterWeek *self,
      gint64        entry_id,
      SmRosterGap   gap)
{
  if (self->selected_id == entry_id && self->gap.from == gap.from)
    return;
  self->selected_id = entry_id;
  self->gap = gap;
  g_signal_emit (self, signals[CHANGED], 0);
}

static gint64
id_of_button (GtkWidget *button)
{
  const gint64 *id = g_object_get_data (G_OBJECT (button), "entry");

  return id != NULL ? *id : 0;
}

static void
mean_button (SmRosterWeek *self,
             GtkWidget    *button)
{
  const SmRosterGap *gap = g_object_get_data (G_OBJECT (button), "gap");

  mean (self, id_of_button (button), gap != NULL ? *gap : (SmRosterGap){ 0, 0 });
}

static void
focused_cb (GtkEventController *controller,
            SmRosterWeek       *self)
{
  mean_button (self, gtk_event_controller_get_widget (controller));
}

static void
clicked_cb (GtkWidget    *button,
            SmRosterWeek *self)
{
  mean_button (self, button);
  gtk_widget_activate_action (GTK_WIDGET (self),
                              id_of_button (button) != 0 ? "shift.move" : "shift.add", NULL);
}

/* --- the lines --- */

/* Says as much as there is room for: @label, @brief, or nothing. */
static GtkWidget *
make_button (SmRosterWeek *self,
             const char   *label,
             const char   *brief,
             const char   *name,
             const char   *css_class)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *texts = adw_squeezer_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  adw_squeezer_set_allow_none (ADW_SQUEEZER (texts), TRUE);
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (texts), FALSE);
  adw_squeezer_add (ADW_SQUEEZER (texts), gtk_label_new (label));
  if (brief != NULL)
    adw_squeezer_add (ADW_SQUEEZER (texts), gtk_label_new (brief));
  gtk_button_set_child (GTK_BUTTON (button), texts);
  gtk_widget_add_css_class (button, css_class);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  sm_style_set_tooltip (button, name);
  g_signal_connect_object (focus, "enter", G_CALLBACK (focused_cb), self, 0);
  gtk_widget_add_controller (button, focus);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, 0);
  if (self->first == NULL)
    self->first = button;
  return button;
}

static SmRosterLane *
add_line (SmRosterWeek *self,
          const char   *title,
          const char   *detail)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *lane = sm_roster_lane_new ();
  const char *words[] = { title, detail };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words[i], "xalign", 0.0,
                                       "width-chars", NAME_CHARS, "max-width-chars", NAME_CHARS,
                                       "ellipsize", PANGO_ELLIPSIZE_END, NULL);

      gtk_widget_add_css_class (label, i == 0 ? "heading" : "row-subtitle");
      gtk_box_append (GTK_BOX (texts), label);
    }
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (line, "roster-line");
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), lane);
  gtk_box_append (GTK_BOX (self->lines), line);
  for (int i = 0; i <= DAYS; i++)
    sm_roster_lane_add (SM_ROSTER_LANE (lane), gtk_separator_new (GTK_ORIENTATION_VERTICAL),
                        share_of (self, self->days[i]), share_of (self, self->days[i]));
  return SM_ROSTER_LANE (lane);
}

static void
mark_now (SmRosterWeek *self,
          SmRosterLane *lane)
{
  GtkWidget *mark;

  if (!is_in_week (self, self->now, self->now + 1))
    return;
  mark = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (mark, "roster-now");
  sm_roster_lane_add (lane, mark, share_of (self, self->now), share_of (self, self->now));
}

static void
add_head (SmRosterWeek *self)
{
  SmRosterLane *lane = add_line (self, "", NULL);

  for (int i = 0; i < DAYS; i++)
    {
      g_autofree char *day = describe_day (self, i);
      GtkWidget *label = gtk_label_new (day);
      gboolean is_today = self->now >= self->days[i] && self->now < self->days[i + 1];

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, is_today ? "heading" : "row-subtitle");
      sm_roster_lane_add (lane, label, share_of (self, self->days[i]),
                          share_of (self, self->days[i + 1]));
    }
}

static void
add_gaps (SmRosterWeek *self)
{
  g_autoptr (GArray) gaps = sm_roster_find_gaps (self->entries, self->desk_id, self->now,
                                                 self->now + SM_ROSTER_AHEAD);
  g_autofree char *count = g_strdup_printf (ngettext ("%u gap in 7 days", "%u gaps in 7 days",
                                                      gaps->len), gaps->len);
  SmRosterLane *lane = add_line (self, _("Nobody"), count);

  for (guint i = 0; i < gaps->len; i++)
    {
      const SmRosterGap *gap = &g_array_index (gaps, SmRosterGap, i);
      g_autofree char *from = sm_shift_when (self->ops, gap->from);
      g_autofree char *to = sm_shift_when (self->ops, gap->to);
      /* Translators: two moments */
      g_autofree char *name = g_strdup_printf (_("Nobody from %s to %s: Enter fills it"), from, to);
      GtkWidget *button;

      if (!is_in_week (self, gap->from, gap->to))
        continue;
      button = make_button (self, _("Gap"), NULL, name, "roster-gap");
      g_object_set_data_full (G_OBJECT (button), "gap", g_memdup2 (gap, sizeof *gap), g_free);
      sm_roster_lane_add (lane, button, share_of (self, gap->from), share_of (self, gap->to));
    }
  mark_now (self, lane);
}

static void
add_entry (SmRosterWeek *self,
           SmRosterLane *lane,
           const SmRow  *entry,
           const char   *who)
{
  gint64 id = sm_row_get_id (entry);
  gint64 from = sm_row_get_int (entry, SM_ROSTER_ENTRY_FROM_AT);
  gint64 to = sm_row_get_int (entry, SM_ROSTER_ENTRY_TO_AT);
  g_autofree char *brief = NULL;
  g_autofree char *hours = describe_hours (self, from, to, &brief);
  g_autofree char *begin = sm_shift_when (self->ops, from);
  g_autofree char *end = sm_shift_when (self->ops, to);
  g_autofree char *next = sm_text_clean (sm_row_get_text (entry, SM_ROSTER_ENTRY_NEXT_IN_LINE));
  /* Translators: a person, two moments */
  g_autofree char *name = g_strdup_printf (_("%s, %s to %s"), who, begin, end);
  /* Translators: who is where and when, and a person */
  g_autofree char *whole = next[0] != '\0'
                               ? g_strdup_printf (_("%s; next in line: %s"), name, next)
                               : g_strdup (name);
  GtkWidget *button = make_button (self, hours, brief, whole, "roster-shift");

  if (sm_ops_is_person (self->ops, sm_row_get_text (entry, SM_ROSTER_ENTRY_PERSON)))
    gtk_widget_add_css_class (button, "mine");
  g_object_set_data_full (G_OBJECT (button), "entry", g_memdup2 (&id, sizeof id), g_free);
  sm_roster_lane_add (lane, button, share_of (self, from), share_of (self, to));
}

static char *
dup_key (const SmRow *entry)
{
  const char *role = sm_row_get_text (entry, SM_ROSTER_ENTRY_ROLE);

  return g_strdup_printf ("%s\n%s", sm_row_get_text (entry, SM_ROSTER_ENTRY_PERSON),
                          role != NULL ? role : "");
}

/* A line for each person in each role, in the order in which they first come. */
static void
add_persons (SmRosterWeek *self)
{
  g_autoptr (GHashTable) lanes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const SmRow *entry = self->entries->pdata[i];
      g_autofree char *key = dup_key (entry);
      g_autofree char *person = sm_text_clean (sm_row_get_text (entry, SM_ROSTER_ENTRY_PERSON));
      g_autofree char *role = sm_shift_role_words (sm_row_get_text (entry, SM_ROSTER_ENTRY_ROLE));
      SmRosterLane *lane;

      if (!is_in_week (self, sm_row_get_int (entry, SM_ROSTER_ENTRY_FROM_AT),
                       sm_row_get_int (entry, SM_ROSTER_ENTRY_TO_AT)))
        continue;
      lane = g_hash_table_lookup (lanes, key);
      if (lane == NULL)
        {
          lane = add_line (self, person, role);
          g_hash_table_insert (lanes, g_steal_pointer (&key), lane);
        }
      add_entry (self, lane, entry, person);
    }
  if (g_hash_table_size (lanes) == 0)
    add_line (self, _("Nobody planned"), _("R adds somebody"));
}

/* --- bringing it up to date --- */

static GtkWidget *
find_button (GtkWidget    *widget,
             SmRosterWeek *self)
{
  const SmRosterGap *gap = g_object_get_data (G_OBJECT (widget), "gap");
  GtkWidget *found = NULL;

  if ((self->selected_id != 0 && GTK_IS_BUTTON (widget)
       && id_of_button (widget) == self->selected_id)
      || (gap != NULL && gap->to == self->gap.to))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, self);
  return found;
}

static char *
describe (SmRosterWeek *self)
{
  const char *person = sm_ops_get_person (self->ops);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s",
                   self->desk_id, self->days[0], self->now / NOW_STEP, person != NULL ? person : "");
  for (guint i = 0; i < self->entries->len; i++)
    g_string_append_printf (text, " %" G_GINT64_FORMAT ":%" G_GINT64_FORMAT,
                            sm_row_get_id (self->entries->pdata[i]),
                            sm_row_get_int (self->entries->pdata[i], SM_ROW_SEQ));
  return g_string_free (text, FALSE);
}

static void
show_title (SmRosterWeek *self)
{
  g_autofree char *first = describe_day (self, 0);
  g_autofree char *last = describe_day (self, DAYS - 1);
  g_autofree char *title = g_strdup_printf ("%s – %s", first, last);

  sm_turns_set_title (SM_TURNS (self->turns), title);
}

static void
make_lines (SmRosterWeek *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, self->lines);
  GtkWidget *line;

  while ((line = gtk_widget_get_first_child (self->lines)) != NULL)
    gtk_box_remove (GTK_BOX (self->lines), line);
  self->first = NULL;
  show_title (self);
  add_head (self);
  add_gaps (self);
  add_persons (self);
  /* The keyboard stays where it was. */
  line = had_focus ? find_button (self->lines, self) : NULL;
  if (had_focus && (line != NULL || self->first != NULL))
    gtk_widget_grab_focus (line != NULL ? line : self->first);
}

static void
refresh (SmRosterWeek *self)
{
  g_autofree char *wanted = NULL;

  find_days (self);
  wanted = describe (self);
  if (g_strcmp0 (wanted, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&wanted);
  make_lines (self);
}

static int
compare_begins (gconstpointer a,
                gconstpointer b)
{
  gint64 first = sm_row_get_int (*(SmRow *const *) a, SM_ROSTER_ENTRY_FROM_AT);
  gint64 second = sm_row_get_int (*(SmRow *const *) b, SM_ROSTER_ENTRY_FROM_AT);

  return (first > second) - (first < second);
}

/** sm_roster_week_show: @roster: of SmRow, of all desks. @now: network time */
void
sm_roster_week_show (SmRosterWeek *self,
                     gint64        desk_id,
                     GPtrArray    *roster,
                     gint64        now)
{
  g_return_if_fail (SM_IS_ROSTER_WEEK (self));

  if (self->desk_id != desk_id)
    mean (self, 0, (SmRosterGap){ 0, 0 });
  self->desk_id = desk_id;
  self->now = now;
  g_ptr_array_set_size (self->entries, 0);
  for (guint i = 0; i < roster->len; i++)
    if (sm_row_get_int (roster->pdata[i], SM_ROSTER_ENTRY_DESK_ID) == desk_id)
      g_ptr_array_add (self->entries, sm_row_ref (roster->pdata[i]));
  g_ptr_array_sort (self->entries, compare_begins);
  refresh (self);
}

/* --- another week --- */

/* Nothing is shown before it is known what time it is. */
static void
turned_cb (SmRosterWeek *self)
{
  if (self->now != 0)
    refresh (self);
}

static const SmKey keys[] = {
  { "Page_Up", NULL, N_ ("The week before, or after") },
  { "Page_Down", NULL, NULL },
  { "Home", NULL, N_ ("This week") },
};
/* For each of them; 0 is to the present one. */
static const int steps[] = { -1, 1, 0 };

static gboolean
key_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   user_data)
{
  SmTurns *turns = SM_TURNS (SM_ROSTER_WEEK (widget)->turns);
  int by = g_variant_get_int32 (args);

  sm_turns_go (turns, by == 0 ? 0 : sm_turns_get_offset (turns) + by);
  return TRUE;
}

/* --- the widget --- */

static void
sm_roster_week_dispose (GObject *object)
{
  SmRosterWeek *self = SM_ROSTER_WEEK (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_roster_week_parent_class)->dispose (object);
}

static void
sm_roster_week_finalize (GObject *object)
{
  SmRosterWeek *self = SM_ROSTER_WEEK (object);

  g_ptr_array_unref (self->entries);
  g_free (self->shown);

  G_OBJECT_CLASS (sm_roster_week_parent_class)->finalize (object);
}

static void
sm_roster_week_class_init (SmRosterWeekClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_roster_week_dispose;
  G_OBJECT_CLASS (klass)->finalize = sm_roster_week_finalize;
  signals[CHANGED] = g_signal_new ("changed", SM_TYPE_ROSTER_WEEK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    sm_keys_add_func (widget_class, &keys[i], key_cb, g_variant_new_int32 (steps[i]));
}

/** sm_roster_week_list_keys: @list: gets the keys of the week */
void
sm_roster_week_list_keys (GArray *list)
{
  g_array_append_vals (list, keys, G_N_ELEMENTS (keys));
}

static void
sm_roster_week_init (SmRosterWeek *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_add_css_class (self->box, "roster-week");
  self->turns = sm_turns_new (_("Week before (Page Up)"), _("Week after (Page Down)"),
                              _("From today"));
  g_signal_connect_object (self->turns, "turned", G_CALLBACK (turned_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->turns);
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->lines);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (self->box), scrolled);
}

GtkWidget *
sm_roster_week_new (SmOps *ops)
{
  SmRosterWeek *self = g_object_new (SM_TYPE_ROSTER_WEEK, NULL);

  self->ops = g_object_ref (ops);
  return GTK_WIDGET (self);
}
