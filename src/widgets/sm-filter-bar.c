/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-filter-bar.h"

#include "sm-text.h"
#include "sm-words.h"
#include "sm-wrap-box.h"

#include <glib/gi18n-lib.h>

#define TEXT_KEY "text"
#define MOST_SAVED 30
#define LONGEST_NAME 60

struct _SmFilterBar
{
  GtkWidget parent_instance;

  char *page;
  const SmFilterChoice *choices;
  guint n_choices;
  SmFilterWords words;
  gpointer data;
  SmLink *link;
  SmViewState *state;
  gboolean is_showing; /* the widgets follow the link, and not the other way round */

  GtkWidget *flow;
  GtkWidget *entry; /* NULL: no search by text */
  GPtrArray *drop_downs;
  GtkWidget *chips;
  GtkWidget *saved_button;
  GtkWidget *saved_list;
  GtkWidget *name_entry;
};

G_DEFINE_FINAL_TYPE (SmFilterBar, sm_filter_bar, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_CHANGED,
} Signal;
static guint signals[SIGNAL_CHANGED + 1];

static void show_link (SmFilterBar *self);

static void
set_pair (SmFilterBar *self,
          const char  *key,
          const char  *value)
{
  if (self->is_showing || !sm_link_set (self->link, key, value))
    return;
  show_link (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
text_changed_cb (SmFilterBar *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  set_pair (self, TEXT_KEY, text[0] != '\0' ? text : NULL);
}

static const SmFilterChoice *
get_choice (SmFilterBar *self,
            const char  *key)
{
  for (guint i = 0; i < self->n_choices; i++)
    if (g_str_equal (self->choices[i].key, key))
      return &self->choices[i];
  return NULL;
}

static void
selected_cb (GtkDropDown *drop_down,
             GParamSpec  *pspec,
             SmFilterBar *self)
{
  const SmFilterChoice *choice = g_object_get_data (G_OBJECT (drop_down), "sm-choice");
  guint selected = gtk_drop_down_get_selected (drop_down);

  if (selected != GTK_INVALID_LIST_POSITION)
    set_pair (self, choice->key, selected == 0 ? NULL : choice->slugs[selected - 1]);
}

static const char *
word_of (const SmFilterChoice *choice,
         const char           *slug)
{
  guint index = sm_slug_index (choice->slugs, slug);

  if (choice->words != NULL && index != SM_ENUM_UNKNOWN)
    return _(choice->words[index]);
  return sm_word_of_slug (choice->slugs, slug);
}

static GtkWidget *
make_drop_down (SmFilterBar          *self,
                const SmFilterChoice *choice)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  /* Translators: a filter that lets everything through; %s is what it filters, as "Reach" */
  g_autofree char *any = g_strdup_printf (_("%s: any"), _(choice->title));
  GtkWidget *drop_down;

  gtk_string_list_append (words, any);
  for (guint i = 0; choice->slugs[i] != NULL; i++)
    gtk_string_list_append (words, word_of (choice, choice->slugs[i]));
  drop_down = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&words)), NULL);
  g_object_set_data (G_OBJECT (drop_down), "sm-choice", (gpointer) choice);
  gtk_widget_set_tooltip_text (drop_down, _(choice->title));
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(choice->title), -1);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (selected_cb), self, 0);
  return drop_down;
}

/* Where @value is in the drop-down; 0 for none, and for what it does not offer. */
static guint
find_value (const SmFilterChoice *choice,
            const char           *value)
{
  guint index = value != NULL ? sm_slug_index (choice->slugs, value) : SM_ENUM_UNKNOWN;

  return index == SM_ENUM_UNKNOWN ? 0 : index + 1;
}

static void
chip_cb (GtkWidget   *chip,
         SmFilterBar *self)
{
  g_autofree char *key = g_strdup (g_object_get_data (G_OBJECT (chip), "sm-key"));

  set_pair (self, key, NULL);
}

static char *
list_words (const SmFilterChoice *choice,
            const char           *value)
{
  g_auto (GStrv) slugs = g_strsplit (value, ",", 32);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; slugs[i] != NULL; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", word_of (choice, slugs[i]));
  return g_strdup_printf ("%s: %s", _(choice->title), words->str);
}

