/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-search-box.h"

#include "sm-i18n.h"
#include "sm-link.h"
#include "sm-ops-work-orders.h"
#include "sm-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_HITS 30
#define MOST_ORDERS 8

struct _SmSearchBox
{
  GtkWidget parent_instance;

  GtkWidget *entry;
  GtkWidget *popover;
  GtkListBox *list;
  GtkWidget *nothing;

  SmOps *ops;
};

G_DEFINE_FINAL_TYPE (SmSearchBox, sm_search_box, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_OPEN,
} Signal;
static guint signals[SIGNAL_OPEN + 1];

/* What a group of hits is called. */
static const char *
group_title (SmNounId noun)
{
  switch ((int) noun)
    {
    case SM_NOUN_STATION:
      return _("Stations");
    case SM_NOUN_VEHICLE:
      return _("Vehicles");
    case SM_NOUN_PILE:
      return _("Piles");
    case SM_NOUN_BATTERY:
      return _("Batteries");
    case SM_NOUN_DRIVER:
      return _("Drivers");
    case SM_NOUN_FLEET:
      return _("Fleets");
    case SM_NOUN_AREA:
      return _("Areas");
    case SM_NOUN_ENGINEER:
      return _("Engineers");
    case SM_NOUN_SERVICE_POINT:
      return _("Service points");
    case SM_NOUN_WORK_ORDER:
      return _("Work orders");
    default:
      return _("Others");
    }
}

static char *
station_link (SmOps  *ops,
              gint64  id)
{
  SmRow *row = sm_directory_find_row (sm_ops_get_directory (ops), SM_NOUN_STATION, id);

  return row != NULL ? sm_link_text ("station", sm_row_get_text (row, SM_STATION_SN), NULL) : NULL;
}

/* Where a hit leads; NULL for what nothing is shown of yet. */
static char *
hit_link (SmOps       *ops,
          const SmHit *hit)
{
  SmDirectory *directory = sm_ops_get_directory (ops);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, hit->id);
  const SmPileRecord *pile;

  switch ((int) hit->noun->id)
    {
    case SM_NOUN_STATION:
      return station_link (ops, hit->id);
    case SM_NOUN_VEHICLE:
      return sm_link_text ("vehicle", hit->label, NULL);
    case SM_NOUN_BATTERY:
      return sm_link_text ("battery", hit->label, NULL);
    case SM_NOUN_PILE:
      pile = sm_directory_find_pile (directory, hit->id);
      return pile != NULL ? station_link (ops, pile->station_id) : NULL;
    case SM_NOUN_DRIVER:
      return sm_link_text ("driving_events", NULL, "driver", id, NULL);
    case SM_NOUN_FLEET:
      return sm_link_text ("vehicles", NULL, "fleet", id, NULL);
    case SM_NOUN_WORK_ORDER:
      return sm_link_text ("work_order", hit->label, NULL);
    case SM_NOUN_ENGINEER:
      return sm_link_text ("engineer", id, NULL);
    case SM_NOUN_SERVICE_POINT:
      return sm_link_text ("service_point", id, NULL);
    case SM_NOUN_AREA:
      return sm_link_text ("vehicles", NULL, "area", id, NULL);
    default:
      return NULL;
    }
}

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  g_autofree char *clean = sm_text_clean (text);
  GtkWidget *label = gtk_label_new (clean);

  g_object_set (label, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                "max-width-chars", 44, NULL);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_hit (SmSearchBox *self,
         const SmHit *hit,
         gboolean     is_first)
{
  g_autofree char *link = hit_link (self->ops, hit);
  GtkWidget *box, *row;

  if (link == NULL)
    return;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  if (is_first)
    gtk_box_append (GTK_BOX (box), make_label (group_title (hit->noun->id), "section-title"));
  gtk_box_append (GTK_BOX (box), make_label (hit->label, hit->is_exact ? "exact" : NULL));
  if (hit->detail != NULL && hit->detail[0] != '\0')
    gtk_box_append (GTK_BOX (box), make_label (hit->detail, "dim-label"));
  row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE); /* the focus stays in the entry */
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, hit->label,
                                  -1);
  g_object_set_data_full (G_OBJECT (row), "sm-link", g_steal_pointer (&link), g_free);
  gtk_list_box_append (self->list, row);
}

/* Groups in the order of their best hit, and the hits of each in theirs. */
static void
add_hits (SmSearchBox *self,
          GPtrArray   *hits)
{
  gboolean is_done[SM_N_NOUNS] = { FALSE };

  for (guint i = 0; i < hits->len; i++)
    {
      const SmHit *head = g_ptr_array_index (hits, i);
      gboolean is_first = TRUE;

      if (is_done[head->noun->id])
        continue;
      is_done[head->noun->id] = TRUE;
      for (guint k = i; k < hits->len; k++)
        {
          const SmHit *hit = g_ptr_array_index (hits, k);

          if (hit->noun != head->noun)
            continue;
          add_hit (self, hit, is_first);
          is_first = FALSE;
        }
    }
}

static void
clear (SmSearchBox *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
}

