/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-style.h"

#include "sm-ui-resources.h"

/* 11 points at 96 dots an inch, as the interface was drawn. */
#define DESK_TEXT_PX (11 * 96 / 72.0)
/* The smallest text there is, in em, and how much of an em its capitals are. */
#define SMALLEST_EM 0.85
#define CAPITAL_SHARE 0.69

/**
 * sm_style_init:
 *
 * Makes the templates and the stylesheet known.  Call it before any widget of
 * ours is made; calling it again does nothing.
 */
void
sm_style_init (void)
{
  sm_ui_get_resource (); /* links them in; why it is not asked itself, see sm-schema.c */
}

/* Whether the system has a font family of that very name. */
static gboolean
has_family (const char *family)
{
  PangoFontMap *map = pango_cairo_font_map_get_default ();
  g_autofree PangoFontFamily **families = NULL;
  int n = 0;

  pango_font_map_list_families (map, &families, &n);
  for (int i = 0; i < n; i++)
    if (g_strcmp0 (pango_font_family_get_name (families[i]), family) == 0)
      return TRUE;
  return FALSE;
}

static void
add_chinese_family (GtkSettings *settings,
                    const char  *family)
{
  static const char key[] = "sm-chinese-fonts";
  GtkCssProvider *provider = g_object_get_data (G_OBJECT (settings), key);
  g_autofree char *css
      = g_strdup_printf ("* { font-family: \"%s\", \"Noto Sans CJK SC\"; }", family);

  if (provider == NULL)
    {
      provider = gtk_css_provider_new ();
      g_object_set_data_full (G_OBJECT (settings), key, provider, g_object_unref);
      gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                                  GTK_STYLE_PROVIDER (provider),
                                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION - 1);
    }
  gtk_css_provider_load_from_data (provider, css, -1);
}

/**
 * sm_style_use_fonts:
 * @language: of the interface, as "zh-CN"
 *
 * Chooses the faces.  Where no desktop says which font to take, GTK asks for
 * "Sans" and gets whatever is there; then the one that the interface was drawn
 * with is taken if it is installed.  Chinese text without a family of its own
 * is drawn in Japanese letter forms, so a Chinese interface names one.
 */
void
sm_style_use_fonts (GtkSettings *settings,
                    const char  *language)
{
  g_autofree char *name = NULL;
  PangoFontDescription *font;

  g_return_if_fail (GTK_IS_SETTINGS (settings));

  g_object_get (settings, "gtk-font-name", &name, NULL);
  if (name == NULL || g_str_has_prefix (name, "Sans "))
    if (has_family ("Cantarell"))
      {
        g_free (name);
        name = g_strdup ("Cantarell 11");
        g_object_set (settings, "gtk-font-name", name, NULL);
      }
  if (g_strcmp0 (language, "zh-CN") != 0 || name == NULL)
    return;
  font = pango_font_description_from_string (name);
  add_chinese_family (settings, pango_font_description_get_family (font));
  pango_font_description_free (font);
}

/**
 * sm_style_set_scale:
 * @scale: of all text and of what is measured by it; 1 is a desk
 *
 * A wall of twice the pixels is looked at from twice as far: everything in the
 * stylesheet is measured in em, so the text's size carries the rest with it.
 */
void
sm_style_set_scale (GtkSettings *settings,
                    double       scale)
{
  g_return_if_fail (GTK_IS_SETTINGS (settings) && scale > 0);

  g_object_set (settings, "gtk-xft-dpi", (int) (96 * 1024 * scale), NULL);
}

/**
 * sm_style_scale_for_distance:
 * @distance_m: from which the screen is read
 * @mm_per_pixel: of the screen
 *
 * A capital letter of 16 arc-minutes is a 215th of the distance high.  The
 * smallest text of the stylesheet has to be that high.
 *
 * Returns: the scale for sm_style_set_scale(); never less than that of a desk
 */
double
sm_style_scale_for_distance (double distance_m,
                             double mm_per_pixel)
{
  double capital_px = distance_m * 1000 / 215 / mm_per_pixel;

  return MAX (1, capital_px / (DESK_TEXT_PX * SMALLEST_EM * CAPITAL_SHARE));
}

/** sm_style_set_class: Adds or removes the style class @name. */
void
sm_style_set_class (GtkWidget  *widget,
                    const char *name,
                    gboolean    is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/**
 * sm_style_name_row:
 * @row: the widget in a cell of a list
 *
 * Gives the row its accessible name: to itself, and to the cell around it,
 * which is what has the focus.
 */
void
sm_style_name_row (GtkWidget  *row,
                   const char *name)
{
  GtkWidget *cell = gtk_widget_get_parent (row);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (cell != NULL && gtk_widget_get_focusable (cell))
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static gboolean
query_tooltip_cb (GtkWidget  *widget,
                  int         x,
                  int         y,
                  gboolean    is_keyboard,
                  GtkTooltip *tooltip,
                  const char *key)
{
  const char *text = g_object_get_data (G_OBJECT (widget), key);

  gtk_tooltip_set_text (tooltip, text);
  return text != NULL && text[0] != '\0';
}

/**
 * sm_style_set_tooltip:
 * @text: (nullable): what it says from now on
 *
 * For what changes with the data: gtk_widget_set_tooltip_text() asks the display
 * at every change where the pointer is, and waits for the answer.
 */
void
sm_style_set_tooltip (GtkWidget  *widget,
                      const char *text)
{
  static const char key[] = "sm-tooltip";

  if (!gtk_widget_get_has_tooltip (widget))
    {
      g_signal_connect (widget, "query-tooltip", G_CALLBACK (query_tooltip_cb), (gpointer) key);
      gtk_widget_set_has_tooltip (widget, TRUE);
    }
  g_object_set_data_full (G_OBJECT (widget), key, g_strdup (text), g_free);
}