static void
add_chip (SmFilterBar *self,
          const char  *key,
          const char  *value)
{
  const SmFilterChoice *choice = get_choice (self, key);
  g_autofree char *said = choice != NULL ? list_words (choice, value)
                          : self->words != NULL ? self->words (key, value, self->data)
                                                : NULL;
  g_autofree char *plain = said != NULL ? g_steal_pointer (&said)
                                        : g_strdup_printf ("%s: %s", key, value);
  g_autofree char *clean = sm_text_clean (plain);
  g_autofree char *text = g_strconcat (clean, "  ×", NULL);
  /* Translators: a button that takes a filter away; %s is the filter in words */
  g_autofree char *name = g_strdup_printf (_("Remove the filter %s"), clean);
  GtkWidget *chip = gtk_button_new_with_label (text);
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (chip));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_set_tooltip_text (chip, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (chip, "chip");
  g_object_set_data_full (G_OBJECT (chip), "sm-key", g_strdup (key), g_free);
  g_signal_connect_object (chip, "clicked", G_CALLBACK (chip_cb), self, 0);
  sm_wrap_box_append (SM_WRAP_BOX (self->chips), chip);
}

/* What no control here shows stands as a chip. */
static void
show_chips (SmFilterBar *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_widget_unparent (child);
  for (guint i = 0; i < sm_link_get_n_pairs (self->link); i++)
    {
      const char *key, *value;
      const SmFilterChoice *choice;

      sm_link_get_pair (self->link, i, &key, &value);
      choice = get_choice (self, key);
      if ((self->entry != NULL && g_str_equal (key, TEXT_KEY))
          || (choice != NULL && find_value (choice, value) != 0))
        continue;
      add_chip (self, key, value);
    }
  gtk_widget_set_visible (self->chips, gtk_widget_get_first_child (self->chips) != NULL);
}

static void
show_link (SmFilterBar *self)
{
  const char *text = sm_link_get (self->link, TEXT_KEY);

  self->is_showing = TRUE;
  if (self->entry != NULL
      && g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entry)), text != NULL ? text : "")
             != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
  for (guint i = 0; i < self->n_choices; i++)
    gtk_drop_down_set_selected (
        g_ptr_array_index (self->drop_downs, i),
        find_value (&self->choices[i], sm_link_get (self->link, self->choices[i].key)));
  show_chips (self);
  self->is_showing = FALSE;
}

/* Saved filters: a name, a tab and a link on each line. */
static char *
state_name (SmFilterBar *self)
{
  return g_strconcat (self->page, ".saved", NULL);
}

static GStrv
get_saved (SmFilterBar *self)
{
  g_autofree char *name = state_name (self);
  const char *text = self->state != NULL ? sm_view_state_get (self->state, name) : NULL;

  return g_strsplit (text != NULL ? text : "", "\n", MOST_SAVED);
}

/* The line of @name: what is left of it after the tab, or NULL. */
static const char *
match_line (const char *line,
            const char *name)
{
  gsize length = strlen (name);

  return strncmp (line, name, length) == 0 && line[length] == '\t' ? line + length + 1 : NULL;
}

static void
recall_cb (GtkWidget   *button,
           SmFilterBar *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->saved_button));
  sm_filter_bar_recall (self, g_object_get_data (G_OBJECT (button), "sm-name"));
}

static void
forget_cb (GtkWidget   *button,
           SmFilterBar *self)
{
  g_autofree char *name = g_strdup (g_object_get_data (G_OBJECT (button), "sm-name"));

  sm_filter_bar_forget (self, name);
}

static void
add_saved_row (SmFilterBar *self,
               const char  *line)
{
  const char *tab = strchr (line, '\t');
  g_autofree char *name = tab != NULL ? g_strndup (line, (gsize) (tab - line)) : NULL;
  g_autofree char *forget_name = NULL;
  GtkWidget *row, *recall, *forget;

  if (name == NULL || name[0] == '\0')
    return;
  /* Translators: a button; %s is the name of a saved filter */
  forget_name = g_strdup_printf (_("Forget “%s”"), name);
  row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  recall = gtk_button_new_with_label (name);
  forget = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_set_hexpand (recall, TRUE);
  gtk_widget_add_css_class (recall, "flat");
  gtk_widget_add_css_class (forget, "flat");
  gtk_widget_set_tooltip_text (forget, forget_name);
  g_object_set_data_full (G_OBJECT (recall), "sm-name", g_strdup (name), g_free);
  g_object_set_data_full (G_OBJECT (forget), "sm-name", g_strdup (name), g_free);
  g_signal_connect_object (recall, "clicked", G_CALLBACK (recall_cb), self, 0);
  g_signal_connect_object (forget, "clicked", G_CALLBACK (forget_cb), self, 0);
  gtk_box_append (GTK_BOX (row), recall);
  gtk_box_append (GTK_BOX (row), forget);
  gtk_box_append (GTK_BOX (self->saved_list), row);
}