/* One that is called exactly so comes before everything else, others after what they are of. */
static void
add_orders (SmSearchBox *self,
            const char  *text,
            gboolean     is_exact)
{
  g_autoptr (GPtrArray) hits
      = sm_ops_search_work_orders (self->ops, text, sm_i18n_language (), MOST_ORDERS);
  const SmHit *first = hits->len > 0 ? hits->pdata[0] : NULL;

  if (first != NULL && sm_ops_may (self->ops, "work_order.read")
      && (first->is_exact && g_ascii_strncasecmp (first->label, text, strlen (text)) == 0)
             == is_exact)
    add_hits (self, hits);
}

/** sm_search_box_search: Shows what is called something like @text. */
void
sm_search_box_search (SmSearchBox *self,
                      const char  *text)
{
  g_autoptr (GPtrArray) hits = NULL;
  gboolean is_asked = text[0] != '\0' && self->ops != NULL;

  g_return_if_fail (SM_IS_SEARCH_BOX (self));

  clear (self);
  if (is_asked)
    {
      hits = sm_directory_search (sm_ops_get_directory (self->ops), text, sm_i18n_language (),
                                  MOST_HITS);
      add_orders (self, text, TRUE);
      add_hits (self, hits);
      add_orders (self, text, FALSE);
      gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
    }
  gtk_widget_set_visible (self->nothing, sm_search_box_get_hits (self) == 0);
  if (is_asked && gtk_widget_get_mapped (self->entry))
    gtk_popover_popup (GTK_POPOVER (self->popover));
  else
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
changed_cb (SmSearchBox *self)
{
  sm_search_box_search (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
leave (SmSearchBox *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
open_row (SmSearchBox   *self,
          GtkListBoxRow *row)
{
  g_autofree char *link
      = row != NULL ? g_strdup (g_object_get_data (G_OBJECT (row), "sm-link")) : NULL;

  if (link == NULL)
    return;
  leave (self);
  g_signal_emit (self, signals[SIGNAL_OPEN], 0, link);
}

static void
activate_cb (SmSearchBox *self)
{
  open_row (self, gtk_list_box_get_selected_row (self->list));
}

static void
select_next (SmSearchBox *self,
             int          step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (
      self->list, row != NULL ? gtk_list_box_row_get_index (row) + step : 0);

  if (next != NULL)
    gtk_list_box_select_row (self->list, next);
}

static gboolean
key_cb (SmSearchBox     *self,
        guint            key,
        guint            code,
        GdkModifierType  state)
{
  if (key == GDK_KEY_Down || key == GDK_KEY_Up)
    {
      select_next (self, key == GDK_KEY_Down ? 1 : -1);
      return GDK_EVENT_STOP;
    }
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  leave (self);
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), GTK_DIR_TAB_FORWARD);
  return GDK_EVENT_STOP;
}

static void
sm_search_box_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  SmSearchBox *self = SM_SEARCH_BOX (widget);

  gtk_widget_size_allocate (self->entry, &(GtkAllocation){ 0, 0, width, height }, baseline);
  gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
sm_search_box_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  gtk_widget_measure (SM_SEARCH_BOX (widget)->entry, orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static void
sm_search_box_dispose (GObject *object)
{
  SmSearchBox *self = SM_SEARCH_BOX (object);

  g_clear_object (&self->ops);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->entry, gtk_widget_unparent);

  G_OBJECT_CLASS (sm_search_box_parent_class)->dispose (object);
}

static void
sm_search_box_class_init (SmSearchBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_search_box_dispose;
  widget_class->measure = sm_search_box_measure;
  widget_class->size_allocate = sm_search_box_size_allocate;

  signals[SIGNAL_OPEN] = g_signal_new ("open", SM_TYPE_SEARCH_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
make_popover (SmSearchBox *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->nothing = gtk_label_new (_("Nothing here is called so"));
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), self->nothing);
  g_object_set (scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE,
                "propagate-natural-width", TRUE, "max-content-height", 560, "child", box, NULL);
  self->popover = gtk_popover_new ();
  g_object_set (self->popover, "autohide", FALSE, "has-arrow", FALSE, "position", GTK_POS_BOTTOM,
                "child", scroller, NULL);
  gtk_widget_add_css_class (self->popover, "search-hits");
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (open_row), self,
                           G_CONNECT_SWAPPED);
}

static void
sm_search_box_init (SmSearchBox *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _("Search (Ctrl+K)"), NULL);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 18);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search the network"), -1);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  make_popover (self);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->entry, keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (gtk_popover_popdown), self->popover,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, focus);
}

/** sm_search_box_set_ops: @ops: (nullable): where things are looked for */
void
sm_search_box_set_ops (SmSearchBox *self,
                       SmOps       *ops)
{
  g_return_if_fail (SM_IS_SEARCH_BOX (self));

  g_set_object (&self->ops, ops);
}

guint
sm_search_box_get_hits (SmSearchBox *self)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (self->list, (int) n) != NULL)
    n++;
  return n;
}

/** sm_search_box_dup_link: Returns: (transfer full) (nullable): what Return would open */
char *
sm_search_box_dup_link (SmSearchBox *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? g_strdup (g_object_get_data (G_OBJECT (row), "sm-link")) : NULL;
}

void
sm_search_box_grab (SmSearchBox *self)
{
  g_return_if_fail (SM_IS_SEARCH_BOX (self));

  gtk_widget_grab_focus (self->entry);
}
