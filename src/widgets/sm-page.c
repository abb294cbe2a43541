/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-page.h"

#include "sm-table.h"

typedef struct
{
  char *title;
} SmPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SmPage, sm_page, ADW_TYPE_BIN)

typedef enum
{
  PROP_TITLE = 1,
} Property;
static GParamSpec *properties[PROP_TITLE + 1];

typedef enum
{
  SIGNAL_OPEN,
} Signal;
static guint signals[SIGNAL_OPEN + 1];

static void
sm_page_get_property (GObject    *object,
                      guint       id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  switch ((Property) id)
    {
    case PROP_TITLE:
      g_value_set_string (value, sm_page_get_title (SM_PAGE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sm_page_set_property (GObject      *object,
                      guint         id,
                      const GValue *value,
                      GParamSpec   *pspec)
{
  switch ((Property) id)
    {
    case PROP_TITLE:
      sm_page_set_title (SM_PAGE (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sm_page_finalize (GObject *object)
{
  SmPagePrivate *priv = sm_page_get_instance_private (SM_PAGE (object));

  g_free (priv->title);

  G_OBJECT_CLASS (sm_page_parent_class)->finalize (object);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  sm_page_emit_open (SM_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static SmTable *
find_table (GtkWidget *widget)
{
  SmTable *found = SM_IS_TABLE (widget) ? SM_TABLE (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_child_visible (child))
      found = find_table (child);
  return found;
}

/* Somewhere in it, so that its keys are heard: the rows of its table, or whatever comes first. */
static gboolean
sm_page_grab_focus (GtkWidget *widget)
{
  SmTable *table = find_table (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  /* Not the page itself, which would be asked to grab it again. */
  return (table != NULL && gtk_widget_grab_focus (sm_table_get_rows (table)))
         || (child != NULL && gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD));
}

static void
sm_page_class_init (SmPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sm_page_get_property;
  object_class->set_property = sm_page_set_property;
  object_class->finalize = sm_page_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = sm_page_grab_focus;

  properties[PROP_TITLE]
      = g_param_spec_string ("title", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_OPEN] = g_signal_new ("open", SM_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "page.open", "s", open_action);
}

static void
sm_page_init (SmPage *self)
{
}

/** sm_page_get_title: Returns: (nullable): what the sidebar calls it */
const char *
sm_page_get_title (SmPage *self)
{
  SmPagePrivate *priv = sm_page_get_instance_private (self);

  g_return_val_if_fail (SM_IS_PAGE (self), NULL);

  return priv->title;
}

void
sm_page_set_title (SmPage     *self,
                   const char *title)
{
  SmPagePrivate *priv = sm_page_get_instance_private (self);

  g_return_if_fail (SM_IS_PAGE (self));

  if (g_strcmp0 (priv->title, title) == 0)
    return;
  g_free (priv->title);
  priv->title = g_strdup (title);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/** sm_page_open: Shows one thing; FALSE when this page does not show such things. */
gboolean
sm_page_open (SmPage   *self,
              SmNounId  noun,
              gint64    id)
{
  g_return_val_if_fail (SM_IS_PAGE (self), FALSE);

  return SM_PAGE_GET_CLASS (self)->open != NULL && SM_PAGE_GET_CLASS (self)->open (self, noun, id);
}

/** sm_page_emit_open: Asks the shell to show what @link names, which may be on another page. */
void
sm_page_emit_open (SmPage     *self,
                   const char *link)
{
  g_return_if_fail (SM_IS_PAGE (self) && link != NULL);

  g_signal_emit (self, signals[SIGNAL_OPEN], 0, link);
}

/**
 * sm_page_show_link:
 * @link: of this page: its filters, sort and whatever else it keeps in links
 *
 * Returns: FALSE when this page has no such view
 */
gboolean
sm_page_show_link (SmPage       *self,
                   const SmLink *link)
{
  g_return_val_if_fail (SM_IS_PAGE (self) && link != NULL, FALSE);

  return SM_PAGE_GET_CLASS (self)->show_link != NULL
         && SM_PAGE_GET_CLASS (self)->show_link (self, link);
}

/** sm_page_dup_link: Returns: (transfer full) (nullable): the link to what is shown now */
char *
sm_page_dup_link (SmPage *self)
{
  g_return_val_if_fail (SM_IS_PAGE (self), NULL);

  return SM_PAGE_GET_CLASS (self)->dup_link != NULL ? SM_PAGE_GET_CLASS (self)->dup_link (self)
                                                    : NULL;
}

/** sm_page_go_back: Goes one step back; FALSE when there is none. */
gboolean
sm_page_go_back (SmPage *self)
{
  g_return_val_if_fail (SM_IS_PAGE (self), FALSE);

  return SM_PAGE_GET_CLASS (self)->go_back != NULL && SM_PAGE_GET_CLASS (self)->go_back (self);
}

/**
 * sm_page_describe_missing:
 *
 * Returns: (nullable): what is to be seen and not there yet, in English for
 *   the log; NULL when the page is whole
 */
const char *
sm_page_describe_missing (SmPage *self)
{
  g_return_val_if_fail (SM_IS_PAGE (self), NULL);

  return SM_PAGE_GET_CLASS (self)->describe_missing != NULL
             ? SM_PAGE_GET_CLASS (self)->describe_missing (self)
             : NULL;
}