static void
show_saved (SmFilterBar *self)
{
  g_auto (GStrv) lines = get_saved (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->saved_list)) != NULL)
    gtk_box_remove (GTK_BOX (self->saved_list), child);
  for (guint i = 0; lines[i] != NULL; i++)
    add_saved_row (self, lines[i]);
}

static void
save_cb (SmFilterBar *self)
{
  sm_filter_bar_save (self, gtk_editable_get_text (GTK_EDITABLE (self->name_entry)));
  gtk_editable_set_text (GTK_EDITABLE (self->name_entry), "");
}

static void
add_saved_button (SmFilterBar *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->saved_list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->name_entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->name_entry), LONGEST_NAME);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->name_entry), _("Save these filters as…"));
  g_signal_connect_object (self->name_entry, "activate", G_CALLBACK (save_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->saved_list);
  gtk_box_append (GTK_BOX (box), self->name_entry);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  self->saved_button = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->saved_button), _("Saved"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->saved_button), popover);
  gtk_widget_set_tooltip_text (self->saved_button, _("Filters that were saved under a name"));
  gtk_widget_add_css_class (self->saved_button, "flat");
}

static void
sm_filter_bar_dispose (GObject *object)
{
  SmFilterBar *self = SM_FILTER_BAR (object);

  g_clear_object (&self->state);
  g_clear_pointer (&self->flow, gtk_widget_unparent);

  G_OBJECT_CLASS (sm_filter_bar_parent_class)->dispose (object);
}

static void
sm_filter_bar_finalize (GObject *object)
{
  SmFilterBar *self = SM_FILTER_BAR (object);

  g_free (self->page);
  g_clear_pointer (&self->link, sm_link_free);
  g_ptr_array_unref (self->drop_downs);

  G_OBJECT_CLASS (sm_filter_bar_parent_class)->finalize (object);
}

static void
sm_filter_bar_class_init (SmFilterBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_filter_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = sm_filter_bar_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SM_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "filter-bar");
}

static void
sm_filter_bar_init (SmFilterBar *self)
{
  self->drop_downs = g_ptr_array_new ();
}

static void
add_entry (SmFilterBar *self,
           const char  *placeholder)
{
  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", placeholder, "width-request", 200, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  placeholder, -1);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (text_changed_cb), self,
                           G_CONNECT_SWAPPED);
  sm_wrap_box_append (SM_WRAP_BOX (self->flow), self->entry);
}

/**
 * sm_filter_bar_new:
 * @page: of the links that it holds
 * @placeholder: (nullable): of the search by text; NULL: there is none
 * @choices: static
 * @words: (nullable): says what a pair means that is no choice
 */
GtkWidget *
sm_filter_bar_new (const char           *page,
                   const char           *placeholder,
                   const SmFilterChoice *choices,
                   guint                 n_choices,
                   SmFilterWords         words,
                   gpointer              data)
{
  SmFilterBar *self = g_object_new (SM_TYPE_FILTER_BAR, NULL);

  self->page = g_strdup (page);
  self->choices = choices;
  self->n_choices = n_choices;
  self->words = words;
  self->data = data;
  self->link = sm_link_new (page, NULL);
  self->flow = sm_wrap_box_new (6);
  gtk_widget_set_parent (self->flow, GTK_WIDGET (self));
  if (placeholder != NULL)
    add_entry (self, placeholder);
  for (guint i = 0; i < n_choices; i++)
    {
      GtkWidget *drop_down = make_drop_down (self, &choices[i]);

      g_ptr_array_add (self->drop_downs, drop_down);
      sm_wrap_box_append (SM_WRAP_BOX (self->flow), drop_down);
    }
  self->chips = sm_wrap_box_new (4);
  sm_wrap_box_append (SM_WRAP_BOX (self->flow), self->chips);
  gtk_widget_set_visible (self->chips, FALSE);
  add_saved_button (self);
  sm_wrap_box_append (SM_WRAP_BOX (self->flow), self->saved_button);
  return GTK_WIDGET (self);
}

/** sm_filter_bar_set_link: Shows the filters of @link; tells nobody. */
void
sm_filter_bar_set_link (SmFilterBar  *self,
                        const SmLink *link)
{
  g_return_if_fail (SM_IS_FILTER_BAR (self) && link != NULL);

  g_clear_pointer (&self->link, sm_link_free);
  self->link = sm_link_copy (link);
  show_link (self);
}

/** sm_filter_bar_get_link: Returns: (transfer none): the filters as they are */
const SmLink *
sm_filter_bar_get_link (SmFilterBar *self)
{
  g_return_val_if_fail (SM_IS_FILTER_BAR (self), NULL);

  return self->link;
}

/* The order of the rows in the link to a view of a table. */
#define SORT_KEY "sort"

/** sm_filter_bar_show_view: Takes the filters, and for @table the order, of a link to a view. */
void
sm_filter_bar_show_view (SmFilterBar  *self,
                         SmTable      *table,
                         const SmLink *link)
{
  g_autoptr (SmLink) filters = sm_link_copy (link);
  const char *sort = sm_link_get (link, SORT_KEY);

  g_return_if_fail (SM_IS_FILTER_BAR (self));

  if (sort != NULL)
    sm_table_set_sort (table, sort + (sort[0] == '-'), sort[0] == '-');
  sm_link_set (filters, SORT_KEY, NULL);
  sm_filter_bar_set_link (self, filters);
}

/** sm_filter_bar_dup_view: Returns: (transfer full): the link to what is shown, in its order */
char *
sm_filter_bar_dup_view (SmFilterBar *self,
                        SmTable     *table)
{
  g_autoptr (SmLink) link = sm_link_copy (sm_filter_bar_get_link (self));
  gboolean is_descending = FALSE;
  const char *column = sm_table_get_sort (table, &is_descending);
  g_autofree char *sort
      = column != NULL ? g_strconcat (is_descending ? "-" : "", column, NULL) : NULL;

  if (sort != NULL)
    sm_link_set (link, SORT_KEY, sort);
  return sm_link_format (link);
}

/** sm_filter_bar_set_view_state: Where saved filters are kept. */
void
sm_filter_bar_set_view_state (SmFilterBar *self,
                              SmViewState *state)
{
  g_return_if_fail (SM_IS_FILTER_BAR (self) && SM_IS_VIEW_STATE (state));

  g_set_object (&self->state, state);
  show_saved (self);
}

static void
write_saved (SmFilterBar *self,
             const char  *name,
             const char  *link)
{
  g_auto (GStrv) lines = get_saved (self);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *key = state_name (self);

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0' && match_line (lines[i], name) == NULL)
      g_string_append_printf (text, "%s\n", lines[i]);
  if (link != NULL)
    g_string_append_printf (text, "%s\t%s\n", name, link);
  if (self->state != NULL)
    sm_view_state_set (self->state, key, text->str);
  show_saved (self);
}

/** sm_filter_bar_save: Keeps the present filters under @name, in place of others of that name. */
void
sm_filter_bar_save (SmFilterBar *self,
                    const char  *name)
{
  g_autofree char *clean = sm_text_clean (name);
  g_autofree char *link = NULL;

  g_return_if_fail (SM_IS_FILTER_BAR (self));

  g_strstrip (clean);
  if (clean[0] == '\0')
    return;
  link = sm_link_format (self->link);
  write_saved (self, clean, link);
}

void
sm_filter_bar_forget (SmFilterBar *self,
                      const char  *name)
{
  g_return_if_fail (SM_IS_FILTER_BAR (self));

  write_saved (self, name, NULL);
}

/** sm_filter_bar_recall: Returns: FALSE when nothing is saved under @name that can be read */
gboolean
sm_filter_bar_recall (SmFilterBar *self,
                      const char  *name)
{
  g_auto (GStrv) lines = get_saved (self);

  g_return_val_if_fail (SM_IS_FILTER_BAR (self), FALSE);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *text = match_line (lines[i], name);
      g_autoptr (SmLink) link = text != NULL ? sm_link_parse (text) : NULL;

      if (link == NULL || !g_str_equal (sm_link_get_page (link), self->page))
        continue;
      sm_filter_bar_set_link (self, link);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
      return TRUE;
    }
  return FALSE;
}

void
sm_filter_bar_grab_text (SmFilterBar *self)
{
  g_return_if_fail (SM_IS_FILTER_BAR (self));

  if (self->entry != NULL)
    gtk_widget_grab_focus (self->entry);
}
